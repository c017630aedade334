"""Sources (来源): who says what a standard is, and whom the register believes.

The rule: where two sources disagree on a column, the one with the higher rank in
``sources.toml`` is chosen; of two with the same rank the later day; an empty value never
stands against one that is said.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language

CITY = "city"  # what the office of this city enters by hand or by batch


@dataclass(frozen=True, slots=True)
class Source:
    """One source: its key, its names and its rank (higher is believed)."""

    key: str
    name: str
    name_en: str
    rank: int

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


@cache
def sources() -> dict[str, Source]:
    """Return every source by its key."""
    text = files(__package__).joinpath("sources.toml").read_text()
    return {key: Source(key=key, **said) for key, said in tomllib.loads(text).items()}


def believed(first: tuple[str, date | None], second: tuple[str, date | None]) -> bool:
    """Tell whether the second (source, day) is believed rather than the first.

    >>> believed(("relaton-iso", None), ("city", None))
    True
    >>> believed(("city", None), ("relaton-iso", date(2026, 1, 1)))
    False
    """
    known = sources()
    (was, was_on), (now, now_on) = first, second
    ranks = known[was].rank, known[now].rank
    if ranks[0] != ranks[1]:
        return ranks[1] > ranks[0]
    return (now_on or date.min) >= (was_on or date.min)
