"""Units of measurement (计量单位): what a symbol is in base units, so that values convert.

The table ``units.toml`` holds what GB 3100—1993 and the SI brochure say; what has a scale of
its own (hardness, colonies, grades) converts into nothing else.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
FACTOR = re.compile(r"(.+?)(?:\^?\(?(-?\d)\)?)?")
OFFSETS = {"°C": Fraction("273.15"), "°F": Fraction("45967/180")}  # kelvin at their zero
DASHES = str.maketrans({"—": "-", "–": "-", "−": "-", "μ": "u", "µ": "u", "℃": "°C", "℉": "°F"})
LONGEST = 40  # characters of a unit


class UnknownUnit(ValueError):
    """No unit of the table; the message is the symbol."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: how many base units one of it is, of which dimension, and where its zero lies."""

    symbol: str
    factor: Fraction
    dimension: tuple[tuple[str, int], ...]
    offset: Fraction = Fraction(0)

    def to_base(self, value: Fraction) -> Fraction:
        """Return a value of this unit in base units."""
        return value * self.factor + self.offset


def plain(text: str) -> str:
    """Return a text in one width, with ``10³`` as ``10^3`` and one kind of dash."""
    text = RAISED.sub(lambda found: "^" + found.group().translate(SUPERSCRIPTS), text)
    return unicodedata.normalize("NFKC", text.translate(DASHES)).translate(DASHES)


@lru_cache(4096)
def unit(symbol: str) -> Unit:
    """Return the unit of a symbol or a Chinese name, alone or composed; raise UnknownUnit.

    >>> unit("mg/kg").factor
    Fraction(1, 1000000)
    """
    text = "".join(plain(symbol).split()).strip("()")
    if len(text) > LONGEST:
        raise UnknownUnit(symbol[:LONGEST])
    text = _table()["also"].get(text, text)
    if text in OFFSETS:
        return Unit(text, *_one(text), OFFSETS[text])
    factor, powers = Fraction(1), Counter[str]()
    for place, part in enumerate(_parts(text)):
        if not part and place == 0:
            continue  # "1/min" and "/min"
        for one in re.split(r"[·*⋅.・]", part.strip("()")):
            if one == "1" and place == 0:
                continue
            size, dimension, power = _powered(one, symbol)
            power = -power if place else power
            factor *= size**power
            for base, n in dimension:
                powers[base] += n * power
    kept = tuple(sorted((base, n) for base, n in powers.items() if n))
    return Unit(symbol, factor, kept)


def _parts(text: str) -> list[str]:
    """Split at strokes that stand outside brackets."""
    return re.split(r"/(?![^(]*\))", text)


def _powered(text: str, symbol: str) -> tuple[Fraction, tuple[tuple[str, int], ...], int]:
    found = FACTOR.fullmatch(text)
    if not text or found is None:
        raise UnknownUnit(symbol)
    name, power = found.group(1), int(found.group(2) or 1)
    for whole in (text, name):
        with_also = _table()["also"].get(whole, whole)
        if with_also != whole and with_also not in _table()["fixed"]:
            inner = unit(with_also)
            return inner.factor, inner.dimension, 1 if whole == text else power
        try:
            return *_one(with_also), 1 if whole == text else power
        except UnknownUnit:
            continue
    raise UnknownUnit(symbol)


def _one(name: str) -> tuple[Fraction, tuple[tuple[str, int], ...]]:
    table = _table()
    if found := table["fixed"].get(name) or table["plain"].get(name):
        factor, dimension = found
        return factor, dimension
    for length in (2, 1):
        prefix, rest = name[:length], name[length:]
        if prefix in table["prefix"] and rest in table["plain"]:
            factor, dimension = table["plain"][rest]
            return factor * table["prefix"][prefix], dimension
    raise UnknownUnit(name)


@cache
def _table() -> dict[str, Any]:
    told = tomllib.loads(Path(__file__).with_name("units.toml").read_text(), parse_float=str)
    rows = {
        part: {name: (Fraction(size), _dimension(of)) for name, (size, of) in told[part].items()}
        for part in ("plain", "fixed")
    }
    prefixes = {name: Fraction(size) for name, size in told["prefix"].items()}
    return rows | {"prefix": prefixes, "also": told["also"]}


def _dimension(text: str) -> tuple[tuple[str, int], ...]:
    powers = []
    for part in text.split():
        base, _mark, power = part.partition("^")
        powers.append((base, int(power or 1)))
    return tuple(sorted(powers))
