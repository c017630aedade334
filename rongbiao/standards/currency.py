"""Currency (时效): whether a number is in force on a day, and by what it was replaced.

``standings`` answers any number of numbers with a constant number of questions to the
database. What the sources say outright (a day of withdrawal, a relation “replaces”, the
status) is sure; what follows only from a later edition of the same number is not.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from rongbiao.texts.numbers import StandardNumber, bulk_numbers

from .held import PLAIN, Edition, Held
from .numbering import bare_key
from .standard import Standard

__all__ = [
    "MOST", "PLAIN", "Asked", "Edition", "Judge", "Standing", "State", "judge", "standing", "standings",
]  # fmt: skip

LONGEST = 40  # editions in one chain
MOST = 8  # candidates named
OVER = {Standard.Status.SUPERSEDED, Standard.Status.WITHDRAWN}
# What is said beside a state; translated when it is first needed for a question.
UNDATED = gettext_noop("未写年份，按当日有效的版本。")
UNDATED_GONE = gettext_noop("未写年份，当日没有有效的版本。")
REPLACED_UNHELD = gettext_noop("名录中没有这一版本，但载明它已被代替。")
ABSENT = gettext_noop("名录中没有这个编号。")
GONE_BY_LATER = gettext_noop("来源载明已不再有效；由后一版本的实施日期推定。")
LATER_BESIDE = gettext_noop("来源载明现行，但另有后来的版本 {number}。")
BY_LATER = gettext_noop("由同一编号的后一版本推定，来源没有载明。")
GONE_UNDATED = gettext_noop("来源载明已废止，没有载明日期。")
NOT_YET_REPLACED = gettext_noop("当日后一版本尚未实施，推定有效。")


class State(StrEnum):
    """What a number is on a day."""

    PROJECT = "project"
    UPCOMING = "upcoming"
    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


class Standing(NamedTuple):
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


class Asked(NamedTuple):
    """A number as it is asked for: what was written, its canonical form and what it is found by."""

    text: str
    number: str
    key: str
    resolver_key: str
    bare: str
    year: int | None
    why: str = ""  # where it could not be read

    @classmethod
    def of(cls, number: StandardNumber) -> "Asked":
        """Return how a number is asked for; what stands behind it (an edition, a range) does not count."""
        if number.edition or number.all_parts or number.adopts or number.upto:
            number = number.bare
        text, key, year = str(number), number.key, number.year
        resolver = number.resolver_key if key.startswith("GB/") else key
        return tuple.__new__(cls, (text, text, key, resolver, bare_key(text, key, year), year, ""))


def standing(number: str, on: date) -> Standing:
    """Return what a number is on a day."""
    return standings([number], on)[0]


def standings(numbers: Iterable[str], on: date) -> list[Standing]:
    """Return what numbers are on a day, in their order."""
    texts = list(numbers)
    asked = [
        Asked(text, *one[:3], "" if one.why else bare_key(*one[:2], one.year), one.year, one.why)
        for text, one in zip(texts, bulk_numbers(texts), strict=True)
    ]
    found = judge(asked, on)
    return [found.answer(one) for one in asked]


def judge(asked: Iterable[Asked], on: date) -> "Judge":
    """Ask the register all that is needed to judge some numbers on a day."""
    read = {one.key: one for one in asked if one.key}
    held = Held()
    replacing = held.ask(read, {one.bare for one in read.values()})
    held.take_alike({key for key in replacing if key not in held.editions})
    held.take(
        "resolver_key",
        {one.resolver_key for key, one in read.items() if key not in held.editions},
    )
    return Judge(held, on)


class Judge:
    """Judges editions by what is held, on one day."""

    def __init__(self, held: Held, on: date) -> None:
        self.held, self.on = held, on
        self.said: dict[str, str] = {}  # sentences in the language of this question

    def answer(self, asked: Asked) -> Standing:
        """Return the answer for a number."""
        edition = self.held.editions.get(asked.key)
        if edition is not None:
            return self._judged(asked.text, edition)
        if asked.why:
            return Standing(asked.text, self.on, State.UNKNOWN, sure=False, why=asked.why)
        alike = self.held.by_bare.get(asked.bare, ())
        if asked.year is None and any(one.plain for one in alike):
            return self._undated(asked, alike)
        return self._absent(asked, alike)

    def _say(self, words: str) -> str:
        if (said := self.said.get(words)) is None:
            said = self.said[words] = _(words)
        return said

    def _undated(self, asked: Asked, alike: Sequence[Edition]) -> Standing:
        """A number without its year points to the edition in force, else to the last one."""
        found = [self._judged(asked.text, one) for one in alike if one.plain]
        current = [one for one in found if one.state is State.CURRENT]
        best = current[-1] if current else found[-1]
        why = self._say(UNDATED if current else UNDATED_GONE)
        return best._replace(number=asked.number, undated=True, why=why)

    def _absent(self, asked: Asked, alike: Sequence[Edition]) -> Standing:
        """A number the register does not hold: perhaps it knows what replaced it."""
        if later := self._successors(asked.key):
            newer, basis, source = later[0]
            chain = self._chain(asked.key, asked.number)
            return Standing(
                asked.text, self.on, State.SUPERSEDED, asked.number,
                since=newer.begins,
                replaced_by=tuple(one.number for one, _b, _s in later),
                chain=tuple(one for one, _e in chain), present=self._present(chain[-1][1]),
                basis=basis, source=source, why=self._say(REPLACED_UNHELD),
            )  # fmt: skip
        named = [one.number for one in alike if one.plain]
        named += [
            one for one in self.held.by_resolver.get(asked.resolver_key, ()) if one not in named
        ]
        return Standing(
            asked.text, self.on, State.UNKNOWN, asked.number, sure=False,
            why=self._say(ABSENT), candidates=tuple(named[:MOST]),
        )  # fmt: skip

    def _successors(self, key: str) -> list[tuple[Edition, str, str]]:
        """Return what replaces a key by a stated relation and holds by the day, the first first."""
        found = []
        for newer, _number, basis, source in self.held.newer.get(key, ()):
            edition = self.held.editions.get(newer)
            if edition and edition.status != Standard.Status.PROJECT and self._begun(edition):
                found.append((edition, basis, source))
        return sorted(found, key=lambda one: (one[0].begins or date.min, one[0].key))

    def _begun(self, edition: Edition) -> bool:
        return (begins := edition.begins) is not None and begins <= self.on

    def _judged(self, text: str, edition: Edition) -> Standing:
        """Return what an edition is on the day."""
        related = edition.key in self.held.newer
        later = self.held.later(edition)
        begins, status = edition.begins, edition.status
        plainly = status == Standard.Status.CURRENT and begins and begins <= self.on
        if plainly and not (later or related or edition.withdrawn_on):  # most are
            number = edition.number
            return Standing(
                text, self.on, State.CURRENT, number, edition, False, begins, (), (number,),
                number, edition.basis, edition.source,
            )  # fmt: skip
        stated = self._successors(edition.key) if related else []
        begun = [one for one in later if self._begun(one)]
        first = stated[0][0] if stated else begun[0] if begun else None
        chain = self._chain(edition.key, edition.number) if first else [(edition.number, edition)]
        says: dict[str, Any] = {"since": begins, "basis": edition.basis, "source": edition.source}
        says |= self._state(edition, stated, begun, bool(later or related))
        present = edition.number if says["state"] is State.CURRENT else ""
        return Standing(
            text, self.on, number=edition.number, edition=edition,
            chain=tuple(one for one, _e in chain),
            present=present or (self._present(chain[-1][1]) if len(chain) > 1 else ""), **says,
        )  # fmt: skip

    def _state(self, edition, stated, begun, followed: bool) -> dict[str, Any]:
        """Return what decides the state of an edition, by what replaces it and what came after it."""
        first = stated[0][0] if stated else begun[0] if begun else None
        by = tuple(one.number for one, _b, _s in stated) or tuple(one.number for one in begun[:1])
        replaced = {"state": State.SUPERSEDED, "replaced_by": by}
        if edition.status == Standard.Status.PROJECT:
            return {"state": State.PROJECT, "since": None}
        if edition.begins and edition.begins > self.on:
            return {"state": State.UPCOMING}
        if stated:
            _newer, basis, source = stated[0]
            return replaced | {"since": first.begins, "basis": basis, "source": source}
        if (gone := edition.withdrawn_on) and gone <= self.on:
            return (replaced if first else {"state": State.WITHDRAWN}) | {"since": gone}
        if first:
            return self._after(edition, first, replaced)
        return self._alone(edition, followed)

    def _after(self, edition: Edition, first: Edition, replaced: dict) -> dict[str, Any]:
        """Return what is assumed of an edition because a later one of the same number holds."""
        if edition.status in OVER:
            return replaced | {"since": first.begins, "why": self._say(GONE_BY_LATER)}
        if edition.status == Standard.Status.CURRENT:
            why = self._say(LATER_BESIDE).format(number=first.number)
            return {"state": State.CURRENT, "sure": False, "why": why}
        return replaced | {"since": first.begins, "sure": False, "why": self._say(BY_LATER)}

    def _alone(self, edition: Edition, followed: bool) -> dict[str, Any]:
        """Return what an edition is that nothing follows yet, by its status."""
        if edition.status not in OVER:
            return {"state": State.CURRENT, "sure": edition.status == Standard.Status.CURRENT}
        if edition.withdrawn_on or followed:
            return {"state": State.CURRENT, "sure": False, "why": self._say(NOT_YET_REPLACED)}
        sure = self.on >= (edition.source_on or self.on)
        why = self._say(GONE_UNDATED)
        return {"state": State.WITHDRAWN, "since": None, "why": why, "sure": sure}

    def _chain(self, key: str, number: str) -> list[tuple[str, Edition | None]]:
        """Return the numbers from one to the last of its successors by the day, with their rows."""
        chain, seen = [(number, self.held.editions.get(key))], {key}
        while len(chain) < LONGEST:
            edition = self.held.editions.get(key)
            following = [one for one, _b, _s in self._successors(key)][-1:]
            if not following and edition:
                following = [one for one in self.held.later(edition) if self._begun(one)][:1]
            if not following or following[0].key in seen:
                break
            key = following[0].key
            seen.add(key)
            chain.append((following[0].number, following[0]))
        return chain

    def _present(self, last: Edition | None) -> str:
        """Return the last of a chain where it is in force on the day."""
        if last is None or last.status in OVER or not self._begun(last):
            return ""
        if last.withdrawn_on and last.withdrawn_on <= self.on:
            return ""
        return last.number
