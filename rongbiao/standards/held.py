"""Held (名录所载): everything the register holds around many numbers, asked for at once.

A number of questions that does not depend on how many numbers there are: what replaces them, and
what replaces that; the editions of the same numbers; what may have been meant by one not held.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from .standard import Standard

PLAIN = re.compile(
    r"-\d{4}|(?:\(V\d+\))?\(\d\d/\d{4}\)"
)  # what follows the bare key of an edition: its date
COLUMNS = (
    "id, key, number, title, bare_key, status, {issued_on}, {implemented_on}, {withdrawn_on}, "
    "year, source, {source_on}, basis, resolver_key"
)
DAYS = ("issued_on", "implemented_on", "withdrawn_on", "source_on")
UPWARDS = """
    WITH RECURSIVE up(object_key, subject_key, subject, basis, source) AS (
      SELECT object_key, subject_key, subject, basis, source FROM standards_relation
      WHERE kind = 'replaces' AND {among}
      UNION
      SELECT r.object_key, r.subject_key, r.subject, r.basis, r.source
      FROM standards_relation r JOIN up ON r.object_key = up.subject_key
      WHERE r.kind = 'replaces'
    ) SELECT * FROM up"""
PARTS = """
    FROM {pairs} JOIN standards_standard ON bare_key {from_} asked.low AND bare_key {below} asked.high
"""


class Edition(NamedTuple):
    """What is needed of a row to judge it."""

    pk: int
    key: str
    number: str
    title: str
    bare: str
    status: str
    issued_on: date | None
    implemented_on: date | None
    withdrawn_on: date | None
    year: int | None
    source: str
    source_on: date | None
    basis: str
    resolver_key: str

    @property
    def begins(self) -> date | None:
        """The day from which it holds: of implementation, else of issue, else its year."""
        first = self.implemented_on or self.issued_on
        return first or (date(self.year, 12, 31) if self.year else None)

    @property
    def plain(self) -> bool:
        """Whether it is an edition, and not an amendment of one."""
        return PLAIN.fullmatch(self.key[len(self.bare) :]) is not None


@dataclass(slots=True)
class Held:
    """The editions of the register around some numbers, and what replaces them."""

    editions: dict[str, Edition] = field(default_factory=dict)  # by key
    by_bare: dict[str, list[Edition]] = field(default_factory=dict)  # in order of their years
    by_resolver: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    newer: dict[str, list[tuple[str, str, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )  # key: (key, number, basis, source) of what replaces it

    def ask(self, keys: Iterable[str], bares: Iterable[str]) -> set[str]:
        """Ask what replaces some keys, and for the editions of some numbers; return the replacing keys."""
        replacing: set[str] = set()
        with connection.cursor() as cursor:
            cursor.execute(UPWARDS.format(among=_among("object_key")), [_listed(keys)])
            for older, newer, number, basis, source in cursor.fetchall():
                self.newer[older].append((newer, number, basis, source))
                replacing.add(newer)
        self.take("bare_key", bares)
        return replacing

    def take(self, column: str, values: Iterable[str]) -> None:
        """Ask for the editions one of whose columns is among some values."""
        where = f"FROM standards_standard WHERE {_among(column)}"
        self._take(where, [_listed(values)], resolved=column == "resolver_key")

    def take_alike(self, keys: Iterable[str]) -> None:
        """Ask for every edition of the numbers that some keys are of."""
        inner = f"SELECT bare_key FROM standards_standard WHERE {_among('key')}"  # noqa: S608
        self._take(f"FROM standards_standard WHERE bare_key IN ({inner})", [_listed(keys)])

    def take_between(self, bounds: Iterable[tuple[str, str]]) -> None:
        """Ask for the editions whose bare key is in one of some spans of the order of bytes."""
        pairs = list(bounds)
        values: list[Any]
        if connection.vendor == "postgresql":  # the order of text_pattern_ops
            values = [[low for low, _ in pairs], [high for _, high in pairs]]
            asked, signs = "unnest(%s::text[], %s::text[]) AS asked(low, high)", ("~>=~", "~<~")
        else:
            values = [json.dumps(pairs)]
            asked = (
                "(SELECT json_extract(value, '$[0]') AS low, json_extract(value, '$[1]') AS high "
                "FROM json_each(%s)) AS asked"
            )
            signs = (">=", "<")
        self._take(PARTS.format(pairs=asked, from_=signs[0], below=signs[1]), values)

    def _take(self, where: str, values: list[Any], *, resolved: bool = False) -> None:
        # Of SQLite a day comes as its text where an expression is asked for, which is quicker.
        lite = connection.vendor == "sqlite"
        columns = COLUMNS.format(**{name: f"{'+' if lite else ''}{name}" for name in DAYS})
        fresh: dict[str, list[Edition]] = {}
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} {where}", values)
            found = cursor.fetchall()
        held = self.editions
        for row in map(_with_days, found) if lite else found:
            edition: Edition = tuple.__new__(Edition, row)
            if resolved:
                self.by_resolver[edition.resolver_key].append(edition.number)
            if edition.key not in held:
                held[edition.key] = edition
                if (alike := fresh.get(edition.bare)) is None:
                    fresh[edition.bare] = [edition]
                else:
                    alike.append(edition)
        for bare, new in fresh.items():
            editions = self.by_bare[bare] + new if bare in self.by_bare else new
            if len(editions) > 1:
                editions.sort(key=lambda one: (one.year or 0, one.begins or date.min, one.key))
            self.by_bare[bare] = editions

    def later(self, edition: Edition) -> Sequence[Edition]:
        """Return the later editions of the same number, whenever they hold; no drafts, no amendments."""
        alike = self.by_bare.get(edition.bare, [])
        if len(alike) < 2 or not _issued(edition):
            return ()
        return [one for one in alike[alike.index(edition) + 1 :] if _issued(one)]

    def amended(self, edition: Edition | None) -> list[Edition]:
        """Return the amendments of an edition that are held."""
        alike = self.by_bare.get(edition.bare, ()) if edition else ()
        if edition is None or len(alike) < 2:
            return []
        return [one for one in alike if one.key.startswith(f"{edition.key}/")]


def _issued(edition: Edition) -> bool:
    return edition.plain and edition.status != Standard.Status.PROJECT


def _with_days(row: tuple) -> tuple:
    """Return a row of SQLite with its days as days."""
    day = date.fromisoformat
    (
        pk,
        key,
        number,
        title,
        bare,
        status,
        issued,
        begun,
        gone,
        year,
        source,
        said,
        basis,
        resolver,
    ) = row
    return (
        pk, key, number, title, bare, status, day(issued) if issued else None, day(begun) if begun else None,
        day(gone) if gone else None, year, source, day(said) if said else None, basis, resolver,
    )  # fmt: skip


def _listed(values: Iterable[str]) -> str | list[str]:
    found = list(values)
    return found if connection.vendor == "postgresql" else json.dumps(found)


def _among(column: str) -> str:
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)"
    return f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608
