"""The sheet (检查表): five items, filled in by the precheck for the inspector to confirm.

What the precheck finds under no item (layout of the text) is shown beside them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.standards.checks import Finding, Grade, findings
from rongbiao.standards.models import Declaration, Statement

OK, FOUND, NOT_ASKED = "ok", "found", "none"
VERDICTS = [
    (OK, gettext_lazy("符合")),
    (FOUND, gettext_lazy("有问题")),
    (NOT_ASKED, gettext_lazy("不适用")),
]
# Item: its name, its rule in the table ``self_declaration``, and the findings that fall under it.
ITEMS: dict[str, tuple[Any, str, frozenset[str]]] = {
    "publish": (
        gettext_lazy("履行公开义务"), "declare", frozenset({"no-indicators", "fewer"}),
    ),
    "currency": (gettext_lazy("时效性"), "currency", frozenset({"not-in-force"})),
    "naming": (
        gettext_lazy("编号和名称"), "numbering",
        frozenset({
            "number-unreadable", "number-not-own", "number-own", "number-without-year",
            "number-unknown", "name-differs",
        }),
    ),
    "requirements": (
        gettext_lazy("技术要求（不低于强制性标准，低于推荐性标准须明示）"), "not_below_mandatory",
        frozenset({"below-mandatory", "lower-without-notice", "not-comparable"}),
    ),
    "methods": (
        gettext_lazy("指标及对应的方法"), "methods", frozenset({"no-method", "limit-unreadable"}),
    ),
}  # fmt: skip
GRAVE = {Grade.BAR, Grade.MUST}


@dataclass(frozen=True)
class Line:
    """One item: what the precheck proposes (nothing where it cannot tell), and why."""

    key: str
    proposed: str
    found: Sequence[Finding] = ()

    @property
    def name(self) -> str:
        """The item in the reader's language."""
        return str(ITEMS[self.key][0])

    @property
    def rule(self) -> str:
        """The rule of the table ``self_declaration`` that the item rests on."""
        return ITEMS[self.key][1]

    @property
    def words(self) -> list[str]:
        """What was found, place by place."""
        return [f"{one.place}：{one.words}" for one in self.found]


@dataclass(frozen=True)
class Sheet:
    """The five items of one declared item on a day, and what was found beside them."""

    statement: Statement | None
    lines: Sequence[Line]
    beside: Sequence[Finding] = field(default_factory=tuple)
    over: bool = False  # it is declared no more


def sheet_of(declaration: Declaration, day: date) -> Sheet:
    """Return what the precheck fills in for a declared item, or for what replaced it."""
    while declaration.withdrawn_on and declaration.withdrawn_on <= day and declaration.replaced_by:
        declaration = declaration.replaced_by
    if declaration.withdrawn_on and declaration.withdrawn_on <= day:
        return Sheet(None, [Line(key, NOT_ASKED) for key in ITEMS], over=True)
    rows = declaration.statements.on(day).select_related("organization").order_by("-ordinal")
    statement = rows.first()
    if statement is None:
        return Sheet(None, [Line(key, "") for key in ITEMS])
    return filled(statement, findings([statement], day)[0])


def filled(statement: Statement, found: Iterable[Finding]) -> Sheet:
    """Return the sheet that some findings fill in."""
    found = list(found)
    lines: list[Line] = []
    taken: set[str] = set()
    for key, (_name, _rule, under) in ITEMS.items():
        here = [one for one in found if one.key in under]
        taken |= under
        verdict = FOUND if any(one.grade in GRAVE for one in here) else OK
        lines.append(Line(key, verdict, here))
    return Sheet(statement, lines, tuple(one for one in found if one.key not in taken))


def names(keys: Iterable[str]) -> str:
    """Return some items as one list of words."""
    return _("、").join(str(ITEMS[key][0]) for key in keys)
