"""Workbooks (电子表格): every cell that says something, sheet by sheet, with its name."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

from .document import Block, Writer
from .extents import check_extent
from .unreadable import Unreadable, _


def write_xlsx(writer: Writer, data: bytes) -> None:
    """Write the cells of a workbook: a row on a line, its cells parted by tabs."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    check_extent(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in book.sheets_metadata:
            if about.visible is not SheetVisibleEnum.Visible:
                writer.note("hidden", _("工作表“{name}”是隐藏的，也已读入。"), name=about.name)
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            writer.put(name, Block("heading", 0, 0, 1, sheet=name))
            _top, left = sheet.start or (0, 0)  # rows are given from the first, columns from here
            for at, cells in enumerate(sheet.iter_rows(), start=1):
                _write_row(writer, name, at, left, cells)
                if writer.full:
                    writer.cut()
                    break
    except (CalamineError, ValueError, IndexError, KeyError, OSError) as bad:
        raise Unreadable(_("不能作为 Excel 表打开，请另存为 xlsx 后再试。")) from bad


def _write_row(writer: Writer, sheet: str, row: int, left: int, cells: Sequence[object]) -> None:
    between = "\n"
    for column, value in enumerate(cells, start=left + 1):
        words = cell_text(value)
        if words:
            name = f"{column_name(column)}{row}"
            writer.put(words, Block("cell", 0, 0, sheet=sheet, cell=name), between)
            between = "\t"


def column_name(number: int) -> str:
    """Return the letters of a column, counted from 1.

    >>> column_name(1), column_name(28)
    ('A', 'AB')
    """
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def cell_text(value: object) -> str:
    """Return what a cell says: days in ISO, whole numbers without a point."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        midnight = value.time() == datetime.min.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
