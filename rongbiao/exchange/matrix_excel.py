"""The matrix as Excel (任务矩阵表): the same grid, shapes and colors, on one A3 sheet."""

import io
from datetime import date

import xlsxwriter
from django.utils.translation import gettext as _

from rongbiao.strategy.lamps import Lamp
from rongbiao.strategy.models import Plan, Quarter
from rongbiao.strategy.overview import Matrix

COLORS = {
    Lamp.DONE: ("#cfe7d8", "#17603d"),
    Lamp.OK: ("#e3f1e8", "#17603d"),
    Lamp.INFO: ("#e2edf5", "#15507a"),
    Lamp.WARN: ("#f9dc95", "#7d4a00"),
    Lamp.BAD: ("#c0342a", "#ffffff"),
    Lamp.IDLE: ("#edf0ee", "#505d65"),
}
A3 = 8


def workbook(plan: Plan, quarter: Quarter, day: date, found: Matrix) -> bytes:
    """Return the file: title, day and unit, headings frozen, lamps as shapes on their colors."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet(_("任务矩阵"))
    plain = book.add_format({"border": 1, "border_color": "#e2e6e2"})
    head = book.add_format(
        {"bold": True, "rotation": 270, "align": "center", "valign": "bottom", "border": 1}
    )
    block = book.add_format({"bold": True, "bg_color": "#f0f2ef"})
    lit = {
        lamp: book.add_format(
            {"bg_color": back, "font_color": front, "align": "center", "border": 1,
             "border_color": "#ffffff"}
        )
        for lamp, (back, front) in COLORS.items()
    }  # fmt: skip
    sheet.write_string(
        0, 0, f"{plan.title}（{plan.number}）", book.add_format({"bold": True, "font_size": 16})
    )
    signs = "  ".join(f"{lamp.sign} {lamp.word}" for lamp in Lamp)
    note = _("{quarter}，截止日期 {day}，单位：责任项，共 {n} 个").format(
        quarter=quarter, day=day, n=found.total
    )
    sheet.write_string(1, 0, f"{note}    {signs}")
    top = 3
    bold = book.add_format({"bold": True, "bottom": 1})
    for place, words in enumerate((_("序号"), _("任务"), _("完成率"))):
        sheet.write_string(top, place, words, bold)
    for place, column in enumerate(found.columns, start=3):
        sheet.write_string(top, place, column.label, head)
    line, last = top + 1, None
    for row in found.tasks:
        if row.task.block != last:
            last = row.task.block
            sheet.merge_range(line, 0, line, 2 + len(found.columns), last, block)
            line += 1
        sheet.write_string(line, 0, row.task.number, plain)
        sheet.write_string(line, 1, row.task.title, plain)
        sheet.write_number(line, 2, row.done_share / 100, book.add_format({"num_format": "0%"}))
        for place, column in enumerate(found.columns, start=3):
            cell = row.cells.get(column.key)
            if cell:
                shown = cell.lamp.sign if cell.assignment_id else cell.label
                sheet.write_string(line, place, shown, lit[cell.lamp])
        line += 1
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, 7)
    sheet.set_column(3, 2 + len(found.columns), 4)
    sheet.set_row(top, 110)
    sheet.freeze_panes(top + 1, 3)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 1)
    book.close()
    return buffer.getvalue()
