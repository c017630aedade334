"""Scoring (计分): what a plan gives to what is declared, and who comes first.

1. Each indicator: the points of the best line that the declared limit meets (``steps``), or
   its share between two lines (``linear``), rounded half up to two places; 0 and a reason
   where it is missing or cannot be compared.
2. 水平先进性: the points by weight. 指标全面性: the percentage of the plan's indicators that are
   declared with a test method. 编写规范性: 100 less what the plan takes off for each finding.
3. The total is the three by their shares, each rounded; ranks follow the rounded total, and
   equal totals share a rank. Whoever misses what must be met is not ranked, and it says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from rongbiao.texts.indicators import Kind, Limit, NotALimit, Result, compare, read_limit, unit

from .plans import CENT, FULL, SHARES, Better, Between, Item, Plan, cents, key_of

WHYS = {
    "missing": "没有声明这一指标",
    "twice": "声明了不止一项同名指标，无法确定用哪一项",
    "unread": "声明的指标值无法识别",
    "below": "低于最低一级",
    "units-differ": "单位不同，不能换算",
    "unknown-unit": "单位无法识别",
    "schemes-differ": "等级体系不同",
    "grade-direction": "等级的高低方向不明",
    "kinds-differ": "指标值的写法不同（数值、等级、文字）",
    "words-differ": "文字要求无法比较",
    "opposite": "声明的是另一侧的限值",
    "nominal": "方案的限值为标称值，无法比较",
}
OUT = {"under": "低于入围值", "incomparable": "不能与入围值比较"}
MATCHED = 20  # declared indicators of one name that are kept


@dataclass(frozen=True, slots=True)
class Declared:
    """One declared indicator."""

    name: str
    limit: str
    unit: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class Entrant:
    """One declaration that is ranked: whose, which version, and what it declares."""

    key: str  # unified social credit code, or the name of the unit
    unit: str
    number: str
    title: str
    version: int
    sha256: str  # of the declared content
    indicators: tuple[Declared, ...]
    must: int = 0  # findings of the precheck on the day of declaring
    note: int = 0


@dataclass(frozen=True, slots=True)
class Scored:
    """What one indicator of the plan gets; ``why`` is a key of WHYS where it gets nothing."""

    name: str
    declared: Declared | None
    points: Decimal
    why: str = ""
    out: str = ""  # a key of OUT: what must be met is not


@dataclass(frozen=True, slots=True)
class Standing:
    """What one entrant gets; ``rank`` is 0 for whoever is not ranked."""

    entrant: Entrant
    items: tuple[Scored, ...]
    level: Decimal
    complete: Decimal
    drafting: Decimal
    total: Decimal
    rank: int = 0
    tied: bool = False
    listed: bool = False  # within the places and the least total of the plan

    @property
    def out(self) -> list[str]:
        """Return why it is not ranked, in sentences without their stop."""
        return [f"“{one.name}”{OUT[one.out]}" for one in self.items if one.out]


def matching(plan: Plan, indicators: Iterable[Declared]) -> tuple[Declared, ...]:
    """Return the declared indicators that a plan looks at, in the plan's order."""
    known: dict[str, list[Declared]] = {}
    for one in indicators:
        known.setdefault(key_of(one.name), []).append(one)
    return tuple(one for item in plan.items for one in known.get(item.key, [])[:MATCHED])


def score(plan: Plan, entrant: Entrant) -> Standing:
    """Return what an entrant gets by a plan, not ranked yet."""
    known: dict[str, list[Declared]] = {}
    for one in entrant.indicators:
        known.setdefault(key_of(one.name), []).append(one)
    items = tuple(_scored(plan, item, known.get(item.key, [])) for item in plan.items)
    weights = [one.weight for one in plan.items]
    summed = sum((w * one.points for w, one in zip(weights, items, strict=True)), Decimal(0))
    full = sum(bool(one.declared and one.declared.method.strip()) for one in items)
    off = plan.deductions["must"] * entrant.must + plan.deductions["note"] * entrant.note
    level, complete = cents(summed / FULL), _percent(full, len(items))
    drafting = cents(max(FULL - off, Decimal(0)))
    parts = zip(SHARES, (level, complete, drafting), strict=True)
    total = sum((plan.shares[name] * value for name, value in parts), Decimal(0))
    return Standing(entrant, items, level, complete, drafting, cents(total / FULL))


def _percent(part: int, of: int) -> Decimal:
    return _decimal(Fraction(100 * part, of))


def _decimal(value: Fraction) -> Decimal:
    """Return an exact fraction rounded half up to two places."""
    whole = value * 100 + Fraction(1, 2)
    return Decimal(whole.numerator // whole.denominator).scaleb(-2).quantize(CENT, ROUND_HALF_UP)


def _scored(plan: Plan, item: Item, declared: list[Declared]) -> Scored:
    nothing, out = Decimal("0.00"), "incomparable" if item.least else ""
    if len(declared) != 1:
        return Scored(item.name, None, nothing, "twice" if declared else "missing", out)
    one = declared[0]
    try:
        limit = read_limit(one.limit, one.unit)
    except NotALimit:
        return Scored(item.name, one, nothing, "unread", out)
    if item.least:
        found = compare(limit, read_limit(item.least, item.unit))
        if found.result is Result.INCOMPARABLE:
            return Scored(item.name, one, nothing, found.reason, "incomparable")
        out = "under" if found.result is Result.LOWER else ""
    for place, line in enumerate(item.lines):
        found = compare(limit, read_limit(line.limit, item.unit))
        if found.result is Result.INCOMPARABLE:
            return Scored(item.name, one, nothing, found.reason, out)
        if found.result in {Result.HIGHER, Result.EQUAL}:
            return Scored(item.name, one, _points(plan, item, limit, place), "", out)
    return Scored(item.name, one, nothing, "below", out)


def _points(plan: Plan, item: Item, limit: Limit, place: int) -> Decimal:
    """Return the points of the line that is met, or the share between it and the one above."""
    met = item.lines[place]
    linear = plan.between is Between.LINEAR and item.better is not Better.GRADE
    if place == 0 or not linear or limit.kind not in {Kind.INTERVAL, Kind.NOMINAL}:
        return cents(met.points)
    above = item.lines[place - 1]
    value, low, high = (
        _edge(one, item.better)
        for one in (limit, *(read_limit(line.limit, item.unit) for line in (met, above)))
    )
    share = (value - low) / (high - low)
    return _decimal(Fraction(met.points) + share * Fraction(above.points - met.points))


def _edge(limit: Limit, better: Better) -> Fraction:
    """Return what a limit promises, in base units."""
    value = limit.low if better is Better.HIGHER else limit.high
    assert value is not None
    return unit(limit.unit).to_base(value) if limit.unit else value


def rank(plan: Plan, entrants: Iterable[Entrant]) -> list[Standing]:
    """Return the standing of everybody, the first first; those who are not ranked come last."""
    scored = [score(plan, one) for one in entrants]
    totals = sorted((one.total for one in scored if not one.out), reverse=True)
    placed = []
    for one in scored:
        place = 0 if one.out else totals.index(one.total) + 1
        good = 0 < place <= plan.places and one.total >= plan.least_total
        tied = bool(place) and totals.count(one.total) > 1
        placed.append(replace(one, rank=place, tied=tied, listed=good))
    order = lambda s: (s.rank == 0, s.rank, s.entrant.number, s.entrant.key)  # noqa: E731
    return sorted(placed, key=order)
