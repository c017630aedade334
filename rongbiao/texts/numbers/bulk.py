"""Reading numbers by the hundred thousand, for registers: the same answers as ``read_number``, sooner.

What a register keeps of a number is five values; where the text is already canonical they are cut
from it without making the number. The shapes known here are those of ``plain`` and, beside them,
amended numbers of ISO and IEC and recommendations of the ITU; all others are read the long way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .number import NotANumber
from .plain import HEADS, head_of
from .reading import read_number

YEAR = r"((?:19|20)\d\d)"
AMENDED = re.compile(
    rf"([A-Z][A-Z/ ]*) \d{{1,6}}(?:-\d{{1,4}})*:{YEAR}"
    r"(?:((?:/(?:(?:CD |WD |AWI )?(?:Amd|Cor|Add)|DAM|FDAM) \d{1,2}(?::(?:19|20)\d\d)?)+)"
    r"|((?:[/+](?:AMD|COR|ISH)\d{1,2}(?::(?:19|20)\d\d)?)*(?: (?:CSV|RLV|CMV|EXV|SER|EXV-CMV|EXV-RLV))?"
    r"(?:/(?:AMD|COR|ISH)\d{1,2}(?::(?:19|20)\d\d)?)*))",
    re.ASCII,
)
ITU = re.compile(
    r"ITU-[TR] [A-Z]{1,3}\.\d{1,5}(?:\.\d{1,3})*(?:/[A-Z]\.\d{1,5}(?:\.\d{1,3})*)*(?:-\d{1,2})?"
    rf"(?: \((?:\d\d/)?{YEAR}\)(?: (?:Amd|Cor|Err)\. \d{{1,2}}(?: \((?:\d\d/)?(?:19|20)\d\d\))?)?)?",
    re.ASCII,
)

JIS = re.compile(
    rf"JIS [A-Z] \d{{4,5}}(?:-\d{{1,3}})*:{YEAR}"
    r"(?:/(?:AMENDMENT|CORRIGENDUM) \d{1,2}(?::(?:19|20)\d\d)?)?(?: SYMBOL \d{1,9})?",
    re.ASCII,
)
INTERNATIONAL = {"ISO", "IEC", "CIS", "IWA"}
OPEN_MARKS = {"T/", "Q/"}


class Loaded(NamedTuple):
    """What a register keeps of a number; ``number`` is empty and ``why`` a sentence where it was refused."""

    number: str
    key: str
    resolver_key: str
    level: str
    year: int | None
    why: str = ""


def bulk_numbers(texts: Iterable[str]) -> Iterator[Loaded]:
    """Give, for each text in order, what ``read_number`` would say of it.

    >>> [row.key for row in bulk_numbers(["GB/T 1.1-2020", "DB44/26-2001"])]
    ['GB/T1.1-2020', 'DB4426-2001']
    >>> next(bulk_numbers(["GB"])).why
    '“GB”只有标准代号，没有顺序号。'
    """
    heads, new = HEADS.get, tuple.__new__
    for text in texts:
        printed, _, rest = text.rpartition(" ")
        head = heads(printed)
        if head is None and text[:2] in OPEN_MARKS:
            head = head_of(printed)
        if head is None or (whole := head.rest.fullmatch(rest)) is None:
            yield _other(text)
            continue
        number, year = whole.groups()
        if year is None:
            tail, of = number, None
        else:
            tail, of = f"{number}-{year}", int(year)
        yield new(Loaded, (text, head.key + tail, head.resolver_key + tail, head.level, of, ""))


def _other(text: str) -> Loaded:
    start = text[:3]
    if start == "ITU" and (whole := ITU.fullmatch(text)):
        year = whole[1]
    elif start == "JIS" and (whole := JIS.fullmatch(text)):
        key = text.upper().replace(" ", "").replace(":", "-")
        return tuple.__new__(Loaded, (text, key, key, "foreign", int(whole[1]), ""))
    elif start in INTERNATIONAL and (whole := AMENDED.fullmatch(text)) and _amended(whole):
        year = whole[2]
    else:
        return _slowly(text)
    key = text.upper().replace(" ", "").replace(":", "-")
    return tuple.__new__(Loaded, (text, key, key, "international", int(year) if year else None, ""))


def _amended(whole: re.Match[str]) -> bool:
    """Whether head and amendments go together: ISO writes "/Amd 1:", IEC "/AMD1:"."""
    head = HEADS.get(whole[1])
    if head is None or head.level != "international":
        return False
    iso_style = whole[1].startswith(("ISO", "IWA"))
    return bool(whole[3] if iso_style else whole[4])


def _slowly(text: str) -> Loaded:
    try:
        number = read_number(text)
    except NotANumber as why:
        return Loaded("", "", "", "", None, str(why))
    return Loaded(str(number), number.key, number.resolver_key, number.level, number.year)
