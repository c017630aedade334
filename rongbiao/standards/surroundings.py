"""Surroundings (引用图): what a standard cites and who cites it, two steps deep, within limits.

The number of questions to the database does not depend on how much is found, and none reads
more rows than it gives: a standard that 20,000 others cite is answered like one cited by ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from .kin import Tie, plain, present_of, rows_of, successors
from .relation import Relation
from .standard import Standard

KIND = Relation.Kind
KINDS = (KIND.CITES, KIND.ADOPTS_IDT, KIND.ADOPTS_MOD, KIND.ADOPTS_NEQ)
GONE = {Standard.Status.SUPERSEDED, Standard.Status.WITHDRAWN}
FIRST, SECOND = 8, 3  # of the first step to a side, of the second to each of them
COUNTED = 1000  # of the second step: how far it is counted


@dataclass(frozen=True)
class Around:
    """One standard of the first step, with those of the second behind it."""

    tie: Tie
    behind: Sequence[Tie]
    total: int  # of the second step behind it, counted no further than ``COUNTED``

    @property
    def more(self) -> int:
        """How many stand behind it that are not given."""
        return max(0, self.total - len(self.behind))


@dataclass(frozen=True)
class Surroundings:
    """A standard, what it cites and who cites it; the totals are those of the first step."""

    standard: Standard
    cites: Sequence[Around]
    cited: Sequence[Around]
    cites_total: int
    cited_total: int

    def ties(self) -> Iterator[tuple[str, int, Tie, Tie | None]]:
        """Give every relation: its side (cites, cited), its step, itself, and through which."""
        for side, held in (("cites", self.cites), ("cited", self.cited)):
            for one in held:
                yield side, 1, one.tie, None
                for other in one.behind:
                    yield side, 2, other, one.tie


def surroundings(standard: Standard, first: int = FIRST, second: int = SECOND) -> Surroundings:
    """Return the surroundings of a standard: ``first`` a side, ``second`` behind each of those."""
    own = _keys(standard, _is_present(standard))
    out = _parts("subject_key", [[standard.key]], first)[0]
    to_it = _parts("object_key", [own], first)[0]
    totals = _counts([("subject_key", [standard.key]), ("object_key", own)], None)
    near = rows_of([*((one.object, one.object_key) for one in out),
                  *((one.subject, one.subject_key) for one in to_it)])  # fmt: skip
    beyond = [
        [near[one.object_key].key] if one.object_key in near else [one.object_key] for one in out
    ]
    before = [_cited_as(near.get(one.subject_key), one.subject_key) for one in to_it]
    behind_out = _parts("subject_key", beyond, second)
    behind_in = _parts("object_key", before, second)
    asked = [("subject_key", keys) for keys in beyond] + [("object_key", keys) for keys in before]
    counts = _counts(asked, COUNTED)
    far = near | rows_of([*((one.object, one.object_key) for held in behind_out for one in held),
                        *((one.subject, one.subject_key) for held in behind_in for one in held)])  # fmt: skip
    newer = successors([row.key for row in far.values() if row.status in GONE])
    cites = [
        Around(_out(one, far, newer), [_out(each, far, newer) for each in held], count)
        for one, held, count in zip(out, behind_out, counts, strict=False)
    ]
    cited = [
        Around(_in(one, far), [_in(each, far) for each in held], count)
        for one, held, count in zip(to_it, behind_in, counts[len(out) :], strict=True)
    ]
    return Surroundings(standard, cites, cited, *totals)


def _is_present(standard: Standard) -> bool:
    """Whether a citation without a year means this edition."""
    rows = Standard.objects.filter(bare_key=standard.bare_key).defer("abstract", "drafted_by")
    editions = [row for row in rows if plain(row)]
    return not editions or present_of(editions).pk == standard.pk


def _keys(standard: Standard, present: bool) -> list[str]:
    return [
        standard.key,
        *([standard.bare_key] if present and standard.bare_key != standard.key else []),
    ]


def _cited_as(row: Standard | None, key: str) -> list[str]:
    """Return under which keys others cite a standard of the first step."""
    return _keys(row, row.status == Standard.Status.CURRENT) if row else [key]


def _parts(column: str, asked: Sequence[Sequence[str]], most: int) -> list[list[Relation]]:
    """Return, for each set of keys, at most so many of its relations, in one question."""
    if not asked:
        return []
    pieces: list[str] = []
    values: list[str] = []
    columns = "id, kind, subject, subject_key, object, object_key, dated"
    for place, keys in enumerate(asked):
        for key in keys:
            pieces.append(
                f"SELECT * FROM (SELECT {place} AS place, {columns} FROM standards_relation "  # noqa: S608
                f"WHERE {column} = %s AND kind IN ({_marks(KINDS)}) LIMIT {int(most)}) AS p{len(pieces)}"
            )
            values += [key, *KINDS]
    found: list[list[Relation]] = [[] for _keys in asked]
    for place, pk, kind, subject, subject_key, object_, object_key, dated in _asked(pieces, values):
        if len(found[place]) < most:
            found[place].append(
                Relation(id=pk, kind=kind, subject=subject, subject_key=subject_key,
                         object=object_, object_key=object_key, dated=bool(dated))
            )  # fmt: skip
    return found


def _counts(asked: Sequence[tuple[str, Sequence[str]]], most: int | None) -> list[int]:
    """Return how many relations each set of keys has, counted to ``most``, in one question."""
    if not asked:
        return []
    pieces: list[str] = []
    values: list[str] = []
    limit = f" LIMIT {int(most)}" if most else ""
    for place, (column, keys) in enumerate(asked):
        pieces.append(
            f"SELECT {place}, count(*) FROM (SELECT 1 FROM standards_relation "  # noqa: S608
            f"WHERE {column} IN ({_marks(keys)}) AND kind IN ({_marks(KINDS)}){limit}) AS p{place}"
        )
        values += [*keys, *KINDS]
    return [count for _place, count in sorted(_asked(pieces, values))]


def _asked(pieces: Sequence[str], values: Sequence[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), list(values))
        return cursor.fetchall()


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _out(row: Relation, found: dict[str, Standard], newer: dict[str, list[Standard]]) -> Tie:
    other = found.get(row.object_key)
    after = newer.get(other.key, []) if other else []
    return Tie(row, row.get_kind_display(), row.object, row.object_key, other, after)


def _in(row: Relation, found: dict[str, Standard]) -> Tie:
    other = found.get(row.subject_key)
    return Tie(row, row.reverse_words, row.subject, row.subject_key, other)
