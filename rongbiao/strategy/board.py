"""The board (总览底数): every assignment of a plan as it stood in a quarter on a day.

Loaded once, in a constant number of queries, and read by matrix, counts, tiles,
matters and sentence alike, so that no two of them can disagree.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import F, Max, QuerySet

from rongbiao.parties.models import Organization
from rongbiao.parties.rules import table

from .lamps import (
    Facts,
    Filing,
    Lamp,
    Standing,
    Terms,
    came_late,
    days_over,
    lamp,
    standing,
    terms,
)
from .models import Assignment, Plan, Quarter, Report, Task

RANK = 1000  # a quarter's rank times this, plus a share: the greatest is the latest


@dataclass(frozen=True, slots=True)
class Lit:
    """One assignment with its lamp; ``share`` is the last accepted one, in percent."""

    assignment_id: int
    task_id: int
    organization_id: int
    part: str
    first: bool
    lamp: Lamp
    share: int
    stands: Standing
    late: bool
    days_over: int

    @property
    def excused(self) -> bool:
        """Nothing was filed and nothing had to be: the assignment was done before."""
        return self.lamp is Lamp.DONE and self.stands is Standing.NOTHING


@dataclass(frozen=True)
class Board:
    """All assignments of a plan in force in a quarter, lit as seen on a day."""

    plan: Plan
    quarter: Quarter | None
    day: date
    terms: Terms | None
    tasks: list[Task]
    units: dict[int, Organization]  # in the order of pages
    lit: list[Lit]

    @cached_property
    def counts(self) -> dict[Lamp, int]:
        """How many assignments show each lamp, every lamp named."""
        found = Counter(row.lamp for row in self.lit)
        return {one: found[one] for one in Lamp}

    @property
    def total(self) -> int:
        return len(self.lit)

    @cached_property
    def filed(self) -> int:
        """How many have filed for the quarter, whatever became of it."""
        return sum(row.stands is not Standing.NOTHING for row in self.lit)

    @cached_property
    def asked(self) -> int:
        """How many were asked to file: all but those done before."""
        return sum(not row.excused for row in self.lit)

    @cached_property
    def by_task(self) -> dict[int, list[Lit]]:
        """The assignments of every task, by its number in the database."""
        found: dict[int, list[Lit]] = {task.pk: [] for task in self.tasks}
        for row in self.lit:
            found[row.task_id].append(row)
        return found

    @cached_property
    def by_unit(self) -> dict[int, list[Lit]]:
        """The assignments of every unit, by its number in the database."""
        found: dict[int, list[Lit]] = {pk: [] for pk in self.units}
        for row in self.lit:
            found[row.organization_id].append(row)
        return found

    def narrowed(
        self, *, block: str = "", kind: str = "", words: str = "", only: Collection[Lamp] = ()
    ) -> "Board":
        """Return the part of the board that a filter leaves.

        ``block`` is a block of tasks, ``kind`` a kind of unit, ``words`` part of
        the name of a task or a unit, ``only`` the lamps wanted; empty means all.
        """
        tasks = {task.pk: task for task in self.tasks if block in ("", task.block)}
        units = {pk: unit for pk, unit in self.units.items() if kind in ("", unit.kind)}
        lit = [
            row
            for row in self.lit
            if row.task_id in tasks
            and row.organization_id in units
            and (not only or row.lamp in only)
            and _named(words, tasks[row.task_id], units[row.organization_id])
        ]
        left = {row.task_id for row in lit}
        seen = {row.organization_id for row in lit}
        return replace(
            self,
            tasks=[task for task in self.tasks if task.pk in left],
            units={pk: unit for pk, unit in self.units.items() if pk in seen},
            lit=lit,
        )


def _named(words: str, task: Task, unit: Organization) -> bool:
    return not words or any(words in name for name in (task.title, unit.name, unit.short_name))


def load(plan: Plan, quarter: Quarter | None, day: date) -> Board:
    """Load the board: six queries, whatever the number of rows."""
    asked = terms(plan, quarter) if quarter else None
    found = lit(plan, quarter, day, asked=asked)
    units = Organization.objects.filter(pk__in={row.organization_id for row in found})
    return Board(
        plan=plan,
        quarter=quarter,
        day=day,
        terms=asked,
        tasks=list(Task.objects.filter(plan=plan).select_related("plan").order_by("place")),
        units={unit.pk: unit for unit in units.order_by("order", "pk")},
        lit=found,
    )


def lit(
    plan: Plan,
    quarter: Quarter | None,
    day: date,
    *,
    unit: Organization | None = None,
    asked: Terms | None = None,
) -> list[Lit]:
    """Return the assignments of a plan, or those of one unit, each with its lamp.

    ``asked`` is what the quarter asks, from whoever knows it already.
    """
    asked = asked or (terms(plan, quarter) if quarter else None)
    own = {"assignment__organization": unit} if unit else {}
    said = Report.objects.filter(**own)
    filings = _filings(said, quarter) if quarter else {}
    carried = _carried(said, quarter, day) if quarter else {}
    held_on = min(quarter.ends_on, plan.until) if quarter else min(max(day, plan.since), plan.until)
    rows = (
        Assignment.objects.on(held_on)
        .filter(task__plan=plan, **({"organization": unit} if unit else {}))
        .order_by("task__place", "organization__order", "organization_id")
        .values_list("pk", "task_id", "organization_id", "part", "first")
    )
    return [
        Lit(
            pk, task, held_by, part, first, *_light(day, asked, filings.get(pk), carried.get(pk, 0))
        )
        for pk, task, held_by, part, first in rows
    ]


def _light(
    day: date, asked: Terms | None, filing: Filing | None, carried: int
) -> tuple[Lamp, int, Standing, bool, int]:
    """Return lamp, share, standing, lateness and days over, in the order of ``Lit``."""
    if asked is None:
        return Lamp.IDLE, carried, Standing.NOTHING, False, 0
    facts = Facts(day, asked, filing, carried)
    shown, stands = lamp(facts), standing(filing, day)
    late = filing is not None and came_late(filing, asked, day)
    share = filing.share if filing and stands is Standing.ACCEPTED else carried
    over = days_over(facts) if shown is Lamp.BAD else 0
    return shown, share, stands, late, over


def _filings(said: QuerySet[Report], quarter: Quarter) -> dict[int, Filing]:
    rows = said.filter(quarter=quarter, first_filed_on__isnull=False).values_list(
        "assignment_id", *Filing.__slots__
    )
    return {pk: Filing(*facts) for pk, *facts in rows.order_by()}


def _carried(said: QuerySet[Report], quarter: Quarter, day: date) -> dict[int, int]:
    """Return the share last accepted, as seen on a day, for quarters before this one."""
    rank = F("quarter__year") * 4 + F("quarter__number")
    rows = (
        said.filter(
            quarter__plan=quarter.plan_id,
            quarter__ends_on__lt=quarter.starts_on,
            state=Report.State.ACCEPTED,
            reviewed_on__lte=day,
        )
        .order_by()
        .values_list("assignment_id")
        .annotate(last=Max(rank * RANK + F("share")))
    )
    return {pk: last % RANK for pk, last in rows}


def done_share(rows: Collection[Lit]) -> int:
    """Return the mean share done of some assignments, in percent, rounded down; 0 of none."""
    return sum(row.share for row in rows) // len(rows) if rows else 0


def histories(
    assignments: Collection[Assignment], plan: Plan, day: date
) -> dict[int, list[tuple[Quarter, Lamp]]]:
    """Return the lamps of some assignments, quarter by quarter as far as opened by a day."""
    quarters = list(Quarter.objects.filter(plan=plan, opens_on__lte=day).order_by("year", "number"))
    rows = Report.objects.filter(
        assignment__in=assignments, quarter__plan=plan, first_filed_on__isnull=False
    ).values_list("assignment_id", "quarter_id", *Filing.__slots__)
    filings = {(one, quarter): Filing(*facts) for one, quarter, *facts in rows.order_by()}
    rules = table("reporting")
    asked = [(quarter, terms(plan, quarter, rules)) for quarter in quarters]
    return {one.pk: _history(one, plan, day, asked, filings) for one in assignments}


def _history(
    one: Assignment,
    plan: Plan,
    day: date,
    asked: list[tuple[Quarter, Terms]],
    filings: dict[tuple[int, int], Filing],
) -> list[tuple[Quarter, Lamp]]:
    carried, found = 0, []
    for quarter, term in asked:
        filing = filings.get((one.pk, quarter.pk))
        if one.holds_on(min(quarter.ends_on, plan.until)):
            found.append((quarter, lamp(Facts(day, term, filing, carried))))
        if filing and standing(filing, day) is Standing.ACCEPTED:
            carried = filing.share
    return found
