"""What a rule is: its values by day, each with its source (取值与依据)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from . import profiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


class NoSuchRule(LookupError):
    """No value of this rule was in force on that day."""


class Unit(StrEnum):
    """In what a value is told; the first four are periods."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    POINTS = "points"
    SHARE = "share"
    PEOPLE = "people"
    TIMES = "times"
    ROUTE = "route"
    VOTE = "vote"

    @property
    def word(self) -> str:
        """Return the unit as officials write it behind a number; a share and a route have none."""
        return _WORDS[self]

    @property
    def is_period(self) -> bool:
        """Tell whether the unit measures time, so that a last day can be counted."""
        return self in PERIODS


_WORDS = {
    Unit.DAYS: "个自然日",
    Unit.WORKING_DAYS: "个工作日",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
    Unit.POINTS: "个百分点",
    Unit.SHARE: "",
    Unit.PEOPLE: "人",
    Unit.TIMES: "次",
    Unit.ROUTE: "",
    Unit.VOTE: "",
}
PERIODS = (Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS, Unit.YEARS)
# Where a topic goes that may not be a standard of the city.
ROUTES = {
    "national": "国家标准",
    "industry": "行业标准",
    "provincial": "省级地方标准",
    "group": "团体标准",
    "enterprise": "企业标准",
}


class Origin(StrEnum):
    """Who says a value: the tables of the platform, the city's own, or an officer's correction."""

    LAW = "law"
    CITY = "city"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Value:
    """What a rule said from one day on, and where that was read.

    ``article`` is as papers cite it (第十三条), empty where the source has none.
    ``name`` is the rule's, so that a refusal can give number and rule.
    """

    since: date
    value: Any
    source: str
    verified: bool
    article: str = ""
    unit: Unit | None = None
    name: str = ""
    origin: Origin = Origin.LAW
    basis: str = ""  # on what paper an officer corrected it

    @property
    def cited(self) -> str:
        """Return source and article as a sentence cites them: 《地方标准管理办法》第十三条."""
        return f"{self.source}{self.article}"

    @property
    def amount(self) -> str:
        """Return the value with its unit in words: 30个自然日."""
        return said(self.value, self.unit)

    @property
    def share(self) -> Fraction:
        """Return a value in shares as an exact fraction."""
        return Fraction(self.value)


def said(value: Any, unit: Unit | None = None) -> str:
    """Return a value as people read it.

    >>> said(20, Unit.WORKING_DAYS), said("3/4", Unit.SHARE), said(True)
    ('20个工作日', '3/4', '是')
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (list, tuple)):
        return "、".join(said(one, unit) for one in value)
    if unit is Unit.ROUTE:
        return ROUTES[value]
    if unit is Unit.VOTE:
        return "；".join(profiles.lines(value))
    return f"{value}{unit.word if unit else ''}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule and everything it has said, newest first.

    ``group`` is the key of what it belongs to inside its table (a stage, a profile),
    ``heading`` that one's name.
    """

    key: str
    name: str
    values: tuple[Value, ...]
    name_en: str = ""
    group: str = ""
    heading: str = ""
    heading_en: str = ""

    def at(self, day: date) -> Value:
        """Return the value in force on a day; raise NoSuchRule before the first."""
        for value in self.values:
            if value.since <= day:
                return value
        raise NoSuchRule(f"“{self.name}”在{day}尚无有效规定。")

    def known_at(self, day: date) -> Value | None:
        """Return the value in force on a day, or nothing before the first."""
        return next((value for value in self.values if value.since <= day), None)

    def also(self, values: Iterable[Value]) -> Rule:
        """Return the rule with more values; of those of one day the later said stands first."""
        named = [replace(one, name=self.name, unit=one.unit or self.unit) for one in values]
        both = sorted([*named, *self.values], key=lambda one: one.since, reverse=True)
        return replace(self, values=tuple(both))

    @property
    def unit(self) -> Unit | None:
        """Return the unit of the newest value."""
        return self.values[0].unit


@dataclass(frozen=True, slots=True)
class InForce:
    """One table as it stood on one day: ``table("reporting").at(day).grace_days``."""

    rules: Mapping[str, Rule]
    day: date

    def __getattr__(self, key: str) -> Any:
        return self.rule(key).value

    def rule(self, key: str) -> Value:
        """Return the value in force with its unit, source and article.

        Raises NoSuchRule for an unknown rule and before its first value.
        """
        if key not in self.rules:
            raise NoSuchRule(f"规则表中没有“{key}”。")
        return self.rules[key].at(self.day)

    def known(self, key: str) -> Value | None:
        """Return the value in force, or nothing where the law of that day says nothing."""
        return self.rules[key].known_at(self.day) if key in self.rules else None

    def group(self, key: str) -> dict[str, Value]:
        """Return what is in force of one group, by the last part of each key."""
        found = {
            rule.key.rpartition(".")[2]: rule.known_at(self.day)
            for rule in self.rules.values()
            if rule.group == key
        }
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Table:
    """All rules of one subject."""

    rules: Mapping[str, Rule]
    title: str = ""
    title_en: str = ""

    def at(self, day: date) -> InForce:
        """Return the table as it stood on a day."""
        return InForce(self.rules, day)

    def joined(self, other: Table) -> Table:
        """Return the table with another's values joined in and its new rules behind."""
        rules = dict(self.rules)
        for key, rule in other.rules.items():
            rules[key] = rules[key].also(rule.values) if key in rules else rule
        return replace(self, rules=rules)

    def groups(self) -> dict[str, list[Rule]]:
        """Return the rules of each group in the order of the file; ungrouped rules under ''."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules.values():
            found.setdefault(rule.group, []).append(rule)
        return found
