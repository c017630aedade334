"""Findings (预检发现): where, against which rule, what to do, and whether it stands in the way."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Grade(StrEnum):
    """What follows from a finding."""

    BAR = "bar"  # cannot be declared
    MUST = "must"  # an inspection would order it to be put right
    NOTE = "note"  # to be looked at


GRADES = {
    Grade.BAR: _("不能声明"),
    Grade.MUST: _("应当改正"),
    Grade.NOTE: _("请核对"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; ``field`` is the part of the form where it is put right."""

    key: str
    field: str  # number, title, products, references, notice, text, or indicator-3
    place: str
    rule: str  # a rule of the table ``self_declaration``
    grade: str
    words: str
    advice: str

    def plain(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return asdict(self)
