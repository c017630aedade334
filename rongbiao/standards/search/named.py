"""Numbers that somebody typed, looked up in the register itself: consistent at every moment."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from rongbiao.standards.numbering import bare, own_code
from rongbiao.standards.search.entry import CCS, ICS, LEVELS, STANDING, year_of
from rongbiao.standards.search.sections import sections
from rongbiao.standards.standard import Participation, Standard
from rongbiao.texts.numbers import StandardNumber
from rongbiao.texts.numbers.codes import CODES, Kind

MOST = 100  # editions that one number names
# How the key of an amendment goes on after the key of what it amends; a consolidated edition has “+”.
AMENDS = re.compile(r"[/)](?:TECHNICAL)?(?:AMD|COR|ADD|XG|AMENDMENT|CORRIGENDUM)")
ABROAD = (
    "ISO", "ISO/TS", "ISO/TR", "IEC", "IECTS", "IECTR", "ISO/IEC", "ISO/IECTS", "ISO/IECTR",
    "ITU-T", "ITU-R",
)  # fmt: skip
NEAR = re.compile(r"\d")
CHUNK = re.compile(r"\d+|\D+")


class Named(NamedTuple):
    """What sorts the editions that a number names."""

    pk: int
    key: str
    resolver_key: str
    bare_key: str
    status: str
    issued_on: object
    year: int | None
    level: str

    @property
    def day(self) -> str:
        return str(self.issued_on or self.year or "")

    @property
    def amends(self) -> bool:
        return bool(AMENDS.search(self.key))


class Begun(NamedTuple):
    """An edition whose number begins as somebody typed."""

    pk: int
    number: str
    title: str
    bare_key: str
    status: str
    issued_on: object
    year: int | None

    @property
    def day(self) -> str:
        return str(self.issued_on or self.year or "")


def looked_up(columns: str, where: str, values: Sequence[Any], end: str = "") -> list[tuple]:
    """Return columns of editions; plain SQL, since somebody waits while typing."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {columns} from standards_standard where {where} {end}", values)  # noqa: S608
        return cursor.fetchall()


def editions(number: StandardNumber, filters: Mapping[str, Sequence[str]]) -> list[int]:
    """Return the editions a number names: itself, its number space, then its other years.

    Within each, those in force come before withdrawn ones, what is whole before amendments, and
    newer before older. Where none of them is in force, its parts follow, those in force before all
    that is gone. “ISO 27001” names ISO/IEC 27001, as no body uses the serial of another.
    """
    key, resolver, undated = number.key, number.resolver_key, bare(number)
    bares = [undated]
    if resolver != key:  # GB and GB/T are one space: the other mandate, whatever its year
        spaces = undated.replace("GB/T", "GB", 1).replace("GB/Z", "GB", 1)
        bares += [spaces, *(spaces.replace("GB", f"GB/{mark}", 1) for mark in "TZ")]
    elif key.startswith("GB") and key[2:3].isdigit():
        bares += [undated.replace("GB", f"GB/{mark}", 1) for mark in "TZ"]
    rows = _named(f"key = %s or resolver_key = %s or {_among(bares)}", [key, resolver, *bares])
    other = [] if rows else _of_another_body(number)
    rows += other
    parts = []
    if not any(STANDING.get(row.status, 0) for row in rows):
        parts = _parts(number)  # what is in force may have become several parts
    rows += parts
    rows.sort(
        key=lambda row: (
            row.key != key,
            row.resolver_key != resolver,
            bool(other) and number.year not in {None, row.year},
            bool(parts) and not STANDING.get(row.status, 0),
            row.bare_key != undated,
            -STANDING.get(row.status, 0),
            row.amends,
        )
    )
    return _within(rows, filters)


def _of_another_body(number: StandardNumber) -> list[Named]:
    """Return the editions of this serial by ISO, IEC or both, which people often leave out."""
    undated = bare(number)
    body = next(
        (one for one in sorted(ABROAD, key=len, reverse=True) if undated.startswith(one)), ""
    )
    bares = [f"{one}{undated[len(body) :]}" for one in ABROAD] if body else []
    return _named(_among(bares), bares) if bares else []


def _parts(number: StandardNumber) -> list[Named]:
    """Return the parts of a number in their order."""
    mark = "." if number.chinese else "-"
    undated = number.undated
    rows = _named(*_prefixed(undated.resolver_key + mark))
    rows = [row for row in rows if row.bare_key != undated.key]
    return sorted(rows, key=lambda row: [(len(one), one) for one in CHUNK.findall(row.bare_key)])


def numbered(serial: str, year: int | None, filters: Mapping[str, Sequence[str]]) -> list[int]:
    """Return the editions of this serial under whichever code: “9001” names ISO 9001.

    Those of the year come first if there is one, those that are gone last; national ones before
    those of sectors, and so on, newer before older.
    """
    bares = [f"{code}{serial}" for code in _codes()]
    rows = _named(_among(bares), bares)
    rows.sort(
        key=lambda row: (
            year is not None and row.year != year,
            not STANDING.get(row.status, 0),
            -LEVELS.index(row.level) if row.level in LEVELS else 0,
            -STANDING.get(row.status, 0),
            row.amends,
        )
    )
    return _within(rows, filters)


@cache
def _codes() -> tuple[str, ...]:
    """Return how the keys of standards begin that people call by their serial alone."""
    own = own_code()
    said = [one.code for one in CODES.values() if one.kind in {Kind.NATIONAL, Kind.SECTOR}]
    here = [f"{one}{mark}" for one in (*said, own, own[:4]) for mark in ("", "/T")]
    return *here, "GB/Z", *ABROAD


def _among(bares: Sequence[str]) -> str:
    return f"bare_key in ({', '.join(['%s'] * len(bares))})"


def _named(where: str, values: Sequence[str]) -> list[Named]:
    """Return editions, the newest first."""
    columns = "id, key, resolver_key, bare_key, status, issued_on, year, level"
    rows = [Named(*row) for row in looked_up(columns, where, values, f"limit {MOST}")]
    rows.sort(key=lambda row: row.day, reverse=True)
    return rows


def _within(rows: Sequence[Named], filters: Mapping[str, Sequence[str]]) -> list[int]:
    """Return the primary keys of what passes the filters."""
    pks = [row.pk for row in rows]
    if filters and pks:
        kept = {row.pk for row in Standard.objects.filter(pk__in=pks) if holds(row, filters)}
        pks = [pk for pk in pks if pk in kept]
    return pks


def holds(row: Standard, filters: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether an edition passes every filter."""
    ics, ccs = ICS.findall(row.ics), CCS.findall(row.ccs)
    known = sections()
    said = {
        "level": {row.level},
        "status": {row.status},
        "nature": {row.nature},
        "ics": {one[:end] for one in ics for end in (2, 6, 9)},
        "ccs": {one[:end] for one in ccs for end in (1, 2, 3)},
        "region": {row.region[:end] for end in (2, 4, 6)},
        "year": {year_of(str(row.issued_on), row.year)},
        "section": {key for key, one in known.items() if one.holds(ics, ccs)},
        "organization": {row.publisher, row.owner},
    }
    if "organization" in filters:
        names = Participation.objects.filter(standard=row).values_list("name", flat=True)
        said["organization"].update(names)
    return all(not said[facet].isdisjoint(values) for facet, values in filters.items())


def beginning(text: str, size: int) -> list[Begun]:
    """Return editions whose numbers begin like this, the shortest and those in force first."""
    columns = "id, number, title, bare_key, status, issued_on, year"
    # By code points, as PostgreSQL's index for beginnings is sorted in any language.
    using = "" if connection.vendor == "sqlite" else "using ~<~"
    end = f"order by resolver_key {using} limit {8 * size}"
    rows = [Begun(*row) for row in looked_up(columns, *_prefixed(text), end)]
    rows.sort(key=lambda row: row.day, reverse=True)
    rows.sort(key=lambda row: (len(row.bare_key), -STANDING.get(row.status, 0)))
    return rows[:size]


def _prefixed(text: str) -> tuple[str, list[str]]:
    """Return a range of the index of resolver keys, by the way each database ranges over text."""
    if connection.vendor == "sqlite":  # its LIKE folds case and uses no index
        return "resolver_key >= %s and resolver_key < %s", [text, text + "\U0010ffff"]
    return "resolver_key like %s", [connection.ops.prep_for_like_query(text) + "%"]


def near(number: StandardNumber) -> str:
    """Return a number of the register one slip away from one that it does not hold, or nothing."""
    undated = bare(number)
    candidates = list(dict.fromkeys(_slips(undated)))[:400]
    if not candidates:
        return ""
    where = f"bare_key in ({', '.join(['%s'] * len(candidates))})"
    found = dict(looked_up("bare_key, number", where, candidates, "order by year, key"))
    return next((found[one] for one in candidates if one in found), "")


def _slips(key: str) -> Iterator[str]:
    """Give a key with two figures exchanged, one left out, one changed, one added."""
    places = [found.start() for found in NEAR.finditer(key)]
    for at in places:
        if key[at + 1 : at + 2].isdigit():
            yield key[:at] + key[at + 1] + key[at] + key[at + 2 :]
    for at in places:
        yield key[:at] + key[at + 1 :]
    for at in places:
        yield from (key[:at] + figure + key[at + 1 :] for figure in "0123456789")
    for at in places:
        yield from (key[:at] + figure + key[at:] for figure in "0123456789")
    yield from (key + figure for figure in "0123456789")
