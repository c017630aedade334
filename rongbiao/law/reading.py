"""Tables are read from TOML (规则表): what is missing or odd is told with file and rule."""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from . import profiles
from .rules import ROUTES, InForce, Origin, Rule, Table, Unit, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# What a key may not be: InForce would answer with its own.
TAKEN = {name for name in dir(InForce) if not name.startswith("__")}


class UnreadableTable(ValueError):
    """A table that cannot be taken as it stands, in a sentence with file and rule."""


def read_table(path: Path, origin: Origin = Origin.LAW) -> Table:
    """Read one table; a rule without name, source or ``verified`` is refused.

    A TOML table with ``values`` is a rule. One without is a group of rules (the stage of a
    matter, a profile): its rules are filed under ``group.rule``.
    """
    with path.open("rb") as file:
        try:
            raw = tomllib.load(file)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as bad:
            raise UnreadableTable(f"规则表“{path.name}”不是有效的 TOML：{bad}。") from None
    title, title_en = raw.pop("title", path.stem), raw.pop("title_en", "")
    rules = {rule.key: rule for rule in _rules(path.name, raw, origin)}
    return Table(rules, title, title_en)


def _rules(place: str, raw: Mapping[str, Any], origin: Origin) -> Iterator[Rule]:
    for key, row in raw.items():
        where = f"规则表“{place}”的“{key}”"
        if not isinstance(row, dict) or "name" not in row:
            raise UnreadableTable(f"{where}没有名称（name）。")
        if "values" in row:
            yield _rule(where, key, row, {"key": row.get("stage", "")}, origin)
            continue
        for part, one in row.items():
            if isinstance(one, dict):
                yield _rule(f"{where}.{part}", f"{key}.{part}", one, row | {"key": key}, origin)


def _rule(
    where: str, key: str, row: Mapping[str, Any], group: Mapping[str, Any], origin: Origin
) -> Rule:
    if key in TAKEN:
        raise UnreadableTable(f"{where}与规则表自身的名称相同，请换一个代号。")
    if not row.get("values"):
        raise UnreadableTable(f"{where}没有取值（values）。")
    name = row.get("name")
    if not name:
        raise UnreadableTable(f"{where}没有名称（name）。")
    values = [_value(where, one, row, origin) for one in row["values"]]
    heading = group.get("name", group["key"])
    newest_first = sorted(values, key=lambda value: value.since, reverse=True)
    return Rule(
        key,
        name,
        tuple(newest_first),
        name_en=row.get("name_en", ""),
        group=group["key"],
        heading=heading,
        heading_en=group.get("name_en", ""),
    )


def _value(where: str, one: Mapping[str, Any], row: Mapping[str, Any], origin: Origin) -> Value:
    for name, kind in (("since", date), ("source", str), ("verified", bool)):
        if type(one.get(name)) is not kind or one[name] == "":
            raise UnreadableTable(f"{where}的取值缺少{name}。")
    if "value" not in one:
        raise UnreadableTable(f"{where}的取值缺少value。")
    told = one.get("unit", row.get("unit"))
    try:
        unit = Unit(told) if told else None
        fits(one["value"], unit)
    except ValueError as bad:
        raise UnreadableTable(f"{where}的取值有误：{bad}") from None
    return Value(
        since=one["since"],
        value=one["value"],
        source=one["source"],
        verified=one["verified"],
        article=one.get("article", ""),
        unit=unit,
        name=row["name"],
        origin=origin,
    )


MOST = {
    Unit.DAYS: 3660,
    Unit.WORKING_DAYS: 2500,
    Unit.MONTHS: 600,
    Unit.YEARS: 50,
    Unit.POINTS: 100,
    Unit.PEOPLE: 1000,
    Unit.TIMES: 1000,
}


def fits(value: Any, unit: Unit | None) -> None:
    """Check that a value can be told in a unit; raise ValueError with a sentence otherwise."""
    if unit is None:
        return
    if unit is Unit.SHARE:
        try:
            share = Fraction(value)
        except (ValueError, TypeError, ZeroDivisionError):
            raise ValueError(f"“{value}”不是比例，应写作 3/4。") from None
        if not 0 <= share <= 1:
            raise ValueError(f"比例“{value}”应在 0 与 1 之间。")
    elif unit is Unit.VOTE:
        profiles.check(value)
    elif unit is Unit.ROUTE:
        routes = value if isinstance(value, list) else [value]
        if unknown := [one for one in routes if one not in ROUTES]:
            raise ValueError(f"“{unknown[0]}”不是去向，可用：{'、'.join(ROUTES)}。")
    elif isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"“{value}”不是整数。")
    elif not 0 <= value <= MOST[unit]:
        raise ValueError(f"{value}超出范围，应在 0 至 {MOST[unit]} 之间。")
