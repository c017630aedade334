"""Tables in and out (表格): CSV and Excel, bounded on the way in, defused on the way out."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from rongbiao.parties.refused import Refused
from rongbiao.texts.documents import Unreadable
from rongbiao.texts.documents.extents import check_extent

LARGEST = 20 * 1024 * 1024  # bytes
MOST_ROWS = 200_000
LONGEST_CELL = 5000  # characters
HEADINGS_WITHIN = 10  # lines
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"


def plain(value: Any) -> str:
    """Return a cell as text; days in ISO, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, date | datetime):
        return value.isoformat()[:10]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def defused(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = plain(value)
    return f"'{text}" if text.startswith(ACTIVE) and not _number(text) else text


def _number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdecimal()


class _Echo:
    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield a CSV file line by line, with the mark that Excel needs for UTF-8."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([str(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([defused(value) for value in row])


def excel(title: str, note: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return an Excel file: a title row, a note (day and unit), headings, frozen, then the rows."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False,
                                        "strings_to_urls": False})  # fmt: skip
    sheet = book.add_worksheet(title[:31].translate(str.maketrans(":\\/?*[]", "：＼／？＊［］")))
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, note, book.add_format({"font_color": "#5d6a72"}))
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#f0f2ef"})
    wrap = book.add_format({"valign": "top", "text_wrap": True})
    for column, heading in enumerate(headings):
        sheet.write_string(2, column, str(heading), head)
    for line, row in enumerate(rows, start=3):
        for column, value in enumerate(row):
            if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                sheet.write_number(line, column, float(value), wrap)
            else:
                sheet.write_string(line, column, plain(value), wrap)
    sheet.set_column(0, len(headings) - 1, 22)
    sheet.freeze_panes(3, 1)
    book.close()
    return buffer.getvalue()


def read_rows(content: bytes, name: str) -> list[tuple[int, list[Any]]]:
    """Return (line number, cells) of a CSV or Excel file; empty lines are left out.

    Refused in a sentence when the file is too large, no table, or in an unknown encoding.
    """
    if len(content) > LARGEST:
        size = len(content) / 1024 / 1024
        raise Refused(
            _("“{name}”有 {size:.1f} MB，超过 20 MB 的上限。").format(name=name, size=size)
        )
    if not content.strip():
        raise Refused(_("“{name}”是空文件。").format(name=name))
    lines = _excel_rows(content, name) if content[:2] == b"PK" else _csv_rows(content, name)
    found = []
    for number, cells in enumerate(lines, start=1):
        if number > MOST_ROWS:
            raise Refused(
                _("“{name}”超过 {most} 行的上限，请分开登记。").format(name=name, most=MOST_ROWS)
            )
        if any(plain(cell).strip() for cell in cells):
            found.append((number, list(cells)))
    return found


def find_headings(
    rows: Sequence[tuple[int, list[Any]]], named: Mapping[str, str], needed: Collection[str]
) -> tuple[dict[str, int], int]:
    """Return in which column each key stands and where the lines below the headings begin.

    ``named`` gives the key of every heading; of several for one key the first that stands there
    counts. Refused where a needed key, or every line, is missing.
    """
    for place, (_line, cells) in enumerate(rows[:HEADINGS_WITHIN]):
        texts = [plain(cell).strip() for cell in cells]
        found: dict[str, int] = {}
        for heading, key in named.items():
            if key not in found and heading in texts:
                found[key] = texts.index(heading)
        if found.keys() >= set(needed):
            if place + 1 == len(rows):
                raise Refused(_("表里只有表头，没有明细。"))
            return found, place + 1
    first: dict[str, str] = {}
    for heading, key in named.items():
        first.setdefault(key, heading)
    wanted = "、".join(heading for key, heading in first.items() if key in needed)
    raise Refused(_("没有找到表头，至少应有这些列：{wanted}。").format(wanted=wanted))


def _excel_rows(content: bytes, name: str) -> Iterable[Sequence[Any]]:
    check_workbook(content, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as bad:
        raise Refused(
            _("“{name}”不能作为 Excel 表打开，请另存为 xlsx 或 CSV 后再试。").format(name=name)
        ) from bad


def check_workbook(content: bytes, name: str) -> None:
    """Refuse in a sentence a workbook whose cells would not fit into memory, or that is damaged."""
    try:
        check_extent(content)
    except Unreadable as why:
        raise Refused(_("“{name}”：{why}").format(name=name, why=why.told(_))) from why


def _csv_rows(content: bytes, name: str) -> Iterable[Sequence[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        try:
            return list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error as bad:
            raise Refused(_("“{name}”不是完整的 CSV 表：引号没有配对。").format(name=name)) from bad
    raise Refused(_("“{name}”不是表格文件，请用 CSV 或 xlsx。").format(name=name))
