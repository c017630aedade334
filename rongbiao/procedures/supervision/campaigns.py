"""A campaign at the desk (立案、公示、通报): a case for every object, results published together.

Many cases are worked off beside the page, some at a time; one that was killed goes on where
it stood, for what is done is seen by its line in the register.
"""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.parties import journal
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.standards.models import Campaign
from rongbiao.standards.supervising import planning

from . import Supervision

AT_ONCE = 40  # cases: so many are opened before the page answers
PORTION = 10  # of one transaction: others may act between two
Order = Campaign.Order
Told = Callable[[Campaign], object]


@transaction.atomic
def _ordered(
    campaign: Campaign, order: str, total: int, actor: Post, day: date, where: str
) -> Campaign:
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if row.order:
        raise Refused(
            _("“{order}”正在后台办理，请等它完成。").format(order=row.get_order_display())
        )
    row.order, row.ordered_by, row.ordered_on, row.where = order, actor, day, where
    row.total, row.progress, row.trouble = total, 0, ""
    row.save()
    return row


def open_all(campaign: Campaign, *, actor: Post, day: date) -> Campaign:
    """Open a case for every drawn object; more than a few of them in the background."""
    planning.office(actor, day)
    with transaction.atomic():
        planning.locked(campaign, Campaign.Step.STAFFED)
    n = len(planning.sent(campaign, day))  # refused here, not in the background
    row = _ordered(campaign, Order.OPEN, n, actor, day, "")
    return work(row) if n <= AT_ONCE else row


def publish_all(campaign: Campaign, where: str, *, actor: Post, day: date) -> Campaign:
    """Publish every result that has come so far; more than a few of them in the background."""
    planning.office(actor, day)
    where = where.strip()
    if not where:
        raise Refused(_("请写明在哪个平台公示。"))
    n = ready(campaign).count()
    if not n:
        raise Refused(_("没有待公示的结果。"))
    row = _ordered(campaign, Order.PUBLISH, n, actor, day, where[:100])
    return work(row) if n <= AT_ONCE else row


def ready(campaign: Campaign):
    """Return the cases of a campaign whose result is to be published."""
    rows = campaign.inspections.values("basis")
    return Case.objects.filter(
        procedure_key=Supervision.key, stage_key="publish", closed_on=None, number__in=rows
    ).order_by("pk")


def waiting():
    """Return the campaigns with something to be worked off."""
    rows = Campaign.objects.exclude(order="").select_related("ordered_by__person")
    return rows.order_by("ordered_on", "pk")


def work(campaign: Campaign, told: Told | None = None) -> Campaign:
    """Work off what was ordered; what cannot go on is said on the page of the campaign."""
    row = Campaign.objects.get(pk=campaign.pk)
    assert row.ordered_on is not None
    try:
        step = _open if row.order == Order.OPEN else _publish
        step(row, told)
        if row.order == Order.OPEN:
            row.opened_on = row.ordered_on
        row.order = ""
    except Refused as refused:
        row.order, row.trouble = "", str(refused)[:300]
    row.save()
    return row


def _open(row: Campaign, told: Told | None) -> None:
    actor, day = row.ordered_by, row.ordered_on
    assert actor is not None
    assert day is not None
    done = set(row.inspections.values_list("declaration", flat=True))
    left = [one for one in planning.sent(row, day) if one.declaration not in done]
    row.progress = row.total - len(left)
    for start in range(0, len(left), PORTION):
        part = left[start : start + PORTION]
        with transaction.atomic():
            for one in part:
                answers = {
                    "declaration": one.declaration, "campaign": row.pk, "place": one.place,
                    "reason": row.title, "inspectors": ",".join(map(str, one.posts)),
                    "passed": ",".join(map(str, one.passed)),
                }  # fmt: skip
                desk.open_case(Supervision, actor=actor, day=day, answers=answers)
            _progressed(row, len(part))
        if told:
            told(row)


def _publish(row: Campaign, told: Told | None) -> None:
    day = row.ordered_on
    assert day is not None
    while part := list(ready(row)[:PORTION]):
        with transaction.atomic():
            for case in part:
                answers = {"where": row.where}
                desk.act(case, "submit", actor=row.ordered_by, day=day, answers=answers)
            _progressed(row, len(part))
        if told:
            told(row)


def _progressed(row: Campaign, n: int) -> None:
    row.progress += n
    row.save(update_fields=["progress"])


@transaction.atomic
def report(campaign: Campaign, number: str, *, actor: Post, day: date) -> Campaign:
    """Issue the bulletin under its number, once every object was inspected."""
    planning.office(actor, day)
    row = planning.locked(campaign, Campaign.Step.OPENED)
    if not number.strip():
        raise Refused(_("请写明通报的文号。"))
    if n := row.inspections.filter(inspected_on=None).count():
        raise Refused(_("还有 {n} 个对象没有检查，不能通报。").format(n=n))
    row.reported_on, row.report_number = day, number.strip()[:60]
    row.save(update_fields=["reported_on", "report_number"])
    journal.write(actor, "report-campaign", row, day=day, number=row.report_number)
    return row
