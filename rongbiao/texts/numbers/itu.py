"""Numbers of the ITU: recommendations, reports, questions, supplements, annexes, amendments."""

from __future__ import annotations

import re

from .notation import full_year
from .number import Change, NotANumber, StandardNumber

HEAD = re.compile(
    r"ITU ?[-/]? ?([TR])(?: ?-? ?Rec(?:ommendation|\.)?(?= ))? ?", re.IGNORECASE | re.ASCII
)
WORD = (
    r"(?:bis|ter|quater|quarter|R|[A-H](?= \(|$)|series|attachment|test vectors|Software|Annex [A-Z]{1,2}\d{0,2}\+?"
    r"|App\. ?[IVX]+|Suppl\. ?\d+(?:\.\d+)?|v\.\d+|\(V\d+\))"
)
# Atomic all through: what one piece has taken no other piece tries again. Atomic groups and no
# possessive ones, which miss matches before Python 3.11.5 (CPython issue 106052).
SERIES = (
    r"(?>(?>[A-Z]{1,5}\d{0,4}|\d+)(?>(?:[.-][A-Z0-9]+|[./-]?\[[A-Z0-9/]+\])*)[A-Z]{0,3}+"
    rf"(?>(?: {WORD})*))"
)
NUMBER = re.compile(rf"({SERIES}(?>(?:/{SERIES})*))(?= |:?$)", re.IGNORECASE | re.ASCII)
VERSION = re.compile(r" \(V\d+\)$", re.IGNORECASE)  # of one recommendation, like its date
DATE = re.compile(r" ?\((?:(\d\d)/)?((?:18|19|20)\d\d)\)", re.ASCII)
CHANGE = re.compile(
    r"([ /])(Amd|Cor|Technical Cor|Err|Add|Annex|App|Suppl)\.? ?(\d{1,2}|[IVX]{1,4}|[A-Z])(?= |/|$)",
    re.IGNORECASE | re.ASCII,
)
LOOSE_WORD = re.compile(r" (suppl|app|annex)(?![A-Z]{2})\.? ?(?=[A-Z\d])", re.IGNORECASE | re.ASCII)
WORDS = {"suppl": " Suppl. ", "app": " App. ", "annex": " Annex "}
LETTERS = re.compile(r"(?:(?<=^)|(?<=/))[A-Za-z]+(?=[.\d /-]|$)", re.ASCII)


def read_itu(text: str) -> StandardNumber:
    """Read a number of ITU-T or ITU-R."""
    head = HEAD.match(text)
    if not head:
        raise NotANumber(f"“{text}”不是国际电信联盟的编号：应以“ITU-T”或“ITU-R”开头。")
    if LOOSE_WORD.search(text):
        text = LOOSE_WORD.sub(lambda word: WORDS[word[1].lower()], text)
    body = NUMBER.match(text, head.end())
    if not body:
        raise NotANumber(f"“{text}”只有发布机构，没有编号。")
    number = LETTERS.sub(_capitals, body[1])
    version = "".join(VERSION.findall(number))
    number = number.removesuffix(version)
    at, date, year = body.end(), version, None
    if found := DATE.match(text, at):
        date, year, at = version + _date(found), full_year(found[2]), found.end()
    changes, at = _changes(text, at)
    if text[at:].strip(" :"):
        raise NotANumber(f"编号之后的“{text[at:].strip()}”看不懂。")
    printed = str(year) if year else ""
    return StandardNumber(
        f"ITU-{head[1].upper()}", " ", number, date, changes, year, year_printed=printed
    )


def _capitals(word: re.Match[str]) -> str:
    return word[0].upper() if len(word[0]) <= 4 else word[0]


def _date(found: re.Match[str]) -> str:
    return f" ({found[1]}/{found[2]})" if found[1] else f" ({found[2]})"


def _changes(text: str, at: int) -> tuple[tuple[Change, ...], int]:
    changes: list[Change] = []
    while found := CHANGE.match(text, at):
        at = found.end()
        name = " ".join(word.capitalize() for word in found[2].split())
        dot = "" if name == "Annex" else "."
        printed, year = f"{found[1]}{name}{dot} {found[3].upper()}", None
        if day := DATE.match(text, at):
            printed, year, at = printed + _date(day), full_year(day[2]), day.end()
        changes.append(Change(name, found[3].upper(), year, printed))
    return tuple(changes), at
