"""Sheets (分页): a text cut into stretches that one page shows, each with the findings in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rongbiao.texts.documents import Document

from .findings import Finding

LETTERS = 9_000  # characters after which a new stretch begins
BLOCKS = 240
FULL = 0.6  # of them, after which a new page of the file begins a new stretch


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the text as it is shown."""

    kind: str
    level: int | None
    page: int | None
    row: str  # what stands in one row has the same
    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)


def sheets(document: Document, found: Sequence[Finding]) -> Iterator[dict[str, Any]]:
    """Give the stretches in turn as plain values: lines, the findings in them, the pages."""
    rest = list(reversed(found))
    for lines in _stretches(document):
        last = lines[-1].end
        held = []
        while rest and rest[-1].start < last:
            held.append(rest.pop().to_json())
        pages = [line.page for line in lines if line.page]
        yield {
            "lines": [
                [one.kind, one.level, one.page, one.row, one.start, one.text] for one in lines
            ],
            "findings": held,
            "pages": [pages[0], pages[-1]] if pages else [],
        }


def _stretches(document: Document) -> Iterator[list[Line]]:
    held: list[Line] = []
    letters = 0
    for line in _lines(document):
        full = letters + len(line.text) > LETTERS or len(held) >= BLOCKS
        turned = held and line.page != held[-1].page and letters > LETTERS * FULL
        if held and (full or turned):
            yield held
            held, letters = [], 0
        held.append(line)
        letters += len(line.text)
    if held:
        yield held


def _lines(document: Document) -> Iterator[Line]:
    for block in document.blocks:
        row = f"{block.table}/{block.row}" if block.table else ""
        if block.sheet and block.cell:
            row = f"{block.sheet}/{block.cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
        for at in range(block.start, block.end, LETTERS):
            text = document.text[at : min(at + LETTERS, block.end)]
            yield Line(block.kind, block.level, block.page, row, at, text)
