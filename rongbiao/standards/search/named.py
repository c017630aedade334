"""Numbers that somebody typed, looked up in the register itself: consistent at every moment."""

import re
from collections.abc import Iterator, Mapping, Sequence

from django.db import connection
from django.db.models import F, OrderBy, Q, QuerySet

from rongbiao.standards.numbering import bare
from rongbiao.standards.search.entry import CCS, ICS, STANDING, year_of
from rongbiao.standards.search.sections import sections
from rongbiao.standards.standard import Participation, Standard
from rongbiao.texts.numbers import StandardNumber

MOST = 100  # editions that one number names
NEAR = re.compile(r"\d")


def editions(number: StandardNumber, filters: Mapping[str, Sequence[str]]) -> list[int]:
    """Return the editions a number names: itself, its number space, then its other years.

    Within each, those in force come before withdrawn ones, and newer before older.
    """
    key, resolver, undated = number.key, number.resolver_key, bare(number)
    alike = Q(key=key) | Q(resolver_key=resolver) | Q(bare_key=undated)
    if resolver != key:  # GB and GB/T are one space: the other mandate, whatever its year
        spaces = [undated.replace("GB/T", "GB", 1).replace("GB/Z", "GB", 1)]
        spaces += [spaces[0].replace("GB", f"GB/{mark}", 1) for mark in "TZ"]
        alike |= Q(bare_key__in=spaces)
    elif key.startswith("GB") and key[2:3].isdigit():
        alike |= Q(bare_key__in=[undated.replace("GB", f"GB/{mark}", 1) for mark in "TZ"])
    columns = ("pk", "key", "resolver_key", "bare_key", "status", "issued_on", "year")
    rows = list(Standard.objects.filter(alike).order_by().values_list(*columns, named=True)[:MOST])
    rows.sort(key=lambda row: str(row.issued_on or row.year or ""), reverse=True)
    rows.sort(
        key=lambda row: (
            row.key != key,
            row.resolver_key != resolver,
            row.bare_key != undated,
            -STANDING.get(row.status, 0),
        )
    )
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


def beginning(text: str, size: int) -> list[Standard]:
    """Return editions whose numbers begin like this, the shortest and those in force first."""
    if not (rows := list(_prefixed(text)[: 8 * size])):
        return []
    rows.sort(key=lambda row: str(row.issued_on or row.year or ""), reverse=True)
    rows.sort(key=lambda row: (len(row.bare_key), -STANDING.get(row.status, 0)))
    return rows[:size]


class ByCodePoint(OrderBy):
    """The order of PostgreSQL's index for beginnings, whatever the language of the database."""

    template = "%(expression)s USING ~<~"

    def __init__(self, name: str) -> None:
        super().__init__(F(name))


def _prefixed(text: str) -> QuerySet[Standard]:
    """Return a range of the index of resolver keys, by the way each database ranges over text."""
    columns = Standard.objects.only("number", "title", "bare_key", "status", "issued_on", "year")
    if connection.vendor == "sqlite":  # its LIKE folds case and uses no index
        found = columns.filter(resolver_key__gte=text, resolver_key__lt=text + "\U0010ffff")
        return found.order_by("resolver_key")
    return columns.filter(resolver_key__startswith=text).order_by(ByCodePoint("resolver_key"))


def near(number: StandardNumber) -> str:
    """Return a number of the register one slip away from one that it does not hold, or nothing."""
    undated = bare(number)
    candidates = list(dict.fromkeys(_slips(undated)))[:400]
    rows = Standard.objects.filter(bare_key__in=candidates).only("number", "bare_key", "status")
    found = {row.bare_key: row.number for row in rows.order_by("year", "key")}
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
