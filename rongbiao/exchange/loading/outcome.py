"""Outcome (结果): what a load found, counted; refusals kept by line, column and reason."""

from dataclasses import dataclass, field
from typing import Any

MOST_KEPT = 200  # refusals shown; all are counted

Refusal = tuple[int, str, str]  # line, column, reason


@dataclass
class Outcome:
    """What reading or entering a file came to."""

    lines: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0  # as the register has it, or said twice in the file
    twice: int = 0  # of the same: said twice in the file
    refused: int = 0  # lines
    relations: int = 0  # new ones
    unread: int = 0  # relations whose other end is no standard number
    claims: int = 0  # columns on which sources disagree
    filled: int = 0  # editions that got a column another source had left empty
    older: int = 0  # editions of which the same source spoke on a later day: that stands
    reasons: list[Refusal] = field(default_factory=list)

    COUNTS = (
        "lines", "new", "changed", "same", "twice", "refused", "relations", "unread", "claims",
        "filled", "older",
    )  # fmt: skip

    def add(self, other: "Outcome") -> None:
        """Take up what a part came to."""
        for name in self.COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.reasons = (self.reasons + other.reasons)[:MOST_KEPT]

    def counts(self) -> dict[str, int]:
        """Return the counts alone."""
        return {name: getattr(self, name) for name in self.COUNTS}

    @classmethod
    def of(cls, counts: dict[str, Any], reasons: list[Refusal]) -> "Outcome":
        """Return the outcome that a row keeps."""
        return cls(**{name: counts.get(name, 0) for name in cls.COUNTS}, reasons=reasons)
