"""Corrections (更正): which values of a reading a person may put right, and in what form."""

import copy
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from rongbiao.parties.refused import Refused
from rongbiao.texts.policies.units import GROUP, names

from .models import Clause, Target

Path = list[str | int]
YEARS = range(1949, 2150)
MOST = 10**12
LEADS = {"": None, "true": True, "lead": True, "牵头": True}
LEADS |= {"false": False, "support": False, "配合": False}
MARKED = re.compile(r"(.+)[（(](牵头|配合)[）)]$")


@dataclass(frozen=True, slots=True)
class Correction:
    """A reading with one value put right, and that value before and after."""

    outcome: dict[str, Any]
    was: Any
    now: Any


def correct(outcome: dict[str, Any], path: Path, value: Any) -> Correction:
    """Return a reading with the value at a path put right; the one given stays as it was.

    ``value`` is what a person typed, or the value itself. A target that is none goes with
    ``["targets", n]`` and None; the units of a clause are a list of names, or names with
    “、” between them. Anything that was never the reader's to say is refused.
    """
    outcome = copy.deepcopy(outcome)
    place, last, was = _found(outcome, path)
    shape = tuple("*" if isinstance(step, int) else step for step in path)
    if shape == ("targets", "*") and value is None:
        del place[last]
        return Correction(outcome, was, None)
    form = FORMS.get(shape)
    if form is None:
        raise Refused(_("这一处不能更正。"))
    place[last] = form(value, was)
    return Correction(outcome, was, place[last])


def _found(outcome: dict[str, Any], path: Path) -> tuple[Any, Any, Any]:
    """Return what holds the value, under which name, and the value."""
    place: Any = None
    here: Any = outcome
    try:
        for step in path:
            if isinstance(step, int) and step < 0:
                raise IndexError(step)  # noqa: TRY301  counted from the end is not meant
            place, here = here, here[step]
    except (KeyError, IndexError, TypeError) as nowhere:
        raise Refused(_("解读结果里没有这一处，请刷新后再办。")) from nowhere
    if place is None:
        raise Refused(_("这一处不能更正。"))
    return place, path[-1], here


def _words(value: Any, _was: Any) -> str:
    text = str(value if value is not None else "").strip()
    if not text:
        raise Refused(_("更正后的内容不能为空。"))
    return text


def _words_or_none(value: Any, _was: Any) -> str | None:
    return str(value if value is not None else "").strip() or None


def _day(value: Any, _was: Any) -> str:
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError as bad:
        raise Refused(_("“{value}”不是日期，应写作2023-09-14。").format(value=value)) from bad


def _day_or_none(value: Any, was: Any) -> str | None:
    return _day(value, was) if str(value or "").strip() else None


def _number(value: Any, _was: Any) -> int | float:
    try:
        number = float(str(value).replace(",", "").replace("，", ""))
    except ValueError as bad:
        raise Refused(_("“{value}”不是数字。").format(value=value)) from bad
    if not math.isfinite(number) or not 0 <= number < MOST:
        raise Refused(_("“{value}”不在可用的范围内。").format(value=value))
    return int(number) if number.is_integer() else number


def _year(value: Any, was: Any) -> int:
    number = _number(value, was)
    if number not in YEARS:
        raise Refused(_("“{value}”不是可用的年份。").format(value=value))
    return int(number)


def _one_of(choices: list[str]) -> Callable[[Any, Any], str]:
    def chosen(value: Any, _was: Any) -> str:
        if value not in choices:
            raise Refused(
                _("“{value}”不在可选之列：{choices}。").format(
                    value=value, choices="、".join(choices)
                )
            )
        return value

    return chosen


def _lead(value: Any, _was: Any) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    if value not in LEADS:
        raise Refused(_("职责应写牵头、配合，或留空。"))
    return LEADS[value]


def _units(value: Any, was: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a list of units; “（牵头）” or “（配合）” gives a part, else it stays what it was."""
    said = value.replace("\n", "、") if isinstance(value, str) else "、".join(value or [])
    before = {unit["name"]: unit for unit in was}
    units = {}
    for name in names(said):
        marked = MARKED.match(name)
        bare = marked[1] if marked else name
        unit = before.get(bare, {"name": bare, "group": bool(GROUP.search(bare)), "lead": None})
        units[bare] = unit | {"lead": LEADS[marked[2]]} if marked else unit
    return list(units.values())


def typed(units: list[dict[str, Any]]) -> str:
    """Return units as a person types them: in one line, each with its part where it has one."""
    parts = {True: "（牵头）", False: "（配合）", None: ""}
    return "、".join(unit["name"] + parts[unit["lead"]] for unit in units)


FORMS: dict[tuple[str, ...], Callable[[Any, Any], Any]] = {
    ("title",): _words,
    ("number",): _words,
    ("issuer",): _words,
    ("signed_on",): _day,
    ("published_on",): _day_or_none,
    ("effective",): _words_or_none,
    ("interpreted_by",): _words_or_none,
    ("clauses", "*", "title"): _words,
    ("clauses", "*", "kind"): _one_of(Clause.Kind.values),
    ("clauses", "*", "due"): _words_or_none,
    ("clauses", "*", "units"): _units,
    ("clauses", "*", "units", "*", "name"): _words,
    ("clauses", "*", "units", "*", "lead"): _lead,
    ("targets", "*", "name"): _words,
    ("targets", "*", "value"): _number,
    ("targets", "*", "unit"): _words,
    ("targets", "*", "by"): _year,
    ("targets", "*", "direction"): _one_of(Target.Direction.values),
    ("targets", "*", "basis"): _one_of(Target.Basis.values),
}
