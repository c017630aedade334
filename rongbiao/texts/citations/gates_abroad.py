"""Gates abroad (境外编号的辨别): whether a number of a foreign body is a citation.

"ISO" is also a speed of film, "EN" a language, "AS" and "IS" are words, "CIE 1931" is a colour
space, "DIN 35" a rail: what a body's own numbers never look like is refused, and the bodies whose
letters begin other things need a word on the left.
"""

from __future__ import annotations

import re

from .chinese import Hit
from .gates import is_charset
from .words import (
    AMOUNT,
    AMOUNTS,
    FILM,
    FLANGES,
    HARD_CUE,
    PHOTO,
    PIPE,
    PLACEHOLDER,
    PRODUCT,
    UNIT,
    WEAK_FOREIGN,
)

FIRST_FIGURES = re.compile(r"\d+")
FIRST_WORD = re.compile(r"[A-Z0-9]+")
THREE_MORE = re.compile(r" \d{3}(?!\d)")
SPEAKING = {"AWS", "IMO", "CSA"}  # bare figures after these never are a number of theirs
PLAIN_FIGURES = {"EN": 3, "BS": 3, "VDE": 3, "CNS": 3, "ANSI": 3, "DIN": 2, "UL": 2, "NFPA": 2}


def foreign_passes(  # noqa: PLR0911 — one trap after the other
    text: str, start: int, end: int, hit: Hit, follows: bool
) -> bool:
    """Return whether a number of a body from abroad stands here as a citation."""
    if not _begins(text, start, hit, follows):
        return False
    if hit.year and not hit.loose:
        return hit.code not in AMOUNTS or len(hit.digits) > 1  # MS 1:2000 is a scale
    if PLACEHOLDER.match(text, end) and not hit.year:
        return False
    before = text[max(0, start - 24) : start]
    figures = FIRST_FIGURES.search(hit.digits)
    base = figures[0] if figures else ""
    word = FIRST_WORD.match(hit.code)
    body = word[0] if word else hit.code
    if body in {"ISO", "IEC"}:
        return _international(text, start, end, hit, before, base)
    pure = bool(base) and hit.digits.isdecimal()
    if _never(text, end, body, base, pure=pure):
        return False
    if body == "API" and PIPE.match(hit.digits):
        return True
    amount = body in AMOUNTS and AMOUNT.match(hit.digits)
    if body in WEAK_FOREIGN and (pure or body == "AS" or amount):
        cued = follows or HARD_CUE.search(before)
        return bool(cued) and body not in SPEAKING and len(base) > 1 and not PRODUCT.search(before)
    if pure and body in PLAIN_FIGURES:
        return len(base) >= PLAIN_FIGURES[body] and not before[-2:].rstrip()[-1:].isdecimal()
    return True


def _begins(text: str, start: int, hit: Hit, follows: bool) -> bool:
    left = text[start - 1] if start else "\n"
    if follows or hit.code == "3GPP":
        return True
    if left.isascii() and left.isalnum():
        return left.isdecimal() and hit.year != ""
    return hit.year != "" or left not in "-_.@#$=\\"


def _never(text: str, end: int, body: str, base: str, *, pure: bool) -> bool:
    """Whether the figures are what the body's letters are otherwise followed by."""
    if body == "CIE":
        return base.startswith("19")  # colour spaces
    if not pure:
        return False
    if UNIT.match(text, end):
        return True
    if (
        len(base) == 4
        and base.startswith(("19", "20"))
        and (text[end : end + 3].lstrip()[:1] in {"年", "."} or body == "EN")
    ):
        return True
    if body in {"EN", "BS"} and THREE_MORE.match(text, end):  # EN 300 328 is one of ETSI
        return True
    return (body == "ANSI" and base in FLANGES) or (body == "DIN" and base == "35")


def _international(text: str, start: int, end: int, hit: Hit, before: str, base: str) -> bool:
    """Whether ISO or IEC and figures are a standard: not film, not a class, not a charset."""
    if hit.code in {"ISO", "IEC"} and hit.digits.isdecimal():
        if len(base) < 3 and not HARD_CUE.search(before):
            return False
        if len(base) < 4 and UNIT.match(text, end):
            return False
    if hit.code != "ISO":
        return True
    if base in FILM and PHOTO.search(text, max(0, start - 40), end + 40):
        return False
    if base.startswith("8859") or base == "2022":
        return not is_charset(text, end, hit, before)
    return True
