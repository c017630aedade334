"""Statuses (标准状态): what an edition is on a day, and the register turned with the days."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from .change import changed
from .relation import Relation
from .standard import Standard

STATUS = Standard.Status
ENDED = {STATUS.SUPERSEDED, STATUS.WITHDRAWN}
FOLLOWING = (  # days of which the second does not come before the first
    ("planned_on", "issued_on"),
    ("issued_on", "implemented_on"),
    ("issued_on", "withdrawn_on"),
    ("implemented_on", "withdrawn_on"),
)
OWN = {"city", "notice"}  # sources whose rows are in force from their day on unless they say more


def status_on(standard: Standard, day: date) -> str:
    """Return what an edition is on a day: what its source says, moved on by the days it names.

    Empty where no source says anything.
    """
    said = standard.status
    if standard.withdrawn_on and standard.withdrawn_on <= day:
        return said if said == STATUS.SUPERSEDED else STATUS.WITHDRAWN
    if said in ENDED or said == STATUS.PROJECT:
        return said
    begun = standard.implemented_on or standard.issued_on
    if begun and begun > day:
        return STATUS.UPCOMING
    if said:
        return STATUS.CURRENT if begun else said
    return STATUS.CURRENT if begun and standard.source in OWN else ""


@transaction.atomic
def turn(day: date) -> int:
    """Move the statuses on whose day has come, tell the index, and return how many.

    Safe to run again; a register that stood still for weeks catches up.
    """
    living = Standard.objects.exclude(status__in=[*ENDED, STATUS.PROJECT, ""])
    begun = Q(implemented_on__lte=day) | Q(implemented_on=None, issued_on__lte=day)
    replaced = Exists(
        Relation.objects.filter(kind=Relation.Kind.REPLACES, object_key=OuterRef("key"))
    )
    ended = living.filter(withdrawn_on__lte=day)
    moved = _move(ended.filter(replaced), STATUS.SUPERSEDED)
    moved += _move(ended.exclude(replaced), STATUS.WITHDRAWN)
    return moved + _move(living.filter(begun, status=STATUS.UPCOMING), STATUS.CURRENT)


def _move(rows, status: str) -> int:
    pks = list(rows.values_list("pk", flat=True))
    for start in range(0, len(pks), 500):
        Standard.objects.filter(pk__in=pks[start : start + 500]).update(status=status)
    changed(pks)
    return len(pks)
