"""Who may act (经办权限).

Each predicate has two faces: a test of one case, and a filter over all of them. The test
guards the desk; the filter fills the in-tray and hides what is not for these eyes. They
must agree: ``tests/cases/test_who.py`` holds them to it. An actor is a post, or None for
the public.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from rongbiao.parties.models import Post
from rongbiao.parties.post import HANDLERS

if TYPE_CHECKING:
    from .models import Case

ALL, NONE = ~Q(pk__in=[]), Q(pk__in=[])


@dataclass(frozen=True)
class Who:
    """Some people, by what they are to a case."""

    name: Any
    test: Callable[[Post | None, Case], bool]
    rows: Callable[[Post | None], Q]

    def __call__(self, actor: Post | None, case: Case) -> bool:
        return self.test(actor, case)

    def __or__(self, other: Who) -> Who:
        return Who(
            _Words(self, "、", other),
            lambda actor, case: self.test(actor, case) or other.test(actor, case),
            lambda actor: _either(self.rows(actor), other.rows(actor)),
        )

    def __and__(self, other: Who) -> Who:
        return Who(
            _Words(self, "，", other),
            lambda actor, case: self.test(actor, case) and other.test(actor, case),
            lambda actor: _both(self.rows(actor), other.rows(actor)),
        )


def _either(one: Q, other: Q) -> Q:
    """Return what either lets through; nothing is asked of whoever may see all or none."""
    if one is ALL or other is ALL:
        return ALL
    return other if one is NONE else one if other is NONE else one | other


def _both(one: Q, other: Q) -> Q:
    """Return what both let through; nothing is asked of whoever may see all or none."""
    if one is NONE or other is NONE:
        return NONE
    return other if one is ALL else one if other is ALL else one & other


@dataclass(frozen=True)
class _Words:
    """Two names joined, read in the reader's language."""

    one: Who
    mark: str
    other: Who

    def __str__(self) -> str:
        return f"{self.one.name}{self.mark}{self.other.name}"


def holding(name: Any, *roles: str) -> Who:
    """Return whoever holds a post in one of some roles, on any case."""

    def holds(actor: Post | None) -> bool:
        return actor is not None and actor.role in roles

    return Who(name, lambda actor, case: holds(actor), lambda actor: ALL if holds(actor) else NONE)


def seated(name: Any, capacity: str, *, here: bool = True) -> Who:
    """Return whoever has a seat in a capacity and is not recused.

    ``here``: in the stage where the case is now; else in any stage of it.
    """

    def seats(actor: Post) -> Q:
        mine = Q(post=actor) | Q(organization=actor.organization_id, post=None)
        if actor.role not in HANDLERS:
            mine = Q(post=actor)
        return mine & Q(capacity=capacity, recused_on=None)

    def test(actor: Post | None, case: Case) -> bool:
        if actor is None:
            return False
        found = case.seats.filter(seats(actor))
        return (found.filter(stage=case.stage_key) if here else found).exists()

    def rows(actor: Post | None) -> Q:
        from .models import Seat

        if actor is None:
            return NONE
        found = Seat.objects.filter(seats(actor), case=OuterRef("pk"))
        return Q(Exists(found.filter(stage=OuterRef("stage_key")) if here else found))

    return Who(name, test, rows)


def never(name: Any, *keys: str, again: bool = False) -> Who:
    """Return whoever has not done some actions in the case: four eyes, one vote.

    ``again``: in this round, since the stage was last entered; else ever.
    """

    def test(actor: Post | None, case: Case) -> bool:
        done = case.this_round(*keys) if again else case.entries.filter(action_key__in=keys)
        return actor is None or not done.filter(actor=actor).exists()

    def rows(actor: Post | None) -> Q:
        from .models import Entry

        done = Entry.objects.filter(case=OuterRef("pk"), action_key__in=keys, actor=actor)
        if again:
            done = done.filter(seq__gt=Coalesce(OuterRef("entered__seq"), 0))
        return ~Q(Exists(done)) if actor else ALL

    return Who(name, test, rows)
