"""Currency (时效): whether a number is in force on a day, and by what it was replaced.

``standings`` answers any number of numbers with a constant number of questions to the
database. What the sources say outright (a day of withdrawal, a relation “replaces”, the
status) is sure; what follows only from a later edition of the same number is not.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db import connection
from django.utils.translation import gettext as _

from rongbiao.texts.numbers import bulk_numbers

from .numbering import bare_key
from .standard import Standard

PLAIN = re.compile(r"-\d{4}|\(\d\d/\d{4}\)")  # what follows the bare key of an edition: its date
LONGEST = 40  # editions in one chain
MOST = 8  # candidates named
OVER = {Standard.Status.SUPERSEDED, Standard.Status.WITHDRAWN}


class State(StrEnum):
    """What a number is on a day."""

    PROJECT = "project"
    UPCOMING = "upcoming"
    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Edition:
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

    @property
    def begins(self) -> date | None:
        """The day from which it holds: of implementation, else of issue, else its year."""
        first = self.implemented_on or self.issued_on
        return first or (date(self.year, 12, 31) if self.year else None)

    @property
    def plain(self) -> bool:
        """Whether it is an edition, and not an amendment of one."""
        return PLAIN.fullmatch(self.key[len(self.bare) :]) is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer for one number on one day, with what it rests on."""

    asked: str
    on: date
    state: State
    number: str = ""  # in canonical form
    edition: Edition | None = None  # the row that the answer is about, where there is one
    undated: bool = False  # asked without a year: the edition is the present one
    since: date | None = None  # from when the state holds
    replaced_by: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()  # from what was asked to the last of its successors
    present: str = ""  # the edition in force on that day, where there is one
    basis: str = ""  # of the row or relation that decides
    source: str = ""
    sure: bool = True
    why: str = ""
    candidates: tuple[str, ...] = ()  # what may have been meant by an unknown number


@dataclass
class Known:
    """Everything the register holds around the numbers asked."""

    editions: dict[str, Edition] = field(default_factory=dict)  # by key
    by_bare: dict[str, list[Edition]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, Edition] = field(default_factory=dict)
    issued: dict[str, list[Edition]] = field(default_factory=dict)  # no drafts, no amendments
    places: dict[str, int] = field(default_factory=dict)  # among the issued
    by_resolver: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    newer: dict[str, list[tuple[str, str, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )  # key: (key, number, basis, source) of what replaces it


def standing(number: str, on: date) -> Standing:
    """Return what a number is on a day."""
    return standings([number], on)[0]


def standings(numbers: Iterable[str], on: date) -> list[Standing]:
    """Return what numbers are on a day, in their order."""
    asked = list(numbers)
    read = list(bulk_numbers(asked))
    bares = ["" if one.why else bare_key(one.number, one.key, one.year) for one in read]
    known = _known(
        {one.key: one.resolver_key for one in read if one.key}, {one for one in bares if one}
    )
    judge = Judge(known, on)
    return [
        _unread(text, on, one.why) if one.why else judge.answer(text, one, bare)
        for text, one, bare in zip(asked, read, bares, strict=True)
    ]


def _unread(text: str, on: date, why: str) -> Standing:
    return Standing(text, on, State.UNKNOWN, sure=False, why=why)


def _listed(values: Iterable[str]) -> str | list[str]:
    found = list(values)
    return found if connection.vendor == "postgresql" else json.dumps(found)


def _among(column: str) -> str:
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)"
    return f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608


def _known(asked: dict[str, str], bares: set[str]) -> Known:
    """Ask the register: what replaces what, the editions concerned, and the like of them.

    ``asked`` holds the resolver key of every key; it counts where the key is not held.
    """
    known = Known()
    newer_keys: set[str] = set()
    upwards = f"""
        WITH RECURSIVE up(object_key, subject_key, subject, basis, source) AS (
          SELECT object_key, subject_key, subject, basis, source FROM standards_relation
          WHERE kind = 'replaces' AND {_among("object_key")}
          UNION
          SELECT r.object_key, r.subject_key, r.subject, r.basis, r.source
          FROM standards_relation r JOIN up ON r.object_key = up.subject_key
          WHERE r.kind = 'replaces'
        ) SELECT * FROM up"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(upwards, [_listed(asked)])
        for older, newer, number, basis, source in cursor.fetchall():
            known.newer[older].append((newer, number, basis, source))
            newer_keys.add(newer)
    shown = (
        "id, key, number, title, bare_key, status, issued_on, implemented_on, withdrawn_on, "
        "year, source, source_on, basis, resolver_key"
    )
    table = f"SELECT {shown} FROM standards_standard WHERE "  # noqa: S608
    alike = f"bare_key IN (SELECT bare_key FROM standards_standard WHERE {_among('key')})"  # noqa: S608
    for where, wanted in (
        (_among("bare_key"), lambda: bares),
        (alike, lambda: newer_keys - known.editions.keys()),
        (
            _among("resolver_key"),
            lambda: {resolver for key, resolver in asked.items() if key not in known.editions},
        ),
    ):
        with connection.cursor() as cursor:
            cursor.execute(table + where, [_listed(wanted())])
            for *columns, resolver in cursor.fetchall():
                edition = Edition(*columns)
                if edition.key not in known.editions:
                    known.editions[edition.key] = edition
                    known.by_number[edition.number] = edition
                    known.by_bare[edition.bare].append(edition)
                    known.by_resolver[resolver].append(edition.number)
    for bare, editions in known.by_bare.items():
        editions.sort(key=lambda one: (one.year or 0, one.begins or date.min, one.key))
        issued = [one for one in editions if one.plain and one.status != Standard.Status.PROJECT]
        known.issued[bare] = issued
        known.places |= {one.key: place for place, one in enumerate(issued)}
    return known


class Judge:
    """Judges editions by what is known, on one day."""

    def __init__(self, known: Known, on: date) -> None:
        self.known, self.on = known, on

    def answer(self, text: str, read, bare: str) -> Standing:
        """Return the answer for a number that could be read."""
        edition = self.known.editions.get(read.key)
        alike = self.known.by_bare.get(bare, [])
        if edition is None and read.year is None and any(one.plain for one in alike):
            return self._undated(text, read.number, alike)
        if edition is None:
            return self._absent(text, read, alike)
        return self._judged(text, edition)

    def _undated(self, text: str, number: str, alike: Sequence[Edition]) -> Standing:
        """A number without its year points to the edition in force, else to the last one."""
        editions = [one for one in alike if one.plain]
        found = [self._judged(text, one) for one in editions]
        current = [one for one in found if one.state is State.CURRENT]
        best = current[-1] if current else found[-1]
        why = _("未写年份，按当日有效的版本。") if current else _("未写年份，当日没有有效的版本。")
        return self._with(best, number=number, undated=True, why=why)

    @staticmethod
    def _with(standing: Standing, **changes) -> Standing:
        fields = {name: getattr(standing, name) for name in Standing.__slots__}
        return Standing(**fields | changes)

    def _absent(self, text: str, read, alike: Sequence[Edition]) -> Standing:
        """A number the register does not hold: perhaps it knows what replaced it."""
        later = self._successors(read.key)
        if later:
            newer, basis, source = later[0]
            chain = self._chain(read.key, read.number)
            return Standing(
                text, self.on, State.SUPERSEDED, read.number,
                since=newer.begins if newer else None,
                replaced_by=tuple(one.number for one, _b, _s in later),
                chain=chain, present=self._present(chain), basis=basis, source=source,
                why=_("名录中没有这一版本，但载明它已被代替。"),
            )  # fmt: skip
        named = [one.number for one in alike if one.plain]
        named += [
            one for one in self.known.by_resolver.get(read.resolver_key, []) if one not in named
        ]
        return Standing(
            text, self.on, State.UNKNOWN, read.number, sure=False,
            why=_("名录中没有这个编号。"), candidates=tuple(named[:MOST]),
        )  # fmt: skip

    def _successors(self, key: str) -> list[tuple[Edition, str, str]]:
        """Return what replaces a key by a stated relation and holds by the day, the first first."""
        found = []
        for newer, _number, basis, source in self.known.newer.get(key, ()):
            edition = self.known.editions.get(newer)
            if edition and edition.status != Standard.Status.PROJECT and self._begun(edition):
                found.append((edition, basis, source))
        return sorted(found, key=lambda one: (one[0].begins or date.min, one[0].key))

    def _begun(self, edition: Edition) -> bool:
        return edition.begins is not None and edition.begins <= self.on

    def _later(self, edition: Edition) -> list[Edition]:
        """Return the later editions of the same number, whenever they hold."""
        place = self.known.places.get(edition.key)
        return [] if place is None else self.known.issued[edition.bare][place + 1 :]

    def _judged(self, text: str, edition: Edition) -> Standing:
        """Return what an edition is on the day."""
        chain = self._chain(edition.key, edition.number)
        stated = self._successors(edition.key)
        later = self._later(edition)
        begun = [one for one in later if self._begun(one)]
        by = tuple(one.number for one, _b, _s in stated) or tuple(one.number for one in begun[:1])
        first = stated[0][0] if stated else begun[0] if begun else None
        over = edition.status in OVER
        says: dict = {"since": edition.begins, "basis": edition.basis, "source": edition.source}
        if edition.status == Standard.Status.PROJECT:
            state, says["since"] = State.PROJECT, None
        elif edition.begins and edition.begins > self.on:
            state = State.UPCOMING
        elif stated and first:
            _newer, basis, source = stated[0]
            state = State.SUPERSEDED
            says |= {"since": first.begins, "basis": basis, "source": source, "replaced_by": by}
        elif edition.withdrawn_on and edition.withdrawn_on <= self.on:
            state = State.SUPERSEDED if first else State.WITHDRAWN
            says |= {"since": edition.withdrawn_on, "replaced_by": by if first else ()}
        elif over and first:
            state = State.SUPERSEDED
            says |= {"since": first.begins, "replaced_by": by}
            says["why"] = _("来源载明已不再有效；由后一版本的实施日期推定。")
        elif first and edition.status == Standard.Status.CURRENT:
            state, says["sure"] = State.CURRENT, False
            says["why"] = _("来源载明现行，但另有后来的版本 {number}。").format(number=first.number)
        elif first:
            state, says["sure"] = State.SUPERSEDED, False
            says |= {"since": first.begins, "replaced_by": by}
            says["why"] = _("由同一编号的后一版本推定，来源没有载明。")
        elif over and not edition.withdrawn_on and not (later or self.known.newer.get(edition.key)):
            state, says["since"] = State.WITHDRAWN, None
            says["why"] = _("来源载明已废止，没有载明日期。")
            says["sure"] = self.on >= (edition.source_on or self.on)
        elif over:
            state, says["sure"] = State.CURRENT, False
            says["why"] = _("当日后一版本尚未实施，推定有效。")
        else:
            state = State.CURRENT
            says["sure"] = edition.status == Standard.Status.CURRENT
        return Standing(
            text, self.on, state, edition.number, edition,
            chain=chain, present=self._present(chain, edition, state), **says,
        )  # fmt: skip

    def _chain(self, key: str, number: str) -> tuple[str, ...]:
        """Return the numbers from one to the last of its successors by the day."""
        chain, seen = [number], {key}
        while len(chain) < LONGEST:
            edition = self.known.editions.get(key)
            stated = [one for one, _b, _s in self._successors(key)]
            later = [one for one in self._later(edition) if self._begun(one)] if edition else []
            following = [one for one in (stated[-1:] or later[:1]) if one.key not in seen]
            if not following:
                break
            key = following[0].key
            seen.add(key)
            chain.append(following[0].number)
        return tuple(chain)

    def _present(self, chain: Sequence[str], edition: Edition | None = None, state=None) -> str:
        """Return the last of a chain where it is in force on the day."""
        if edition is not None and state is State.CURRENT:
            return edition.number
        if len(chain) < 2:  # nothing follows
            return ""
        last = self.known.by_number.get(chain[-1])
        if last is None or last.status in OVER or not self._begun(last):
            return ""
        if last.withdrawn_on and last.withdrawn_on <= self.on:
            return ""
        return last.number
