"""Reporting (季度填报): what units and the office do with a report, each act one transaction.

Every act asks who may, locks the row, checks that nobody was faster, writes the
journal in the same transaction, and refuses in a full sentence.
"""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from rongbiao.archive.kinds import Unacceptable, kind_of, plain_name
from rongbiao.archive.models import File
from rongbiao.parties import journal
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused

from . import lamps, who
from .models import Assignment, Evidence, Quarter, Report
from .wording import Fault, ReportWords, check_length, clean, faults, tidy, words_of

__all__ = [
    "ReportWords",
    "accept",
    "add_evidence",
    "before",
    "file",
    "open_report",
    "remove_evidence",
    "save",
    "send_back",
    "wanting",
]

State = Report.State
MOST_EVIDENCE = 20
DEEDS = {
    "open": pgettext_lazy("deed", "打开"),
    "save": pgettext_lazy("deed", "保存"),
    "file": pgettext_lazy("deed", "报送"),
    "accept": pgettext_lazy("deed", "审核通过"),
    "send-back": pgettext_lazy("deed", "退回"),
    "add-evidence": pgettext_lazy("deed", "添加附件"),
    "remove-evidence": pgettext_lazy("deed", "撤下附件"),
}


def before(report: Report) -> Report | None:
    """Return the last report that the unit filed on this assignment for an earlier quarter."""
    earlier = Report.objects.filter(
        assignment=report.assignment_id,
        quarter__plan=report.quarter.plan_id,
        quarter__ends_on__lt=report.quarter.starts_on,
        first_filed_on__isnull=False,
    )
    return earlier.select_related("quarter").order_by("-quarter__ends_on").first()


def wanting(report: Report) -> list[Fault]:
    """Return what must be put right before a report can be filed, one sentence each."""
    found = faults(words_of(report), before(report))
    if report.state == State.RETURNED and _unchanged(report):
        sentence = _("退回后尚未修改，请按退回理由补正后再报送。")
        found.append(Fault("text", sentence))
    return found


def open_report(assignment: Assignment, quarter: Quarter, *, actor: Post, day: date) -> Report:
    """Return the unit's report for a quarter, a new draft if there is none yet."""
    _ask(who.reports_on, actor, assignment)
    plan = quarter.plan
    if assignment.task.plan_id != plan.pk:
        raise Refused(_("该责任项不属于“{plan}”，不能在其填报期内填报。").format(plan=plan.title))
    if day < quarter.opens_on:
        raise Refused(
            _("{quarter}填报自{day}起开放，现在还不能填报。").format(
                quarter=quarter, day=date_format(quarter.opens_on)
            )
        )
    if not assignment.holds_on(min(quarter.ends_on, plan.until)):
        raise Refused(_("{quarter}末该责任项不在责任期内，无需填报。").format(quarter=quarter))
    with transaction.atomic():
        report, new = Report.objects.get_or_create(
            assignment=assignment,
            quarter=quarter,
            defaults={"demonstration": actor.demonstration},
        )
        if new:
            journal.write(actor, "open", report, day=day)
    return report


@transaction.atomic
def save(report: Report, words: ReportWords, *, actor: Post, day: date, version: int) -> Report:
    """Keep what a unit has written so far; unchanged words leave no trace."""
    row = _take(report, "save", actor, version)
    words = tidy(words)
    if words == words_of(row):
        return row
    for name, value in asdict(words).items():
        setattr(row, name, value)
    return _put(row, "save", actor, day)


@transaction.atomic
def file(report: Report, *, actor: Post, day: date, version: int) -> Report:
    """Send a report to the office; refuse one that is empty, unexplained or unchanged."""
    row = _take(report, "file", actor, version)
    quarter = row.quarter
    if day < max(quarter.opens_on, row.returned_on or quarter.opens_on):
        raise Refused(_("报送日期早于填报开放或退回日期，请核对日期。"))
    if found := wanting(row):
        raise Refused("".join(fault.sentence for fault in found))
    if row.returned_on and row.overran_on is None:
        terms = lamps.terms(quarter.plan, quarter)
        if day > lamps.correction_ends(lamps.filing_of(row), terms):
            row.overran_on = day
    row.state = State.FILED
    row.first_filed_on = row.first_filed_on or day
    row.filed_on, row.filed_by = day, actor
    return _put(row, "file", actor, day, **_said_in(row))


@transaction.atomic
def accept(report: Report, *, actor: Post, day: date, version: int) -> Report:
    """Accept a filed report; from then on its words are public."""
    row = _take(report, "accept", actor, version)
    _check_review(row, actor, day)
    row.state, row.reason = State.ACCEPTED, ""
    row.reviewed_on, row.reviewed_by = day, actor
    return _put(row, "accept", actor, day, share=row.share)


@transaction.atomic
def send_back(report: Report, reason: str, *, actor: Post, day: date, version: int) -> Report:
    """Return a filed report to its unit with the reason."""
    row = _take(report, "send-back", actor, version)
    _check_review(row, actor, day)
    reason = clean(reason)
    if not reason:
        raise Refused(_("退回应当说明理由，请填写退回理由。"))
    check_length("reason", reason)
    row.state, row.reason = State.RETURNED, reason
    row.reviewed_on = row.returned_on = day
    row.reviewed_by = actor
    return _put(row, "send-back", actor, day, reason=reason)


def add_evidence(report: Report, content: bytes, name: str, *, actor: Post, day: date) -> Evidence:
    """Attach a file to a report that is being written; the content says what kind it is."""
    _ask(who.reports_on, actor, report.assignment)
    try:
        kind = kind_of(content, name)
    except Unacceptable as why:
        raise Refused(str(why)) from why
    with transaction.atomic():
        row = _take(report, "add-evidence", actor)
        shown = plain_name(name)
        mark = actor.demonstration
        kept = File.objects.keep(content, shown, kind.media, demonstration=mark)
        here = row.evidence.filter(removed_on=None)
        if here.filter(file__sha256=kept.sha256).exists():
            raise Refused(_("“{name}”已经附在这份填报上。").format(name=shown))
        if here.count() >= MOST_EVIDENCE:
            raise Refused(_("一份填报最多附{most}个文件。").format(most=MOST_EVIDENCE))
        evidence = Evidence.objects.create(report=row, file=kept, added_on=day, demonstration=mark)
        journal.write(actor, "add-evidence", row, day=day, name=shown, sha256=kept.sha256)
    return evidence


@transaction.atomic
def remove_evidence(evidence: Evidence, *, actor: Post, day: date) -> Evidence:
    """Take a file off a report that is being written; the file stays in the archive."""
    row = _take(evidence.report, "remove-evidence", actor)
    kept = Evidence.objects.select_related("file").get(pk=evidence.pk)
    if kept.removed_on:
        raise Refused(
            _("“{name}”已于{day}撤下。").format(name=kept, day=date_format(kept.removed_on))
        )
    kept.removed_on = day
    kept.save(update_fields=["removed_on"])
    sha256 = kept.file.sha256
    journal.write(actor, "remove-evidence", row, day=day, name=str(kept), sha256=sha256)
    return kept


# What each act is open to: who, and in which states.
WRITING, REVIEWING = (State.DRAFT, State.RETURNED), (State.FILED,)
OPEN_TO = {
    "save": WRITING,
    "file": WRITING,
    "add-evidence": WRITING,
    "remove-evidence": WRITING,
    "accept": REVIEWING,
    "send-back": REVIEWING,
}


def _take(report: Report, verb: str, actor: Post, version: int | None = None) -> Report:
    """Lock the row and return it, if this actor may do this to it now and nobody was faster."""
    row = (
        Report.objects.select_for_update(of=("self",))
        .select_related("assignment__task", "assignment__organization", "quarter__plan")
        .get(pk=report.pk)
    )
    _ask(who.reports_on if OPEN_TO[verb] is WRITING else who.reviews, actor, row.assignment)
    if version is not None and version != row.version:
        raise Refused(_faster(row))
    if row.state not in OPEN_TO[verb]:
        raise Refused(
            _("这份填报目前为“{state}”，不能{deed}。").format(
                state=row.get_state_display(), deed=DEEDS[verb]
            )
        )
    return row


def _put(row: Report, verb: str, actor: Post, day: date, **words: Any) -> Report:
    row.version += 1
    row.save()
    journal.write(actor, verb, row, day=day, version=row.version, **words)
    return row


def _ask(may: who.Who, actor: Post, assignment: Assignment) -> None:
    if not may.test(actor, assignment):
        raise Refused(
            _("只有{who}可以办理，您现在以“{post}”的身份登录。").format(who=may.name, post=actor)
        )


def _check_review(row: Report, actor: Post, day: date) -> None:
    if row.filed_by and row.filed_by.person_id == actor.person_id:
        raise Refused(_("这份填报由您本人报送，应由其他经办人审核。"))
    if row.filed_on and day < row.filed_on:
        raise Refused(_("审核日期早于报送日期，请核对日期。"))


def _faster(row: Report) -> str:
    last = journal.lines_of(row).exclude(post=None).last()
    if last is None:
        return _("这份填报刚刚有了变动，请刷新后再办。")
    moment = timezone.localtime(last.at)
    return _("{post}已于{time}{deed}了这份填报，请刷新后再办。").format(
        post=last.post, time=moment.strftime("%H:%M"), deed=DEEDS.get(last.verb, last.verb)
    )


def _said_in(row: Report) -> dict[str, Any]:
    files = row.evidence.filter(removed_on=None).values_list("file__sha256", flat=True)
    return asdict(words_of(row)) | {"evidence": sorted(files)}


def _unchanged(row: Report) -> bool:
    last = journal.lines_of(row).filter(verb="file").last()
    if last is None:
        return False
    said = _said_in(row)
    return {key: last.words.get(key) for key in said} == said
