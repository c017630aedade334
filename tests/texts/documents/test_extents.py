"""Extents: a workbook that would unfold to more than memory holds is refused before it does."""

import io
import zipfile

import pytest
import xlsxwriter

from rongbiao.exchange.loading.portion import Unreadable as NotLoaded
from rongbiao.exchange.loading.tables_in import read_excel
from rongbiao.exchange.papers.form_tables import tables_of
from rongbiao.exchange.tables import read_rows
from rongbiao.parties.refused import Refused
from rongbiao.texts.documents import Unreadable, read_apart, read_document
from rongbiao.texts.documents.extents import check_extent


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


def test_five_kilobytes_cannot_take_gigabytes_of_any_reader(tmp_path):
    content = workbook((0, 0), (1_000_000, 16_000))
    assert len(content) < 10_000
    for read in (read_rows, tables_of):
        with pytest.raises(Refused, match="1000001 行 16001 列"):
            read(content, "名录.xlsx")
    for read in (read_document, read_apart):
        with pytest.raises(Unreadable, match="1000001 行 16001 列"):
            read(content, "名录.xlsx")
    path = tmp_path / "名录.xlsx"
    path.write_bytes(content)
    with pytest.raises(NotLoaded, match="工作表过大"):
        read_excel(path, lambda _headings: {})


def test_a_sheet_in_another_part_is_seen_too():
    content = changed(
        workbook((0, 0), (1_000_000, 16_000)),
        lambda name, part: [(name.replace("xl/worksheets/", "xl/odd/"), part)],
    )
    with pytest.raises(Unreadable, match="工作表过大"):
        check_extent(content)


def test_a_sheet_in_another_encoding_is_seen_too():
    def as_utf16(name, part):
        if name.startswith("xl/worksheets/"):
            part = part.decode().replace("UTF-8", "UTF-16").encode("utf-16")
        return [(name, part)]

    with pytest.raises(Unreadable, match="工作表过大"):
        check_extent(changed(workbook((0, 0), (1_000_000, 16_000)), as_utf16))


def test_a_document_type_is_refused():
    def with_doctype(name, part):
        if name.startswith("xl/worksheets/"):
            part = part.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1)
        return [(name, part)]

    with pytest.raises(Unreadable, match="文档类型声明"):
        check_extent(changed(workbook((0, 0)), with_doctype))


def test_cells_without_a_place_are_counted_in_turn():
    def without_places(name, part):
        if name.startswith("xl/worksheets/"):
            rows = b"<row><c/><c/><c/></row>" * 4
            part = part.replace(b"</sheetData>", rows + b"</sheetData>")
        return [(name, part)]

    content = changed(workbook((0, 0)), without_places)
    check_extent(content, most=15)
    with pytest.raises(Unreadable, match="5 行 3 列"):
        check_extent(content, most=14)


def test_an_honest_table_passes():
    check_extent(workbook((0, 0), (5000, 20)))
    assert [number for number, _cells in read_rows(workbook((0, 0), (3, 1)), "a.xlsx")] == [1, 4]


def test_a_broken_package_is_one_sentence():
    with pytest.raises(Unreadable, match="已损坏"):
        check_extent(b"PK\x03\x04 broken")


def test_what_is_no_xml_and_may_be_a_sheet_is_refused():
    """A reader of Excel is more lenient than XML allows and would unfold it."""

    def broken(name, part):
        if name.startswith("xl/worksheets/"):
            part = part.replace(b"<sheetData>", b"<a & b><sheetData>")
            name = name.replace("sheet1.xml", "sheet1.dat")
        return [(name, part)]

    content = changed(workbook((0, 0), (1_000_000, 16_000)), broken)
    with pytest.raises(Unreadable, match="已损坏"):
        check_extent(content)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_sheet_listed_many_times_is_refused(part):
    """It would be read again for each: five million cells three hundred times."""
    tag = {"xl/workbook.xml": "<sheet ", "xl/_rels/workbook.xml.rels": "<Relationship "}[part]

    def listed(name, content):
        if name == part:
            start = content.index(tag.encode())
            end = content.index(b"/>", start) + 2
            content = content[:end] + content[start:end] * 300 + content[end:]
        return [(name, content)]

    with pytest.raises(Unreadable, match="已损坏"):
        check_extent(changed(workbook((0, 0)), listed))


def test_a_cell_said_again_and_again_is_bounded():
    def again(name, part):
        if name.startswith("xl/worksheets/"):
            part = part.replace(b"</sheetData>", b'<c r="A1"/>' * 11_000 + b"</sheetData>")
        return [(name, part)]

    with pytest.raises(Unreadable, match="工作表过大"):
        check_extent(changed(workbook((0, 0)), again), most=100)


def test_sheets_count_together():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for _sheet in range(3):
        book.add_worksheet().write_string(9, 9, "甲")
    book.close()
    check_extent(buffer.getvalue(), most=300)
    with pytest.raises(Unreadable, match="10 行 10 列"):
        check_extent(buffer.getvalue(), most=299)
