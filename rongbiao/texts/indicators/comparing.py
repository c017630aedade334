"""Comparison (指标比对): whether a declared limit is higher, equal, lower, or cannot be compared.

Of two intervals the one inside the other is the stricter, whichever way the bound points: a
maximum that is lower is stricter, a minimum that is higher is stricter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from rongbiao.texts.folding import folded

from .limits import Kind, Limit
from .units import Unit, UnknownUnit, unit

NO_UNIT = Unit("", Fraction(1), ())


class Result(StrEnum):
    """What a declared limit is beside another."""

    HIGHER = "higher"
    EQUAL = "equal"
    LOWER = "lower"
    INCOMPARABLE = "incomparable"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A result, and a key of the reason (the words stand with who shows it)."""

    result: Result
    reason: str


def compare(declared: Limit, other: Limit) -> Comparison:
    """Return what a declared limit is beside that of another standard."""
    numeric = {Kind.INTERVAL, Kind.NOMINAL}
    if declared.kind in numeric and other.kind in numeric:
        return _numbers(declared, other)
    if Kind.ABSENT in {declared.kind, other.kind}:
        return _absence(declared, other)
    if declared.kind is Kind.GRADE and other.kind is Kind.GRADE:
        return _grades(declared, other)
    if declared.kind is Kind.WORDS and other.kind is Kind.WORDS:
        same = _said(declared.text) == _said(other.text)
        return Comparison(Result.EQUAL, "same-words") if same else _not("words-differ")
    return _not("kinds-differ")


def _not(reason: str) -> Comparison:
    return Comparison(Result.INCOMPARABLE, reason)


def _said(text: str) -> str:
    return "".join(letter for letter in folded(text).removeprefix("应") if letter.isalnum())


def _absence(declared: Limit, other: Limit) -> Comparison:
    if declared.kind is other.kind:
        return Comparison(Result.EQUAL, "same-words")
    if declared.kind is Kind.ABSENT:
        stricter = other.kind is Kind.INTERVAL and other.low is None
        return Comparison(Result.HIGHER, "absent") if stricter else _not("kinds-differ")
    looser = declared.kind is Kind.INTERVAL and declared.low is None
    return Comparison(Result.LOWER, "not-absent") if looser else _not("kinds-differ")


def _grades(declared: Limit, other: Limit) -> Comparison:
    if declared.scheme != other.scheme:
        return _not("schemes-differ")
    if declared.rank == other.rank:
        return Comparison(Result.EQUAL, "same-grade")
    if not declared.scheme:
        return _not("grade-direction")
    better = declared.rank < other.rank
    return Comparison(Result.HIGHER if better else Result.LOWER, "grade")


@dataclass(frozen=True, slots=True)
class _End:
    """One end of an interval in base units; ``strict``: the value itself is outside."""

    value: Fraction
    strict: bool

    def inside_of(self, other: _End | None, sign: int) -> bool:
        """Tell whether this end lies within another's; sign 1 for a low end, -1 for a high one."""
        if other is None:
            return True
        mine, theirs = self.value * sign, other.value * sign
        return mine > theirs or (mine == theirs and (self.strict or not other.strict))


def _numbers(declared: Limit, other: Limit) -> Comparison:
    try:
        mine, theirs = _unit(declared), _unit(other)
    except UnknownUnit:
        if declared.unit != other.unit:
            return _not("unknown-unit")
        mine = theirs = NO_UNIT
    if mine.dimension != theirs.dimension:
        return _not("units-differ")
    ends, ends_of = _ends(declared, mine), _ends(other, theirs)
    if ends == ends_of:
        return Comparison(Result.EQUAL, "same-limit")
    if other.kind is Kind.NOMINAL:
        return _not("nominal")
    return _intervals(ends, ends_of)


Ends = tuple[_End | None, _End | None]


def _intervals(mine: Ends, theirs: Ends) -> Comparison:
    """Compare two intervals that differ, in base units."""
    (low, high), (low_of, high_of) = mine, theirs
    one_sided = (low is None) != (high is None) and (low_of is None) != (high_of is None)
    if one_sided and (low is None) != (low_of is None):
        return _not("opposite")
    if _within(low, low_of, 1) and _within(high, high_of, -1):
        return Comparison(Result.HIGHER, "stricter")
    outside = _within(low_of, low, 1) and _within(high_of, high, -1)
    return Comparison(Result.LOWER, "looser" if outside else "beyond")


def _unit(limit: Limit) -> Unit:
    return unit(limit.unit) if limit.unit else NO_UNIT


def _ends(limit: Limit, of: Unit) -> Ends:
    low = None if limit.low is None else _End(of.to_base(limit.low), limit.strict_low)
    high = None if limit.high is None else _End(of.to_base(limit.high), limit.strict_high)
    return low, high


def _within(mine: _End | None, theirs: _End | None, sign: int) -> bool:
    return theirs is None if mine is None else mine.inside_of(theirs, sign)
