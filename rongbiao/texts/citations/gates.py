"""Gates (辨别): whether what looks like a Chinese number is a citation, from what stands beside it.

Codes of two letters are also beginnings of model numbers, stock codes and flights, "GB" is a
measure of memory: the weaker the code and the less it says, the more its neighbours must say.
"""

from __future__ import annotations

import re

from .chinese import LETTERED_CODES, Hit
from .words import (
    BRANCH,
    CHARSET_LEFT,
    CHARSET_RIGHT,
    CHARSETS,
    CLASHING,
    CUE,
    GOES_ON,
    HARD_CUE,
    MEMORY,
    MEMORY_RIGHT,
    NEXT_YEAR,
    NO_NUMBER,
    NUMBERED,
    PLACEHOLDER,
    PLAIN_CODES,
    PRODUCT,
    RUN_ON,
    TITLE,
    UNIT,
)

JOINED = frozenset("-/.@#$&=+\\~～")  # a bare number right after these is a piece of something else
CENTURIES = ("19", "20")
LONG = re.compile(r"\d{4}$|\d{2}[GTM]?$")
YEARS = re.compile(r"(?:19|20)\d\d")
SEVEN = re.compile(r"\d{7}")  # figures at a stretch are no number of a standard
COUNTED = re.compile(r"\d[ \u3000]{0,2}$")
AS_STANDARD = re.compile(r"(?:符合|执行|執行|标准|標準|《|依据|依據|按照|遵循)[ :：《]{0,3}$")
PLATE = re.compile(r"[\u3400-\u9fff][A-Z]·$")  # of a car
LATIN = re.compile(r"[A-Za-z][,;]? $")


def passes(text: str, start: int, end: int, hit: Hit, follows: bool) -> bool:
    """Return whether a Chinese number of a listed code stands here as a citation.

    ``follows`` says that it stands in a list right after another citation.
    """
    if not (follows or _begins(text, start, hit)) or not _ends(text, end, hit):
        return False
    if hit.marked:
        return bool(hit.year) or not _marked_amount(text, end, hit)
    before = text[max(0, start - 24) : start]
    if hit.code == "GB":
        return _national(text, start, end, hit, before)
    if len(hit.code) > 2 and hit.code not in CLASHING:
        return bool(hit.year) or not PRODUCT.search(before)
    if hit.year:
        return _dated(hit, before)
    return follows or _weak(text, start, end, hit, before)


def _marked_amount(text: str, end: int, hit: Hit) -> bool:
    """Whether a code with its mark and a bare number is a time (GMT-5) or a year (GB/T 2019年)."""
    if hit.code == "GM" and len(hit.digits) < 4:
        return True
    return bool(YEARS.fullmatch(hit.digits) and NEXT_YEAR.match(text, end))


def _begins(text: str, start: int, hit: Hit) -> bool:
    """Whether nothing right before the code makes it a piece of a longer word."""
    left = text[start - 1] if start else "\n"
    if left in JOINED:
        return hit.marked or hit.year != ""
    if not (left.isascii() and left.isalnum()):
        return True
    if not left.isdecimal():
        return hit.marked and left.islower() and hit.year != ""
    # A figure may be the number of a row; before a bare GB it is an amount of memory.
    if hit.marked:
        return hit.year != "" or not LONG.search(text, max(0, start - 4), start)
    return hit.year != "" and not hit.loose and not LONG.search(text, max(0, start - 4), start)


def _ends(text: str, end: int, hit: Hit) -> bool:
    """Whether the number ends where it was read to end."""
    after = text[end : end + 1]
    if not hit.year:
        if PLACEHOLDER.match(text, end) or BRANCH.match(text, end) or after.isdecimal():
            return False
        if GOES_ON.match(text, end) and not hit.marked:
            return hit.code == "GB" and len(hit.digits) > 3 and not NO_NUMBER.match(text, end)
        if after.isascii() and after.isalpha():
            return bool(RUN_ON.match(text, end)) and (hit.marked or len(hit.digits) > 3)
    return hit.marked or hit.code in LETTERED_CODES or not SEVEN.match(hit.digits)


def _national(  # noqa: PLR0911 — one trap after the other
    text: str, start: int, end: int, hit: Hit, before: str
) -> bool:
    """Whether "GB" and figures are a national standard rather than memory or a charset."""
    after = text[end : end + 1]
    if hit.year and not hit.loose:  # a model may go on with a letter: 型号 GB2312-80A
        return not (after.isascii() and after.isalpha() and PRODUCT.search(before))
    if PLATE.search(before):
        return False
    base = hit.digits.partition(".")[0]
    if UNIT.match(text, end) or MEMORY_RIGHT.match(text, end) or MEMORY.search(before):
        return False
    if hit.year:
        return True
    if not base.isdecimal() or (YEARS.fullmatch(base) and NEXT_YEAR.match(text, end)):
        return False
    if base in CHARSETS:
        return not is_charset(text, end, hit, before)
    row = NUMBERED.search(text, max(0, start - 12), start) is not None
    titled = TITLE.match(text, end) is not None
    if len(base) < 4 and COUNTED.search(before) and not row and not titled:
        return False
    if len(base) > 2 or len(hit.digits) > 2 or (len(base) > 1 and in_cell(text, start, end)):
        return True
    return HARD_CUE.search(before) is not None or (row and titled)


def is_charset(text: str, end: int, hit: Hit, before: str) -> bool:
    """Whether a number names an encoding of characters rather than the standard of it."""
    if AS_STANDARD.search(before) or text.startswith("标准", end):
        return False
    named = CHARSET_LEFT.search(before) or CHARSET_RIGHT.match(text, end)
    if named or before[-1:] in {"_", "'", '"', "=", "-"} or hit.digits.startswith("8859-"):
        return True
    return hit.glued and not HARD_CUE.search(before)


def _dated(hit: Hit, before: str) -> bool:
    """Whether a code of two letters with a year is a citation: unless a product is spoken of."""
    if PRODUCT.search(before):
        return False
    years = len(hit.digits) == 4 and hit.digits.startswith(CENTURIES)
    years = years and (hit.glued or 0 <= int(hit.year) - int(hit.digits) <= 3)  # 2020-2021
    return not (hit.loose or years) or bool(HARD_CUE.search(before))


def _weak(  # noqa: PLR0911 — from the surest sign to the least
    text: str, start: int, end: int, hit: Hit, before: str
) -> bool:
    """Whether a bare code of two letters with a bare number is a citation."""
    year = hit.digits.startswith(CENTURIES)
    if UNIT.match(text, end) or PRODUCT.search(before) or NEXT_YEAR.match(text, end):
        return False
    if not _closes(text, end) or LATIN.search(before):
        return False
    several = len(hit.digits) > 1
    cued = bool((HARD_CUE if hit.code in CLASHING else CUE).search(before))
    if hit.glued and not several:
        return False
    if cued:
        return True
    row = NUMBERED.search(text, max(0, start - 14), start) is not None
    titled = TITLE.match(text, end) is not None
    if row and titled and several:
        return not (hit.glued and hit.code in CLASHING)
    if hit.glued:
        return False
    if len(hit.digits) > 3 and hit.digits.isdecimal() and not year and in_cell(text, start, end):
        return True
    if hit.code in CLASHING or not several:
        return False
    alone = not text[end : end + 2].strip() or text[end] in "\n、，,;；。)）~～" or titled
    return alone and (row or (hit.code in PLAIN_CODES and before[-1:] in " \t\u3000"))


def in_cell(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands in the line or the cell of a table."""
    begins = not start or text[start - 1] in "\n|\t"
    return begins and (end == len(text) or text[end] in "\n|\t")


def _closes(text: str, end: int) -> bool:
    """Whether a number ends as a citation ends: at a Chinese character, a bracket, a mark, the end."""
    after = text[end : end + 1]
    return not (after.isascii() and (after.isalnum() or (after and after in "-_+=@#$%&*")))
