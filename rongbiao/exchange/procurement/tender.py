"""A tender as it was read (采购文件): items to accept, general references, doubts, as plain values."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from rongbiao.standards.verdicts import Status


class Group(StrEnum):
    """How article 45 names the standards of an acceptance."""

    TECHNICAL = "technical"
    SERVICE = "service"
    SAFETY = "safety"


GROUPS = {
    Group.TECHNICAL: _("技术标准"),
    Group.SERVICE: _("服务标准"),
    Group.SAFETY: _("安全标准"),
}
DOUBTFUL = {Status.SUPERSEDED, Status.WITHDRAWN, Status.UNKNOWN, Status.PROJECT, Status.UPCOMING}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a standard is cited, which clause of it, and in what words."""

    where: str
    clause: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Item:
    """One standard of the acceptance."""

    number: str
    title: str  # as the register has it; may be empty
    slug: str  # of its page; may be empty
    status: str
    why: str  # full sentences: what it is on the day, how sure, by what replaced
    present: str  # the edition in force, in canonical form; may be empty
    group: str
    guess: str  # why it was put into that group; empty where a person said so
    places: tuple[Place, ...]

    @property
    def doubtful(self) -> bool:
        """Whether it can hardly be accepted against as it stands."""
        return self.status in DOUBTFUL


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Standards cited in general words, which a person should make exact."""

    where: str
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Doubted:
    """A requirement that may shut suppliers out, with the law that it touches."""

    where: str
    before: str  # the sentence up to the telling words
    words: str
    after: str
    rule: str
    cited: str
    verified: bool  # whether that law was read in its source
    why: str
    advice: str


@dataclass(frozen=True, slots=True)
class Tender:
    """What was read in one tender, on the day by which it was judged."""

    name: str
    day: date
    items: tuple[Item, ...]
    mentions: tuple[Mentioned, ...]
    doubts: tuple[Doubted, ...]
    notes: tuple[str, ...] = ()  # what could not be read, in sentences
    left: int = 0  # findings beyond the limits

    def grouped(self, chosen: dict[int, str] | None = None) -> Tender:
        """Return the tender with items in the groups that a person chose, by their places."""
        told = chosen or {}
        items = tuple(
            replace(item, group=told[place], guess="")
            if told.get(place, item.group) != item.group and told[place] in set(Group)
            else item
            for place, item in enumerate(self.items)
        )
        return replace(self, items=items)

    def of(self, group: Group) -> list[Item]:
        """Return the items of a group in their order."""
        return [item for item in self.items if item.group == group]

    @property
    def doubtful(self) -> list[Item]:
        """Return the items whose standard is not in force, or not known."""
        return [item for item in self.items if item.doubtful]

    @property
    def counts(self) -> Counter[str]:
        """Return how many items each group has."""
        return Counter(item.group for item in self.items)

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self) | {"day": self.day.isoformat()}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Self:
        """Return the tender that :meth:`to_json` told of."""
        items = tuple(
            Item(**one | {"places": tuple(Place(**each) for each in one["places"])})
            for one in said["items"]
        )
        return cls(
            said["name"], date.fromisoformat(said["day"]), items,
            tuple(Mentioned(**one) for one in said["mentions"]),
            tuple(Doubted(**one) for one in said["doubts"]),
            tuple(said["notes"]), said["left"],
        )  # fmt: skip
