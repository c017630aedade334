"""The standard number as a value: printed, compared, ordered, matched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache, total_ordering
from typing import Any

from .codes import Kind, Meaning, Publisher, meaning, region_name

MEMBERS = 1000  # a range of more is no list that anybody meant
MARK = re.compile(
    r"/[TZ]$|[/ ](?:[A-Z]+ )?(?:R|TR|TS|PAS|ISP|SRD|Guide|DGuide|PWI|NP|AWI|WD|CD|DIS|FDIS|PRF|DTS|DTR|DPAS)$"
)
CHUNKS = re.compile(r"\d+|[^\d.\-/: ]+", re.ASCII)
ORDER = {kind: place for place, kind in enumerate(Kind)}
FIRST_BODIES = {"GB": 0, "ISO": 0, "IEC": 1, "ISO/IEC": 2}
RESOLVED = re.compile(r"GB/[TZ](?=\d)", re.ASCII)
OWN_SLASH = re.compile(r"^(DBS?\d+)/(?=\d)", re.ASCII)
IGNORABLE = {"year", "mandate", "changes"}


class NotANumber(ValueError):
    """The text is no standard number; the message says why, as a full sentence."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was later done to a standard: an amendment (修改单), corrigendum, supplement, version."""

    kind: str  # "XG", "Amd", "Cor", "Suppl", "CSV", …
    number: str
    year: int | None
    text: str  # as printed, with what joins it to the number before it

    def __str__(self) -> str:
        return self.text


@total_ordering
@dataclass(frozen=True, slots=True)
class StandardNumber:
    """A standard number in canonical form; made by ``read_number``, never by hand.

    ``str()`` is the canonical form and reads back as an equal value.
    """

    code: str  # "GB/T", "DB3501/T", "T/CECS", "ISO/IEC TR", "JIS"
    gap: str  # what stands between code and number: a space, "/", "-" or nothing
    number: str  # "19001", "1.1", "9798-3", "G 3454"
    date: str = ""  # with its mark: "-2020", ":2015", " (10/1976)"
    changes: tuple[Change, ...] = ()
    year: int | None = None
    edition: str = ""  # "2018年版"
    all_parts: bool = False
    upto: StandardNumber | None = None  # the last of a range
    adopts: tuple[StandardNumber, ...] = ()  # the standards it adopts (采标)
    relation: str = ""  # "IDT", "MOD", "NEQ" …, where the text says so
    year_printed: str = field(default="", compare=False)

    def __str__(self) -> str:
        if not (self.changes or self.upto or self.adopts or self.edition or self.all_parts):
            return self.code + self.gap + self.number + self.date
        return self._whole()

    def _whole(self) -> str:
        text = self.code + self.gap + self.number + self.date
        text += "".join(change.text for change in self.changes)
        if self.edition:
            text += f"({self.edition})"
        if self.all_parts:
            text += " (all parts)"
        if self.adopts:
            others = "/".join(str(other) for other in self.adopts)
            text += f"({others}, {self.relation})" if self.relation else f"/{others}"
        return f"{text}~{self.upto}" if self.upto else text

    @property
    def display(self) -> str:
        """The number for print: a one-em dash before the year, as GB/T 1.1 sets it."""
        if not self.chinese:
            return str(self)
        text = self.code + self.gap + self.number + self.date.replace("-", "—")
        text += "".join(re.sub(r"-(?=\d{4}$)", "—", change.text) for change in self.changes)
        text += f"（{self.edition}）" if self.edition else ""
        text += "（所有部分）" if self.all_parts else ""
        if self.adopts:
            others = "/".join(other.display for other in self.adopts)
            text += f"（{others}，{self.relation}）" if self.relation else f"/{others}"
        return f"{text}～{self.upto.display}" if self.upto else text

    @property
    def key(self) -> str:
        """The form for matching: capitals, no spaces, ":" as "-"; edition, parts, adoption dropped."""
        text = self.code + self.gap + self.number + self.date
        if self.changes:
            text += "".join(change.text for change in self.changes)
        text = plain_key(text)
        return f"{text}~{self.upto.key}" if self.upto else text

    @property
    def resolver_key(self) -> str:
        """The key by which one number space is one: GB, GB/T and GB/Z fold, GBZ, GBJ, GJB never."""
        return "~".join(RESOLVED.sub("GB", part, count=1) for part in self.key.split("~"))

    @property
    def meaning(self) -> Meaning:
        return meaning(self.code)

    @property
    def kind(self) -> Kind:
        return meaning(self.code).kind

    @property
    def level(self) -> str:
        """international, national, sector, provincial, municipal, group, enterprise or foreign."""
        return meaning(self.code).level

    @property
    def publisher(self) -> Publisher:
        return meaning(self.code).publisher

    @property
    def mandatory(self) -> bool | None:
        """Whether the code says mandatory (强制性); None where a code says nothing about it."""
        return meaning(self.code).mandatory

    @property
    def province(self) -> str:
        """The two digits (GB/T 2260) of the province that owns a local number, else empty."""
        return meaning(self.code).province

    @property
    def city(self) -> str:
        """The four digits of the city that owns a local number, else empty."""
        return meaning(self.code).city

    @property
    def region(self) -> str:
        """The name of the region that owns a local number, where known."""
        return region_name(self.city or self.province)

    @property
    def chinese(self) -> bool:
        """Whether the number belongs to the Chinese system (GB, sector, local, group, enterprise …)."""
        return ORDER[self.kind] < ORDER[Kind.INTERNATIONAL]

    @property
    def parts(self) -> tuple[str, ...]:
        """The part numbers after the first: ("3",) of GB 5009.3, ("7", "420") of IEC 61850-7-420."""
        if self.chinese:
            return tuple(self.number.split(".")[1:])
        return tuple(self.number.split("-")[1:])

    @property
    def engineering(self) -> bool:
        """Whether the number is of engineering construction (JGJ, DBJ, GB 50000 to 59999 …)."""
        if self.kind is Kind.ENGINEERING or self.code.startswith(("DBJ", "DG", "SJG")):
            return True
        if self.code in {"GBJ", "TJ"}:
            return True
        return self.code in {"GB", "GB/T"} and re.match(r"5\d{4}(?!\d)", self.number) is not None

    @property
    def base(self) -> StandardNumber | None:
        """The number that the last amendment amends; None for a number without amendments."""
        return replace(self, changes=self.changes[:-1]) if self.changes else None

    @property
    def bare(self) -> StandardNumber:
        """The number alone: without edition, "all parts", adopted numbers and the end of a range."""
        return replace(self, edition="", all_parts=False, adopts=(), relation="", upto=None)

    @property
    def undated(self) -> StandardNumber:
        """The number without its year and without amendments."""
        upto = self.upto.undated if self.upto else None
        return replace(self, date="", year=None, year_printed="", changes=(), edition="", upto=upto)

    def expand(self) -> Iterator[StandardNumber]:
        """Give the members of a range, of any other number itself.

        Raises ValueError where the two ends do not differ in their last number alone, or
        where the range would have more than MEMBERS members.
        """
        if self.upto is None:
            yield self
            return
        first, last = _counter(self.number), _counter(self.upto.number)
        alike = first and last and first[1] == last[1] and self.code == self.upto.code
        if first is None or last is None or not alike or int(last[2]) < int(first[2]):
            raise ValueError(f"“{self}”的首尾不是同一序列，不能逐个列出。")
        if int(last[2]) - int(first[2]) >= MEMBERS:
            raise ValueError(f"“{self}”超过{MEMBERS}项，不逐个列出。")
        width = len(first[2])
        for place in range(int(first[2]), int(last[2]) + 1):
            yield replace(self, number=f"{first[1]}{place:0{width}d}", upto=None)

    def matches(self, other: StandardNumber, ignore: Collection[str] = ()) -> bool:
        """Return whether two numbers name the same standard.

        ``ignore`` may hold "year" (and with it amendments), "mandate" (GB, GB/T, GB/Z fold)
        and "changes" (amendments). Raises ValueError for any other word.
        """
        if wrong := set(ignore) - IGNORABLE:
            raise ValueError(
                f"不能忽略“{min(wrong)}”，可忽略的是：{'、'.join(sorted(IGNORABLE))}。"
            )
        one, two = self, other
        if "year" in ignore:
            one, two = one.undated, two.undated
        if "changes" in ignore:
            one, two = replace(one, changes=()), replace(two, changes=())
        if "mandate" in ignore:
            return one.resolver_key == two.resolver_key
        return one.key == two.key

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """The order people expect: by kind, code, number part by part (2 before 10), year, amendments."""
        kind, place, body, mark = shelf(self.code)
        return (
            kind,
            place,
            body,
            _chunks(self.number),
            mark,
            self.year or 0,
            tuple(
                (change.kind, _chunks(change.number), change.year or 0) for change in self.changes
            ),
            str(self),
        )

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, StandardNumber):
            return NotImplemented
        return self.sort_key < other.sort_key


def plain_key(text: str) -> str:
    """Return the key of a canonical form that has no edition, parts, adoption or range."""
    key = text.upper().replace(" ", "").replace(":", "-")
    if key.startswith("DB"):
        key = OWN_SLASH.sub(r"\1", key)
    return key if key.isascii() else unicodedata.normalize("NFKC", key)


@lru_cache(maxsize=20_000)
def shelf(code: str) -> tuple[int, int, str, str]:
    """Return where the numbers of a code stand: GB and GB/T together, ISO and ISO/TR together."""
    kind = meaning(code).kind
    marked = MARK.search(code) if kind not in {Kind.GROUP, Kind.ENTERPRISE} else None
    body, mark = (code[: marked.start()], code[marked.start() :]) if marked else (code, "")
    return ORDER[kind], FIRST_BODIES.get(body, 9), body, mark


def _counter(number: str) -> re.Match[str] | None:
    return re.fullmatch(r"(.*?)(\d{1,9})", number)


def _chunks(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (0, int(chunk), chunk) if chunk.isdecimal() else (1, 0, chunk)
        for chunk in CHUNKS.findall(text)
    )
