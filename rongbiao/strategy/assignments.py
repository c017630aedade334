"""Settling assignments (责任项): from names in papers and dated lists to task × unit.

Nobody enters an assignment by hand. It follows from the charges of the policy and of
decisions, and from who was a member of a collective when.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from rongbiao.parties.models import Group, Membership

from .models import Assignment, Charge, Plan


@dataclass(frozen=True, slots=True)
class Settled:
    """What settling changed."""

    added: int
    ended: int


@dataclass(slots=True)
class Claim:
    """Why a unit answers for a task: since when, until when, named how."""

    since: date | None
    until: date | None
    group: int | None
    part: str
    first: bool
    demonstration: bool

    def joined(self, other: "Claim") -> "Claim":
        """Return both reasons as one: the longer time, the plainer naming, the said part."""
        own = self.group is None
        ends = None if None in (self.until, other.until) else max(self.until, other.until)
        starts = None if None in (self.since, other.since) else min(self.since, other.since)
        return Claim(
            since=starts,
            until=ends,
            group=None if own or other.group is None else self.group,
            part=self.part or other.part,
            first=self.first or other.first,
            demonstration=self.demonstration and other.demonstration,
        )


def rows_on(plan: Plan, day: date) -> QuerySet[Assignment]:
    """Return the assignments of a plan in force on a day, with task, unit and group at hand."""
    rows = Assignment.objects.on(day).filter(task__plan=plan)
    return rows.select_related("task", "organization", "group")


@transaction.atomic
def settle(plan: Plan, *, day: date) -> Settled:
    """Bring a plan's assignments in line with its charges and the member lists; idempotent.

    What no longer follows ends on its last day, or goes if nothing was ever reported on it.
    """
    wanted = _claims(plan)
    held = {
        (row.task_id, row.organization_id): row
        for row in Assignment.objects.select_for_update(of=("self",)).filter(task__plan=plan)
    }
    fresh, changed = [], []
    for key, claim in wanted.items():
        row = held.get(key)
        if row is None:
            row = Assignment(task_id=key[0], organization_id=key[1])
            fresh.append(_put(row, claim))
        elif _differs(row, claim):
            changed.append(_put(row, claim))
    gone = [row for key, row in held.items() if key not in wanted]
    reported = set(
        Assignment.objects.filter(pk__in=[row.pk for row in gone], reports__isnull=False)
        .values_list("pk", flat=True)
    )
    for row in gone:
        if row.pk in reported and row.until is None:
            row.until = day
            changed.append(row)
    Assignment.objects.filter(pk__in=[row.pk for row in gone if row.pk not in reported]).delete()
    Assignment.objects.bulk_create(fresh)
    fields = ["since", "until", "group", "part", "first", "demonstration"]
    Assignment.objects.bulk_update(changed, fields, batch_size=200)
    return Settled(added=len(fresh), ended=len(gone))


def _claims(plan: Plan) -> dict[tuple[int, int], Claim]:
    charges = list(Charge.objects.filter(task__plan=plan).select_related("task"))
    spans = _memberships({charge.group_id for charge in charges if charge.group_id})
    claims: dict[tuple[int, int], Claim] = {}
    for charge in charges:
        for unit, claim in _named(charge, spans, plan):
            key = (charge.task_id, unit)
            claims[key] = claims[key].joined(claim) if key in claims else claim
    return claims


def _named(charge: Charge, spans: dict, plan: Plan):
    """Yield every unit that a charge names, with its claim."""
    first = charge.place == 0 and charge.group_id is None and charge.decision_id is None
    since = charge.since or plan.since
    if charge.organization_id:
        claim = Claim(since, charge.until, None, charge.part, first, charge.demonstration)
        yield charge.organization_id, claim
    elif charge.group_id:
        for unit, start, end, demonstration in spans[charge.group_id]:
            starts = max(since, start) if start else since
            ends = min((d for d in (charge.until, end) if d), default=None)
            mark = charge.demonstration or demonstration
            yield unit, Claim(starts, ends, charge.group_id, charge.part, False, mark)


def _memberships(groups: set[int]) -> dict[int, list[tuple[int, date | None, date | None, bool]]]:
    """Return who belongs to each group and when; a group without a list answers as itself."""
    spans = defaultdict(list)
    for row in Membership.objects.filter(group__in=groups):
        spans[row.group_id].append((row.organization_id, row.since, row.until, row.demonstration))
    for group in Group.objects.filter(pk__in=groups, placeholder__isnull=False):
        starts = [start for _unit, start, _end, _mark in spans[group.pk] if start]
        # The collective answers as itself until the first member does.
        eve = date.fromordinal(min(starts).toordinal() - 1) if starts else None
        if eve or not spans[group.pk]:
            spans[group.pk].append((group.placeholder_id, None, eve, False))
    return spans


def _differs(row: Assignment, claim: Claim) -> bool:
    return (row.since, row.until, row.group_id, row.part, row.first, row.demonstration) != (
        claim.since,
        claim.until,
        claim.group,
        claim.part,
        claim.first,
        claim.demonstration,
    )


def _put(row: Assignment, claim: Claim) -> Assignment:
    row.since, row.until, row.group_id = claim.since, claim.until, claim.group
    row.part, row.first, row.demonstration = claim.part, claim.first, claim.demonstration
    return row
