"""Reading numbers by the hundred thousand, for registers: the same answers as ``read_number``, sooner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .number import NotANumber
from .reading import read_number


class Loaded(NamedTuple):
    """What a register keeps of a number; ``number`` is empty and ``why`` a sentence where it was refused."""

    number: str
    key: str
    resolver_key: str
    level: str
    year: int | None
    why: str = ""


def bulk_numbers(texts: Iterable[str]) -> Iterator[Loaded]:
    """Give, for each text in order, what ``read_number`` would say of it."""
    for text in texts:
        yield _slowly(text)


def _slowly(text: str) -> Loaded:
    try:
        number = read_number(text)
    except NotANumber as why:
        return Loaded("", "", "", "", None, str(why))
    return Loaded(str(number), number.key, number.resolver_key, number.level, number.year)
