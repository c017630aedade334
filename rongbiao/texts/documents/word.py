"""Word documents (WordprocessingML, ISO/IEC 29500-1): the text as a reader sees it.

Tracked changes are read as accepted, automatic numbers as Word computes them. Body first,
with text boxes after the paragraph that holds them; then headers, footers, foot- and endnotes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from .document import Block, Writer
from .numbering import Numbering
from .packages import BAD, XML
from .styles import OFF, Styles, W, properties
from .unreadable import Unreadable, _

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PARAGRAPH, TABLE, ROW, CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
BOX = f"{W}txbxContent"
GONE = {f"{W}del", f"{W}moveFrom"}  # what is no longer there once changes are accepted
OTHERS = {*GONE, PARAGRAPH, TABLE, ROW, CELL, BOX}
CHANGED = {*GONE, f"{W}ins", f"{W}moveTo"}
ASIDE = {f"{W}{name}" for name in ("pPr", "rPr", "rt", "fldData", "instrText", "delText")}
SKIPPED = {*GONE, *ASIDE, BOX, PARAGRAPH}
WORDS = {f"{W}t", MATH}
SIGNS = {
    f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip
# Boxes that forms draw with a font of signs: ticked, crossed, empty.
BOXES = {"FE": "☑", "52": "☑", "FD": "☒", "53": "☒", "54": "☒", "A8": "□", "A3": "□", "6F": "□"}
ROOTS = {"header": "header", "footer": "footer"}
NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


def pieces(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """Give what a paragraph says, element by element, as accepted and without what is hidden.

    Joined, the words are the block's text without its label, so a place in the text leads to
    the very run. Text boxes within are other paragraphs and not given.
    """
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag in WORDS:
            yield node, node.text or ""
        elif tag in SIGNS:
            yield node, SIGNS[tag]
        elif tag == f"{W}sym":
            yield node, _sign(node.get(f"{W}char") or "")
        elif tag == f"{CHOICE}AlternateContent":
            stack.extend(reversed(_chosen(node)))
        elif (
            not isinstance(tag, str)
            or tag in GONE
            or tag in ASIDE
            or tag in {BOX, PARAGRAPH}
            or (tag == f"{W}r" and _hidden(node))
        ):
            continue
        else:
            stack.extend(reversed(node))


def _chosen(node: Any) -> list[Any]:
    """Return the one of several drawings of the same thing that is read."""
    choice = node.find(f"{CHOICE}Choice")
    if choice is None or not len(choice):
        choice = node.find(f"{CHOICE}Fallback")
    return [] if choice is None else list(choice)


def _sign(code: str) -> str:
    """Return the letter of a sign that is given by its code in a font; U+FFFD where unknown."""
    code = code.upper()
    if re.fullmatch("[0-9A-F]{4}", code) and not code.startswith(("F0", "00", "D")):
        return chr(int(code, 16))
    return BOXES.get(code.removeprefix("F0").removeprefix("00"), "\ufffd")


def _hidden(run: Any) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val") not in OFF


class Package:
    """The parts of a Word document; what is in them was checked before."""

    def __init__(self, data: bytes) -> None:
        self.file = zipfile.ZipFile(io.BytesIO(data))
        self.names = {name.lower(): name for name in self.file.namelist()}

    def xml(self, name: str) -> Any:
        """Return the root of a part, or None where it is missing."""
        known = self.names.get(name.lower())
        if known is None or not known.lower().endswith(XML):
            return None
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        return etree.fromstring(self.file.read(known), parser)

    def related(self, name: str) -> list[tuple[str, str]]:
        """Return kind and part of whatever a part refers to inside the package."""
        folder, _slash, last = name.rpartition("/")
        root = self.xml(f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels")
        found = []
        for relation in () if root is None else root:
            target = relation.get("Target") or ""
            if relation.get("TargetMode") != "External":
                part = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
                kind = (relation.get("Type") or "").rpartition("/")[2]
                found.append((kind, part.lstrip("/")))
        return found


def write_docx(writer: Writer, data: bytes) -> None:
    """Write everything that a Word document says."""
    try:
        package = Package(data)
        main = next((part for kind, part in package.related("") if kind == "officeDocument"), "")
        root = package.xml(main) if main else None
        if root is None:
            raise Unreadable(_("文件缺少正文部件，不能作为 Word 文档打开。"))
        related = package.related(main)
        parts = {kind: part for kind, part in related if package.names.get(part.lower())}
        styles = Styles(package.xml(parts.get("styles", "")))
        numbering = Numbering(package.xml(parts.get("numbering", "")), styles)
        story = _Story(writer, styles, numbering)
        story.write(root, main, "paragraph")
        for kind, part in dict.fromkeys(related):
            if kind in ROOTS:
                story.aside(package.xml(part), part, ROOTS[kind])
        for kind, part in dict.fromkeys(related):
            if kind in NOTES:
                story.notes(package.xml(part), part, NOTES[kind])
        story.tell(package.xml(parts.get("comments", "")))
        if "aFChunk" in parts:
            writer.note("not-read", _("文件中嵌入了其他格式的片段（altChunk），没有读入。"))
    except (etree.LxmlError, *BAD) as bad:
        raise Unreadable(_("文件中的 XML 不合格式，无法打开。")) from bad


class _Story:
    """Writes the parts of one document."""

    def __init__(self, writer: Writer, styles: Styles, numbering: Numbering) -> None:
        self.writer, self.styles, self.numbering = writer, styles, numbering
        self.tables = self.changes = self.hidden = 0
        self.said: set[str] = set()

    def write(self, root: Any, part: str, kind: str) -> None:
        """Write a part, its paragraphs counted in the order of the XML."""
        self.order = {paragraph: at for at, paragraph in enumerate(root.iter(PARAGRAPH))}
        self.changes += sum(1 for _node in root.iter(*CHANGED))
        self.hidden += sum(1 for run in root.iter(f"{W}r") if _hidden(run))
        self._flow(root, Block(kind, 0, 0, part=part))

    def aside(self, root: Any, part: str, kind: str) -> None:
        """Write a header or footer, unless another section says the same."""
        words = "" if root is None else "".join(root.itertext()).strip()
        if words and (kind + words) not in self.said:
            self.said.add(kind + words)
            self.write(root, part, kind)

    def notes(self, root: Any, part: str, kind: str) -> None:
        """Write foot- or endnotes without the lines that part them from the text."""
        for note in () if root is None else list(root):
            if note.get(f"{W}type") in {"separator", "continuationSeparator", "continuationNotice"}:
                for paragraph in note.iter(PARAGRAPH):
                    paragraph.clear()
        if root is not None and "".join(root.itertext()).strip():
            self.write(root, part, kind)

    def tell(self, comments: Any) -> None:
        """Note what a reader of the text must know."""
        if self.changes:
            words = _("文件带有 {count} 处修订，已按全部接受读入。")
            self.writer.note("changes", words, count=self.changes)
        if self.hidden:
            words = _("文件带有 {count} 处隐藏文字，没有读入。")
            self.writer.note("hidden", words, count=self.hidden)
        count = 0 if comments is None else len(comments)
        if count:
            self.writer.note("comments", _("文件带有 {count} 条批注，没有读入。"), count=count)

    def _flow(self, node: Any, like: Block) -> None:
        """Write what stands one after another: paragraphs, tables, and what wraps them."""
        carried: list[str] = []
        for child in _unwrapped(node):
            if child.tag == TABLE:
                self._table(child, like)
                continue
            words = "".join(text for _node, text in pieces(child))
            if is_carried(child):  # its end was deleted: it runs on into the next paragraph
                carried.append(words)
            else:
                self._paragraph(child, "".join([*carried, words]), like)
                carried = []
            self._boxes(child, like.part)
        if carried:
            self.writer.put("".join(carried), like)

    def _paragraph(self, paragraph: Any, words: str, like: Block) -> None:
        about = properties(paragraph)
        style = self.styles.of(about)
        level = self.styles.level(about, style)
        kind = like.kind
        if kind == "paragraph" and self.styles.is_contents(style):
            kind = "contents"
        elif kind == "paragraph" and level and words.strip():
            kind = "heading"
        label = self.numbering.label(about, style) if words.strip() or kind == "cell" else ""
        block = Block(
            kind, 0, 0, level if kind == "heading" else None, label,
            paragraph=self.order[paragraph], part=like.part,
            table=like.table, row=like.row, column=like.column,
        )  # fmt: skip
        self.writer.put(label + words, block)

    def _table(self, table: Any, like: Block) -> None:
        self.tables += 1
        number = self.tables
        row = 0
        for line in _unwrapped(table, ROW):
            if line.find(f"{W}trPr/{W}del") is not None:
                continue
            row += 1
            column = 1 + _span(line.find(f"{W}trPr/{W}gridBefore"), 0)
            for cell in _unwrapped(line, CELL):
                if cell.find(f"{W}tcPr/{W}cellDel") is None:
                    kind = "cell" if like.kind in {"paragraph", "cell"} else like.kind
                    inside = Block(kind, 0, 0, part=like.part, table=number, row=row, column=column)
                    self._flow(cell, inside)
                column += _span(cell.find(f"{W}tcPr/{W}gridSpan"), 1)

    def _boxes(self, paragraph: Any, part: str) -> None:
        """Write the text boxes that hang on a paragraph, each once."""
        stack = list(reversed(paragraph))
        while stack:
            node = stack.pop()
            if node.tag == BOX:
                self._flow(node, Block("textbox", 0, 0, part=part))
            elif node.tag == f"{CHOICE}AlternateContent":
                stack.extend(reversed(_chosen(node)))
            elif isinstance(node.tag, str) and node.tag not in GONE:
                stack.extend(reversed(node))


def _unwrapped(node: Any, *wanted: str) -> Iterator[Any]:
    """Give paragraphs and tables, or rows, or cells, out of the controls that may wrap them."""
    wanted = wanted or (PARAGRAPH, TABLE)
    stack = list(reversed(node))
    while stack:
        child = stack.pop()
        if child.tag in wanted:
            yield child
        elif child.tag == f"{CHOICE}AlternateContent":
            stack.extend(reversed(_chosen(child)))
        elif isinstance(child.tag, str) and child.tag not in OTHERS:
            stack.extend(reversed(child))


def is_carried(paragraph: Any) -> bool:
    """Tell whether the end of a paragraph was deleted, so that it runs on into the next."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(child.tag in GONE for child in mark)


def _span(node: Any, otherwise: int) -> int:
    value = "" if node is None else node.get(f"{W}val") or ""
    return min(int(value), 1000) if value.isdecimal() else otherwise
