"""Evaluation plans (评估方案): read from plain values, looked through, and hashed.

A plan's canonical text is its JSON with sorted keys and without blanks (``chains.canonical``);
whoever has the text can compare its SHA-256 with the one that was published when it was frozen.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from rongbiao.texts.chains import canonical
from rongbiao.texts.folding import folded
from rongbiao.texts.indicators import (
    Kind,
    Limit,
    NotALimit,
    Result,
    UnknownUnit,
    compare,
    read_limit,
    unit,
)

ALGORITHM = "rongbiao-leader-1"
MOST_ITEMS = 60
MOST_LINES = 10
MOST_PLACES = 500
MOST_MONTHS = 120
NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,4})?")
LONGEST = {"title": 150, "field": 300, "number": 60, "name": 100, "unit": 40, "limit": 60}
CENT = Decimal("0.01")
FULL = Decimal(100)


class Better(StrEnum):
    """In which direction an indicator is better."""

    HIGHER = "higher"
    LOWER = "lower"
    GRADE = "grade"


class Between(StrEnum):
    """What a value between two lines gets: the points of the lower line, or its share of both."""

    STEPS = "steps"
    LINEAR = "linear"


SIGNS = {Better.HIGHER: "≥", Better.LOWER: "≤", Better.GRADE: ""}
WORDS = {Better.HIGHER: "越高越好", Better.LOWER: "越低越好", Better.GRADE: "按等级"}
SHARES = ("level", "complete", "drafting")


class BadPlan(ValueError):
    """A plan that cannot be used; the message is a sentence that says where and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One level line: whoever meets the limit gets the points (0 to 100)."""

    limit: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator of a plan; ``least`` is what must be met to be ranked, or empty."""

    name: str
    unit: str
    better: Better
    weight: Decimal  # percent of 水平先进性
    least: str
    lines: tuple[Line, ...]  # the best first

    @property
    def key(self) -> str:
        """Return the name as declared names are matched with it."""
        return key_of(self.name)


@dataclass(frozen=True, slots=True)
class Plan:
    """An evaluation plan, looked through."""

    number: str
    title: str
    field: str  # the product or service
    opens_on: date
    closes_on: date
    months: int  # for how long a list holds
    places: int
    least_total: Decimal
    shares: Mapping[str, Decimal]  # percent of 水平先进性, 指标全面性, 编写规范性
    deductions: Mapping[str, Decimal]  # points off 编写规范性 for each finding: must, note
    between: Between
    later: bool  # whether applications are taken while a list holds
    items: tuple[Item, ...]

    def said(self) -> dict[str, Any]:
        """Return the plan as JSON values, each number as the text that everybody reads alike."""
        return {
            "algorithm": ALGORITHM,
            "number": self.number,
            "title": self.title,
            "field": self.field,
            "opens_on": self.opens_on.isoformat(),
            "closes_on": self.closes_on.isoformat(),
            "months": self.months,
            "places": self.places,
            "least_total": plain(self.least_total),
            "shares": {name: plain(self.shares[name]) for name in SHARES},
            "deductions": {name: plain(self.deductions[name]) for name in ("must", "note")},
            "between": str(self.between),
            "later": self.later,
            "fee": False,
            "items": [
                {
                    "name": one.name,
                    "unit": one.unit,
                    "better": str(one.better),
                    "weight": plain(one.weight),
                    "least": one.least,
                    "lines": [[line.limit, plain(line.points)] for line in one.lines],
                }
                for one in self.items
            ],
        }

    def text(self) -> bytes:
        """Return the canonical text."""
        return canonical(self.said())

    def digest(self) -> str:
        """Return the SHA-256 of the canonical text."""
        return hashlib.sha256(self.text()).hexdigest()


def key_of(name: str) -> str:
    """Return a name without width, blanks and punctuation."""
    return "".join(letter for letter in folded(name) if letter.isalnum())


def plain(value: Decimal) -> str:
    """Return the one way to write a decimal.

    >>> plain(Decimal("40.00")), plain(Decimal("0.50")), plain(Decimal("0"))
    ('40', '0.5', '0')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cents(value: Decimal) -> Decimal:
    """Round half up to two places."""
    return value.quantize(CENT, ROUND_HALF_UP)


def read_plan(said: object) -> Plan:
    """Return a plan from JSON values; BadPlan with a sentence where it cannot be used."""
    if not isinstance(said, dict):
        raise BadPlan("评估方案应为一个 JSON 对象。")
    if said.get("algorithm", ALGORITHM) != ALGORITHM:
        raise BadPlan(f"不认识的评估算法，本程序只能核对“{ALGORITHM}”。")
    if said.get("fee", False) is not False:
        raise BadPlan("领跑者评估不得收费，方案应写明不收费。")
    items = said.get("items")
    if not isinstance(items, list) or not 1 <= len(items) <= MOST_ITEMS:
        raise BadPlan(f"评估指标应有 1 至 {MOST_ITEMS} 项。")
    plan = Plan(
        number=_words(said, "number"),
        title=_words(said, "title"),
        field=_words(said, "field"),
        opens_on=_day(said, "opens_on", "申请开始日期"),
        closes_on=_day(said, "closes_on", "申请截止日期"),
        months=_whole(said, "months", "名单有效期（月）", MOST_MONTHS),
        places=_whole(said, "places", "名额", MOST_PLACES),
        least_total=_number(said.get("least_total", "0"), "入围总分"),
        shares=_numbers(said.get("shares"), SHARES, "三项占比"),
        deductions=_numbers(said.get("deductions"), ("must", "note"), "编写规范性扣分"),
        between=_between(said.get("between", "steps")),
        later=said.get("later", False) is True,
        items=tuple(_item(one, place) for place, one in enumerate(items, start=1)),
    )
    if why := next(_faults(plan), ""):
        raise BadPlan(why)
    return plan


def _faults(plan: Plan) -> Iterator[str]:
    """Yield why a plan cannot be used as a whole."""
    if plan.closes_on < plan.opens_on:
        yield "申请截止日期早于开始日期，请改正。"
    if (total := sum(plan.shares.values(), Decimal(0))) != FULL:
        yield f"水平先进性、指标全面性、编写规范性三项占比之和应为 100，现为 {plain(total)}。"
    if (total := sum((one.weight for one in plan.items), Decimal(0))) != FULL:
        yield f"各项指标的权重之和应为 100，现为 {plain(total)}。"
    seen: set[str] = set()
    for one in plan.items:
        if one.key in seen:
            yield f"指标“{one.name}”出现了不止一次，每项指标只写一行。"
        seen.add(one.key)


def read_item(
    place: int, name: str, unit: str, better: str, weight: str, least: str, lines: str
) -> dict[str, Any]:
    """Return an indicator as JSON values from the cells of a line; BadPlan names the line.

    ``lines`` is written 「≥68=100；≥64=80」, the best first; a bare value takes the sign of its
    direction.
    """
    ways = {words: way for way, words in WORDS.items()} | {str(way): way for way in Better}
    if better not in ways:
        raise BadPlan(f"第 {place} 项指标的方向应为“{'”“'.join(WORDS.values())}”之一。")
    way = ways[better]
    rows = []
    for part in filter(None, re.split(r"[;；]\s*", lines.strip())):
        limit, mark, points = part.rpartition("=")
        if not mark:
            raise BadPlan(f"第 {place} 项指标的分级线“{part[:60]}”应写作“指标值=得分”。")
        rows.append([_signed(limit, way), points.strip()])
    said = {
        "name": name, "unit": unit, "better": str(way), "weight": weight,
        "least": _signed(least, way) if least.strip() else "", "lines": rows,
    }  # fmt: skip
    _item(said, place)
    return said


def lines_of(item: Item) -> str:
    """Return level lines as ``read_item`` takes them."""
    return "；".join(f"{line.limit}={plain(line.points)}" for line in item.lines)


def _signed(limit: str, way: Better) -> str:
    limit = "".join(limit.split())
    return f"{SIGNS[way]}{limit}" if re.match(r"[-+]?\d", limit) and SIGNS[way] else limit


def _item(said: object, place: int) -> Item:
    where = f"第 {place} 项指标"
    if not isinstance(said, dict):
        raise BadPlan(f"{where}应为一个 JSON 对象。")
    rows = said.get("lines")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_LINES:
        raise BadPlan(f"{where}应有 1 至 {MOST_LINES} 条分级线。")
    try:
        better = Better(str(said.get("better")))
    except ValueError as bad:
        raise BadPlan(f"{where}的方向无法识别。") from bad
    lines = []
    for row in rows:
        if not isinstance(row, list) or len(row) != 2:
            raise BadPlan(f"{where}的分级线应写明指标值和得分。")
        lines.append(Line(_text(row[0], "limit", where), _number(row[1], f"{where}的得分")))
    least = said.get("least", "")
    item = Item(
        name=_text(said.get("name"), "name", where),
        unit=_text(said.get("unit", ""), "unit", where, empty=True),
        better=better,
        weight=_number(said.get("weight"), f"{where}的权重"),
        least=_text(least, "limit", where, empty=True),
        lines=tuple(lines),
    )
    if not item.key:
        raise BadPlan(f"{where}没有名称。")
    if why := next(_faults_of(item), ""):
        raise BadPlan(f"{where}（{item.name}）：{why}")
    return item


def _faults_of(item: Item) -> Iterator[str]:
    """Yield why the lines of an indicator cannot be used."""
    for text in (*(line.limit for line in item.lines), *([item.least] if item.least else [])):
        if limit_of(item, text) is None:
            yield f"“{text}”与方向“{WORDS[item.better]}”不符，或者单位无法识别。"
            return
    for upper, lower in pairwise(item.lines):
        found = compare(
            read_limit(upper.limit, item.unit), read_limit(lower.limit, item.unit)
        ).result
        if found is not Result.HIGHER or upper.points <= lower.points:
            yield f"分级线应从高到低排列：“{upper.limit}”应严于“{lower.limit}”，得分也应更高。"


def limit_of(item: Item, text: str) -> Limit | None:
    """Return a limit of a plan, or None where it does not fit the direction of its indicator."""
    try:
        found = read_limit(text, item.unit)
    except NotALimit:
        return None
    if item.better is Better.GRADE:
        return found if found.kind is Kind.GRADE and found.scheme else None
    low = item.better is Better.HIGHER
    ends = (found.low, found.high) if low else (found.high, found.low)
    good = found.kind is Kind.INTERVAL and ends[0] is not None and ends[1] is None
    strict = found.strict_low or found.strict_high
    return found if good and not strict and _known(found.unit) else None


def _known(symbol: str) -> bool:
    try:
        return not symbol or bool(unit(symbol))
    except UnknownUnit:
        return False


def _words(said: dict[str, Any], name: str) -> str:
    return _text(said.get(name), name, "评估方案")


def _text(value: object, name: str, where: str, *, empty: bool = False) -> str:
    most = LONGEST[name]
    good = isinstance(value, str) and len(value) <= most and (empty or value.strip())
    if not good or not isinstance(value, str):
        raise BadPlan(f"{where}的“{name}”应为 {most} 字以内的文字。")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise BadPlan(f"{where}的“{name}”有无法识别的字符。")
    return value.strip()


def _number(value: object, where: str) -> Decimal:
    """Read a number from 0 to 100 with at most four places."""
    if not isinstance(value, str) or not NUMBER.fullmatch(value) or Decimal(value) > FULL:
        raise BadPlan(f"{where}应为 0 至 100 的数，小数不超过四位。")
    return Decimal(value)


def _numbers(said: object, names: tuple[str, ...], where: str) -> dict[str, Decimal]:
    if not isinstance(said, dict):
        raise BadPlan(f"评估方案缺少“{where}”。")
    return {name: _number(said.get(name, "0"), where) for name in names}


def _whole(said: dict[str, Any], name: str, where: str, most: int) -> int:
    value = said.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise BadPlan(f"{where}应为 1 至 {most} 的整数。")
    return value


def _day(said: dict[str, Any], name: str, where: str) -> date:
    try:
        return date.fromisoformat(str(said.get(name)))
    except ValueError as bad:
        raise BadPlan(f"{where}应写作 2026-03-01。") from bad


def _between(value: object) -> Between:
    try:
        return Between(str(value))
    except ValueError as bad:
        raise BadPlan("分级线之间的计分方式应为 steps 或者 linear。") from bad
