"""What is filtered is what goes out: the set and its order, in every kind of file."""

import csv
import io
import json
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from rongbiao.exchange.export import KINDS, record, walk, walking
from rongbiao.exchange.export.records import TABLE, headings
from rongbiao.exchange.tables import BOM
from rongbiao.standards.models import Standard
from rongbiao.standards.search import Order, asked
from tests.standards_desk import NASTY, enter

DAY = date(2026, 11, 26)


def content(kind: str, standards=None) -> bytes:
    rows = walk(asked({})) if standards is None else standards
    return b"".join(KINDS[kind].pieces(rows, DAY))


@pytest.fixture
def three(db, engine):
    return [
        enter("GB/T 1.1-2020", NASTY, drafters=["福州茶厂", "+外地单位"], ics="01.120"),
        enter("GB/T 1.2-2020", "起草规则", issued_on=date(2021, 1, 1), issued_precision="month"),
        enter("GB/T 1.10-2020", "茶", issued_on=None, status="withdrawn"),
    ]


def test_csv_opens_as_text_and_nothing_runs(three):
    text = content("csv").decode()
    assert text.startswith(BOM)
    rows = list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))
    assert rows[0] == headings()
    assert len({len(row) for row in rows}) == 1
    first = dict(zip(rows[0], rows[3 - 1], strict=True))
    assert first["标准名称"] == f"'{NASTY}"
    assert first["起草单位"] == "福州茶厂、+外地单位"
    assert [row[0] for row in rows[1:]] == ["GB/T 1.2-2020", "GB/T 1.1-2020", "GB/T 1.10-2020"]
    assert rows[1][headings().index("发布日期")] == "2021-01"
    assert [cell for row in rows[1:] for cell in row if cell[:1] in "=+@\t\r" and cell] == []


def test_excel_says_what_it_is_and_of_which_day(three):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content("xlsx"))).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    assert rows[0][0] == "标准目录"
    assert rows[1][0] == "数据截至 2026-11-26，单位：项"
    assert rows[2] == headings()
    assert [row[0] for row in rows[3:]] == ["GB/T 1.2-2020", "GB/T 1.1-2020", "GB/T 1.10-2020"]
    first = dict(zip(rows[2], rows[4], strict=True))
    assert first["标准名称"] == NASTY
    assert first["发布日期"] == date(2020, 3, 31)


def test_json_lines_hold_every_column(three):
    lines = [json.loads(line) for line in content("jsonl").decode().splitlines()]
    assert [line["number"] for line in lines] == [
        "GB/T 1.2-2020",
        "GB/T 1.1-2020",
        "GB/T 1.10-2020",
    ]
    first = lines[1]
    assert first["title"] == NASTY
    assert first["drafters"] == ["福州茶厂", "+外地单位"]
    assert first["issued_on"] == "2020-03-31"
    assert (lines[0]["issued_on"], lines[2]["issued_on"]) == ("2021-01", None)


def test_every_column_of_a_standard_goes_out(three):
    made = {"id", "key", "resolver_key", "bare_key", "sorting", "year", "issued_precision", "text"}
    columns = {field.name for field in Standard._meta.concrete_fields}
    assert columns - made == set(record(three[0])) - {"drafters"}
    assert len(TABLE) == len(columns - made) + 1


def test_the_list_says_its_norm(three):
    lines = content("txt").decode().splitlines()
    assert lines[0].startswith("[1] 国家市场监督管理总局")
    assert "GB/T 1.2—2020[S]" in lines[0]
    assert lines[-1].startswith("著录格式：GB/T 7714—2015")


@pytest.mark.parametrize("kind", ["bib", "ris"])
def test_citations_come_once_each(kind, three):
    assert content(kind).decode().count("GB/T 1.1—2020") == 1
    assert len(content(kind).decode().split("TY  - STAND" if kind == "ris" else "@tech")) == 4


def test_the_order_is_that_of_the_question(three, engine):
    by_number = walk(asked({"order": ["number"], "q": ["GB"]}))
    assert [row.number for row in by_number] == [
        "GB/T 1.1-2020", "GB/T 1.2-2020", "GB/T 1.10-2020",
    ]  # fmt: skip
    assert [r.pk for r in walk(asked({"status": ["withdrawn"]}))] == [three[2].pk]
    assert list(walk(asked({"status": ["nonsense"]}))) == []


def test_a_page_does_not_cut_an_export(three):
    assert len(list(walk(asked({"page": ["2"]})))) == 3


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(walking, "FIRST", 2)
    monkeypatch.setattr(walking, "MOST", 4)
    monkeypatch.setattr(walking, "ROWS", 3)


def test_many_rows_are_walked_in_portions(db, engine, small):
    rows = [enter(f"GB/T {n}-2020") for n in range(1, 24)]
    assert [row.pk for row in walk(asked({}))] == [row.pk for row in reversed(rows)]
    assert max(query.size for query in engine.asked) == 4
    assert [row.pk for row in walk(asked({"order": ["number"]}))] == [row.pk for row in rows]


def test_rows_that_move_come_once_and_none_is_missing(db, engine, small):
    """While a reader walks, one row goes and another comes first: offsets shift twice."""
    rows = [enter(f"GB/T {n}-2020") for n in range(1, 12)]
    found = []
    for place, row in enumerate(walk(asked({"status": ["current"]}))):
        found.append(row.pk)
        if place == 1:
            rows[-1].delete()
        if place == 5:
            enter("GB/T 99-2020", issued_on=date(2026, 1, 1))
    assert len(found) == len(set(found))
    assert {row.pk for row in rows[:-1]} <= set(found)


def test_no_rows_are_held_back(db, engine, small):
    """The first rows leave before the last are asked for."""
    for n in range(1, 20):
        enter(f"GB/T {n}-2020")
    pieces = KINDS["jsonl"].write(walk(asked({"order": [Order.NUMBER.value]})), DAY)
    next(iter(pieces))
    assert len(engine.asked) == 1
