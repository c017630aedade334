"""A citation as a value: which number, where in the text, which clause of it, what it adopts."""

from __future__ import annotations

from dataclasses import dataclass

from rongbiao.texts.numbers import StandardNumber


@dataclass(frozen=True, slots=True)
class Citation:
    """A standard cited in a text; ``text`` is the slice of the given text from ``start`` to ``end``."""

    number: StandardNumber
    start: int
    end: int
    text: str
    clause: str = ""  # what of it is cited: "第5.2.3条", "附录A", "表1", as written
    adopts: tuple[StandardNumber, ...] = ()  # the numbers beside it that it is said to adopt
    relation: str = ""  # "IDT", "MOD", "NEQ", "EQV", where the text says so

    @property
    def dated(self) -> bool:
        """Whether the citation names an edition by its year (注日期引用)."""
        return self.number.year is not None


@dataclass(frozen=True, slots=True)
class Mention:
    """Standards cited in general words ("应当符合强制性国家标准"): a person says which are meant."""

    start: int
    end: int
    text: str
    level: str  # national, sector, local, group, enterprise, international, or "" where not said
    mandatory: bool | None  # True for 强制性, False for 推荐性, None where not said
