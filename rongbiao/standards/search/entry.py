"""Entries (索引条目): what an engine takes up of one edition, the same for every engine."""

import re
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from operator import add

from rongbiao.standards.search.sections import sections
from rongbiao.standards.standard import Standard
from rongbiao.texts.folding import initials, tokens, unit_of

LEVELS = (  # the later before the earlier, where two editions are found equally well
    "enterprise", "foreign", "group", "international", "municipal", "provincial", "sector", "national",
)  # fmt: skip
STATUSES = ("", *Standard.Status.values)
NATURES = ("", *Standard.Nature.values)
STANDING = {"current": 3, "upcoming": 2, "project": 1, "": 1}  # withdrawn and superseded: 0
WORTH = {3: 1.0, 2: 0.9, 1: 0.7, 0: 0.25}
INITIALS = 8, 24  # letters of a title kept ready: where it begins in characters, in Latin letters
EDGES = 4  # units of a title's beginning that are kept ready
ICS = re.compile(r"\d\d(?:\.\d{3}(?:\.\d\d)?)?")
CCS = re.compile(r"[A-Z]\d{0,2}")
LETTERS = re.compile(r"[^A-Z]+")
FIGURES = re.compile(r"\d+")
Filters = tuple[dict[str, tuple[str, ...]], tuple[str, ...]]


@dataclass(slots=True)
class Row:
    """The columns of one edition that are searched, with its units' names in order."""

    pk: int
    number: str
    key: str
    year: int | None
    title: str
    title_en: str
    title_original: str
    abstract: str
    level: str
    nature: str
    status: str
    region: str
    issued_on: str  # ISO; empty where it is not known
    ics: str
    ccs: str
    publisher: str
    owner: str
    drafters: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """What is indexed of an edition."""

    pk: int
    texts: list[str]  # number, titles, abstract, each as tokens between blanks
    edges: list[str]  # how the title begins: one unit, two … ``EDGES``
    initials: str
    organizations: list[str]
    counted: dict[str, tuple[str, ...]]  # values by facet
    marks: list[str]  # what filters: those values, and what lies beneath, as “ics:35.240”
    rank: int  # 21 bits: standing, level, day of issue
    worth: float  # what relevance is multiplied by
    day: int  # of issue, for “newest first”
    order: int  # 62 bits: by number, to its four first letters and two first figures
    stamp: int  # 32 bits of all of the above


def entry(row: Row) -> Entry:
    """Return what is indexed of an edition."""
    texts = [row.number, row.title]
    for more in (row.title_en, row.title_original, row.abstract):
        if more and more not in texts:
            texts.append(more)
    taken = [tokens(text) for text in texts]
    chained = [" ".join(one) for one in taken]
    organizations = [*row.drafters, row.publisher, row.owner]
    organizations = [name[:200] for name in dict.fromkeys(organizations) if name]
    counted, marks = _filters(row)
    day = _day(row.issued_on, row.year)
    standing = STANDING.get(row.status, 0)
    level = LEVELS.index(row.level) if row.level in LEVELS else 0
    said = "\n".join((*chained, *organizations, *marks, str(day)))
    return Entry(
        pk=row.pk,
        texts=chained,
        edges=list(accumulate(map(unit_of, taken[texts.index(row.title)][:EDGES]), add)),
        initials=initials(row.title, INITIALS[row.title[:1].isascii()]),
        organizations=organizations,
        counted=counted,
        marks=marks,
        rank=(standing << 19) | (level << 16) | day,
        worth=WORTH[standing] * (1 + level / 16) * (1 + day / 100_000),
        day=day,
        order=order_of(row.key),
        stamp=zlib.crc32(said.encode()),
    )


def _filters(row: Row) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return the values that are counted, and the marks by which an edition is filtered."""
    year = year_of(row.issued_on, row.year)
    counted, marks = _plain(row.level, row.status, row.nature, year)
    classed, more = _classes(row.ics, row.ccs, row.region)
    return counted | classed, [*marks, *more]


@lru_cache(20_000)
def _plain(level: str, status: str, nature: str, year: str) -> Filters:
    said = {"level": level, "status": status, "nature": nature, "year": year}
    return _marked({facet: (value,) for facet, value in said.items() if value})


@lru_cache(20_000)
def _classes(ics: str, ccs: str, region: str) -> Filters:
    codes = list(dict.fromkeys(ICS.findall(ics)))
    chinese = list(dict.fromkeys(CCS.findall(ccs)))
    counted = {
        "ics": tuple(dict.fromkeys(one[:2] for one in codes)),
        "ccs": tuple(dict.fromkeys(one[0] for one in chinese)),
        "region": (region,) if region else (),
        "section": tuple(key for key, one in sections().items() if one.holds(codes, chinese)),
    }
    beneath = [f"ics:{one[:end]}" for one in codes for end in (6, 9) if len(one) >= end]
    beneath += [f"ccs:{one[:end]}" for one in chinese for end in (2, 3) if len(one) >= end]
    if len(region) == 6:
        beneath += [f"region:{region[:2]}", f"region:{region[:4]}"]
    counted, marks = _marked({facet: values for facet, values in counted.items() if values})
    return counted, tuple(dict.fromkeys((*marks, *beneath)))


def _marked(counted: dict[str, tuple[str, ...]]) -> Filters:
    """Return counted values with the marks that filter by them."""
    return counted, tuple(f"{facet}:{one}" for facet, values in counted.items() for one in values)


def year_of(issued_on: str, year: int | None) -> str:
    """Return the year of issue, by its day or else by the number."""
    return issued_on[:4] if issued_on[:4].isdecimal() else str(year or "")


@lru_cache(50_000)
def _day(issued_on: str, year: int | None) -> int:
    """Return days since 1900, sixteen bits; a month counts 31 days, which keeps the order."""
    if issued_on[:4].isdecimal():
        year, month, day = int(issued_on[:4]), int(issued_on[5:7]), int(issued_on[8:10])
    else:
        year, month, day = year or 1900, 1, 1
    return min(max((year - 1900) * 372 + (month - 1) * 31 + day, 0), 65_535)


def order_of(key: str) -> int:
    """Return a figure by which numbers stand in the order people expect, approximately.

    It keeps four letters, two figures and the year; what is equal in these stands in any order.

    >>> order_of("GB/T1.2-2020") < order_of("GB/T1.10-2020") < order_of("GB/T2-2000")
    True
    """
    figures = FIGURES.findall(key)
    year = int(figures.pop()[:4]) if len(figures) > 1 and "-" in key else 0
    first, second = (*(int(one[:7]) for one in figures[:2]), 0, 0)[:2]
    packed = (min(first, 2**20 - 1) << 14) | min(second, 2**14 - 1)
    return (((_code(LETTERS.sub("", key)[:4]) << 34) | packed) << 8) | min(max(year - 1850, 0), 255)


@lru_cache(2_000)
def _code(letters: str) -> int:
    code = 0
    for letter in letters.ljust(4, "@"):
        code = code * 27 + ord(letter) - 64
    return code
