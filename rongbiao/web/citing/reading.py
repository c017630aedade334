"""The reading view (对照阅读): a stretch of the text, each finding marked where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from rongbiao.exchange.citing.findings import Finding
from rongbiao.exchange.citing.sheets import Line

QUIET = 10  # lines without any finding that are folded away, in a long text
BESIDE = 2  # of them, those that stay in sight next to a finding
HEADINGS = 4  # levels


@dataclass(frozen=True)
class Piece:
    """A stretch of a line; with a finding where it is cited there."""

    text: str
    finding: Finding | None = None
    first: bool = False  # whether the finding begins here


@dataclass(frozen=True)
class Shown:
    """One line of the text: cells of a row, or one stretch of words."""

    kind: str
    level: int
    cells: Sequence[Sequence[Piece]]

    @property
    def found(self) -> bool:
        """Whether anything is cited here."""
        return any(piece.finding for cell in self.cells for piece in cell)


@dataclass
class Stretch:
    """Lines that stand one after another; folded away where nothing is cited in them."""

    page: int | None  # of the file, where a new one begins
    lines: list[Shown] = field(default_factory=list)
    folded: bool = False


def stretches(
    lines: Sequence[Line], found: Sequence[Finding], *, fold: bool = False
) -> list[Stretch]:
    """Return a sheet of a text as it is read; with ``fold`` what cites nothing is folded away."""
    out: list[Stretch] = []
    before: int | None = None
    for page, group in groupby(_shown(lines, found), key=lambda one: one[0]):
        shown = [line for _page, line in group]
        parts = _folded(shown) if fold else [(False, shown)]
        for place, (folded, part) in enumerate(parts):
            begins = page if place == 0 and page != before else None
            out.append(Stretch(begins, part, folded))
        before = page
    return out


def _folded(lines: list[Shown]) -> Iterator[tuple[bool, list[Shown]]]:
    """Part lines into those that are read and long runs in which nothing is cited."""
    held: list[Shown] = []
    for found, group in groupby(lines, key=lambda line: line.found):
        run = list(group)
        if found or len(run) < QUIET:
            held += run
            continue
        before = BESIDE if held else 0
        held += run[:before]
        if held:
            yield False, held
        rest = run[before:]
        held = rest[len(rest) - BESIDE :]
        yield True, rest[: len(rest) - BESIDE]
    if held:
        yield False, held


def _shown(lines: Sequence[Line], found: Sequence[Finding]) -> Iterator[tuple[int | None, Shown]]:
    rest = list(reversed(found))
    for _row, group in groupby(enumerate(lines), key=lambda one: one[1].row or one[0]):
        row = [line for _place, line in group]
        cells = [_pieces(line, rest) for line in row]
        level = min((row[0].level or 2) + 1, HEADINGS) if row[0].kind == "heading" else 0
        yield row[0].page, Shown(row[0].kind, level, cells)


def _pieces(line: Line, rest: list[Finding]) -> list[Piece]:
    """Cut a line where findings begin and end; ``rest`` loses those that end here."""
    pieces: list[Piece] = []
    at = line.start
    while rest and rest[-1].start < line.end:
        one = rest[-1]
        start, end = max(one.start, at), min(one.end, line.end)
        if start > at:
            pieces.append(Piece(line.text[at - line.start : start - line.start]))
        if end > start:
            text = line.text[start - line.start : end - line.start]
            pieces.append(Piece(text, one, first=one.start >= line.start))
            at = end
        if one.end > line.end:  # it runs on in the next line
            break
        rest.pop()
    if at < line.end:
        pieces.append(Piece(line.text[at - line.start :]))
    return pieces
