"""States of citations in words, each with the tone of its tag."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rongbiao.standards.currency import Standing, State
from rongbiao.standards.verdicts import STATES

TONES = {
    State.CURRENT: "ok",
    State.UPCOMING: "info",
    State.SUPERSEDED: "warn",
    State.WITHDRAWN: "bad",
    State.PROJECT: "info",
    State.UNKNOWN: "",
}


@dataclass(frozen=True)
class Judged:
    """What a citation is on a day: its state in words, its tone, and what follows."""

    words: Any
    tone: str
    standing: Standing

    @property
    def by(self) -> str:
        """The numbers that replace it."""
        return "、".join(self.standing.replaced_by)


def judged(found: Sequence[Standing]) -> list[Judged]:
    """Return standings in words, in their order."""
    return [Judged(STATES[one.state], TONES[one.state], one) for one in found]
