"""Tables as people really send them: nothing is lost without a word, nothing stops what waits behind."""

import json
from datetime import date

import pytest
import xlsxwriter
from django.conf import settings

from rongbiao.exchange.loading import loads
from rongbiao.parties.refused import Refused
from rongbiao.standards.load import Load
from rongbiao.standards.models import Standard

pytestmark = pytest.mark.django_db
HEAD = "标准编号,标准名称,状态,发布日期,实施日期\n"
ROWS = (
    "GB/T 90201-2010,甲,现行,2010-01-01,2010-07-01\nGB/T 90202-2010,乙,现行,2010-01-01,2010-07-01\n"
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")


def load(path, **more) -> Load:
    said = {"aim": "enter", "basis": "试〔2025〕1号", "day": date(2026, 11, 27)} | more
    return loads.work(loads.order(path, **said))


def file(tmp_path, content, name="表.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        (HEAD + ROWS).replace("\n", "\r"),
        (HEAD + ROWS).replace("\n", "\r\n"),
        HEAD.replace("发布日期", '"发布\r日期"') + ROWS,
        "﻿" + (HEAD + ROWS).replace(",", ";"),
        "福州市标准目录（2026年，第1批，共2项，演练，不作依据）\n"
        + (HEAD + ROWS).replace(",", ";"),
        (HEAD + ROWS).replace(",", "\t").encode("utf-16"),
    ],
)
def test_every_row_of_a_table_comes_in(tmp_path, content):
    done = load(file(tmp_path, content))
    assert (done.state, done.why, done.counts["new"]) == ("done", "", 2)
    assert Standard.objects.filter(issued_on="2010-01-01").count() == 2


def workbook(tmp_path, *sheets):
    path = tmp_path / "表.xlsx"
    book = xlsxwriter.Workbook(path)
    for name, text, hidden in sheets:
        sheet = book.add_worksheet(name)
        for line, cells in enumerate(text.splitlines()):
            sheet.write_row(line, 0, cells.split(","))
        if hidden:
            sheet.hide()
    book.close()
    return path


def test_the_sheet_with_the_headings_is_read_wherever_it_stands(tmp_path):
    path = workbook(tmp_path, ("说明", "本表,说明", False), ("目录", HEAD + ROWS, False))
    assert load(path).counts["new"] == 2


def test_no_second_sheet_is_left_out_without_a_word(tmp_path):
    path = workbook(
        tmp_path, ("甲", HEAD + ROWS, False), ("隐", HEAD + ROWS, True), ("乙", HEAD + ROWS, False)
    )
    done = load(path)
    assert (done.state, "（甲、乙），请各存为一个文件" in done.why) == ("refused", True)


def test_two_lines_that_contradict_each_other_are_refused(tmp_path):
    other = "GB/T 90201-2010,甲,废止,2010-01-01,2010-07-01\n"
    again = "GB/T 90202-2010,乙,现行,2010-01-01,\n"  # says less, and nothing else
    path = file(tmp_path, HEAD + ROWS + other + again)
    done = load(path)
    assert (done.state, Standard.objects.count()) == ("refused", 0)
    assert done.refused == [[4, "标准编号", "编号与第 2 行相同，内容不同"]]
    done = load(path, skip_refused=True)
    assert [done.counts[name] for name in ("new", "refused", "twice", "same")] == [2, 1, 1, 1]
    assert Standard.objects.get(number="GB/T 90201-2010").status == "current"
    assert list(loads.refused_rows(done)) in (
        [],  # the folder goes when all is entered
        [(4, "标准编号", "编号与第 2 行相同，内容不同")],
    )


def test_days_that_cannot_follow_each_other_are_refused(tmp_path):
    done = load(file(tmp_path, HEAD + "GB/T 90201-2010,甲,现行,2010-05-01,2010-04-30\n"))
    assert done.refused == [[2, "实施日期", "早于发布日期"]]


def test_what_a_source_said_later_stands(tmp_path):
    new, old = "标准编号,标准名称,状态\nGB/T 90601-2010,新说,废止\n", "旧说,现行\n"
    load(file(tmp_path, new), basis="新", basis_on=date(2026, 5, 1))
    path = file(tmp_path, new.partition("新说")[0] + old, "旧.csv")
    done = load(path, basis="旧", basis_on=date(2020, 1, 1))
    row = Standard.objects.get()
    assert (row.title, row.status, row.basis) == ("新说", "withdrawn", "新")
    assert [done.counts[name] for name in ("changed", "same", "older")] == [0, 1, 1]
    done = load(path, basis="更新", basis_on=date(2026, 6, 1))
    row.refresh_from_db()
    assert (row.title, row.basis, done.counts["changed"]) == ("旧说", "更新", 1)


@pytest.mark.parametrize(
    "line",
    [
        '{"ids":' + "[" * 100_000,
        json.dumps({"ids": [{"id": "ISO 1:2020", "type": "ISO"}], "title": {"en": "\ud800"}}),
        json.dumps({"ids": [{"id": "ISO 1:2020", "type": "ISO"}], "relation": [["x"]]}),
    ],
)
def test_a_hostile_record_is_refused_and_what_waits_behind_is_done(tmp_path, line):
    bad = load(file(tmp_path, line, "坏.jsonl"), aim="read")
    assert (bad.state, bad.why.count("。")) == ("refused", 1)
    good = json.dumps({"ids": [{"id": "ISO 1:2020", "type": "ISO"}], "title": {"en": "T"}})
    bad = load(file(tmp_path, f"{good}\n{line}\n", "坏二.jsonl"), aim="read")
    assert (bad.state, "第 2 行" in bad.why) == ("refused", True)
    assert load(file(tmp_path, HEAD + ROWS)).state == "done"


def test_a_basis_of_tomorrow_is_refused(tmp_path):
    with pytest.raises(Refused, match="依据日期不能晚于今天"):
        load(file(tmp_path, HEAD + ROWS), basis_on=date(2026, 11, 28))
