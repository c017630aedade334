"""What the page of an inspection shows of its register line and of its sheets."""

from dataclasses import dataclass
from datetime import date

from django import template

from rongbiao.cases.models import Case
from rongbiao.procedures.supervision.forms import inspection_of
from rongbiao.standards.models import Inspection
from rongbiao.standards.supervising.sheet import ITEMS, VERDICTS, names

register = template.Library()
HELD = ("inspect", "recheck")


@dataclass(frozen=True)
class Item:
    """One item of a sheet that was recorded."""

    name: str
    verdict: str
    words: str
    changed: bool
    found: list[str]
    why: str


@register.filter
def items_named(keys: list[str]) -> str:
    """Write the items on which something was found."""
    return names(keys)


@register.filter
def inspected(case: Case) -> Inspection | None:
    """Return the line of a case in the register of inspections."""
    return inspection_of(case)


@register.filter
def sheets(case: Case) -> list[tuple[str, date, str, list[Item]]]:
    """Return the sheets recorded last in each stage: stage, day, who, items."""
    rows = case.entries.filter(action_key="record", stage_key__in=HELD).order_by("seq")
    rows = rows.select_related("actor__person", "actor__organization")
    last = {entry.stage_key: entry for entry in rows}
    return [
        (
            str(case.procedure.stage(key).name), entry.day, str(entry.actor or ""),
            [item(one) for one in entry.answers["lines"]],
        )
        for key, entry in last.items()
    ]  # fmt: skip


def item(said: dict) -> Item:
    """Return an item as the journal kept it."""
    words = str(dict(VERDICTS)[said["verdict"]])
    changed = bool(said["proposed"]) and said["verdict"] != said["proposed"]
    name = str(ITEMS[said["key"]][0])
    return Item(name, said["verdict"], words, changed, said["found"], said["why"])
