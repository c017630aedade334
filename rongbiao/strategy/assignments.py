"""Settling assignments (责任项): from names in papers and dated lists to task × unit.

Nobody enters an assignment by hand. It follows from the charges of the policy and of
decisions, and from who was a member of a collective when. A unit that leaves a
collective and comes back later has two assignments on the task, one for each time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet

from rongbiao.parties.models import Group, Membership

from .models import Assignment, Charge, Plan, Report
from .spans import Claim, Span, fit, gaps, merged

Key = tuple[int, int]  # task, unit
FIELDS = ["since", "until", "group", "part", "first", "demonstration"]


@dataclass(frozen=True, slots=True)
class Settled:
    """How many assignments began, and how many ended or went."""

    added: int
    ended: int


def rows_on(plan: Plan, day: date) -> QuerySet[Assignment]:
    """Return the assignments of a plan in force on a day, with task, unit and group at hand."""
    rows = Assignment.objects.on(day).filter(task__plan=plan)
    return rows.select_related("task__plan", "organization", "group")


def grounds(assignment: Assignment, day: date) -> list[Charge]:
    """Return the lines of papers that name the unit for the task on a day, the policy's first.

    A charge with a decision is that decision's word; its number and day stand there.
    """
    unit = assignment.organization_id
    lists = Membership.objects.on(day)
    named = Q(organization=unit) | Q(group__in=lists.filter(organization=unit).values("group"))
    standing_in = Q(group__placeholder=unit) & ~Q(group__in=lists.values("group"))
    rows = Charge.objects.on(day).filter(named | standing_in, task=assignment.task_id)
    rows = rows.order_by(F("decision__decided_on").asc(nulls_first=True), "decision_id", "place")
    return list(rows.select_related("decision", "group"))


@transaction.atomic
def settle(plan: Plan, *, day: date) -> Settled:
    """Bring a plan's assignments in line with its charges and the member lists; idempotent.

    What no longer follows goes if nothing was ever reported on it; else it ends, and stays.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)  # one settles at a time
    reports = Report.objects.filter(assignment__task__plan=plan).order_by()
    change = _Change(day, set(reports.values_list("assignment", flat=True).distinct()))
    wanted, held = _claims(plan), _held(plan)
    for key in held.keys() | wanted.keys():
        change.follow(key, held.get(key, []), wanted.get(key, []))
    return change.carry_out()


class _Change:
    """What has to begin, change, end and go."""

    def __init__(self, day: date, reported: set[int]) -> None:
        self.day = day
        self.reported = reported
        self.fresh: list[Assignment] = []
        self.changed: list[Assignment] = []
        self.gone: list[int] = []
        self.ended = 0

    def follow(self, key: Key, rows: list[Assignment], spans: list[Claim]) -> None:
        """Compare what one unit has on one task with what it should have."""
        left = rows
        for span in spans:
            mine = [row for row in left if span.meets(row.since, row.until)]
            kept = [row for row in mine if row.pk in self.reported] or mine[:1]
            left = [row for row in left if row not in kept]
            if not kept:
                self._put(Assignment(task_id=key[0], organization_id=key[1]), span)
            for row, part in zip(kept, span.shared([row.since for row in kept]), strict=True):
                self._put(row, part)
        for row in left:
            self._drop(row)

    def _put(self, row: Assignment, claim: Claim) -> None:
        now = (claim.since, claim.until, claim.group, claim.part, claim.first, claim.demonstration)
        was = (row.since, row.until, row.group_id, row.part, row.first, row.demonstration)
        if row.pk and now == was:
            return
        if row.pk and claim.until and (row.until is None or claim.until < row.until):
            self.ended += 1
        row.since, row.until, row.group_id = claim.since, claim.until, claim.group
        row.part, row.first, row.demonstration = claim.part, claim.first, claim.demonstration
        (self.changed if row.pk else self.fresh).append(row)

    def _drop(self, row: Assignment) -> None:
        if row.pk not in self.reported:
            self.gone.append(row.pk)
        elif row.until is None:
            row.until = max(self.day, row.since or self.day)
            self.changed.append(row)
        else:
            return
        self.ended += 1

    def carry_out(self) -> Settled:
        """Write the changes down."""
        Assignment.objects.filter(pk__in=self.gone).delete()
        Assignment.objects.bulk_update(self.changed, FIELDS, batch_size=200)
        Assignment.objects.bulk_create(self.fresh)
        return Settled(added=len(self.fresh), ended=self.ended)


def _held(plan: Plan) -> dict[Key, list[Assignment]]:
    held: dict[Key, list[Assignment]] = defaultdict(list)
    for row in Assignment.objects.filter(task__plan=plan).order_by("since", "pk"):
        held[row.task_id, row.organization_id].append(row)
    return held


def _claims(plan: Plan) -> dict[Key, list[Claim]]:
    charges = Charge.objects.filter(task__plan=plan).select_related("decision")
    rows = list(charges.order_by("task__place", "place", "pk"))
    members = _members({row.group_id for row in rows if row.group_id})
    claims: dict[Key, list[Claim]] = defaultdict(list)
    for row in rows:
        for unit, claim in _named(row, members):
            within = fit(claim, plan.since, plan.until)
            if within:
                claims[row.task_id, unit].append(within)
    return {key: merged(found) for key, found in claims.items()}


def _named(row: Charge, members: dict[int, list[tuple[int, Span, bool]]]) -> Iterator:
    """Yield every unit that a charge names, with its claim."""
    paper = (row.decision.decided_on, row.decision.pk) if row.decision else (date.min, 0)
    own = Span(row.since, row.until)
    if row.organization_id:
        first = row.place == 0 and row.decision_id is None
        rank = (*paper, 1)
        yield row.organization_id, Claim(own, None, row.part, first, row.demonstration, rank)
    elif row.group_id:
        for unit, span, mark in members[row.group_id]:
            both = own.within(span)
            if both:
                mark_both = row.demonstration or mark
                rank = (*paper, 0)
                yield unit, Claim(both, row.group_id, row.part, False, mark_both, rank)


def _members(groups: Iterable[int]) -> dict[int, list[tuple[int, Span, bool]]]:
    """Return who answers under each collective name and when.

    While a list names nobody, the collective answers as itself.
    """
    found: dict[int, list[tuple[int, Span, bool]]] = defaultdict(list)
    for row in Membership.objects.filter(group__in=groups).order_by("pk"):
        span = Span(row.since, row.until)
        found[row.group_id].append((row.organization_id, span, row.demonstration))
    stand_ins = Group.objects.filter(pk__in=groups, placeholder__isnull=False)
    for group, unit in stand_ins.values_list("pk", "placeholder"):
        taken = [span for _unit, span, _mark in found[group]]
        found[group] += [(unit, span, False) for span in gaps(taken)]
    return found
