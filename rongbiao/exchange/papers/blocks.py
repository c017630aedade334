"""Blocks (版块): what a paper is made of, whatever file it becomes.

Lengths are millimetres. A paper says what stands in it; ``word`` and ``typesetting``
know how it looks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Told = Callable[[int, int], None]  # rows done, rows in all


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body: level 1 一、 level 2 （一） level 3 1."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; each line of the text becomes one.

    Kinds: Body (two characters in), Flush, Center, Right, Item (not justified: addresses), Note (small).
    """

    text: str
    kind: str = "Body"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a listing."""

    heading: str
    width: float
    center: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of like rows; its headings come again on every page, a row is never torn."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    height: float = 0  # of a row at least, where room to write is needed


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a form: a label, or room for words of at least a height."""

    text: str = ""
    span: int = 1
    label: bool = False
    height: float = 9
    sign: bool = False  # room for a signature or a seal: the words stand below, to the right


@dataclass(frozen=True, slots=True)
class Form:
    """A table of labels and values."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a form (FormTitle) or of a whole paper (Title)."""

    text: str
    kind: str = "FormTitle"


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


Block = Heading | Words | Listing | Form | Title | NewPage


def label(text: str, span: int = 1) -> Cell:
    """Return a label."""
    return Cell(text, span, label=True)


def pairs(*given: tuple[str, str]) -> tuple[tuple[Cell, ...], ...]:
    """Return rows of two labels and two values each; a last one alone takes the whole row."""
    rows: list[tuple[Cell, ...]] = []
    for place in range(0, len(given) - 1, 2):
        one, two = given[place], given[place + 1]
        rows.append((label(one[0]), Cell(one[1]), label(two[0]), Cell(two[1])))
    if len(given) % 2:
        rows.append(row(*given[-1]))
    return tuple(rows)


def row(name: str, text: str, height: float = 9, *, sign: bool = False) -> tuple[Cell, ...]:
    """Return a row of one label and one value as wide as the form."""
    return (label(name), Cell(text, 3, height=height, sign=sign))
