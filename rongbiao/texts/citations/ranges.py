"""Ranges (编号范围): GB 3100～3102-93, 5161.1～5161.17-2018, 5750.1-13-2006; the year goes for both ends."""

from __future__ import annotations

import re

from rongbiao.texts.numbers import StandardNumber
from rongbiao.texts.numbers.notation import DASHES, TILDES

from .beside import BLANK, DASH, NOT_AFTER, full_year, number_of

RANGE = re.compile(
    rf"{BLANK}?(?:[{TILDES}~]|[至到]|{DASH}{{1,2}})\n?{BLANK}?"
    rf"(?:([A-Z]{{1,8}}(?:{BLANK}?[/／]{BLANK}?[A-Z]{{1,10}})*){BLANK}?)?"
    rf"(\.?\d{{1,6}}[A-Z]?(?:[.．-]\d{{1,4}}(?!\d))*?)"
    rf"(?:{BLANK}?(?:{DASH}{{1,2}}|[:：]){BLANK}?((?:19|20)\d\d|[5-9]\d))?(?![\d.．]*\d)",
)


def with_range(text: str, number: StandardNumber, end: int) -> tuple[StandardNumber, int]:
    """Return a number with the end of its range and where it ends, the number alone where none follows."""
    whole = RANGE.match(text, end)
    if not whole:
        return number, end
    code, last, year = whole.groups()
    last = last.replace("．", ".")
    sign = text[end : whole.start(1) if code else whole.start(2)].strip()
    if code:
        if "".join(code.split()).replace("／", "/") not in {
            number.code,
            number.code.replace("/", ""),
        }:
            return number, end
    elif sign[-1:] in "-_" + DASHES:
        if not _hyphen_range(number, last, year):
            return number, end
    elif (sign in {"至", "到"} or not year) and NOT_AFTER.match(text, whole.end()):
        return number, end
    last = _in_full(number, last)
    if _figures(last) <= _figures(number.number):
        return number, end
    date = f"{'-' if number.chinese else ':'}{full_year(year)}" if year else number.date
    found = number_of(f"{number}~{number.code}{number.gap}{last}{date}")
    return (found, whole.end()) if found and found.upto else (number, end)


def _in_full(number: StandardNumber, last: str) -> str:
    """Return the end of a range in full: ``.24`` and ``24`` take the rest from the first."""
    mark = "." if number.chinese else "-"
    last = last.removeprefix(".")
    base, _, _ = number.number.rpartition(mark)
    first = number.number.partition(mark)[0]
    if base and mark not in last and (len(last) < len(first) or len(last) <= 3):
        return f"{base}{mark}{last}"
    return last


def _figures(number: str) -> tuple[int, ...]:
    return tuple(int(piece) for piece in re.findall(r"\d+", number))


def _hyphen_range(number: StandardNumber, last: str, year: str | None) -> bool:
    """Whether "first-last" is a range: the same stem or length, rising, and no year or part."""
    if number.year or not number.chinese:
        return False
    stem, _, part = number.number.rpartition(".")
    last_stem, _, last_part = last.rpartition(".")
    if not (part.isdecimal() and last_part.isdecimal()):
        return False
    rise = int(last_part) - int(part)
    if stem == last_stem and stem:
        return rise > 0
    if stem and not last_stem:
        return rise > 0 and len(last) <= 3 and (bool(year) or len(last) == len(part) == 1)
    yearlike = last.startswith(("19", "20")) and not year
    return not last_stem and len(part) == len(last) > 2 and 0 < rise < 100 and not yearlike
