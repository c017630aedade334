"""Tables in (表格): CSV in stretches of bytes, Excel by calamine; headings in two languages."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import polars as pl
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from rongbiao.exchange.tables import plain
from rongbiao.texts import documents
from rongbiao.texts.documents.extents import check_extent

from .columns import HEADINGS, NEEDED, told_of, understood
from .portion import SURPLUS, Incoming, Portion, Unreadable, by_portions, no_relations

STRETCH = 16 * 1024 * 1024  # bytes
MOST_CELLS = 20_000_000  # of a workbook; larger registers come as CSV
HEAD = 256 * 1024  # bytes in which the headings must stand
SEARCHED = 12  # rows among which the headings are
LONGEST = 100  # characters; what is longer is no heading
Given = Callable[[list[str]], dict[str, str]]  # headings → what was said they mean


def find_headings(rows: list[list[str]], given: Given) -> tuple[int, dict[str, str]]:
    """Return the place of the headings among the first rows, and what they mean."""
    met: list[list[list[str]]] = []
    for place, cells in enumerate(rows[:SEARCHED]):
        headings = [cell.strip() for cell in cells]
        columns = understood(headings, given(headings))
        if set(columns.values()) >= NEEDED:
            return place, columns
        told = told_of([one for one in headings if len(one) <= LONGEST], columns)
        met += [told] if len(told) >= len(NEEDED) else []
    nearest = max(met, key=lambda told: sum(bool(column) for _one, column in told), default=[])
    names = "、".join(HEADINGS[name][0] for name in HEADINGS if name in NEEDED)
    raise Unreadable(_("没有找到表头，至少应有这些列：{names}。").format(names=names), nearest)


def read_csv(path: Path, given: Given) -> Incoming:
    """Recognize a CSV file in UTF-8; another encoding was put right before."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    text = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "ignore")
    place, mark, lines, columns = _headed(text, given)
    headings = [cell.strip() for cell in lines[place][1]]
    start = lines[place][0]
    return Incoming(
        "csv",
        "",
        _stretches(path, mark, headings, columns, start),
        headings=headings,
        columns=columns,
    )


def _headed(
    text: str, given: Given
) -> tuple[int, str, list[tuple[int, list[str]]], dict[str, str]]:
    """Find the headings, whichever mark parts the cells: a title above them may hold another."""
    first = "\n".join(text.split("\n", SEARCHED)[:SEARCHED])
    refused: list[Unreadable] = []
    for mark in sorted(",\t;", key=first.count, reverse=True):
        lines = list(_csv_rows(text, mark))
        try:
            place, columns = find_headings([cells for _line, cells in lines], given)
        except Unreadable as bad:
            refused.append(bad)
        else:
            return place, mark, lines, columns
    raise refused[0]


def _csv_rows(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Give the first rows with the number of the line at which each ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for cells in reader:
            yield reader.line_num, cells
            if reader.line_num > 4 * SEARCHED:
                return
    except csv.Error:
        return


class Stretch(NamedTuple):
    """Whole rows of a CSV file by their place: whoever checks them reads them."""

    path: Path
    start: int  # bytes
    size: int
    line: int  # of the first row
    height: int
    mark: str
    names: list[str]  # of the cells in order
    taken: dict[str, str]  # name: column

    def read(self) -> Portion:
        """Return the rows of the stretch."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            return _portion(file.read(self.size), self)


def _stretches(
    path: Path, mark: str, headings: list[str], columns: dict[str, str], start: int
) -> Iterator[Stretch]:
    """Give the file in stretches that end where a row ends."""
    names = [f"{SURPLUS}-{place}" for place in range(len(headings) + 1)]
    taken = {names[headings.index(heading)]: column for heading, column in columns.items()} | {
        names[-1]: SURPLUS
    }
    with path.open("rb") as file:
        for _number in range(start):
            file.readline()
        line, place, rest = start + 1, file.tell(), b""
        while (block := file.read(STRETCH)) or rest:
            whole, rest = _whole_rows(rest + block, line, at_end=len(block) < STRETCH)
            height = whole.count(b"\n")
            if whole and not whole.isspace():
                yield Stretch(path, place, len(whole), line, height, mark, names, taken)
            line, place = line + height, place + len(whole)


def _whole_rows(block: bytes, line: int, *, at_end: bool) -> tuple[bytes, bytes]:
    """Cut a block after its last whole row: where an even number of quotes came before."""
    if at_end:
        if block.count(b'"') % 2:
            raise Unreadable(_("第 {line} 行以后引号没有配对，文件不完整。").format(line=line))
        return block, b""
    end = len(block)
    for _try in range(5000):
        end = block.rfind(b"\n", 0, end)
        if end < 0:
            break
        if block.count(b'"', 0, end) % 2 == 0:
            return block[: end + 1], block[end + 1 :]
    raise Unreadable(_("第 {line} 行以后引号没有配对，文件不完整。").format(line=line))


def _portion(block: bytes, of: Stretch) -> Portion:
    try:
        frame = pl.read_csv(
            io.BytesIO(block),
            has_header=False,
            separator=of.mark,
            schema=dict.fromkeys(of.names, pl.String),
            truncate_ragged_lines=True,
            missing_columns="insert",
            encoding="utf8",
        )
    except pl.exceptions.PolarsError as bad:
        words = _("第 {line} 行以后不能作为 CSV 表读取。").format(line=of.line)
        raise Unreadable(words) from bad
    rows = frame.with_row_index("line", of.line).with_columns(pl.col("line").cast(pl.UInt32))
    if block.count(b"\n") + (not block.endswith(b"\n")) != frame.height:
        within = pl.sum_horizontal(
            pl.col(name).str.count_matches("\n").fill_null(0) for name in of.names
        )
        before = within.cum_sum().shift(1, fill_value=0).cast(pl.UInt32)
        rows = rows.with_columns(line=pl.col("line") + before)
    kept = rows.select("line", *(pl.col(name).alias(column) for name, column in of.taken.items()))
    empty = pl.all_horizontal(pl.exclude("line").is_null())
    return Portion(kept.filter(~empty), no_relations())


def read_excel(path: Path, given: Given) -> Incoming:
    """Recognize an Excel workbook: the first sheet that has the headings."""
    try:
        with path.open("rb") as file:
            check_extent(file, MOST_CELLS)
            file.seek(0)
            book = CalamineWorkbook.from_filelike(file)
            sheets = [
                (one.name, book.get_sheet_by_name(one.name).to_python(skip_empty_area=False))
                for one in book.sheets_metadata
                if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
            ]
    except documents.Unreadable as why:
        raise Unreadable(why.told(_)) from why
    except (CalamineError, OSError, ValueError, IndexError) as bad:
        words = _("不能作为 Excel 表打开，请另存为 xlsx 或 CSV 后再试。")
        raise Unreadable(words) from bad
    rows, first, place, columns = _sheet(sheets, given)
    headings = [cell.strip() for cell in first[place]]

    def lines():
        for line, cells in enumerate(rows[place + 1 :], start=place + 2):
            row = {
                column: cell_text(cells[headings.index(heading)])
                for heading, column in columns.items()
                if headings.index(heading) < len(cells)
            }
            if any(row.values()):
                yield row | {"line": line}, []

    return Incoming(
        "excel",
        "",
        by_portions(lines()),
        headings=headings,
        columns=columns,
    )


def _sheet(sheets: list[tuple[str, list]], given: Given) -> tuple[list, list, int, dict[str, str]]:
    """Return the one sheet that has the headings; nothing is left out without a word."""
    found: list[tuple[str, tuple]] = []
    refused: list[Unreadable] = []
    for name, rows in sheets:
        first = [[cell_text(cell) for cell in cells] for cells in rows[:SEARCHED]]
        try:
            found.append((name, (rows, first, *find_headings(first, given))))
        except Unreadable as bad:
            refused.append(bad)
    if len(found) > 1:
        names = "、".join(name for name, _read in found)
        raise Unreadable(
            _("有几张工作表都是标准目录（{names}），请各存为一个文件。").format(names=names)
        )
    if not found:
        raise max(refused, key=lambda bad: len(bad.headings), default=Unreadable(_("没有工作表。")))
    return found[0][1]


def cell_text(cell: object) -> str:
    """Return an Excel cell as text: days in ISO, whole numbers without a point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date | datetime):
        return cell.isoformat()[:10]
    return plain(cell).strip()
