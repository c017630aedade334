"""What is open to whom (可办): the reading face of the desk.

``offered`` and ``hindrance`` speak of one case, ``in_tray`` and ``readable`` of all of them;
both rest on the same two-faced ``Who``.
"""

from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from rongbiao.cases.models import Case
from rongbiao.cases.procedure import Action, procedures
from rongbiao.cases.who import NONE
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
    """Return every open case on which an actor may do something (待办)."""
    mine = Q(NONE)
    for by, places in _places(tuple(procedures)).items():
        here = Q()
        for procedure, stages in places.items():
            here |= Q(procedure_key=procedure, stage_key__in=stages)
        rows = by.rows(actor)
        if rows != NONE:
            mine |= here & rows
    return Case.objects.filter(mine, closed_on=None).select_related("applicant")


def readable(actor: Post | None) -> QuerySet[Case]:
    """Return the dossiers that an actor may read."""
    seen = Q(NONE)
    for procedure in procedures.values():
        seen |= Q(procedure_key=procedure.key) & procedure.readers.rows(actor)
    return Case.objects.filter(seen)


@cache
def _places(keys: tuple[str, ...]) -> dict[Any, dict[str, list[str]]]:
    """Return where each kind of people has something to do: procedure → stages."""
    found: dict[Any, dict[str, list[str]]] = {}
    for procedure in map(procedures.__getitem__, keys):
        for stage in procedure.stages:
            for by in set(stage.awaited()):
                found.setdefault(by, {}).setdefault(procedure.key, []).append(stage.key)
    return found
