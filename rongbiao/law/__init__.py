"""Rules of law (法定规则): dated values with their sources.

A table is a TOML file; each rule lists its values, newest first, each with the
day it took effect, the source it was read in and whether that reading was
``verified``. A city's own tables stand in ``cities/<city>/law`` and override.

>>> from datetime import date
>>> table("reporting").at(date(2024, 1, 1)).grace_days
0
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

TABLES = Path(__file__).parent / "tables"


class NoSuchRule(LookupError):
    """No value of this rule was in force on that day."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a rule said from one day on."""

    since: date
    value: Any
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule and everything it has said, newest first."""

    key: str
    name: str
    values: tuple[Value, ...]

    def at(self, day: date) -> Value:
        """Return the value in force on a day; raise NoSuchRule before the first."""
        for value in self.values:
            if value.since <= day:
                return value
        raise NoSuchRule(f"“{self.name}”在{day}尚无有效规定。")


@dataclass(frozen=True, slots=True)
class InForce:
    """One table as it stood on one day: ``table("reporting").at(day).grace_days``."""

    rules: dict[str, Rule]
    day: date

    def __getattr__(self, key: str) -> Any:
        if key not in self.rules:
            raise NoSuchRule(f"规则表中没有“{key}”。")
        return self.rules[key].at(self.day).value


@dataclass(frozen=True, slots=True)
class Table:
    """All rules of one subject."""

    rules: dict[str, Rule]

    def at(self, day: date) -> InForce:
        """Return the table as it stood on a day."""
        return InForce(self.rules, day)


def read_table(path: Path) -> Table:
    """Read one TOML table; a rule without name, source or verified is an error."""
    with path.open("rb") as file:
        raw = tomllib.load(file)
    rules = {}
    for key, rule in raw.items():
        values = tuple(
            Value(v["since"], v["value"], v["source"], v["verified"]) for v in rule["values"]
        )
        newest_first = tuple(sorted(values, key=lambda value: value.since, reverse=True))
        rules[key] = Rule(key, rule["name"], newest_first)
    return Table(rules)


@cache
def table(name: str) -> Table:
    """Return a table by name."""
    return read_table(TABLES / f"{name}.toml")
