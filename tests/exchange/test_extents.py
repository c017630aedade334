"""Extents: a workbook that would unfold to more than memory holds is refused before it does."""

import io
import zipfile

import pytest
import xlsxwriter

from rongbiao.exchange.extents import check_extent
from rongbiao.exchange.tables import read_rows
from rongbiao.parties.refused import Refused


def workbook(*cells: tuple[int, int]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, column in cells:
        sheet.write_string(row, column, "甲")
    book.close()
    return buffer.getvalue()


def changed(content: bytes, change) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(content))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in source.namelist():
            for new_name, part in change(name, source.read(name)):
                package.writestr(new_name, part)
    return buffer.getvalue()


def test_a_register_of_five_kilobytes_cannot_take_gigabytes():
    content = workbook((0, 0), (1_000_000, 16_000))
    assert len(content) < 10_000
    with pytest.raises(Refused, match="1000001 行 16001 列"):
        read_rows(content, "名录.xlsx")


def test_a_sheet_in_another_part_is_seen_too():
    content = changed(
        workbook((0, 0), (1_000_000, 16_000)),
        lambda name, part: [(name.replace("xl/worksheets/", "xl/odd/"), part)],
    )
    with pytest.raises(Refused, match="工作表过大"):
        check_extent(content, "a.xlsx")


def test_a_sheet_in_another_encoding_is_seen_too():
    def as_utf16(name, part):
        if name.startswith("xl/worksheets/"):
            part = part.decode().replace("UTF-8", "UTF-16").encode("utf-16")
        return [(name, part)]

    with pytest.raises(Refused, match="工作表过大"):
        check_extent(changed(workbook((0, 0), (1_000_000, 16_000)), as_utf16), "a.xlsx")


def test_a_document_type_is_refused():
    def with_doctype(name, part):
        if name.startswith("xl/worksheets/"):
            part = part.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1)
        return [(name, part)]

    with pytest.raises(Refused, match="文档类型声明"):
        check_extent(changed(workbook((0, 0)), with_doctype), "a.xlsx")


def test_cells_without_a_place_are_counted_in_turn():
    def without_places(name, part):
        if name.startswith("xl/worksheets/"):
            rows = b"<row><c/><c/><c/></row>" * 4
            part = part.replace(b"</sheetData>", rows + b"</sheetData>")
        return [(name, part)]

    content = changed(workbook((0, 0)), without_places)
    check_extent(content, "a.xlsx", most=15)
    with pytest.raises(Refused, match="5 行 3 列"):
        check_extent(content, "a.xlsx", most=14)


def test_an_honest_table_passes():
    check_extent(workbook((0, 0), (5000, 20)), "a.xlsx")
    assert [number for number, _cells in read_rows(workbook((0, 0), (3, 1)), "a.xlsx")] == [1, 4]


def test_a_broken_package_is_one_sentence():
    with pytest.raises(Refused, match="已损坏"):
        check_extent(b"PK\x03\x04 broken", "a.xlsx")
