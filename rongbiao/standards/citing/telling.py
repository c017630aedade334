"""Telling (告知和催办): letters to those who handle a body's matters, one a turn for all it owes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, F, Min, Q
from django.utils import translation
from django.utils.translation import gettext as _

from rongbiao.parties import rules
from rongbiao.parties.models import Post
from rongbiao.parties.post import HANDLERS
from rongbiao.standards.letter import Letter
from rongbiao.standards.subscription import new_token

from .alert import Alert
from .duty import Duty

LANGUAGE = "zh-hans"  # of letters to the units of the city
BATCH = 500


def of_alerts(alerts: Sequence[Alert], day: date) -> int:
    """Write to every body that has duties from some alerts; return how many letters."""
    by_pk = {alert.pk: alert for alert in alerts}
    counted = Duty.objects.filter(alert__in=by_pk, closed_on=None).order_by()
    lines: dict[int, list[str]] = defaultdict(list)
    with translation.override(LANGUAGE):
        for unit, alert, n in counted.values_list("organization", "alert").annotate(n=Count("pk")):
            form = _("{change}贵单位登记的 {n} 份文件引用了它。")
            lines[unit].append(form.format(change=by_pk[alert].words, n=n))
        return _write(lines, _("引用的标准有变化，请处置"), day)


@transaction.atomic
def remind(day: date) -> list[str]:
    """Remind the bodies of duties that end soon or are overdue; safe to run again on a day."""
    law = rules.table("citing").at(day)
    again = day - timedelta(days=law.chase_days)
    soon = Q(due_on__gte=day, due_on__lte=day + timedelta(days=law.warn_days), chased_on=None)
    late = Q(due_on__lt=day) & (Q(chased_on=None) | Q(chased_on__lte=again))
    # Whoever was reminded before the day is reminded once more when it has passed.
    late |= Q(due_on__lt=day, chased_on__lte=F("due_on"))
    waiting = Duty.objects.filter(soon | late, closed_on=None).exclude(chased_on=day)
    waiting = Duty.objects.filter(pk__in=list(waiting.values_list("pk", flat=True)))
    rows = waiting.order_by().values_list("organization")
    lines: dict[int, list[str]] = {}
    with translation.override(LANGUAGE):
        form = _("引用处置任务 {late} 件已超期，{soon} 件将到期，最早的期限是 {first}。")
        for unit, n, overdue, first in rows.annotate(
            n=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=day)), first=Min("due_on")
        ):
            lines[unit] = [form.format(late=overdue, soon=n - overdue, first=first)]
        told = _write(lines, _("引用处置催办"), day)
        count = waiting.update(chased=F("chased") + 1, chased_on=day)
        if not count:
            return []
        words = _("{day}：催办引用处置任务 {n} 件，涉及 {units} 个单位，发信 {letters} 封。")
        return [words.format(day=day, n=count, units=len(lines), letters=told)]


def _write(lines: Mapping[int, Iterable[str]], subject: str, day: date) -> int:
    """Write to everybody who handles the matters of some units."""
    units = list(lines)
    made = []
    close = _("请登录平台，在“引用处置”中答复：改、留或者废，并写明理由。")
    for start in range(0, len(units), BATCH):
        posts = Post.objects.on(day).filter(
            organization__in=units[start : start + BATCH], role__in=HANDLERS
        )
        addressed = posts.exclude(person__email="").order_by().distinct()
        for unit, address in addressed.values_list("organization", "person__email"):
            text = "\n".join([*lines[unit], close])
            made.append(
                Letter(address=address, subject=subject[:300], text=text, number=new_token())
            )
    Letter.objects.bulk_create(made, batch_size=BATCH)
    return len(made)
