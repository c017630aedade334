"""A document (文件的文字): its whole text, its blocks with their places, and what could not be read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from .unreadable import _

ASIDE = {"header", "footer", "footnote", "endnote"}  # what stands outside the run of the text
NAMES = {
    "header": "页眉",
    "footer": "页脚",
    "footnote": "脚注",
    "endnote": "尾注",
    "textbox": "文本框",
    "contents": "目次",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of a text that a reader sees as one thing, and where it stands in the file.

    ``kind`` is paragraph, heading, contents (a line of the table of contents), cell, header,
    footer, footnote, endnote or textbox. ``start`` and ``end`` are places in the text.
    ``paragraph`` counts from 0: in docx among all ``w:p`` of ``part`` in the order of the XML,
    in other kinds among the lines of the page or the file. ``label`` is the number that Word
    computes, with the blank after it: it opens the block's text and stands nowhere in the file.
    """

    kind: str
    start: int
    end: int
    level: int | None = None  # of a heading: 1 is the highest
    label: str = ""
    page: int | None = None  # from 1
    paragraph: int | None = None
    part: str = ""  # of a docx: word/document.xml …
    table: int | None = None  # in docx, from 1, with row and column
    row: int | None = None
    column: int | None = None
    sheet: str = ""  # in xlsx, with the cell
    cell: str = ""
    member: str = ""  # the file inside a zip

    def where(self) -> str:
        """Return the place in words, as an official would write it."""
        said = [f"“{self.member}”"] if self.member else []
        if self.page:
            said.append(f"第 {self.page} 页")
        if self.sheet:
            said.append(f"工作表“{self.sheet}”{self.cell}")
        if self.kind in NAMES:
            said.append(NAMES[self.kind])
        if self.table:
            said.append(f"第 {self.table} 个表格第 {self.row} 行第 {self.column} 列")
        elif self.paragraph is not None:
            counted = "段" if self.part else "行"
            said.append(f"第 {self.paragraph + 1} {counted}")
        return "".join(said)


@dataclass(frozen=True, slots=True)
class Note:
    """Something in the file that a reader of the text must know; as a string, one sentence.

    ``kind`` is no-text, private-font, changes, hidden, comments, not-read or cut; ``words`` is
    the sentence with places for ``page``, ``count`` and ``name``.
    """

    kind: str
    words: str
    page: int | None = None
    count: int | None = None
    name: str = ""
    member: str = ""

    def __str__(self) -> str:
        return self.told(str)

    def told(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in another language, by what translates its words."""
        return translate(self.words).format(page=self.page, count=self.count, name=self.name)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text and everything that leads from the text back into the file."""

    text: str
    kind: str
    media: str
    encoding: str | None = None  # where it is plain text
    pages: int | None = None
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", tuple(block.start for block in self.blocks))

    @property
    def body(self) -> str:
        """The text without the headers, footers and notes of a Word document, which stand last."""
        aside = next((b.start for b in self.blocks if b.kind in ASIDE and b.part), None)
        return self.text if aside is None else self.text[:aside].removesuffix("\n")

    def block_at(self, offset: int) -> Block | None:
        """Return the block in which a place of the text stands, or the nearest before it."""
        at = bisect_right(self.starts, offset) - 1
        return self.blocks[at] if at >= 0 else None

    def place(self, offset: int) -> str:
        """Return where in the file a place of the text stands, in words; empty before any block."""
        block = self.block_at(offset)
        return block.where() if block else ""

    def within(self, offset: int) -> tuple[str, int, int] | None:
        """Return part, paragraph and letter of a place in a docx, for whoever writes beside it.

        The letter counts what :func:`rongbiao.texts.documents.word.pieces` gives for that
        paragraph; a computed number is not counted.
        """
        block = self.block_at(offset)
        if block is None or not block.part or block.paragraph is None:
            return None
        return block.part, block.paragraph, max(0, offset - block.start - len(block.label))

    def to_json(self) -> dict[str, Any]:
        """Return everything but the text as plain lists."""
        return {
            "kind": self.kind,
            "media": self.media,
            "encoding": self.encoding,
            "pages": self.pages,
            "blocks": [astuple(block) for block in self.blocks],
            "notes": [astuple(note) for note in self.notes],
        }

    @classmethod
    def from_json(cls, said: dict[str, Any], text: str) -> Document:
        """Return the document that :meth:`to_json` told of."""
        blocks = tuple(Block(*block) for block in said["blocks"])
        notes = tuple(Note(*note) for note in said["notes"])
        return cls(**{**said, "blocks": blocks, "notes": notes}, text=text)


class Writer:
    """Gathers the text of a document block by block; every block stands on lines of its own."""

    def __init__(self, most_text: int, most_blocks: int) -> None:
        self.most_text, self.most_blocks = most_text, most_blocks
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.notes: list[Note] = []

    @property
    def full(self) -> bool:
        """Whether no more is taken."""
        return self.length >= self.most_text or len(self.blocks) >= self.most_blocks

    def put(self, text: str, block: Block | None = None, between: str = "\n") -> None:
        """Add a text after what stands already; ``block`` says what it is, without its place."""
        if self.full:
            self.cut()
            return
        if self.parts:
            self.parts.append(between)
            self.length += len(between)
        if len(text) > self.most_text - self.length:
            text = text[: self.most_text - self.length]
            self.cut()
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        if block and text.strip():
            self.blocks.append(replace(block, start=start, end=self.length))

    def cut(self) -> None:
        """Tell the reader, once, that there is more in the file."""
        if not any(note.kind == "cut" for note in self.notes):
            self.note("cut", _("文件过长，其余部分没有读入。"))

    def note(
        self,
        kind: str,
        words: str,
        page: int | None = None,
        count: int | None = None,
        name: str = "",
    ) -> None:
        """Tell the reader something."""
        self.notes.append(Note(kind, words, page, count, name))

    def document(self, kind: str, media: str, **more: Any) -> Document:
        """Return what was gathered."""
        text = "".join(self.parts)
        return Document(
            text, kind, media, blocks=tuple(self.blocks), notes=tuple(self.notes), **more
        )
