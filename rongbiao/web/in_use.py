"""In use (实施与反馈): what the page of a standard tells of how it is carried out.

Records of implementation where its case may be read, and feedback that was answered and not
withheld. Nothing about persons is read here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import CLOSED
from rongbiao.parties.models import Organization
from rongbiao.procedures import in_use
from rongbiao.procedures.feedback import KINDS, RESULTS
from rongbiao.procedures.implementation import Publicity
from rongbiao.stages.reading import unseen
from rongbiao.standards.models import Standard

FEW = 5  # records, and pieces of feedback, that a page names
MATTER = "matter_new"


@dataclass(frozen=True)
class Record:
    """One line of what was done: its day, what it was, in which words, and who recorded it."""

    day: date
    kind: str
    words: str
    by: Organization | None


@dataclass(frozen=True)
class Said:
    """One piece of feedback with its answer."""

    case: Case
    clause: str
    kind: str
    words: str
    on: date
    result: str
    answer: str
    answered: date
    by: Organization | None


@dataclass(frozen=True)
class InUse:
    """What a page shows of how an edition is carried out."""

    figures: in_use.Figures
    cases: list[Case]
    records: list[Record]
    said: list[Said]
    more: str  # where the pieces of feedback are that are public and not named here
    tell: str  # where feedback is given; nothing for what is no longer in force


def shown(row: Standard, cases: Sequence[Case], day: date) -> InUse | None:
    """Return how an edition of this city is carried out; None for any other standard.

    ``cases`` are the dossiers about it that the reader may read.

    The number of queries is the same for any number of records and pieces of feedback.
    """
    if not in_use.is_own(row):
        return None
    tell = ""
    if in_use.in_force(row, day):
        address = reverse(MATTER, args=[in_use.FEEDBACK])
        tell = f"{address}?{urlencode({'standard': row.number})}"
    counted = in_use.figures(row)
    own = [case for case in cases if case.procedure_key == in_use.IMPLEMENTATION]
    if not counted and not own and not tell:
        return None
    said = _said(row) if counted.answered else []
    listed = {"procedure": in_use.FEEDBACK, "stage": CLOSED, "q": row.shown}
    more = f"{reverse('cases')}?{urlencode(listed)}" if len(said) > FEW else ""
    records = _records(own) if counted.publicized or counted.users else []
    return InUse(counted, own, records, said[:FEW], more, tell)


def _records(cases: list[Case]) -> list[Record]:
    """Return the last records of some cases, newest first."""
    rows = Entry.objects.filter(
        case__in=cases, action_key__in=(in_use.PUBLICIZED, in_use.USED)
    ).exclude(unseen())
    rows = rows.select_related("actor__organization").order_by("-seq")
    return [_record(entry) for entry in rows[:FEW]]


def _record(entry: Entry) -> Record:
    said = entry.answers
    by = entry.actor.organization if entry.actor else None
    if entry.action_key == in_use.USED:
        words = _("{unit}：{proof}").format(unit=said["unit"], proof=said["proof"])
        return Record(date.fromisoformat(said["since"]), _("开始使用"), words, by)
    came = _("（{units} 家，{people} 人）").format(
        units=said.get("units") or 0, people=said.get("people") or 0
    )
    words = said["words"] + (came if said.get("units") or said.get("people") else "")
    kind = str(dict(Publicity.KINDS)[said["kind"]])
    return Record(date.fromisoformat(said["held_on"]), kind, words, by)


def _said(row: Standard) -> list[Said]:
    """Return the last pieces of feedback that are public with their answers, one more than a few."""
    rows = Entry.objects.filter(
        case__standard=row, case__procedure_key=in_use.FEEDBACK, case__public_since__isnull=False,
        stage_key=in_use.ANSWER, action_key="submit",
    )  # fmt: skip
    answers = rows.select_related("case", "actor__organization").order_by("-seq")[: FEW + 1]
    first = Entry.objects.filter(
        case__in=[one.case_id for one in answers], action_key="submit"
    ).exclude(stage_key=in_use.ANSWER)
    asked = {one.case_id: one for one in first}
    return [_piece(asked[one.case_id], one) for one in answers]


def _piece(asked: Entry, answer: Entry) -> Said:
    said, told = asked.answers, answer.answers
    kinds: dict[str, Any] = dict(KINDS)
    results: dict[str, Any] = dict(RESULTS)
    return Said(
        case=answer.case,
        clause=said.get("clause", ""),
        kind=str(kinds[said["kind"]]),
        words=said["words"],
        on=asked.day,
        result=str(results[told["result"]]),
        answer=told["words"],
        answered=answer.day,
        by=answer.actor.organization if answer.actor else None,
    )
