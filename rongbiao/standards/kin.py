"""Kin (沿革与关系): the other editions of a standard, and what it is to other standards.

Both ends of a relation are keys; this joins them to the rows that the register holds. The
number of questions to the database does not depend on how many rows are found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from rongbiao.standards.currency import PLAIN
from rongbiao.standards.relation import Relation
from rongbiao.standards.standard import Standard
from rongbiao.texts.numbers import NotANumber, read_number

KIND = Relation.Kind
SUCCESSION = (KIND.REPLACES, KIND.REPLACES_PART)
GONE = {Standard.Status.SUPERSEDED, Standard.Status.WITHDRAWN}
MOST_OUT = 200  # relations of one standard to others that a page shows
MOST_EDITIONS = 60

# What an edition replaced, what that replaced, and so on; and the same upwards.
CHAIN = """
WITH RECURSIVE chain(key) AS (
  SELECT key FROM standards_standard WHERE bare_key = %s
  UNION
  SELECT r.{to} FROM standards_relation r JOIN chain ON r.{near} = chain.key
  WHERE r.kind = 'replaces'
)
SELECT key FROM chain LIMIT %s
"""


@dataclass(frozen=True)
class Tie:
    """One relation as one standard sees it: its words, the other end, and whether that changed."""

    relation: Relation
    words: Any  # lazy: 引用, 被引用 …
    number: str
    key: str
    other: Standard | None = None  # the row of the other end, where the register holds it
    successors: Sequence[Standard] = ()

    @property
    def shown(self) -> str:
        """The number of the other end as it is printed; an undated citation stays undated."""
        own = self.relation.subject_key == self.key  # of others: they name this one
        if self.other and (own or self.relation.dated):
            return self.other.shown
        try:
            return read_number(self.number).display
        except NotANumber:
            return self.number

    @property
    def changed(self) -> bool:
        """Tell whether a dated edition that is cited is no longer in force."""
        if self.other is None or self.relation.kind in SUCCESSION:
            return False
        own = self.relation.subject_key == self.key
        return not own and self.relation.dated and self.other.status in GONE


@dataclass
class Kin:
    """Everything around one edition."""

    outgoing: list[Tie] = field(default_factory=list)
    incoming: list[Tie] = field(default_factory=list)
    incoming_total: int = 0
    editions: list[Standard] = field(default_factory=list)  # this one included, oldest first
    replaced_by: list[Tie] = field(default_factory=list)
    replaces: list[Tie] = field(default_factory=list)

    @property
    def successors(self) -> list[Tie]:
        """What replaced this edition: published, or not held by the register."""
        return [tie for tie in self.replaced_by if not _draft(tie.other)]

    @property
    def drafts(self) -> list[Tie]:
        """The projects that are to replace this edition."""
        return [tie for tie in self.replaced_by if _draft(tie.other)]

    @property
    def changed(self) -> list[Tie]:
        """The cited documents that are no longer in force."""
        return [tie for tie in self.outgoing if tie.changed]

    @property
    def total(self) -> int:
        """How many relations there are in all, succession left out."""
        return len(self.outgoing) + self.incoming_total


def _draft(row: Standard | None) -> bool:
    return row is not None and row.status == Standard.Status.PROJECT


def plain(row: Standard) -> bool:
    """Tell whether a row is an edition, and not an amendment, a corrigendum or a project."""
    return not _draft(row) and PLAIN.fullmatch(row.key[len(row.bare_key) :]) is not None


def named_by(bare_key: str) -> Standard | None:
    """Return the edition that names all of a standard: the newest that is no amendment.

    Where only amendments or projects are held, the newest of them.
    """
    rows = Standard.objects.filter(bare_key=bare_key).defer("abstract", "drafted_by")
    return max(rows, key=lambda row: (plain(row), row.year or 0, row.sorting), default=None)


def toward(standard: Standard, *, present: bool) -> Q:
    """Return the relations that name an edition; an undated citation means the present one."""
    named = Q(object_key=standard.key)
    if present and standard.bare_key != standard.key:
        named |= Q(object_key=standard.bare_key)
    return named


def incoming(standard: Standard, *, present: bool) -> Any:
    """Return the relations of others to an edition, succession left out, the newest number first."""
    rows = Relation.objects.filter(toward(standard, present=present)).exclude(kind__in=SUCCESSION)
    return rows.order_by("kind", "-subject_key", "id")


def kin(standard: Standard, *, size: int = 20) -> Kin:
    """Return what surrounds an edition: at most ``size`` of the relations that others have to it."""
    editions = family(standard)
    present = standard.pk == getattr(present_of(editions), "pk", None)
    out = list(Relation.objects.filter(subject_key=standard.key).order_by("kind", "id")[:MOST_OUT])
    others = incoming(standard, present=present)
    toward_it = list(others[:size])
    total = len(toward_it) if len(toward_it) < size else others.count()
    after = list(Relation.objects.filter(object_key=standard.key, kind__in=SUCCESSION))
    found = rows_of([(row.object, row.object_key) for row in out])
    found |= rows_of([(row.subject, row.subject_key) for row in (*toward_it, *after)])
    gone = [row.key for row in found.values() if row.status in GONE]
    next_ones = successors(gone)
    ties = [_out(row, found, next_ones) for row in out]
    return Kin(
        outgoing=[tie for tie in ties if tie.relation.kind not in SUCCESSION],
        incoming=[_in(row, found) for row in toward_it],
        incoming_total=total,
        editions=editions,
        replaced_by=[_in(row, found) for row in after],
        replaces=[tie for tie in ties if tie.relation.kind in SUCCESSION],
    )


def _out(row: Relation, found: dict[str, Standard], next_ones: dict[str, list[Standard]]) -> Tie:
    other = found.get(row.object_key)
    after = next_ones.get(other.key, []) if other else []
    return Tie(row, row.get_kind_display(), row.object, row.object_key, other, after)


def _in(row: Relation, found: dict[str, Standard]) -> Tie:
    other = found.get(row.subject_key)
    return Tie(row, row.reverse_words, row.subject, row.subject_key, other)


def ties_in(rows: Iterable[Relation]) -> list[Tie]:
    """Return relations of others as ties, with the rows at their other ends."""
    rows = list(rows)
    found = rows_of([(row.subject, row.subject_key) for row in rows])
    return [_in(row, found) for row in rows]


def rows_of(named: Iterable[tuple[str, str]]) -> dict[str, Standard]:
    """Return the row for each (number, key); a key without a year gives the present edition."""
    named = list(named)
    if not named:
        return {}
    keys = {key for _number, key in named}
    rows = Standard.objects.filter(Q(key__in=keys) | Q(bare_key__in=keys))
    found: dict[str, Standard] = {}
    editions: dict[str, list[Standard]] = {}
    for row in rows.defer("abstract", "drafted_by"):
        found[row.key] = row
        editions.setdefault(row.bare_key, []).append(row)
    for key in keys - found.keys():
        if key in editions:
            found[key] = present_of(editions[key])
    return found


def successors(keys: Sequence[str]) -> dict[str, list[Standard]]:
    """Return what replaced each of some editions, as far as the register holds it."""
    if not keys:
        return {}
    pairs = Relation.objects.filter(object_key__in=keys, kind__in=SUCCESSION)
    by_new: dict[str, list[str]] = {}
    for old, new in pairs.values_list("object_key", "subject_key"):
        by_new.setdefault(new, []).append(old)
    found: dict[str, list[Standard]] = {}
    for row in Standard.objects.filter(key__in=by_new).only(
        "key", "number", "level", "year", "status", "title"
    ):
        for old in by_new[row.key]:
            found.setdefault(old, []).append(row)
    return found


def family(standard: Standard) -> list[Standard]:
    """Return every edition under one number, and those before and after under other numbers."""
    keys: set[str] = {standard.key}
    with connection.cursor() as cursor:
        for near, to in (("subject_key", "object_key"), ("object_key", "subject_key")):
            cursor.execute(CHAIN.format(near=near, to=to), [standard.bare_key, MOST_EDITIONS])
            keys |= {key for (key,) in cursor.fetchall()}
    rows = Standard.objects.filter(key__in=keys).defer("abstract", "drafted_by")
    return sorted(rows, key=_age)


def _age(row: Standard) -> tuple:
    begun = row.issued_on or row.implemented_on or date(row.year or 1, 1, 1)
    return (begun, row.sorting)


def present_of(editions: Sequence[Standard]) -> Standard:
    """Return the edition that a number without a year means: in force, else the newest."""
    ranks = {
        Standard.Status.CURRENT: 4,
        Standard.Status.UPCOMING: 2,
        "": 3,  # its source says nothing about its state
        Standard.Status.SUPERSEDED: 1,
        Standard.Status.WITHDRAWN: 1,
    }
    return max(editions, key=lambda row: (ranks.get(row.status, 0), _age(row)))
