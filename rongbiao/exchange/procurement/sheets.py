"""The checklist of an acceptance as Excel: four sheets, one table each."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from .tender import Group, Tender
from .wording import group_word, headings, required, state_word

LONGEST = 32_767  # characters of a cell of Excel


def checklist_sheet(tender: Tender) -> bytes:
    """Return the checklist, the general references, the doubts and the notes as xlsx."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(buffer, options) as book:
        looks = (
            book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#f0f2ef"}),
            book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        )
        groups = {group: group_word(group) for group in Group}
        items = [
            (str(number), groups[Group(item.group)], item.guess or _("由采购人确认"), item.number,
             item.title, required(item), state_word(item), item.why, "", "", "", "")
            for number, item in enumerate((one for group in Group for one in tender.of(group)), start=1)
        ]  # fmt: skip
        first, *rest = headings()
        number, title, asked, state, *blank = rest
        heads = (first, _("归类"), _("归类理由"), number, title, asked, state, _("说明"), *blank)
        _write(
            book,
            _("验收清单"),
            heads,
            (6, 10, 18, 20, 28, 50, 18, 40, 20, 18, 10, 12),
            items,
            looks,
        )
        general = [(one.where, one.text, one.sentence, "") for one in tender.mentions]
        heads = (_("位置"), _("概括引用"), _("原文"), _("应写明的标准"))
        _write(book, _("概括引用"), heads, (24, 24, 60, 30), general, looks)
        doubts = [
            (one.where, f"{one.before}{one.words}{one.after}", one.words, one.cited, one.why, one.advice)
            for one in tender.doubts
        ]  # fmt: skip
        heads = (_("位置"), _("原文"), _("触发的用语"), _("依据"), _("提示"), _("建议"))
        _write(book, _("采购文件提示"), heads, (24, 60, 30, 40, 36, 40), doubts, looks)
    return buffer.getvalue()


def _write(
    book: xlsxwriter.Workbook, name: str, heads: Sequence[str], widths: Sequence[float],
    rows: Iterable[Sequence[str]], looks: Sequence,
) -> None:  # fmt: skip
    sheet = book.add_worksheet(name[:31])
    head, cell = looks
    for column, (words, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words, head)
    for line, row in enumerate(rows, start=1):
        for column, words in enumerate(row):
            sheet.write_string(line, column, words[:LONGEST], cell)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
