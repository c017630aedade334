"""Streams (导出的文件): each kind of file, written standard by standard."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.exchange.tables import csv_lines, plain
from rongbiao.standards.models import Standard

from .citing import bibtex, numbered, ris
from .records import cells, headings, record

MOST_EXCEL = 200_000  # rows: what opens on an office's machine
CHUNK = 64 * 1024
TOGETHER = 100  # lines sent as one piece
WIDTHS = (22, 48, 40, 24)
Writer = Callable[[Iterable[Standard], date], Iterator[str | bytes]]


def _csv(standards: Iterable[Standard], day: date) -> Iterator[str]:
    return csv_lines(headings(), (cells(standard) for standard in standards))


def _jsonl(standards: Iterable[Standard], day: date) -> Iterator[str]:
    for standard in standards:
        yield json.dumps(record(standard), ensure_ascii=False) + "\n"


def _list(standards: Iterable[Standard], day: date) -> Iterator[str]:
    yield from numbered(standards)
    yield (
        "\n"
        + _("著录格式：GB/T 7714—2015《信息与文献 参考文献著录规则》。数据截至 {day}。").format(
            day=day
        )
        + "\n"
    )


def _bibtex(standards: Iterable[Standard], day: date) -> Iterator[str]:
    return map(bibtex, standards)


def _ris(standards: Iterable[Standard], day: date) -> Iterator[str]:
    return map(ris, standards)


def _excel(standards: Iterable[Standard], day: date) -> Iterator[bytes]:
    """Write the workbook row by row into a file beside memory, then send it."""
    with tempfile.TemporaryDirectory(prefix="rongbiao-export-") as folder:
        path = f"{folder}/standards.xlsx"
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False,
                   "strings_to_urls": False}  # fmt: skip
        book = xlsxwriter.Workbook(path, options)
        sheet = book.add_worksheet(_("标准"))
        for column in range(len(headings())):
            sheet.set_column(column, column, WIDTHS[min(column, len(WIDTHS) - 1)])
        sheet.freeze_panes(3, 1)
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#f0f2ef"})
        sheet.write_string(0, 0, _("标准目录"), book.add_format({"bold": True, "font_size": 14}))
        sheet.write_string(1, 0, _("数据截至 {day}，单位：项").format(day=day))
        for column, heading in enumerate(headings()):
            sheet.write_string(2, column, heading, head)
        days = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        for line, standard in enumerate(standards, start=3):
            for column, value in enumerate(cells(standard)):
                _cell(sheet, line, column, value, days)
        book.close()
        with open(path, "rb") as file:  # noqa: PTH123
            while piece := file.read(CHUNK):
                yield piece


def _cell(sheet: Any, line: int, column: int, value: Any, days: Any) -> None:
    if isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), days)  # noqa: DTZ001
    elif text := plain(value):
        sheet.write_string(line, column, text[:32_767])  # no cell of Excel holds more


@dataclass(frozen=True)
class Kind:
    """One kind of file: its ending, its name for people, its media type, its writer."""

    key: str
    name: Any
    media: str
    write: Writer
    most: int = 0  # rows, where the kind itself has a limit

    def pieces(self, standards: Iterable[Standard], day: date) -> Iterator[bytes]:
        """Yield the file in pieces of a good size for a network."""
        waiting: list[bytes] = []
        for line in self.write(standards, day):
            if isinstance(line, bytes):
                yield line
                continue
            waiting.append(line.encode())
            if len(waiting) == TOGETHER:
                yield b"".join(waiting)
                waiting.clear()
        if waiting:
            yield b"".join(waiting)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("csv", "CSV", "text/csv; charset=utf-8", _csv),
        Kind("xlsx", "Excel", XLSX, _excel, MOST_EXCEL),
        Kind("jsonl", "JSON Lines", "application/jsonl; charset=utf-8", _jsonl),
        Kind("txt", gettext_lazy("GB/T 7714 著录"), "text/plain; charset=utf-8", _list),
        Kind("bib", "BibTeX", "application/x-bibtex; charset=utf-8", _bibtex),
        Kind("ris", "RIS", "application/x-research-info-systems; charset=utf-8", _ris),
    )
}
