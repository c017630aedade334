"""Taking in a policy (政策录入): read, settle the doubts, enter the plan on the paper's basis."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.archive.kinds import plain_name, told
from rongbiao.archive.models import File
from rongbiao.parties import journal
from rongbiao.parties.fitting import fitted
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.texts.documents import PAPERS, Document, Unreadable, read_apart
from rongbiao.texts.policies import read_policy

from . import assignments, quarters, who
from .corrections import Path, correct
from .models import Charge, Plan, Reading
from .outline import enter_clauses, enter_targets

NEEDED = {
    "title": gettext_lazy("标题"),
    "number": gettext_lazy("文号"),
    "issuer": gettext_lazy("发文机关"),
    "signed_on": gettext_lazy("成文日期"),
}


def take_in(content: bytes, name: str, *, actor: Post | None, day: date) -> Reading:
    """Read a policy paper and keep it; ``actor`` is None only when the platform is founded.

    It is read before the transaction begins, which would hold up everybody else's meanwhile.
    """
    _ask(actor, day)
    try:
        document = read_apart(content, name, PAPERS)
    except Unreadable as why:
        raise Refused(told(why)) from why
    outcome = read_policy(document.body).to_json()
    return _keep(content, name, document, outcome, actor, day)


@transaction.atomic
def _keep(
    content: bytes,
    name: str,
    document: Document,
    outcome: dict[str, Any],
    actor: Post | None,
    day: date,
) -> Reading:
    mark = bool(actor and actor.demonstration)
    file = File.objects.keep(content, plain_name(name), document.media, demonstration=mark)
    reading = Reading.objects.create(
        file=file,
        text=document.body,
        outcome=outcome,
        read_on=day,
        read_by=actor,
        demonstration=mark,
    )
    journal.write(actor, "take-in", reading, day=day, sha256=file.sha256, name=file.name)
    return reading


@transaction.atomic
def confirm(
    reading: Reading, doubt: int, words: str, *, actor: Post | None, day: date, version: int
) -> Reading:
    """Note what a person made of one doubt."""
    row = _take(reading, actor, day, version)
    if not 0 <= doubt < len(row.outcome["doubts"]):
        raise Refused(_("没有第{n}处存疑。").format(n=doubt + 1))
    words = words.strip()
    if not words:
        raise Refused(_("请写明对这处存疑的确认意见。"))
    if any(said["doubt"] == doubt for said in row.confirmed):
        raise Refused(_("第{n}处存疑已经确认，不能重复确认。").format(n=doubt + 1))
    by = str(actor) if actor else ""
    row.confirmed = [*row.confirmed, {"doubt": doubt, "words": words, "by": by, "on": str(day)}]
    return _put(row, actor, "confirm", day, doubt=doubt, said=words)


@transaction.atomic
def amend(
    reading: Reading,
    path: Path,
    value: Any,
    reason: str,
    *,
    actor: Post,
    day: date,
    version: int,
) -> Reading:
    """Put one value of a reading right; was, now and why go into the journal.

    Which values, and in what form, says ``corrections.correct``.
    """
    row = _take(reading, actor, day, version)
    if not reason.strip():
        raise Refused(_("更正应写明理由。"))
    right = correct(row.outcome, path, value)
    if right.was == right.now:
        raise Refused(_("更正前后相同，没有改动。"))
    row.outcome = right.outcome
    words = {"was": right.was, "now": right.now, "reason": reason.strip()}
    return _put(row, actor, "amend", day, where=".".join(str(step) for step in path), **words)


@transaction.atomic
def enter(
    reading: Reading,
    *,
    key: str,
    since: date,
    until: date,
    horizon: int | None = None,
    actor: Post | None,
    day: date,
    extras: dict[str, Any] | None = None,
    version: int | None = None,
) -> Plan:
    """Make a plan of a reading whose doubts are all settled.

    ``extras`` holds what the office adds and the paper does not say: keys, measures,
    short and English names, baselines (see ``cities/<city>/plan.toml``).
    """
    row = _take(reading, actor, day, version)
    extras = extras or {}
    horizon = horizon or extras.get("horizon")
    _check(row, since, until, horizon)
    row.demonstration = row.demonstration or bool(actor and actor.demonstration)
    plan = _new_plan(row, key, since, until, horizon, extras)
    enter_clauses(plan, row.outcome, extras)
    enter_targets(plan, row.outcome, extras)
    if not plan.tasks.exists():
        raise Refused(_("没有读出带责任单位的任务，请先更正解读结果再录入。"))
    quarters.lay(plan)
    settled = assignments.settle(plan, day=day)
    journal.write(actor, "enter", plan, day=day, number=plan.number, assignments=settled.added)
    return plan


def unresolved(plan: Plan) -> list[Charge]:
    """Return the names in lists of responsible units that no unit or group is known by."""
    rows = Charge.objects.filter(task__plan=plan, organization=None, group=None)
    return list(rows.select_related("task"))


def _check(row: Reading, since: date, until: date, horizon: int | None) -> None:
    said = row.outcome
    left = len(said["doubts"]) - len(row.confirmed)
    if left:
        raise Refused(_("还有{left}处存疑没有确认，确认后才能录入。").format(left=left))
    missing = [str(words) for name, words in NEEDED.items() if not said.get(name)]
    if missing:
        raise Refused(_("没有读出{what}，请先更正再录入。").format(what="、".join(missing)))
    if until <= since:
        raise Refused(_("实施期止{until}不晚于实施期起{since}。").format(until=until, since=since))
    if horizon and horizon <= until.year:
        raise Refused(
            _("远景年份{horizon}应晚于实施期止{until}。").format(horizon=horizon, until=until)
        )


def _new_plan(
    row: Reading,
    key: str,
    since: date,
    until: date,
    horizon: int | None,
    extras: dict[str, Any],
) -> Plan:
    said = row.outcome
    plan = Plan(
        key=key,
        title=said["title"],
        title_en=extras.get("title_en", ""),
        number=said["number"],
        issuer=said["issuer"],
        signed_on=said["signed_on"],
        published_on=said["published_on"],
        repeals=said["repeals"],
        effective=said["effective"] or "",
        interpreted_by=said["interpreted_by"] or "",
        addressees=said["addressees"],
        since=since,
        until=until,
        horizon=horizon,
        reading=row,
        demonstration=row.demonstration,
    )
    try:
        with transaction.atomic():
            fitted(plan).save()
    except IntegrityError as taken:
        raise Refused(
            _("代号“{key}”或文号“{number}”已有规划代次使用，不能重复录入。").format(
                key=key, number=said["number"]
            )
        ) from taken
    return plan


def _ask(actor: Post | None, day: date) -> None:
    if actor is not None:  # None: the platform itself, when it is founded
        who.ask_officer(actor, day, _("政策文件由联席会议办公室经办人录入。"))


def _take(reading: Reading, actor: Post | None, day: date, version: int | None) -> Reading:
    """Lock the reading and return it, unless it is a plan already or somebody was faster."""
    _ask(actor, day)
    row = Reading.objects.select_for_update().get(pk=reading.pk)
    if hasattr(row, "plan"):
        raise Refused(_("这份文件已录入为“{plan}”，不能再改。").format(plan=row.plan))
    if version is not None and version != row.version:
        last = journal.lines_of(row).exclude(post=None).last()
        name = last.post if last else _("他人")
        raise Refused(_("{who}刚刚改动了这份解读，请刷新后再办。").format(who=name))
    return row


def _put(row: Reading, actor: Post | None, verb: str, day: date, **words: Any) -> Reading:
    row.version += 1
    row.save()
    journal.write(actor, verb, row, day=day, **words)
    return row
