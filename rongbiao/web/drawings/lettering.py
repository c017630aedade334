"""Lettering (字宽): about how wide a text is, so that labels keep clear of each other."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from unicodedata import east_asian_width

NARROW = 0.56  # of the size of the letters; Chinese letters are square
Span = tuple[float, float]


def width(text: str, size: float) -> float:
    """Return about how wide a text is in letters of a size.

    >>> width("现行", 13)
    26.0
    """
    wide = sum(east_asian_width(letter) in "WF" for letter in text)
    return size * (wide + NARROW * (len(text) - wide))


def cut(text: str, room: float, size: float) -> str:
    """Return as much of a text as fits, with an ellipsis where it was cut.

    >>> cut("长者食堂建设与服务规范", 80, 13)
    '长者食堂建…'
    """
    if width(text, size) <= room:
        return text
    kept = text
    while kept and width(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def lines(text: str, room: float, size: float, most: int) -> list[str]:
    """Break a text into at most so many lines; the last one is cut where it is too long."""
    found: list[str] = []
    rest = text
    while rest and len(found) < most - 1 and width(rest, size) > room:
        head = rest
        while head and width(head, size) > room:
            head = head[:-1]
        space = head.rfind(" ")  # words of Latin letters stay whole
        if space > 0 and head[-1:].isascii() and rest[len(head) : len(head) + 1].isascii():
            head = head[:space]
        found.append(head.strip())
        rest = rest[len(head) :].strip()
    return [*found, cut(rest, room, size)] if rest else found


@dataclass
class Shelf:
    """Rows of labels; each label takes the first place where it hits no other."""

    left: float
    right: float
    rows: int = 2
    taken: dict[int, list[Span]] = field(default_factory=dict)

    def put(self, x: float, wide: float, anchors: Iterable[str] = ("start", "end")) -> tuple:
        """Return (anchor, row) of a label that stands at ``x``; the last row takes what is left over."""
        for row in range(self.rows):
            for anchor in anchors:
                span = (x, x + wide) if anchor == "start" else (x - wide, x)
                if self.left <= span[0] and span[1] <= self.right and self._free(row, span):
                    self.taken.setdefault(row, []).append(span)
                    return anchor, row
        return ("end" if x + wide > self.right else "start"), self.rows - 1

    def _free(self, row: int, span: Span) -> bool:
        gap = 10
        return all(
            span[1] + gap <= other[0] or other[1] + gap <= span[0]
            for other in self.taken.get(row, ())
        )
