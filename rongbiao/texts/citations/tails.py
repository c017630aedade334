"""Tails (编号之后): editions, amendments, all parts: what follows a number and belongs to it."""

from __future__ import annotations

import re

from rongbiao.texts.numbers import StandardNumber
from rongbiao.texts.numbers.notation import DASHES, SLASHES, TILDES

from .beside import BLANK, DASH, number_of
from .ranges import with_range

NEXT = re.compile(
    rf"{BLANK}{{0,2}}\n?{BLANK}{{0,2}}(?:[~{TILDES}至到/{SLASHES}(（[【、,，:：和及与或以{DASHES}\-第含所全各XAa《中的之里"
    r"附表图圖§定条條款章&\d]|[)）][第附表]|Clause|Table|Section|Figure)"
)
ALL_PARTS = re.compile(
    rf"{BLANK}?\n?(?:[(（]{BLANK}?(?:所有|全部|各){BLANK}?部{BLANK}?[分份]{BLANK}?[)）]|(?:所有|全部)部[分份]"
    rf"|[(（]?{BLANK}?all{BLANK}?parts[)）]?)",
    re.IGNORECASE,
)
EDITION = re.compile(
    rf"{BLANK}?(?:[(（]{BLANK}?((?:19|20)\d\d){BLANK}?年?{BLANK}?(?:局部)?(?:修订|修訂)?版{BLANK}?[)）]"
    rf"|((?:19|20)\d\d){BLANK}?年版)"
)
AMENDED = re.compile(
    rf"{BLANK}?[/／(（]?{BLANK}?(?:及其|及|含|和)?{BLANK}?"
    rf"第{BLANK}?(\d{{1,2}}|[一二三四五六七八九十]){BLANK}?[号號]修改[单單][)）]?"
    rf"|{BLANK}?[/／(（]?{BLANK}?XG{BLANK}?(\d{{1,2}})(?:{BLANK}?{DASH}{{1,2}}{BLANK}?((?:19|20)\d\d))?(?!\d)[)）]?"
)
HAN = {digit: str(place) for place, digit in enumerate("一二三四五六七八九十", start=1)}


def goes_on(text: str, end: int) -> bool:
    """Return whether what follows a number may belong to it: a tail, a list, a clause."""
    return NEXT.match(text, end) is not None


def with_tails(text: str, number: StandardNumber, end: int) -> tuple[StandardNumber, int]:
    """Return a number with what is said of it right after: edition, amendments, all parts, range."""
    number, end = with_range(text, number, end)
    if number.chinese:
        if (whole := EDITION.match(text, end)) and not number.upto:
            number, end = _tailed(number, f"{number}({whole[1] or whole[2]}年版)", whole.end(), end)
        while (whole := AMENDED.match(text, end)) and not number.upto:
            place = HAN.get(whole[1], whole[1]) if whole[1] else whole[2]
            plain = f"{number}/XG{place}" + (f"-{whole[3]}" if whole[3] else "")
            tailed, at = _tailed(number, plain, whole.end(), end)
            if at == end:
                break
            number, end = tailed, at
    if (whole := ALL_PARTS.match(text, end)) and not number.upto:
        number, end = _tailed(number, f"{number} (all parts)", whole.end(), end)
    return number, end


def _tailed(number: StandardNumber, plain: str, at: int, end: int) -> tuple[StandardNumber, int]:
    found = number_of(plain)
    return (found, at) if found else (number, end)
