"""Tables of a filled-in form (表格): Word and Excel become rows of text with their places.

The package is checked before anything is unfolded: no macros, no document types, bounded
parts. A cell merged downwards counts in every row it covers, one merged sideways once.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from rongbiao.archive.kinds import told
from rongbiao.exchange.tables import LARGEST, check_workbook, plain
from rongbiao.parties.refused import Refused
from rongbiao.texts.documents import Unreadable
from rongbiao.texts.documents.packages import package_kind

from .styles import MAIN
from .wording import clean

MOST_SHEETS = 20
MOST_FILLED = 200_000  # cells that merged ones cover
MOST_COLUMNS = 64
LARGEST_PART = 40 * 1024 * 1024  # bytes of a document unfolded
W = f"{{{MAIN}}}"
UNSEEN = {  # deleted and moved words, and second copies for older programs
    f"{W}del",
    f"{W}moveFrom",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}


@dataclass(slots=True)
class Row:
    """A row: its number in the table, its cells, and the places of cells that were numbers."""

    number: int
    cells: list[str]
    numeric: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Table:
    """A table; its sheet's name in Excel, its number in Word (0: the paragraphs outside tables)."""

    rows: list[Row]
    number: int = 0
    sheet: str = ""

    def place(self, row: Row) -> str:
        """Return where a row stands, as people say it."""
        if self.sheet:
            return _("“{sheet}”第 {line} 行").format(sheet=self.sheet, line=row.number)
        return _("表 {number} 第 {line} 行").format(number=self.number, line=row.number)


def tables_of(content: bytes, name: str) -> list[Table]:
    """Return the tables of a Word or Excel file; refused in a sentence for anything else."""
    if len(content) > LARGEST:
        size = len(content) / 1024 / 1024
        raise Refused(
            _("“{name}”有 {size:.1f} MB，超过 20 MB 的上限。").format(name=name, size=size)
        )
    if not content.startswith(b"PK"):
        raise Refused(_not_a_form(name))
    try:
        kind = package_kind(content)
    except Unreadable as bad:
        raise Refused(_("“{name}”不能读取：{why}").format(name=name, why=told(bad))) from bad
    if kind == "docx":
        return _word_tables(content, name)
    if kind == "xlsx":
        return _excel_tables(content, name)
    raise Refused(_not_a_form(name))


def _not_a_form(name: str) -> str:
    words = _("“{name}”不是 Word 或 Excel 文件，请另存为 docx 或 xlsx 后再试。")
    return words.format(name=name)


def _word_tables(content: bytes, name: str) -> list[Table]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        try:
            part = package.getinfo("word/document.xml")
        except KeyError as bad:
            raise Refused(_("“{name}”里没有正文，不能读取。").format(name=name)) from bad
        if part.file_size > LARGEST_PART:
            raise Refused(_("“{name}”展开后超过 40 MB，不予读取。").format(name=name))
        text = package.read(part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        body = etree.fromstring(text, parser).find(f"{W}body")
    except etree.XMLSyntaxError as bad:
        raise Refused(_("“{name}”已损坏，不能作为 Word 文件打开。").format(name=name)) from bad
    outside: list[Row] = []
    tables = [Table(outside)]
    for each in _children(body, {f"{W}p", f"{W}tbl"}) if body is not None else ():
        if each.tag == f"{W}p":
            outside.append(Row(len(outside) + 1, [_text(each)]))
        else:
            tables.append(Table(_word_rows(each), number=len(tables)))
    return tables


def _children(node: Any, wanted: set[str]) -> Iterator[Any]:
    """Give the nearest descendants of some kinds, through content controls and insertions."""
    for child in node:
        if child.tag in wanted:
            yield child
        elif child.tag not in UNSEEN and child.tag in _WRAPPERS:
            yield from _children(child, wanted)


_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}  # fmt: skip


def _word_rows(table: Any) -> list[Row]:
    rows: list[Row] = []
    above: list[str] = []
    for number, line in enumerate(_children(table, {f"{W}tr"}), start=1):
        cells: list[str] = []
        for cell in _children(line, {f"{W}tc"}):
            span, merged = _merging(cell)
            place = len(cells)
            if place >= MOST_COLUMNS:
                break
            if merged and place < len(above):
                text = above[place]
            else:
                text = "\n".join(_text(each) for each in cell.iter(f"{W}p")).strip()
            cells += [text, *[""] * (min(span, MOST_COLUMNS) - 1)]
        rows.append(Row(number, cells))
        above = cells
    return rows


def _merging(cell: Any) -> tuple[int, bool]:
    """Return how many columns a cell covers, and whether it goes on from above."""
    shape = cell.find(f"{W}tcPr")
    if shape is None:
        return 1, False
    span, merge = shape.find(f"{W}gridSpan"), shape.find(f"{W}vMerge")
    wide = span.get(f"{W}val", "1") if span is not None else "1"
    goes_on = merge is not None and merge.get(f"{W}val") != "restart"
    return (int(wide) if wide.isdecimal() and 0 < int(wide) <= MOST_COLUMNS else 1), goes_on


def _text(node: Any) -> str:
    """Return the words of a paragraph as a reader sees them."""
    parts: list[str] = []
    waiting = list(reversed(node))
    while waiting:
        each = waiting.pop()
        if each.tag == f"{W}t":
            parts.append(each.text or "")
        elif each.tag in _SIGNS:
            parts.append(_SIGNS[each.tag])
        elif each.tag not in UNSEEN and each.tag != f"{W}p":
            waiting.extend(reversed(each))
    return clean("".join(parts))


_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def _excel_tables(content: bytes, name: str) -> list[Table]:
    check_workbook(content, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names[:MOST_SHEETS]
        return [_excel_table(book.get_sheet_by_name(each)) for each in names]
    except (CalamineError, OSError, ValueError, IndexError) as bad:
        raise Refused(
            _("“{name}”不能作为 Excel 表打开，请另存为 xlsx 后再试。").format(name=name)
        ) from bad


def _excel_table(sheet: CalamineSheet) -> Table:
    lines = [line[:MOST_COLUMNS] for line in sheet.to_python(skip_empty_area=False)]
    left_to_fill = MOST_FILLED
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        for place in range(top + 1, min(bottom + 1, len(lines), top + 1 + left_to_fill)):
            left_to_fill -= 1
            if left < min(len(lines[top]), len(lines[place])):
                lines[place][left] = lines[top][left]
    rows = []
    for number, line in enumerate(lines, start=1):
        cells = [_shown(cell) for cell in line]
        numeric = {
            place
            for place, cell in enumerate(line)
            if (isinstance(cell, float) and not cell.is_integer()) or isinstance(cell, date)
        }
        rows.append(Row(number, cells, numeric))
    return Table(rows, sheet=sheet.name)


def _shown(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(plain(cell)).strip()
