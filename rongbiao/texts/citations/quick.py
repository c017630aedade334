"""Quick reading (快读): the commonest shapes, known at a glance where nothing beside them raises a doubt.

Most citations are a code, perhaps ``/T``, figures and perhaps a year, between a blank or a Chinese
character and another. What is not so plain goes the long way, which would say the same (a test
compares both).
"""

from __future__ import annotations

import re

from rongbiao.texts.numbers import StandardNumber
from rongbiao.texts.numbers.notation import DASHES, SPACES_OF_PRINT

from .beside import number_of
from .chinese import GLUED, LETTERED_CODES
from .words import CHARSETS, FILM, PRODUCT

PLAIN = re.compile(
    rf"(?:[/／]([TZ]))?[ {SPACES_OF_PRINT}]?([1-9]\d{{0,5}}(?>(?:\.\d{{1,3}})*))"
    rf"(?>(?:[\-{DASHES}]{{1,2}}+((?:19|20)\d\d))?)"
    rf"(?![ {SPACES_OF_PRINT}]?[\dA-Za-z.．\-{DASHES}_*×□/／:：%~～至]"
    rf"|[ \n]?\d|\n[-{DASHES}.]|一\d|[{SPACES_OF_PRINT} ]年|年)",
    re.ASCII,
)
ABROAD = re.compile(
    r"(ISO(?:/IEC)?|IEC) ?(\d{4,5}(?>(?:-\d{1,3})*))(?>(?::((?:19|20)\d\d))?)(?![\dA-Za-z.．/\-_+:：×]"
    rf"|[ {SPACES_OF_PRINT}]|\n?[{DASHES}\-]|\n\d)",
    re.ASCII,
)
YEARS = re.compile(r"(?:19|20)\d\d(?!\d)", re.ASCII)
WORDS = {
    word: entry
    for word, entry in GLUED.items()
    if entry[0] not in LETTERED_CODES | {"GBn", "RISN-TG", "JJF", "JJG", "DB", "GSB", "CECS"}
}
CERTAIN = {"GB", "HJ", "GBZ", "JGJ", "CJJ", "JTS", "GJB"}  # with a year these are nothing else
BEFORE = frozenset(" \n\t\u3000(（[【《“”》、，,;；。：:|")
AFTER = frozenset("、，。；）的》《\n”规標标要中第与和及或等")


def quick(raw: str, start: int, word: str) -> tuple[StandardNumber, int, int] | None:
    """Return number, start and end of a plain citation, None where a longer look is needed."""
    entry = WORDS.get(word)
    left = raw[start - 1] if start else "\n"
    if not (left in BEFORE or "\u3400" <= left <= "\u9fff"):
        return None
    if entry is None:
        return _abroad(raw, start) if word in {"ISO", "IEC"} else None
    whole = PLAIN.match(raw, start + len(word))
    if whole is None:
        return None
    mark, digits, year = whole.groups()
    code, glued = entry
    mark = mark or glued
    end = whole.end()
    if not mark:
        if not (_dated(raw, start, code, digits) if year else _bare(raw, start, end, code, digits)):
            return None
    elif not year and raw[end : end + 1] in "(（":
        return None
    number = number_of(
        f"{code}{'/' if mark else ''}{mark} {digits}{'-' if year else ''}{year or ''}"
    )
    return (number, start, end) if number else None


def _dated(raw: str, start: int, code: str, digits: str) -> bool:
    """Whether a code without a mark is one by its year alone: no product, no span of years."""
    if code in CERTAIN:
        return True
    return not YEARS.match(digits) and not PRODUCT.search(raw[max(0, start - 24) : start])


def _bare(raw: str, start: int, end: int, code: str, digits: str) -> bool:
    """Whether GB with figures alone stands where memory, charsets and years do not."""
    if code != "GB" or len(digits) < 4 or digits in CHARSETS or YEARS.match(digits):
        return False
    if end < len(raw) and raw[end] not in AFTER:
        return False
    return not raw[max(0, start - 3) : start].rstrip()[-1:].isdigit()


def _abroad(raw: str, start: int) -> tuple[StandardNumber, int, int] | None:
    """Read ISO 14001:2015 and its like: long numbers that are no speed of film and no charset."""
    whole = ABROAD.match(raw, start)
    if whole is None:
        return None
    body, digits, year = whole.groups()
    if not year and (digits in FILM or digits.startswith(("8859", "2022"))):
        return None
    number = number_of(f"{body} {digits}:{year}" if year else f"{body} {digits}")
    return (number, start, whole.end()) if number else None
