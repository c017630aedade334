"""Extents (表格范围): how far the cells of a workbook reach, told before it is unfolded.

A reader of Excel holds the whole rectangle from the first cell to the last, so two cells
far apart in a file of five kilobytes would ask for gigabytes. It reads a sheet again for
every name under which the workbook lists it, and more leniently than XML allows.
"""

from __future__ import annotations

import io
import zipfile
from typing import IO
from xml.parsers import expat

from .limits import MB, MOST_CELLS, MOST_UNFOLDED
from .packages import BAD
from .unreadable import Unreadable, _

MARK = b"sheetData"  # in whatever can be a sheet
TAGS, FEW_TAGS = 6, 10_000  # elements to a cell, at most; of a part, whatever its cells
DAMAGED = _("文件已损坏，不能作为 Excel 表打开，请重新导出后再试。")


def check_extent(data: bytes | IO[bytes], most: int = MOST_CELLS) -> None:
    """Refuse a workbook in a sentence if the rectangles of its sheets have more cells than ``most``.

    All sheets count together. A sheet may lie in any part of the package, so every part is read
    as one; what is no XML and may still be a sheet is refused, and so is a sheet listed twice.
    """
    left, cells = MOST_UNFOLDED, 0
    try:
        tags = max(TAGS * most, FEW_TAGS)
        with zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data) as package:
            for part in package.infolist():
                extent = _Extent()
                with package.open(part) as stream:
                    while chunk := stream.read(MB):
                        left -= len(chunk)
                        extent.read(chunk)
                        if left < 0 or cells + extent.cells > most or extent.tags > tags:
                            raise _too_large(extent)
                if extent.doubled or (extent.broken and extent.marked):
                    raise Unreadable(DAMAGED)
                cells += extent.cells
    except BAD as bad:
        raise Unreadable(DAMAGED) from bad


def _too_large(extent: _Extent) -> Unreadable:
    words = _("工作表过大（{rows} 行 {columns} 列），请删去多余的行和列后再试。")
    return Unreadable(words, rows=extent.rows, columns=extent.columns)


class _Extent:
    """How far the cells of a sheet reach, counted from the first row and column."""

    def __init__(self) -> None:
        self.rows = self.columns = 1
        self.tags = 0
        self.broken = self.marked = self.doubled = False
        self._listed: set[str] = set()
        self._row = self._column = 0
        self._within = False
        self._tail = b""
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    @property
    def cells(self) -> int:
        """Return how many cells the rectangle has; none in what is no sheet."""
        return self.rows * self.columns if self._within else 0

    def read(self, chunk: bytes) -> None:
        """Read on; what is no XML is only searched for the mark of a sheet."""
        plain = (self._tail + chunk).replace(b"\0", b"")  # UTF-16 too
        self.marked = self.marked or MARK in plain
        self._tail = plain[-len(MARK) :]
        if self.broken:
            return
        try:
            self._parser.Parse(chunk, False)
        except (expat.ExpatError, ValueError, LookupError):
            self.broken = True

    def _start(self, name: str, values: dict[str, str]) -> None:
        self.tags += 1
        kind = name.rpartition(":")[2]
        if kind == "sheetData":
            self._within = True
        elif self._within and kind == "row":
            said = values.get("r", "")
            self._row = int(said[:9]) if said.isascii() and said.isdecimal() else self._row + 1
            self._column = 0
        elif self._within and kind == "c":
            letters = values.get("r", "").rstrip("0123456789")
            digits = values.get("r", "")[len(letters) :]
            self._column = _column(letters) if letters else self._column + 1
            self._row = int(digits[:9]) if digits else self._row
            self.rows = max(self.rows, self._row)
            self.columns = max(self.columns, self._column)
        elif kind == "sheet":
            self._list(next((values[key] for key in values if key.endswith(":id")), ""))
        elif kind == "Relationship" and values.get("Type", "").endswith("/worksheet"):
            self._list(values.get("Target", "").rpartition("/")[2])

    def _list(self, sheet: str) -> None:
        """Note a sheet that the workbook lists, by its relation or its file."""
        self.doubled = self.doubled or sheet in self._listed
        self._listed.add(sheet)


def _refuse_doctype(*_declared: object) -> None:
    raise Unreadable(_("表格文件里的 XML 带有文档类型声明，不予接收。"))


def _column(letters: str) -> int:
    """Return the number of a column from its letters.

    >>> _column("A"), _column("AB"), _column("XFD")
    (1, 28, 16384)
    """
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + (ord(letter) - 64 if "A" <= letter <= "Z" else 0)
    return number
