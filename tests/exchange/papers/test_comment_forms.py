"""Comments in: what was written comes back, whoever moved the columns; the rest is told by place."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from rongbiao.exchange.papers.comment_columns import heads_of
from rongbiao.exchange.papers.comment_forms import MOST_ROWS, Filled, read_form
from rongbiao.exchange.papers.comments import Disposed, Remark, comment_form, summary
from rongbiao.exchange.papers.comments_excel import comment_form_excel, summary_excel
from rongbiao.parties.refused import Refused

from .samples import SAMPLES, SUMMARY

FORM = SAMPLES["comment_form"]


def word_form(rows: list[list[str]], before: tuple[str, ...] = ()) -> bytes:
    """Return a Word file that somebody else made: paragraphs, then a table."""
    made = docx.Document()
    for text in before:
        made.add_paragraph(text)
    table = made.add_table(len(rows), len(rows[0]))
    for line, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, cells, strict=True):
            cell.text = text
    return saved(made)


def saved(made) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def excel_form(rows, merged=()) -> bytes:
    """Return an Excel file that somebody else made; numbers stay numbers."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("反馈")
    for line, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value != "":
                sheet.write(line, column, value)
    for top, left, bottom, right, text in merged:
        sheet.merge_range(top, left, bottom, right, text)
    book.close()
    return buffer.getvalue()


def told(filled: Filled) -> list[tuple[str, str, bool]]:
    return [(flaw.place, flaw.words, flaw.taken) for flaw in filled.flaws]


@pytest.mark.parametrize(
    ("make", "name"), [(comment_form, "意见.docx"), (comment_form_excel, "意见.xlsx")]
)
def test_our_own_form_comes_back_as_it_was(make, name):
    filled = read_form(make(FORM), name)
    assert tuple(row.remark for row in filled.rows) == FORM.remarks
    assert (filled.title, filled.unit) == (FORM.project.title, FORM.unit)
    assert (filled.contact, filled.phone) == (FORM.contact, FORM.phone)
    assert {row.unit for row in filled.rows} == {FORM.unit}
    assert filled.flaws == ()


@pytest.mark.parametrize(("make", "name"), [(summary, "汇总.docx"), (summary_excel, "汇总.xlsx")])
def test_our_own_table_of_dispositions_comes_back_as_it_was(make, name):
    filled = read_form(make(SUMMARY), name)
    assert tuple(row.disposed for row in filled.rows) == SUMMARY.rows
    assert filled.flaws == ()


LETTERS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"), max_size=40
).map(str.strip)  # fmt: skip
ROWS = st.builds(
    Disposed,
    clause=st.sampled_from(["全文", "4.10", "附录 A", "1", "3-2", "2026-01-02"]),
    words=LETTERS.map(lambda text: f"意见：{text}"),
    unit=LETTERS.map(lambda text: f"单位{text}"),
    disposition=st.sampled_from(["采纳", "部分采纳", "不采纳", ""]),
    reason=LETTERS.map(lambda text: f"{text}。" if text else ""),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ROWS, max_size=6))
def test_any_words_make_the_round_trip(rows):
    given_rows = replace(SUMMARY, rows=tuple(rows))
    for make, name in ((summary, "汇总.docx"), (summary_excel, "汇总.xlsx")):
        assert [row.disposed for row in read_form(make(given_rows), name).rows] == rows


def test_columns_may_stand_in_any_order_under_other_names():
    rows = [
        ["修改理由或依据", "条款号", "修改意见和建议", "意见提出单位", "备注2"],
        ["便于执行", "4.1", "增加定义", "某局", "略"],
        ["", "附录 B", "删去", "某院", ""],
    ]
    for content, name in ((word_form(rows), "a.docx"), (excel_form(rows), "a.xlsx")):
        found = [(r.clause, r.words, r.reason, r.unit) for r in read_form(content, name).rows]
        assert found == [("4.1", "增加定义", "便于执行", "某局"), ("附录 B", "删去", "", "某院")]


def test_who_fills_in_may_stand_above_the_table_in_any_way():
    rows = [["序号", "章条编号", "意见内容"], ["1", "4", "好"]]
    content = word_form(rows, ("提出单位（盖章）：某某局    联系人：吴某", "联系电话: 0591-1"))
    filled = read_form(content, "a.docx")
    assert (filled.unit, filled.contact, filled.phone) == ("某某局", "吴某", "0591-1")
    above = [
        ["单位名称", "某某局", "联系人", "吴某"],
        ["序号", "章条编号", "意见内容", ""],
        [1, 4, "好", ""],
    ]
    filled = read_form(excel_form(above), "a.xlsx")
    assert (filled.unit, filled.contact) == ("某某局", "吴某")
    assert [row.unit for row in filled.rows] == ["某某局"]


def test_a_cell_merged_downwards_counts_in_every_row():
    made = docx.Document(io.BytesIO(word_form(
        [["章条编号", "意见内容", "提出单位"], ["5.1", "甲", "某局"], ["5.1", "乙", "某局"], ["6", "丙", "某院"]]
    )))  # fmt: skip
    table = made.tables[0]
    for column in (0, 2):
        table.cell(2, column).text = ""
        text = table.cell(1, column).text
        table.cell(1, column).merge(table.cell(2, column)).text = text
    rows = read_form(saved(made), "a.docx").rows
    assert [(r.clause, r.words, r.unit) for r in rows] == [
        ("5.1", "甲", "某局"), ("5.1", "乙", "某局"), ("6", "丙", "某院"),
    ]  # fmt: skip
    content = excel_form(
        [
            ["章条编号", "意见内容", "提出单位"],
            ["", "甲", "某局"],
            ["", "乙", ""],
            ["6", "丙", "某院"],
        ],
        [(1, 0, 2, 0, "5.1")],
    )
    rows = read_form(content, "a.xlsx").rows
    assert [(r.clause, r.words) for r in rows] == [("5.1", "甲"), ("5.1", "乙"), ("6", "丙")]


def test_a_cell_merged_sideways_does_not_move_the_others():
    made = docx.Document(io.BytesIO(word_form(
        [["序号", "章条编号", "意见内容", "修改建议", "理由"], ["1", "5.1", "甲", "", "丙"]]
    )))  # fmt: skip
    table = made.tables[0]
    table.cell(1, 2).merge(table.cell(1, 3)).text = "甲"
    (row,) = read_form(saved(made), "a.docx").rows
    assert row.remark == Remark("5.1", "甲", "", "丙")


def test_empty_rows_and_headings_that_come_again_are_passed_over():
    heads = ["序号", "章条编号", "意见内容", "理由"]
    rows = [
        heads,
        ["1", "5", "甲", ""],
        ["2", "", "", ""],
        ["", "", "", ""],
        heads,
        ["3", "6", "乙", ""],
    ]
    filled = read_form(word_form(rows), "a.docx")
    assert [(row.place, row.words) for row in filled.rows] == [
        ("表 1 第 2 行", "甲"), ("表 1 第 6 行", "乙"),
    ]  # fmt: skip
    assert filled.flaws == ()


def test_every_flaw_is_told_with_its_place():
    rows = [
        ["序号", "章条编号", "意见内容", "处理意见", "理由"],
        [1, "5.1", "", "", "只有理由"],
        [2, "", "没有章条", "", ""],
        [3, 4.1, "数值的章条", "", ""],
        [4, "6", "处理不明", "原则同意", ""],
        [5, "7", "长" * 20_001, "", ""],
        [6, "8", "好的", "未采纳", "无法实现"],
    ]
    filled = read_form(excel_form(rows), "反馈.xlsx")
    assert [row.words for row in filled.rows] == ["没有章条", "数值的章条", "处理不明", "好的"]
    assert [row.disposition for row in filled.rows] == ["", "", "", "不采纳"]
    assert told(filled) == [
        ("“反馈”第 2 行", "没有写意见内容，未登记，请补写后重新提交。", False),
        ("“反馈”第 3 行", "没有写章条编号，请核对意见针对的条文。", True),
        ("“反馈”第 4 行", "章条编号“4.1”是数值或者日期格式，末尾的 0 可能丢失，请核对。", True),
        (
            "“反馈”第 5 行",
            "处理意见“原则同意”不是“采纳”“部分采纳”或者“不采纳”，请重新选择。",
            True,
        ),
        ("“反馈”第 6 行", "“意见内容”有 20001 字，超过 20000 字的上限，未登记。", False),
    ]


@pytest.mark.parametrize("words", ["无意见", "无", "没有意见。"])
def test_no_comment_is_no_comment(words):
    filled = read_form(word_form([["序号", "章条编号", "意见内容"], ["1", "", words]]), "a.docx")
    assert (filled.rows, filled.flaws, filled.without_comment) == ((), (), True)


def test_words_that_were_struck_out_are_not_read():
    content = word_form([["章条编号", "意见内容"], ["5", "改为可"]])
    source = zipfile.ZipFile(io.BytesIO(content))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                struck = "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
                part = part.replace("<w:r><w:t>改为可</w:t></w:r>".encode(), struck.encode())
            package.writestr(name, part)
    (row,) = read_form(buffer.getvalue(), "a.docx").rows
    assert row.words == "新"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xd0\xcf\x11\xe0", "不是 Word 或 Excel 文件"),
        (b"%PDF-1.7", "不是 Word 或 Excel 文件"),
        (b"PK\x03\x04 broken", "不能读取：文件已损坏"),
        (b"PK" + b"0" * (21 * 1024 * 1024), "超过 20 MB 的上限"),
        (word_form([["姓名", "电话"], ["甲", "1"]]), "没有找到意见表"),
        (excel_form([["年度", "金额"], [1, 2]]), "没有找到意见表"),
    ],
)
def test_what_is_no_form_is_refused_in_a_sentence(content, why):
    with pytest.raises(Refused, match=why):
        read_form(content, "反馈意见.docx")


def test_too_many_comments_are_refused():
    rows = [["章条编号", "意见内容"], *(["5", "好"] for _n in range(MOST_ROWS + 1))]
    with pytest.raises(Refused, match="超过 20000 条的上限"):
        read_form(excel_form(rows), "a.xlsx")


def test_a_small_file_cannot_ask_for_much_memory():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "章条编号")
    sheet.write_string(40_000, 2_000, "远")
    book.close()
    assert len(buffer.getvalue()) < 10_000
    with pytest.raises(Refused, match="40001 行 2001 列"):
        read_form(buffer.getvalue(), "a.xlsx")


def test_headings_are_known_only_where_they_name_comments():
    assert heads_of(["序号", "条款", "建议修改为", "意见", "采纳情况", "说明"]).places == {
        "number": 0, "clause": 1, "proposal": 2, "words": 3, "disposition": 4, "reason": 5,
    }  # fmt: skip
    assert heads_of(["意见", "日期"]) is None
    assert heads_of(["标准名称", "茉莉花茶"]) is None
