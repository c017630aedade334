"""What is open to whom (可办): the reading face of the desk.

``offered`` and ``hindrance`` speak of one case, ``in_tray`` and ``readable`` of all of them;
both rest on the same two-faced ``Who``.
"""

from collections.abc import Collection
from datetime import date
from functools import cache

from django.db.models import Q, QuerySet

from rongbiao.cases.models import Case
from rongbiao.cases.procedure import Action, procedures
from rongbiao.cases.who import ALL, NONE, Who
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused


def offered(case: Case, actor: Post | None) -> list[Action]:
    """Return what an actor may do next, whether or not it is open yet."""
    if case.closed_on:
        return []
    return [action for action in case.stage.actions() if action.by(actor, case)]


def hindrance(case: Case, action: Action, day: date) -> str:
    """Return why an action is not open on a day, or nothing."""
    try:
        for guard in action.guards:
            guard.test(case, day)
    except Refused as refused:
        return str(refused)
    return ""


def in_tray(actor: Post | None) -> QuerySet[Case]:
    """Return every open case on which an actor may do something (待办).

    Every page counts it. So nothing is asked about stages at which no case stands now; and where
    somebody may act on every case of a stage, nothing more is asked of it: an officer's tray
    costs no look at seats and ballots.
    """
    stands = set(
        Case.objects.filter(closed_on=None).values_list("procedure_key", "stage_key").distinct()
    )
    whole: set[tuple[str, str]] = set()
    partly: list[tuple[set[tuple[str, str]], Q]] = []
    for by, places in _places(tuple(procedures)).items():
        here = places & stands
        rows = by.rows(actor) if here else NONE
        if rows is ALL:
            whole |= here
        elif rows is not NONE:
            partly.append((here, rows))
    mine = _at(whole)
    for places, rows in partly:
        if places - whole:
            mine |= _at(places - whole) & rows
    return Case.objects.filter(mine, closed_on=None).select_related("applicant")


def _at(places: Collection[tuple[str, str]]) -> Q:
    """Return the condition that a case is at one of some stages."""
    stages: dict[str, list[str]] = {}
    for procedure, stage in sorted(places):
        stages.setdefault(procedure, []).append(stage)
    found = Q(NONE)
    for procedure, keys in stages.items():
        found |= Q(procedure_key=procedure, stage_key__in=keys)
    return found


def readable(actor: Post | None) -> QuerySet[Case]:
    """Return the dossiers that an actor may read."""
    seen = Q(NONE)
    for procedure in procedures.values():
        rows = procedure.readers.rows(actor)
        if rows is not NONE:
            seen |= Q(procedure_key=procedure.key) & rows
    return Case.objects.filter(seen)


@cache
def _places(keys: tuple[str, ...]) -> dict[Who, set[tuple[str, str]]]:
    """Return where each kind of people has something to do: procedure and stage."""
    found: dict[Who, set[tuple[str, str]]] = {}
    for procedure in map(procedures.__getitem__, keys):
        for stage in procedure.stages:
            for by in stage.awaited():
                found.setdefault(by, set()).add((procedure.key, stage.key))
    return found
