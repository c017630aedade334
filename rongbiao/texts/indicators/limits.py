"""Limits (限值) in the notation of Chinese standards: ≥, ≤, ranges, ±, grades, and words.

read_limit("不大于0.05 mg/kg")   at most 0.05 mg/kg
read_limit("10 kN±0.5 kN")       from 9.5 to 10.5 kN
read_limit("一级")                a grade
read_limit("应无裂纹")            words
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from .units import UnknownUnit, plain, unit

LONGEST = 300  # characters of a limit


class Kind(StrEnum):
    """How a limit is said."""

    INTERVAL = "interval"  # from low to high, one of which may be open
    NOMINAL = "nominal"  # a bare value
    GRADE = "grade"
    ABSENT = "absent"  # not to be found (不得检出)
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: numbers in ``unit``, or a grade of a scheme, or words."""

    kind: Kind
    text: str
    low: Fraction | None = None
    high: Fraction | None = None
    strict_low: bool = False
    strict_high: bool = False
    unit: str = ""
    scheme: str = ""  # of grades
    rank: int = 0  # 1 is the best of its scheme


class NotALimit(ValueError):
    """Empty, too long, or a range from more to less; the message says why."""


NUMBER = r"[-+]?\d+(?:\.\d+)?(?:(?:×|x|\*)10\^?-?\d+|[eE][-+]?\d+)?[万亿]?"
# Under "·" a power may stand; digits only after ^ or at the end of a symbol ("m3").
UNIT = r"[a-zA-ZΩ°%‰′″\u4e00-\u9fff/(][a-zA-ZΩ°%‰′″\u4e00-\u9fff/·*⋅.^()\d-]*?"
QUANTITY = rf"({NUMBER})({UNIT})?"
LEAST = r"≥|>=|≧|⩾|不小于|不低于|不少于|不短于|大于等于|大于或等于|至少|最小|最低|应≥"
MORE = r">|大于|高于|超过|多于"
MOST = r"≤|<=|≦|⩽|不大于|不高于|不超过|不多于|不长于|小于等于|小于或等于|至多|最大|最高"
LESS = r"<|小于|低于|少于"
SIGNS = {"least": LEAST, "most": MOST, "more": MORE, "less": LESS}
SIGN = "|".join(f"(?P<{name}>{words})" for name, words in (
    ("least", LEAST), ("most", MOST), ("more", MORE), ("less", LESS)))  # fmt: skip
BOUND = re.compile(rf"(?:应当|应|须)?(?:{SIGN}){QUANTITY}")
BEHIND = re.compile(rf"{QUANTITY}(以上|及以上|以下|及以下|以内|\((?:最小|min)\)|\((?:最大|max)\))")
RANGE = re.compile(rf"{QUANTITY}(?:~|至|到|-|\.\.\.|…){QUANTITY}")
AROUND = re.compile(rf"\(?{QUANTITY}(?:±|\+/-|\+-){QUANTITY}")
RELATIVE = re.compile(rf"{QUANTITY}\(1±({NUMBER})%\)({UNIT})?")
SPREAD = re.compile(rf"±{QUANTITY}")
BETWEEN = re.compile(rf"({NUMBER})({UNIT})?(≤|<)[a-zA-Z\u4e00-\u9fff]{{1,8}}(≤|<){QUANTITY}")
BARE = re.compile(QUANTITY)
ABSENT = re.compile("(?:不得|不应|不能|不)(?:有)?检出|未检出|阴性")
SCHEMES = {
    "等品": ("优等品", "一等品", "合格品"),
    "级": ("特级", "一级", "二级", "三级", "四级", "五级"),
    "罗马级": ("I级", "II级", "III级", "IV级", "V级"),
    "字母级": ("A级", "B级", "C级", "D级"),
}
GRADES = {name: (scheme, rank) for scheme, names in SCHEMES.items()
          for rank, name in enumerate(names, start=1)}  # fmt: skip
# Behind a limit: of what it is a part, or as what it is counted.
REMARK = re.compile(r"\((?:质量分数|体积分数|干基|湿基|以[^()]{1,12}计)\)$")
LETTERS = re.compile(r"(A{2,5})级?")
ORDINAL = re.compile(r"(\d+)级")
SCALES = {"万": 10**4, "亿": 10**8}
LOW_WORDS = frozenset({"以上", "及以上", "(最小)", "(min)"})


@lru_cache(8192)
def read_limit(text: str, unit_of: str = "") -> Limit:
    """Return what a limit says; ``unit_of`` is the unit of its column, where it has none itself.

    What is neither number nor grade is kept as words. NotALimit when it is empty, longer than
    300 characters, or a range whose end lies before its beginning.
    """
    if len(text) > LONGEST:
        raise NotALimit("too long")
    flat = "".join(plain(text).split()).strip("。;；")
    flat = REMARK.sub("", flat)
    flat = re.sub(r"(?<=\d),(?=\d{3}(?:\D|$))", "", flat).replace("〜", "~").replace("∼", "~")
    if not flat:
        raise NotALimit("empty")
    found = _numbers(flat, text, unit_of) or _grade(flat, text)
    if found is None:
        kind = Kind.ABSENT if ABSENT.fullmatch(flat) else Kind.WORDS
        found = Limit(kind, text)
    if found.low is not None and found.high is not None and found.low > found.high:
        raise NotALimit("backwards")
    return found


def _numbers(flat: str, text: str, unit_of: str) -> Limit | None:
    for read in (_bounds, _between, _around, _range, _bare):
        found = read(flat, unit_of)
        if found is not None:
            kind, low, high, strict_low, strict_high, symbol = found
            if symbol and not _known(symbol) and kind is Kind.NOMINAL:
                return None  # "3层" or "2个包装完好": words that begin with a figure
            return Limit(kind, text, low, high, strict_low, strict_high, symbol)
    return None


Found = tuple[Kind, Fraction | None, Fraction | None, bool, bool, str] | None


def _bounds(flat: str, unit_of: str) -> Found:
    """≥a, ≤b, both joined by 且 or a comma, or a以上."""
    low = high = None
    strict = {"low": False, "high": False}
    symbol = ""
    if behind := BEHIND.fullmatch(flat):
        value, symbol = _value(behind[1]), behind[2] or unit_of
        low, high = (value, None) if behind[3] in LOW_WORDS else (None, value)
        return Kind.INTERVAL, low, high, False, False, symbol
    for part in re.split(r"[,，、]?且|[,，;；]", flat):
        found = BOUND.fullmatch(part)
        if found is None:
            return None
        sign = next(name for name in SIGNS if found[name])
        value, said = _value(found[5]), found[6] or ""
        symbol = said or symbol
        if sign in {"least", "more"}:
            low, strict["low"] = value, sign == "more"
        else:
            high, strict["high"] = value, sign == "less"
    return Kind.INTERVAL, low, high, strict["low"], strict["high"], symbol or unit_of


def _between(flat: str, unit_of: str) -> Found:
    found = BETWEEN.fullmatch(flat)
    if found is None:
        return None
    symbol = found[6] or found[2] or unit_of
    low, high = _value(found[1]), _value(found[5])
    return Kind.INTERVAL, low, high, found[3] == "<", found[4] == "<", symbol


def _around(flat: str, unit_of: str) -> Found:
    if spread := SPREAD.fullmatch(flat):
        value = _value(spread[1])
        return Kind.INTERVAL, -value, value, False, False, spread[2] or unit_of
    if relative := RELATIVE.fullmatch(flat):
        middle, part = _value(relative[1]), _value(relative[3]) / 100
        symbol = relative[4] or relative[2] or unit_of
        return Kind.INTERVAL, middle * (1 - part), middle * (1 + part), False, False, symbol
    found = AROUND.fullmatch(flat)
    if found is None and flat.startswith("(") and ")" in flat:  # (10±0.5)kN
        inner, _end, behind = flat[1:].partition(")")
        found = AROUND.fullmatch(inner + behind)
    if found is None:
        return None
    middle, spread_by = _value(found[1]), _value(found[3])
    first, second = found[2] or "", (found[4] or "").rstrip(")")
    if second == "%" and (first or unit_of) and (first or unit_of) != "%":
        spread_by = abs(middle) * spread_by / 100
        second = first
    if first and second and first != second and _known(first) and _known(second):
        spread_by = spread_by * unit(second).factor / unit(first).factor
        second = first
    symbol = second or first or unit_of
    return Kind.INTERVAL, middle - spread_by, middle + spread_by, False, False, symbol


def _range(flat: str, unit_of: str) -> Found:
    found = RANGE.fullmatch(flat)
    if found is None:
        return None
    first, second = found[2] or "", found[4] or unit_of
    low, high = _value(found[1]), _value(found[3])
    if first and second and first != second and _known(first) and _known(second):
        one, other = unit(first), unit(second)
        if one.dimension == other.dimension:
            low = (one.to_base(low) - other.offset) / other.factor
    return Kind.INTERVAL, low, high, False, False, second or first


def _bare(flat: str, unit_of: str) -> Found:
    found = BARE.fullmatch(flat)
    if found is None or ORDINAL.fullmatch(flat):
        return None
    value = _value(found[1])
    return Kind.NOMINAL, value, value, False, False, found[2] or unit_of


def _value(text: str) -> Fraction:
    scale = 1
    if text[-1] in SCALES:
        text, scale = text[:-1], SCALES[text[-1]]
    number, _mark, power = re.sub(r"[×x*]10\^?", "e", text).lower().partition("e")
    if abs(int(power or 0)) > 99:
        raise NotALimit("too large")
    return Fraction(number) * Fraction(10) ** int(power or 0) * scale


def _grade(flat: str, text: str) -> Limit | None:
    if flat in GRADES:
        scheme, rank = GRADES[flat]
        return Limit(Kind.GRADE, text, scheme=scheme, rank=rank)
    if letters := LETTERS.fullmatch(flat):
        return Limit(Kind.GRADE, text, scheme="字母级", rank=2 - len(letters[1]))
    if ordinal := ORDINAL.fullmatch(flat):  # whether 4级 is better than 3级 depends on the scale
        return Limit(Kind.GRADE, text, scheme="", rank=int(ordinal[1]))
    return None


def _known(symbol: str) -> bool:
    try:
        unit(symbol)
    except UnknownUnit:
        return False
    return True
