"""A large world, made quickly: for figures of speed and for counting queries.

It is made by bulk inserts, not by the acts that people use, so nothing but
benches and tests of constant queries may rest on it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rongbiao.archive.models import File
from rongbiao.parties.models import Organization
from rongbiao.strategy.models import (
    Assignment,
    Clause,
    Plan,
    Quarter,
    Reading,
    Report,
    Task,
)

TASKS = 24
FIRST_YEAR = 2023
ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


@dataclass(frozen=True)
class World:
    """What was made, plan by plan, the newest plan last."""

    plans: list[Plan]
    quarters: dict[int, list[Quarter]]
    assignments: dict[int, list[Assignment]]

    @property
    def newest(self) -> Plan:
        return self.plans[-1]

    @property
    def day(self) -> date:
        """A day after the last quarter of the newest plan fell due."""
        return self.quarters[self.newest.pk][-1].due_on + timedelta(days=9)


def build(
    *,
    plans: int = 3,
    assignments: int = 500,
    quarters: int = 12,
    reported: bool = True,
    first: int = 0,
) -> World:
    """Make plans of 24 tasks with so many assignments and quarters each, reported on or not.

    A second world beside the first numbers its plans from ``first`` and has the same units.
    """
    units = _units(-(-assignments // TASKS))
    made = World([], {}, {})
    for number in range(first, first + plans):
        plan = _plan(number, quarters)
        made.plans.append(plan)
        made.quarters[plan.pk] = _quarters(plan, quarters)
        made.assignments[plan.pk] = _assignments(plan, units, assignments)
        if reported:
            _reports(made.assignments[plan.pk], made.quarters[plan.pk])
    return made


def _units(wanted: int) -> list[Organization]:
    districts = [
        Organization(
            name=f"量测县{place}",
            kind=Organization.Kind.DISTRICT,
            order=1000 + place,
            row=place // 4 + 1,
            column=place % 4 + 1,
        )
        for place in range(min(12, wanted // 2))
    ]
    bureaus = [
        Organization(name=f"量测局{place}", kind=Organization.Kind.BUREAU, order=place)
        for place in range(wanted - len(districts))
    ]
    wanted_here = bureaus + districts
    Organization.objects.bulk_create(wanted_here, ignore_conflicts=True)
    held = {unit.name: unit for unit in Organization.objects.filter(name__startswith="量测")}
    return [held[unit.name] for unit in wanted_here]


def _plan(number: int, quarters: int) -> Plan:
    since = date(FIRST_YEAR, 1, 1)
    file = File.objects.create(sha256=f"{number:064d}", name="意见.txt", size=1, media="text/plain")
    reading = Reading.objects.create(file=file, text="意", outcome={}, read_on=since)
    plan = Plan.objects.create(
        key=f"bench-{number}",
        title=f"量测意见{number}",
        number=f"量测〔2023〕{number}号",
        issuer="量测",
        signed_on=since,
        since=since,
        until=date(FIRST_YEAR + -(-quarters // 4) - 1, 12, 31),
        reading=reading,
    )
    clauses = Clause.objects.bulk_create(
        Clause(
            plan=plan, place=n, path=[str(n)], number=str(n), kind=Clause.Kind.TASK, start=n, end=n
        )
        for n in range(1, TASKS + 1)
    )
    Task.objects.bulk_create(
        Task(
            plan=plan,
            clause=clause,
            number=clause.number,
            key=clause.number,
            title=f"量测任务{clause.number}",
            block=f"板块{clause.place % 6}",
            place=clause.place,
        )
        for clause in clauses
    )
    return plan


def _quarters(plan: Plan, wanted: int) -> list[Quarter]:
    rows = []
    for place in range(wanted):
        year, number = FIRST_YEAR + place // 4, place % 4 + 1
        ends_on = date(year, *ENDS[number - 1])
        rows.append(
            Quarter(
                plan=plan,
                year=year,
                number=number,
                starts_on=date(year, number * 3 - 2, 1),
                ends_on=ends_on,
                opens_on=ends_on - timedelta(days=20),
                due_on=ends_on + timedelta(days=10),
                basis="量测",
            )
        )
    return Quarter.objects.bulk_create(rows)


def _assignments(plan: Plan, units: list[Organization], wanted: int) -> list[Assignment]:
    tasks = list(Task.objects.filter(plan=plan).order_by("place"))
    pairs = [(task, unit) for unit in units for task in tasks][:wanted]
    return Assignment.objects.bulk_create(
        Assignment(task=task, organization=unit, since=plan.since, first=unit == units[0])
        for task, unit in pairs
    )


def _reports(assignments: list[Assignment], quarters: list[Quarter]) -> None:
    """Report by a fixed pattern: some waiting, late, returned, missing; most accepted."""
    rows = []
    for place, quarter in enumerate(quarters):
        last = place == len(quarters) - 1
        for number, assignment in enumerate(assignments):
            row = _report(assignment, quarter, number, place + 1, len(quarters), last=last)
            if row is not None:
                rows.append(row)
    Report.objects.bulk_create(rows, batch_size=2000)


def _report(
    assignment: Assignment, quarter: Quarter, number: int, run: int, whole: int, *, last: bool
) -> Report | None:
    turn = number % 20
    if last and turn == 0:
        return None
    late = turn == 1
    filed_on = quarter.due_on + timedelta(days=4 if late else -5)
    report = Report(
        assignment=assignment,
        quarter=quarter,
        state=Report.State.ACCEPTED,
        text="量测文字，说明本期进展。" * 8,
        share=_share(turn, run, whole),
        first_filed_on=filed_on,
        filed_on=filed_on,
        reviewed_on=filed_on + timedelta(days=2),
        version=3,
    )
    if last and turn in (3, 4):
        report.state, report.reviewed_on = Report.State.FILED, None
    elif last and turn == 5:
        report.state, report.returned_on = Report.State.RETURNED, report.reviewed_on
    return report


def _share(turn: int, run: int, whole: int) -> int:
    """Return a share that runs with time; one in twenty lags, four reach the whole at the end."""
    if turn > 15 and run == whole:
        return 100
    return max(0, 95 * run // whole - (30 if turn == 2 else 0))
