"""Rules of law (法定规则): dated values with their sources.

A table is a TOML file; each rule lists its values, newest first, each with the
day it took effect, the source and the article it was read in and whether that
reading was ``verified``. A city's own tables stand in ``cities/<city>/law`` and
join in: of all values the newest that has taken effect holds, and on the same day
the city's stands before the law's.

>>> from datetime import date
>>> table("reporting").at(date(2024, 1, 1)).grace_days
0
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .reading import UnreadableTable, read_table
from .rules import (
    PERIODS,
    ROUTES,
    InForce,
    NoSuchRule,
    Origin,
    Rule,
    Table,
    Unit,
    Value,
    said,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLES = Path(__file__).parent / "tables"
NOTICES = "holidays"  # this file holds days, not rules: see workdays.py

__all__ = [
    "PERIODS",
    "ROUTES",
    "TABLES",
    "InForce",
    "NoSuchRule",
    "Origin",
    "Rule",
    "Table",
    "Unit",
    "UnreadableTable",
    "Value",
    "names",
    "read_table",
    "said",
    "table",
]


@cache
def names() -> Sequence[str]:
    """Return the names of all tables of rules, in the order of their files."""
    return tuple(path.stem for path in sorted(TABLES.glob("*.toml")) if path.stem != NOTICES)


@cache
def table(name: str, city: Path | None = None) -> Table:
    """Return a table by name, with what a city's folder of tables adds to it.

    Raises NoSuchRule when there is no such table.
    """
    if name not in names():
        raise NoSuchRule(f"没有规则表“{name}”。")
    found = read_table(TABLES / f"{name}.toml")
    own = city / f"{name}.toml" if city else None
    if own is None or not own.exists():
        return found
    return found.joined(read_table(own, Origin.CITY))
