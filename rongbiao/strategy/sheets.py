"""Sheets (整表填报): a unit files many reports at once, the office accepts many at once.

The same rules as in ``reports``, asked of every line before anything is written:
a sheet is filed whole or not at all.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from rongbiao.parties import journal
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused

from . import reports, who
from .models import Assignment, Quarter, Report
from .wording import ReportWords, faults, tidy

State = Report.State
MOST = 500  # lines of one sheet
Line = tuple[Assignment, ReportWords]


@transaction.atomic
def file_sheet(quarter: Quarter, lines: list[Line], *, actor: Post, day: date) -> list[Report]:
    """File a report for every line; refused whole, naming each task and what is wrong with it.

    Lines whose report was begun or returned go on from there; a report that waits for
    review or was accepted stands in the way.
    """
    _check_sheet(quarter, lines, actor, day)
    lines = [(row, tidy(words)) for row, words in lines]
    held = {
        report.assignment_id: report
        for report in Report.objects.select_for_update(of=("self",)).filter(
            quarter=quarter, assignment__in=[row for row, _words in lines]
        )
    }
    _check_lines(quarter, lines, held)
    fresh = [_filed(row, quarter, words, actor, day) for row, words in lines if row.pk not in held]
    filed = Report.objects.bulk_create(fresh)
    said = [(row, asdict(words)) for row, words in lines if row.pk not in held]
    journal.write_many(
        actor,
        "file",
        [
            (report, {"version": 1, "evidence": [], **words})
            for report, (_row, words) in zip(filed, said, strict=True)
        ],
        day=day,
    )
    for row, words in lines:
        if begun := held.get(row.pk):
            begun = reports.save(begun, words, actor=actor, day=day, version=begun.version)
            filed.append(reports.file(begun, actor=actor, day=day, version=begun.version))
    return filed


@transaction.atomic
def accept_all(wanted: Iterable[tuple[int, int]], *, actor: Post, day: date) -> list[Report]:
    """Accept many filed reports, given as (number, version); refused whole if one has changed."""
    asked = dict(wanted)
    rows = list(
        Report.objects.select_for_update(of=("self",))
        .select_related("assignment__task__plan", "assignment__organization", "quarter", "filed_by")
        .filter(pk__in=asked)
    )
    for row in rows:
        if row.state != State.FILED or row.version != asked[row.pk]:
            raise Refused(_("“{report}”刚刚有了变动，请刷新后再办。").format(report=row))
        _check_review(row, actor, day)
        row.state, row.reason = State.ACCEPTED, ""
        row.reviewed_on, row.reviewed_by = day, actor
        row.version += 1
    Report.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.ACCEPTED,
        reason="",
        reviewed_on=day,
        reviewed_by=actor,
        version=F("version") + 1,
    )
    words = [(row, {"version": row.version, "share": row.share}) for row in rows]
    journal.write_many(actor, "accept", words, day=day)
    return rows


def _check_sheet(quarter: Quarter, lines: list[Line], actor: Post, day: date) -> None:
    if not lines:
        raise Refused(_("表里没有填写任何一行，请填写后再上传。"))
    if len(lines) > MOST:
        raise Refused(_("一次最多报送{most}行，请分开上传。").format(most=MOST))
    if day < quarter.opens_on:
        raise Refused(
            _("{quarter}填报自{day}起开放，现在还不能填报。").format(
                quarter=quarter, day=quarter.opens_on
            )
        )
    for row, _words in lines:
        if not who.reports_on.test(actor, row):
            raise Refused(_("“{row}”不是贵单位的责任项，不能填报。").format(row=row))
        if not row.holds_on(min(quarter.ends_on, quarter.plan.until)):
            raise Refused(
                _("{quarter}末“{row}”不在责任期内，无需填报。").format(quarter=quarter, row=row)
            )


def _check_lines(quarter: Quarter, lines: list[Line], held: dict[int, Report]) -> None:
    earlier = _before(quarter, [row for row, _words in lines])
    found = []
    for row, words in lines:
        report = held.get(row.pk)
        if report and report.state in {State.FILED, State.ACCEPTED}:
            state = report.get_state_display()
            found.append(
                _("{task}：已有填报，目前为“{state}”。").format(task=row.task, state=state)
            )
        found += [f"{row.task}：{fault.sentence}" for fault in faults(words, earlier.get(row.pk))]
    if found:
        raise Refused("".join(found))


def _before(quarter: Quarter, rows: list[Assignment]) -> dict[int, Report]:
    """Return the last filed report before this quarter of each assignment, in one query."""
    earlier = Report.objects.filter(
        assignment__in=rows,
        quarter__plan=quarter.plan_id,
        quarter__ends_on__lt=quarter.starts_on,
        first_filed_on__isnull=False,
    )
    ordered = earlier.select_related("quarter").order_by("quarter__ends_on")
    return {report.assignment_id: report for report in ordered}


def _filed(row: Assignment, quarter: Quarter, words: ReportWords, actor: Post, day: date) -> Report:
    return Report(
        assignment=row,
        quarter=quarter,
        state=State.FILED,
        first_filed_on=day,
        filed_on=day,
        filed_by=actor,
        version=1,
        demonstration=actor.demonstration,
        **asdict(words),
    )


def _check_review(row: Report, actor: Post, day: date) -> None:
    if not who.reviews.test(actor, row.assignment):
        raise Refused(_("只有联席会议办公室经办人可以审核填报。"))
    if row.filed_by and row.filed_by.person_id == actor.person_id:
        raise Refused(_("“{report}”由您本人报送，应由其他经办人审核。").format(report=row))
    if row.filed_on and day < row.filed_on:
        raise Refused(_("审核日期早于报送日期，请核对日期。"))
