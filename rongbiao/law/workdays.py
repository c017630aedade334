"""Working days (工作日): Monday to Friday, as the notices of the State Council change them.

Each year's notice names days off and weekend days on which offices work. A year
without a notice is not known: its days are counted by the week alone, and whoever
asks is told so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .reading import UnreadableTable

DAY = timedelta(days=1)
SATURDAY = 5
MOST_DAYS = 2500  # ten years of working days
# New Year's holiday of the next year may take or give these days of December.
TURN = (12, 26)


@dataclass(frozen=True, slots=True)
class Notice:
    """What one notice changes: days off, and weekend days on which offices work.

    ``whole`` tells that it arranges its year from end to end.
    """

    year: int
    number: str
    issued_on: date | None
    off: frozenset[date]
    working: frozenset[date] = frozenset()
    source: str = ""
    verified: bool = False
    whole: bool = True

    @property
    def spans(self) -> list[tuple[date, date]]:
        """Return the days off as runs of days, first and last."""
        return list(spans(self.off))

    @property
    def worked(self) -> list[date]:
        """Return the moved working days in order."""
        return sorted(self.working)


def spans(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Yield runs of consecutive days, first and last.

    >>> [last.day for first, last in spans([date(2026, 1, 1), date(2026, 1, 2)])]
    [2]
    """
    first = last = None
    for day in sorted(days):
        if last is not None and day - last == DAY:
            last = day
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = day
    if first is not None and last is not None:
        yield first, last


@dataclass(frozen=True)
class Calendar:
    """The days of the years whose notices are known; ``extra`` are what officers entered.

    Of two notices on one day the later given counts.
    """

    notices: tuple[Notice, ...]
    extra: tuple[Notice, ...] = ()
    _works: dict[date, bool] = field(init=False, repr=False, compare=False)
    _years: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        works: dict[date, bool] = {}
        for notice in self.all:
            works |= dict.fromkeys(notice.off, False) | dict.fromkeys(notice.working, True)
        object.__setattr__(self, "_works", works)
        years = frozenset(notice.year for notice in self.all if notice.whole)
        object.__setattr__(self, "_years", years)

    @property
    def all(self) -> tuple[Notice, ...]:
        """Return every notice, the later ones behind."""
        return (*self.notices, *self.extra)

    @property
    def years(self) -> list[int]:
        """Return the years that are known."""
        return sorted(self._years)

    def known(self, year: int) -> bool:
        """Tell whether a year's days off have been announced."""
        return year in self._years

    def sure(self, day: date) -> bool:
        """Tell whether a day's standing is settled.

        The last days of December are settled by the next year's notice.
        """
        turning = (day.month, day.day) >= TURN and day not in self._works
        return self.known(day.year) and (not turning or self.known(day.year + 1))

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on a day; in an unknown year, by the week alone."""
        return self._works.get(day, day.weekday() < SATURDAY)

    def add(self, day: date, n: int) -> date:
        """Return the n-th working day after a day, which itself is not counted.

        ``n`` 0 gives the day itself. Raises ValueError outside 0 to 2500.
        """
        if not 0 <= n <= MOST_DAYS:
            raise ValueError(f"{n}个工作日超出范围，应在 0 至 {MOST_DAYS} 之间。")
        while n:
            day += DAY
            n -= self.is_working(day)
        return day

    def next_working(self, day: date) -> date:
        """Return the day itself if offices work on it, else the next day on which they do."""
        while not self.is_working(day):
            day += DAY
        return day


@cache
def notices(path: Path = Path(__file__).parent / "tables" / "holidays.toml") -> tuple[Notice, ...]:
    """Return the notices that stand in the table, in its order."""
    with path.open("rb") as file:
        return tuple(_notice(path, row) for row in tomllib.load(file)["notice"])


def _notice(path: Path, row: dict[str, Any]) -> Notice:
    where = f"“{path.name}”{row.get('year', '')}年的通知"
    if missing := [one for one in ("year", "number", "source", "verified") if one not in row]:
        raise UnreadableTable(f"{where}缺少{missing[0]}。")
    try:
        off = frozenset(day for text in row["off"] for day in _range(text))
        working = frozenset(date.fromisoformat(text) for text in row["working"])
    except ValueError as bad:
        raise UnreadableTable(f"{where}的日期有误：{bad}。") from None
    if both := sorted(off & working):
        raise UnreadableTable(f"{where}中{both[0]}既放假又上班。")
    return Notice(
        year=row["year"],
        number=row["number"],
        issued_on=row.get("issued_on"),
        off=off,
        working=working,
        source=row["source"],
        verified=row["verified"],
        whole=row.get("whole", True),
    )


def _range(text: str) -> Iterator[date]:
    """Yield the days of “first/last”, or the one day."""
    first, _, last = text.partition("/")
    day, end = date.fromisoformat(first), date.fromisoformat(last or first)
    if not day <= end <= day + 15 * DAY:
        raise ValueError(f"“{text}”不是一段假期")
    while day <= end:
        yield day
        day += DAY
