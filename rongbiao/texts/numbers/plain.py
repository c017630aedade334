"""Numbers already in canonical form and of the commonest shapes: known at a glance.

Nine of ten numbers of a register are a known head, a space, digits and a year. They are read
here with one look into a table and one anchored pattern; whatever is not plain goes the long
way through the grammars, which would say the same (a test compares both).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .chinese import IMPOSSIBLE
from .codes import CHINESE, CITIES, PROVINCES, meaning
from .number import StandardNumber, plain_key

DOTTED = re.compile(r"(\d{1,6}(?:\.\d{1,4})*)(?:-((?:19|20)\d\d))?", re.ASCII)
# A last part of four digits may be a year ("IEC 60950-1-2005"): only the long way knows.
DASHED = re.compile(r"(\d{1,6}(?:-(?:\d{1,3}(?!\d)|\d{4}(?=:)))*)(?::((?:19|20)\d\d))?", re.ASCII)
JAPANESE = re.compile(r"(\d{4,5}(?:-\d{1,3})*)(?::((?:19|20)\d\d))?", re.ASCII)
OPEN = re.compile(r"[TQ]/(?!X+$)[A-Z]{2,12}")  # bodies and enterprises are no closed list
LETTERED = {"TSG/Z"}  # TSG Z6001: a letter of the number
NOT_PLAIN = {
    "RISN-TG",
    "DB",
}  # DB 4426-1989 is an old local number, DB 1.1-1996 one of the earthquake sector
JOINT_BODIES = (
    "ISO", "IEC", "CISPR", "IWA", "ISO/IEC", "ISO/IEC/IEEE", "ISO/ASTM", "ISO/IEEE", "IEC/IEEE",
)  # fmt: skip
DOCUMENTS = ["R", "TR", "TS", "PAS", "ISP", "SRD", "CD", "DIS", "FDIS", "AWI", "WD", "DTS", "DTR"]
HEADS_KEPT = 50_000


class Head(NamedTuple):
    """All that a head decides: the pattern of what follows, and how key and level come out."""

    rest: re.Pattern[str]
    code: str
    before: str  # what of the head belongs to the number: "G " of JIS G 3454
    mark: str
    key: str
    resolver_key: str
    level: str


def _head(printed: str, code: str, rest: re.Pattern[str], mark: str) -> Head:
    key = plain_key(f"{printed} 0")[:-1]
    resolver = "GB" if printed in {"GB", "GB/T", "GB/Z"} else key
    return Head(rest, code, printed[len(code) + 1 :] + " " * (printed != code), mark, key, resolver,
                meaning(code).level)  # fmt: skip


def _heads() -> dict[str, Head]:
    chinese = [
        code + mark
        for code in CHINESE.values()
        if code not in NOT_PLAIN
        for mark in ("", "/T", "/Z")
    ]
    impossible = IMPOSSIBLE | LETTERED
    heads = {code: _head(code, code, DOTTED, "-") for code in chinese if code not in impossible}
    for owner in [*PROVINCES, *CITIES]:
        for mark in ("/T", "/Z"):
            code = f"DB{owner}{mark}"
            heads[code] = _head(code, code, DOTTED, "-")
    for bodies in JOINT_BODIES:
        joint = "/" if bodies == "ISO" else " "
        kinds = [] if bodies == "IWA" else DOCUMENTS
        for code in [bodies, *(f"{bodies}{joint}{kind}" for kind in kinds)]:
            heads[code] = _head(code, code, DASHED, ":")
    for code in ("JIS", "TR", "TS"):
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            heads[f"{code} {letter}"] = _head(f"{code} {letter}", code, JAPANESE, ":")
    return heads


HEADS = _heads()


def head_of(printed: str) -> Head | None:
    """Return what a head decides, or None where it is not plain."""
    if head := HEADS.get(printed):
        return head
    if OPEN.fullmatch(printed):
        head = _head(printed, printed, DOTTED, "-")
        if len(HEADS) < HEADS_KEPT:
            HEADS[printed] = head
        return head
    return None


def read_plain(text: str) -> StandardNumber | None:
    """Return the number of a plain text, or None where it has to be read the long way."""
    printed, _, rest = text.rpartition(" ")
    head = HEADS.get(printed) or head_of(printed)
    if head is None:
        return None
    whole = head.rest.fullmatch(rest)
    if whole is None:
        return None
    number, year = whole.groups()
    if year is None:
        return StandardNumber(head.code, " ", head.before + number)
    return StandardNumber(
        head.code, " ", head.before + number, head.mark + year, (), int(year), year_printed=year
    )
