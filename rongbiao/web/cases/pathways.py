"""The drawing of a procedure (流程图), taken from its declaration."""

from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rongbiao.cases.procedure import CLOSED, NEXT, STAY, Procedure
from rongbiao.web.drawings.pathway import Back, Leave, Place, pathway


def drawing(procedure: type[Procedure], now: str = "") -> SafeString:
    """Draw the path of a procedure; ``now`` is the key of the stage where a case is."""
    kind: Any = procedure  # a class is hashable, whatever mypy says of one with annotations
    return _drawn(kind, now, get_language())


@lru_cache(maxsize=256)
def _drawn(procedure: Any, now: str, _language: str | None) -> SafeString:
    """Draw a path once in each language: a declaration does not change while the platform runs."""
    keys = [stage.key for stage in procedure.stages]
    places, backs, leaves = [], [], []
    for at, stage in enumerate(procedure.stages):
        words: dict[str, list[str]] = {}
        for action in stage.actions():
            if action.to != STAY:
                words.setdefault(action.to, []).append(str(action.name))
        said = {to: _("、").join(names) for to, names in words.items()}
        places.append(Place(str(stage.name), stage.key == now, said.pop(NEXT, "")))
        if out := said.pop(CLOSED, ""):
            leaves.append(Leave(at, out))
        backs += [Back(at, keys.index(to), word) for to, word in said.items()]
    backs.sort(key=lambda back: (abs(back.start - back.end), back.start))
    return pathway(places, backs, leaves, spoken(procedure, now), _("办结"))


def spoken(procedure: type[Procedure], now: str) -> str:
    """Return what a listener hears instead of the drawing."""
    names = _("、").join(str(stage.name) for stage in procedure.stages)
    said = _("{name}流程，共 {n} 个环节：{names}。").format(
        name=procedure.name, n=len(procedure.stages), names=names
    )
    if not now:
        return said
    return said + _("当前在“{stage}”。").format(stage=procedure.stage(now).name)
