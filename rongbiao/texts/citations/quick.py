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
from .words import CHARSETS

PLAIN = re.compile(
    rf"(?:[/／]([TZ]))?[ {SPACES_OF_PRINT}]?([1-9]\d{{0,5}}(?:\.\d{{1,3}})*+)(?:[\-{DASHES}]{{1,2}}+((?:19|20)\d\d))?+"
    rf"(?![ {SPACES_OF_PRINT}]?[\dA-Za-z.．\-{DASHES}_*×□/／:：%~～至]"
    rf"|[ \n]?\d|\n[-{DASHES}.]|一\d|[{SPACES_OF_PRINT} ]年|年)",
    re.ASCII,
)
WORDS = {
    word: entry
    for word, entry in GLUED.items()
    if entry[0] not in LETTERED_CODES | {"GBn", "RISN-TG", "JJF", "JJG", "DB", "GSB", "CECS"}
}
CERTAIN = {"GB", "HJ", "GBZ", "JGJ", "CJJ", "JTS", "GJB"}  # with a year these are nothing else
BEFORE = frozenset(" \n\t\u3000(（[【《“”》、，,;；。：:|")
AFTER = frozenset("、，。；）的》《\n”规標标要中第与和及或等")


def quick(raw: str, start: int, word: str) -> tuple[StandardNumber, int, int] | None:
    """Return number, start and end of a plain Chinese citation, None where a longer look is needed."""
    entry = WORDS.get(word)
    if entry is None or (whole := PLAIN.match(raw, start + len(word))) is None:
        return None
    left = raw[start - 1] if start else "\n"
    if not (left in BEFORE or "\u3400" <= left <= "\u9fff"):
        return None
    mark, digits, year = whole.groups()
    code, glued = entry
    mark = mark or glued
    end = whole.end()
    if not mark:
        if year:
            if code not in CERTAIN:
                return None
        elif code != "GB" or not _bare(raw, start, end, digits):
            return None
    elif not year and raw[end : end + 1] in "(（":
        return None
    number = number_of(
        f"{code}{'/' if mark else ''}{mark} {digits}{'-' if year else ''}{year or ''}"
    )
    return (number, start, end) if number else None


def _bare(raw: str, start: int, end: int, digits: str) -> bool:
    """Whether GB with figures alone stands where memory, charsets and years do not."""
    if len(digits) < 4 or digits in CHARSETS or digits[:2] in {"19", "20"}:
        return False
    if end < len(raw) and raw[end] not in AFTER:
        return False
    return not raw[max(0, start - 3) : start].rstrip()[-1:].isdigit()
