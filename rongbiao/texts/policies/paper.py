"""What a policy paper says, as values that never change."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Repair:
    """Characters that were put right: the received ones, the restored ones, and whether it is proved."""

    start: int
    end: int
    was: str
    now: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A responsible unit as the paper names it; ``lead`` is None where the paper does not say."""

    name: str
    group: bool
    lead: bool | None


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause with its place in the paper; ``due`` is a time limit that stands with its units."""

    path: tuple[str, ...]
    number: str
    kind: str  # goal, task, safeguard, section
    title: str
    text: str
    start: int
    end: int
    units: tuple[Unit, ...]
    due: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One numeric target; ``clause`` is the path of the clause in which it stands."""

    name: str
    value: int | float
    unit: str
    direction: str  # at_least, at_most
    basis: str  # increment, total, level
    by: int | None
    clause: tuple[str, ...]
    start: int
    end: int
    baseline: int | float | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place that a person must look at, and why."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that was read out of one paper."""

    title: str | None
    number: str | None
    issuer: str | None
    signed_on: str | None  # ISO
    published_on: str | None  # ISO
    repeals: tuple[str, ...]
    effective: str | None
    interpreted_by: str | None
    addressees: tuple[str, ...]
    repairs: tuple[Repair, ...]
    clauses: tuple[Clause, ...]
    targets: tuple[Target, ...]
    doubts: tuple[Doubt, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the paper as plain lists and dictionaries."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Policy:
        """Return the paper that :meth:`to_json` gave."""
        clauses = tuple(
            Clause(
                **{
                    **clause,
                    "path": tuple(clause["path"]),
                    "units": tuple(Unit(**unit) for unit in clause["units"]),
                }
            )
            for clause in said["clauses"]
        )
        targets = tuple(
            Target(**{**target, "clause": tuple(target["clause"])}) for target in said["targets"]
        )
        return cls(
            **{
                **said,
                "repeals": tuple(said["repeals"]),
                "addressees": tuple(said["addressees"]),
                "repairs": tuple(Repair(**repair) for repair in said["repairs"]),
                "clauses": clauses,
                "targets": targets,
                "doubts": tuple(Doubt(**doubt) for doubt in said["doubts"]),
            }
        )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
