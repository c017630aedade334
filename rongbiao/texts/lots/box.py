"""The box (签箱): the frozen list, the digest that fixes it, the seed and its commitment."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rongbiao.texts.chains import canonical, seal

ALGORITHM = "rongbiao-lots-1"
SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class Rules:
    """How many are drawn and held in reserve; how many of one unit, and at least of a group."""

    count: int
    reserves: int = 0
    per_unit: int = 0  # 0: as many as come
    at_least: Mapping[str, int] = field(default_factory=dict)

    def said(self) -> dict[str, Any]:
        """Return the rules as they stand in the list and in a record."""
        return {
            "count": self.count,
            "reserves": self.reserves,
            "per_unit": self.per_unit,
            "at_least": dict(self.at_least),
        }


@dataclass(frozen=True, slots=True)
class Lot:
    """One candidate: who it is, and why they are out; with no reason they are in.

    The salt keeps a lot that is not shown from being guessed by its seal.
    """

    key: str
    name: str
    unit: str = ""
    group: str = ""
    why: tuple[str, ...] = ()
    salt: str = ""

    @property
    def eligible(self) -> bool:
        """Tell whether the lot is in the draw."""
        return not self.why

    @property
    def seat(self) -> str:
        """The unit that a seat counts for; who has none stands for themselves alone."""
        return self.unit or f"\0{self.key}"

    @property
    def seal(self) -> str:
        """What stands in the list for who this is."""
        said = {"key": self.key, "name": self.name, "unit": self.unit, "group": self.group}
        return seal(self.salt, said)


@dataclass(frozen=True, slots=True)
class Box:
    """A frozen list: what it is for, under which rules, and who is in and out.

    >>> lots = [Lot("1", "甲", salt="a"), Lot("2", "乙", why=("同单位",), salt="b")]
    >>> box = Box("2026-1", "技术审查", "榕标〔2026〕1号", "2026-11-26T09:00:00+08:00",
    ...           Rules(1), lots=tuple(lots))
    >>> box.digest == Box("2026-1", "技术审查", "榕标〔2026〕1号", "2026-11-26T09:00:00+08:00",
    ...                   Rules(1), lots=tuple(reversed(lots))).digest
    True
    """

    number: str
    purpose: str
    basis: str
    frozen_at: str  # ISO 8601
    rules: Rules
    conditions: tuple[str, ...] = ()  # in words
    turn: int = 1
    replaces: str = ""  # the number of the draw that this one is made after
    reason: str = ""  # why again
    lots: tuple[Lot, ...] = ()

    def head(self) -> dict[str, Any]:
        """Return everything that the digest covers but the lots."""
        return {
            "algorithm": ALGORITHM,
            "number": self.number,
            "purpose": self.purpose,
            "basis": self.basis,
            "frozen_at": self.frozen_at,
            "rules": self.rules.said(),
            "conditions": list(self.conditions),
            "turn": self.turn,
            "replaces": self.replaces,
            "reason": self.reason,
        }

    @property
    def digest(self) -> str:
        """The SHA-256 of the list; the order in which the lots came does not matter."""
        return digest_of(self.head(), [(lot.seal, lot.why) for lot in self.lots])


def digest_of(head: Mapping[str, Any], lines: list[tuple[str, tuple[str, ...]]]) -> str:
    """Return the SHA-256 of a list, from its head and from the seal and reasons of each lot."""
    said = [dict(head), sorted([seal_, list(why)] for seal_, why in lines)]
    return hashlib.sha256(canonical(said)).hexdigest()


def new_seed() -> bytes:
    """Return 32 random bytes."""
    return secrets.token_bytes(SEED_BYTES)


def commitment_of(seed: bytes) -> str:
    """Return what is published of a seed before it is revealed.

    >>> commitment_of(bytes(32))[:16]
    '66687aadf862bd77'
    """
    return hashlib.sha256(seed).hexdigest()
