"""Extents (表格范围): how far the cells of a workbook reach, told before it is unfolded.

A reader of Excel holds the whole rectangle from the first cell to the last, so two cells
far apart in a file of five kilobytes would ask for gigabytes.
"""

import io
import zipfile
import zlib
from xml.parsers import expat

from django.utils.translation import gettext as _

from rongbiao.parties.refused import Refused

CHUNK = 1024 * 1024
MOST_BYTES = 300 * 1024 * 1024  # of a workbook unfolded
MOST_CELLS = 5_000_000  # of a sheet, from the first to the last


def check_extent(content: bytes, name: str, most: int = MOST_CELLS) -> None:
    """Refuse a workbook in a sentence if a sheet's rectangle has more cells than ``most``.

    A sheet may lie in any part of the package, so every part is read as one.
    """
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in package.infolist():
                extent = _Extent()
                with package.open(part) as stream:
                    while (chunk := stream.read(CHUNK)) and extent.reads(chunk):
                        left -= len(chunk)
                        if left < 0 or extent.rows * extent.columns > most:
                            raise Refused(_too_large(name, extent))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as bad:
        raise Refused(_("“{name}”已损坏，不能作为 Excel 表打开。").format(name=name)) from bad


def _too_large(name: str, extent: "_Extent") -> str:
    words = _("“{name}”的工作表过大（{rows} 行 {columns} 列），请删去多余的行和列后再试。")
    return words.format(name=name, rows=extent.rows, columns=extent.columns)


class _Extent:
    """How far the cells of a sheet reach, counted from the first row and column."""

    def __init__(self) -> None:
        self.rows = self.columns = 1
        self._row = self._column = 0
        self._within = False
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    def reads(self, chunk: bytes) -> bool:
        """Read on; tell whether this can still be a sheet."""
        try:
            self._parser.Parse(chunk, False)
        except (expat.ExpatError, ValueError):
            return False
        return True

    def _start(self, name: str, values: dict[str, str]) -> None:
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


def _refuse_doctype(*_declared: object) -> None:
    raise Refused(_("表格文件里的 XML 带有文档类型声明，不予接收。"))


def _column(letters: str) -> int:
    """Return the number of a column from its letters.

    >>> _column("A"), _column("AB"), _column("XFD")
    (1, 28, 16384)
    """
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + (ord(letter) - 64 if "A" <= letter <= "Z" else 0)
    return number
