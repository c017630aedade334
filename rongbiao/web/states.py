"""States (标准状态): what an edition is on a day, with the lamp and the word that show it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from rongbiao.standards.currency import Standing
from rongbiao.standards.currency import State as Currency
from rongbiao.standards.models import Standard
from rongbiao.standards.status import status_on

STATUS = Standard.Status
TONES = {
    STATUS.PROJECT: "info",
    STATUS.UPCOMING: "info",
    STATUS.CURRENT: "ok",
    STATUS.SUPERSEDED: "idle",
    STATUS.WITHDRAWN: "idle",
}


@dataclass(frozen=True)
class State:
    """A status with its lamp; false where no source says anything."""

    key: str
    word: Any = ""
    tone: str = ""

    def __bool__(self) -> bool:
        return bool(self.key)

    @property
    def gone(self) -> bool:
        """Tell whether the edition is no longer in force."""
        return self.key in {STATUS.SUPERSEDED, STATUS.WITHDRAWN}


def state_on(standard: Standard, day: date) -> State:
    """Return what an edition is on a day: what its source says, moved on by the days it names."""
    return _state(status_on(standard, day))


def _state(key: str) -> State:
    if not key:
        return State("")
    status = STATUS(key)
    return State(key, status.label, TONES[status])


def judged(standing: Standing) -> State:
    """Return what a standing says; nothing where it only supposes that all is as it was."""
    if standing.state == Currency.UNKNOWN:
        return State("")
    if standing.state == Currency.CURRENT and not (standing.sure or standing.why):
        return State("")
    return _state(standing.state)
