"""Comments out: counted, told, defused; the section of the explanation from the same rows."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from rongbiao.exchange.papers.blocks import Listing, Words
from rongbiao.exchange.papers.comments import (
    DISPOSED_HEADINGS,
    Disposed,
    Remark,
    Summary,
    adopted,
    disposed,
    summary,
)
from rongbiao.exchange.papers.comments_excel import CUT, LONGEST, summary_excel
from rongbiao.exchange.papers.explanations import Explanation, explanation

from .samples import PROJECT, SUMMARY

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def many(count: int) -> tuple[Disposed, ...]:
    return tuple(
        Disposed(
            f"5.{n}", f"意见{n}", f"单位{n % 7}", ("采纳", "不采纳", "部分采纳")[n % 3], f"理由{n}"
        )
        for n in range(count)
    )


def test_comments_are_counted():
    assert SUMMARY.counted == (
        "共收到意见4条，来自4个单位或个人，其中采纳1条、部分采纳1条、不采纳1条、尚未处理1条。"
    )
    assert SUMMARY.asked == (
        "2026年1月5日至2026年2月5日公开征求意见，向32个单位发送征求意见稿，收到21个单位的回函。"
    )
    assert replace(SUMMARY, rows=()).counted == "未收到意见。"
    assert replace(SUMMARY, since=None, sent=None, replied=None).asked == ""


def test_a_comment_with_its_proposal_and_reason_stands_in_one_cell():
    row = disposed(
        Remark("5.2", "过严。", "不大于 8 %", "设备达不到。"), "某公司", "不采纳", "已验证。"
    )
    assert row == Disposed(
        "5.2", "过严。\n建议改为：不大于 8 %\n理由：设备达不到。", "某公司", "不采纳", "已验证。"
    )
    assert disposed(Remark("全文", "同意。"), "某公司").words == "同意。"


def test_the_table_has_the_customary_columns():
    table = docx.Document(io.BytesIO(summary(SUMMARY))).tables[0]
    assert tuple(cell.text for cell in table.rows[0].cells) == DISPOSED_HEADINGS
    assert [row.cells[0].text for row in table.rows[1:]] == ["1", "2", "3", "4"]


def test_the_explanation_names_what_was_not_adopted_under_the_numbers_of_the_table():
    listing = next(block for block in adopted(SUMMARY) if isinstance(block, Listing))
    assert [(row[0], row[4]) for row in listing.rows] == [
        ("2", "不采纳"), ("3", "部分采纳"), ("4", "未处理"),
    ]  # fmt: skip
    given = Explanation(
        project=PROJECT,
        origin="计划下达。",
        process="调研。",
        content="依据试验。",
        comments=SUMMARY,
    )
    opened = docx.Document(io.BytesIO(explanation(given)))
    texts = [one.text for one in opened.paragraphs]
    assert f"{SUMMARY.asked}{SUMMARY.counted}" in texts
    assert [row.cells[0].text for row in opened.tables[0].rows[1:]] == ["2", "3", "4"]


def test_the_explanation_says_when_all_was_adopted_and_when_nobody_was_asked():
    whole = replace(SUMMARY, rows=(Disposed("全文", "同意。", "某局", "采纳"),))
    blocks = adopted(whole)
    assert not any(isinstance(block, Listing) for block in blocks)
    assert blocks[-1] == Words("没有部分采纳和不采纳的意见。")
    given = Explanation(project=PROJECT, origin="甲", process="乙", content="丙")
    texts = [one.text for one in docx.Document(io.BytesIO(explanation(given))).paragraphs]
    assert "尚未征求意见。" in texts


@pytest.mark.parametrize("make", [summary, summary_excel])
def test_progress_is_told_to_the_end(make):
    heard: list[tuple[int, int]] = []
    make(replace(SUMMARY, rows=many(600)), lambda done, total: heard.append((done, total)))
    assert heard == [(250, 600), (500, 600), (600, 600)]


def test_nothing_in_excel_is_a_formula_and_what_looks_like_one_stays_quoted():
    signs = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://example.org/", " =1")
    rows = tuple(Disposed("5.1", sign, "=cmd|' /C calc'!A0") for sign in signs)
    content = summary_excel(replace(SUMMARY, rows=rows))
    package = zipfile.ZipFile(io.BytesIO(content))
    sheet = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    assert sheet.find(f".//{MAIN}f") is None
    assert "hyperlink" not in package.read("xl/worksheets/sheet1.xml").decode()
    styles = etree.fromstring(package.read("xl/styles.xml"))
    quoted = {
        str(place)
        for place, shape in enumerate(styles.find(f"{MAIN}cellXfs"))
        if shape.get("quotePrefix") == "1"
    }
    cells = {cell.get("r"): cell.get("s") for cell in sheet.iter(f"{MAIN}c")}
    first = next(line for line in range(1, 20) if f"F{line}" in cells) + 1
    for line, sign in enumerate(signs, start=first):
        assert (cells[f"C{line}"] in quoted) == (not sign.startswith("http")), sign
        assert cells[f"D{line}"] in quoted


def test_excel_never_loses_words_silently():
    rows = (
        Disposed("全文", "长" * (LONGEST + 10), "某局"),
        Disposed("全文", "长" * LONGEST, "某局"),
    )
    content = summary_excel(replace(SUMMARY, rows=rows))
    lines = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    texts = [line[2] for line in lines if str(line[2]).startswith("长")]
    assert [len(text) for text in texts] == [LONGEST, LONGEST]
    assert [text.endswith(CUT) for text in texts] == [True, False]


def test_an_empty_table_is_a_table_still():
    empty = Summary(project=PROJECT, rows=())
    assert len(docx.Document(io.BytesIO(summary(empty))).tables[0].rows) == 1
    assert summary_excel(empty)
