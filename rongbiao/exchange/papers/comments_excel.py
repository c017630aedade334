"""Comments in Excel (意见表): D.1 and D.2 as workbooks, row by row, in bounded memory.

A text that a spreadsheet could take for a formula is written as text and keeps the mark
of a quoted cell, so it stays one when the file is edited, and comes back unchanged.
"""

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from rongbiao.exchange.tables import ACTIVE

from .blocks import Told
from .comments import (
    DISPOSED_HEADINGS,
    REMARK_HEADINGS,
    CommentForm,
    Summary,
    remark_rows,
)
from .word import STEP
from .wording import clean, in_words, one_line

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # characters: no cell of Excel holds more
CUT = "……（未完，全文见 Word 版）"
A4 = 9


def summary_excel(given: Summary, told: Told | None = None) -> bytes:
    """Return the table of dispositions as xlsx; ``told`` hears how many rows are done."""
    foot = f"{given.asked}{given.counted}"
    widths = (6, 14, 60, 24, 12, 40)
    return _workbook(
        given.title, given.head, DISPOSED_HEADINGS, widths, given.cells, foot, given.made_on, told
    )


def comment_form_excel(given: CommentForm) -> bytes:
    """Return the comment form as xlsx, to be filled in and sent back."""
    title = f"{given.project.kind}征求意见表"
    head = (
        ("标准名称", given.project.title),
        ("提出单位（个人）", given.unit),
        ("联系人", given.contact),
        ("联系电话", given.phone),
        ("填写日期", in_words(given.made_on).strip() if given.made_on else ""),
    )
    until = f"请于{in_words(given.until)}前反馈。" if given.until else ""
    foot = f"一行写一条意见；章条编号写到最末一级，对全文的意见写“全文”。{until}"
    rows = remark_rows(given.remarks)
    return _workbook(
        title, head, REMARK_HEADINGS, (6, 14, 50, 40, 40), rows, foot, given.made_on, None
    )


def _workbook(
    title: str,
    head: Sequence[tuple[str, str]],
    headings: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    foot: str,
    day: date | None,
    told: Told | None,
) -> bytes:
    title = one_line(title)
    with tempfile.TemporaryDirectory(prefix="rongbiao-papers-") as folder:
        path = Path(folder) / "comments.xlsx"
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False,
                   "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
        book = xlsxwriter.Workbook(str(path), options)
        made = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _NO_DAY
        book.set_properties({"title": title, "created": made})
        sheet = book.add_worksheet("意见")
        cells = _Cells(book, sheet)
        for column, wide in enumerate(widths):
            sheet.set_column(column, column, wide)
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 16}))
        for line, (name, value) in enumerate(head, start=1):
            cells.write(line, 0, name)
            cells.write(line, 2, value)
        top = len(head) + 1
        heading = book.add_format(
            {"bold": True, "border": 1, "bg_color": "#f0f2ef", "align": "center"}
        )
        for column, text in enumerate(headings):
            sheet.write_string(top, column, text, heading)
        total = len(rows)
        for done, row in enumerate(rows, start=1):
            sheet.write_number(top + done, 0, int(row[0]), cells.number)
            for column, text in enumerate(row[1:], start=1):
                cells.write(top + done, column, text, bordered=True)
            if told and (done % STEP == 0 or done == total):
                told(done, total)
        cells.write(top + total + 2, 0, foot)  # under 序号: no row of the form
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C— &P —")
        book.close()
        return path.read_bytes()


_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)


class _Cells:
    """Cells of text in four shapes: bordered or not, quoted or not."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.sheet = sheet
        shape = {"text_wrap": True, "valign": "top"}
        self.number = book.add_format({"border": 1, "valign": "top", "align": "center"})
        self.shapes = {
            (bordered, quoted): book.add_format(
                ({"border": 1, **shape} if bordered else {}) | {"quote_prefix": quoted}
            )
            for bordered in (False, True)
            for quoted in (False, True)
        }

    def write(self, line: int, column: int, text: str, *, bordered: bool = False) -> None:
        """Write a text as text, whatever it looks like."""
        text = clean(text) if bordered else one_line(text)
        if len(text) > LONGEST:
            text = text[: LONGEST - len(CUT)] + CUT
        shape = self.shapes[bordered, text.lstrip().startswith(ACTIVE)]
        if text:
            self.sheet.write_string(line, column, text, shape)
        elif bordered:
            self.sheet.write_blank(line, column, None, shape)
