"""Stays (停留): how long a case was in each stage, and the clock that runs over several."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Q, QuerySet

from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import STAY, Procedure

from .reading import where

PAST = 50  # finished cases from which the usual stay is told
ENOUGH = 3  # of them at least


@dataclass(frozen=True)
class Stay:
    """One stay in one stage; ``until`` is None while it lasts, ``action`` is what ended it."""

    stage: str
    since: date
    until: date | None = None
    action: str = ""

    def days(self, day: date) -> int:
        """Return how many days it has lasted on a day."""
        return ((self.until or day) - self.since).days


@dataclass(frozen=True)
class Course:
    """A clock over several stages: from one act to another, with its limit and its forecast.

    ``finish`` is when it ended, or when it will; ``sure`` is False where a stage still to
    come has no usual length, so that it will be later than that.
    """

    since: date
    parts: tuple[Stay, ...]
    ended: bool
    finish: date
    sure: bool
    limit: date | None = None
    law: str = ""
    promised: date | None = None


def moves(procedure: type[Procedure]) -> Q:
    """Return the filter of entries that led a case out of a stage."""
    return where(procedure, lambda action: action.to != STAY)


def stays(opened_on: date, left: Iterable[tuple[str, str, date]], now: str = "") -> list[Stay]:
    """Return every stay in order.

    ``left``: stage, action and day of each move, in order; ``now``: the stage where the
    case still is, nothing when it is closed.

    >>> from datetime import date
    >>> [s.stage for s in stays(date(2024, 1, 8), [("a", "submit", date(2024, 1, 9))], "b")]
    ['a', 'b']
    """
    found, since = [], opened_on
    for stage, action, day in left:
        found.append(Stay(stage, since, day, action))
        since = day
    return [*found, Stay(now, since)] if now else found


def stays_of(case: Case) -> list[Stay]:
    """Return the stays of a case, by one query."""
    rows = case.entries.filter(moves(case.procedure)).order_by("seq")
    left = rows.values_list("stage_key", "action_key", "day")
    return stays(case.opened_on, left, "" if case.closed_on else case.stage_key)


def usual_days(procedure: type[Procedure]) -> dict[str, int]:
    """Return the median stay in each stage over the last finished cases, where there are enough."""
    closed: QuerySet[Case] = Case.objects.filter(
        procedure_key=procedure.key, closed_on__isnull=False
    ).order_by("-closed_on", "-pk")
    recent = dict(closed.values_list("pk", "opened_on")[:PAST])
    left: dict[int, list[tuple[str, str, date]]] = {}
    rows = Entry.objects.filter(moves(procedure), case__in=list(recent)).order_by("seq")
    for case, stage, action, day in rows.values_list("case", "stage_key", "action_key", "day"):
        left.setdefault(case, []).append((stage, action, day))
    spent: dict[str, list[int]] = {}
    for case, steps in left.items():
        total: dict[str, int] = {}
        for stay in stays(recent[case], steps):
            total[stay.stage] = total.get(stay.stage, 0) + stay.days(stay.since)
        for stage, days in total.items():
            spent.setdefault(stage, []).append(days)
    return {stage: round(median(days)) for stage, days in spent.items() if len(days) >= ENOUGH}
