"""A draft's clauses: by Word's own numbers, by numbers in the text, and where there are none."""

import io

import docx
import pytest

from rongbiao.texts.documents import read_document
from rongbiao.texts.documents.clauses import clause_at, clauses_of
from tests.texts.documents.drafts import add, instance, numbered, saved, styled_draft


def told(clauses):
    return [(clause.number, clause.title, clause.level) for clause in clauses]


def of_text(text: str):
    return clauses_of(read_document(text.encode(), "草案.txt"))


def of_word(document):
    return clauses_of(read_document(saved(document), "草案.docx"))


def test_a_draft_numbered_by_its_styles():
    document = read_document(styled_draft(), "草案.docx")
    clauses = clauses_of(document)
    assert told(clauses) == [
        ("", "前言", 1),
        ("1", "范围", 1),
        ("2", "窨制", 1),
        ("2.1", "花坯", 2),
        ("2.1.1", "采摘时间", 3),
        ("2.1.2", "", 3),
        ("2.2", "配花量", 2),
        ("表1", "配花量", 3),
        ("附录A", "窨制记录表", 1),
        ("A.1", "记录要求", 2),
    ]
    texts = {clause.number: clause.text for clause in clauses}
    assert texts["2.1.1"] == "花蕾应在 14 时以后采摘。"
    assert texts["2.1.2"] == "茶坯含水量应不大于 8 %。"
    assert texts["表1"] == "窨次\n千克\n1\n36\n注：以 100 千克茶坯计。"
    assert texts["2.2"] == "配花量见表1。\n花量可按花期调整。"
    assert [clauses[clause.parent].number for clause in clauses if clause.parent is not None] == [
        "2", "2.1", "2.1", "2", "2.2", "附录A",
    ]  # fmt: skip


def test_a_place_leads_to_its_clause_and_back_into_word():
    data = styled_draft()
    document = read_document(data, "草案.docx")
    clauses = clauses_of(document)
    for words, number in [("14 时", "2.1.1"), ("36", "表1"), ("花量可按", "2.2"), ("本文件由", "")]:
        assert clause_at(clauses, document.text.index(words)).number == number
    for clause in clauses:
        assert document.text[clause.start : clause.end].startswith(clause.number[:1])
    title = document.text.index("采摘时间")
    assert document.block_at(title).label == "2.1.1 "
    part, paragraph, letter = document.within(title + 2)
    assert part == "word/document.xml"
    assert docx.Document(io.BytesIO(data)).paragraphs[paragraph].text[letter:] == "时间"


def test_word_counts_each_definition_and_restarts_where_it_says():
    document = docx.Document()
    number = numbered(document, ("decimal", "%1", ""), ("decimal", "%1.%2", ""))
    name = int(document.part.numbering_part.element.num_lst[-1].abstractNumId.val)
    words = [("甲", number, 0), ("乙", number, 1), ("丙", number, 1), ("丁", number, 0),
             ("戊", number, 1), ("己", instance(document, name), 0),
             ("庚", instance(document, name, 9), 0)]  # fmt: skip
    for said, of, at in words:
        add(document, said, of, at)
    text = read_document(saved(document), "草案.docx").text
    assert text.split("\n") == ["1 甲", "1.1 乙", "1.2 丙", "2 丁", "2.1 戊", "3 己", "9 庚"]


@pytest.mark.parametrize(
    ("form", "text", "shown"),
    [
        ("chineseCounting", "%1、", "一、标题"),
        ("chineseCountingThousand", "第%1章", "第一章 标题"),
        ("upperRoman", "%1.", "I. 标题"),
        ("ideographTraditional", "（%1）", "（甲）标题"),
        ("decimalEnclosedCircleChinese", "%1", "① 标题"),
        ("bullet", "\uf0b7", "标题"),
        ("bullet", "——", "—— 标题"),
        ("none", "", "标题"),
    ],
)
def test_numbers_look_as_word_shows_them(form, text, shown):
    document = docx.Document()
    add(document, "标题", numbered(document, (form, text, "")))
    assert read_document(saved(document), "草案.docx").text == shown


def test_headings_without_numbers_are_clauses_too():
    document = docx.Document()
    for words, level in [("总体要求", 1), ("组织", 2), ("实施", 1)]:
        document.add_heading(words, level)
        document.add_paragraph(f"{words}的内容。")
    assert told(of_word(document)) == [("", "总体要求", 1), ("", "组织", 2), ("", "实施", 1)]


def test_plain_numbers_open_clauses_only_where_they_can_follow():
    clauses = of_text(
        "1 范围\n本文件适用于民宿。\n2 术语和定义\n2.1\n民宿 homestay inn\n利用闲置民居开办的住宿设施。\n"
        "2.2 应符合 2.1 的规定，并在\n2.1 条的基础上改进。\n2020 年以前开办的从其规定。\n3 项目要求\n"
        "5 mg/L 以下的水质。\n附 录 A\n（规范性）\n评分表\nA.1 评分项目\n参考文献\n[1] GB/T 1.1"
    )
    assert told(clauses) == [
        ("1", "范围", 1),
        ("2", "术语和定义", 1),
        ("2.1", "民宿 homestay inn", 2),
        ("2.2", "", 2),
        ("3", "项目要求", 1),
        ("附录A", "评分表", 1),
        ("A.1", "评分项目", 2),
        ("", "参考文献", 1),
    ]
    assert clauses[3].text.endswith("从其规定。")
    assert clauses[2].text == "利用闲置民居开办的住宿设施。"


def test_the_table_of_contents_opens_no_clause_but_tells_the_chapters():
    clauses = of_text(
        "目　次\n前言……………Ⅱ\n1 范围……………1\n2 要求……………2\n前　言\n本文件首次发布。\n"
        "1 范围\n表 1 限值\n序号 项目\n2 氨氮\n2 要求\n应达标。"
    )
    assert told(clauses) == [
        ("", "前言", 1), ("1", "范围", 1), ("表1", "限值", 2), ("2", "要求", 1),
    ]  # fmt: skip
    assert clauses[2].text == "序号 项目\n2 氨氮"


def test_rules_are_counted_in_chapters_and_articles():
    clauses = of_text(
        "第一章 总则\n第一条 为规范地方标准管理，制定本办法。\n第二条 本办法适用于本市。\n"
        "依照\n第二条的规定办理。\n第二章 立项\n第三条 任何单位可以提出建议。"
    )
    assert [clause.number for clause in clauses] == [
        "第一章",
        "第一条",
        "第二条",
        "第二章",
        "第三条",
    ]
    assert clauses[2].text.endswith("第二条的规定办理。")
    assert [clause.parent for clause in clauses] == [None, 0, 0, None, 3]


@pytest.mark.parametrize(
    "text", ["没有条款的一段话。", "1", "附录", "表", "第条", "\u3000\n—", "A.1 甲"]
)
def test_a_text_without_clauses_has_none_or_one(text):
    assert len(of_text(text)) <= 1


def test_a_long_draft_keeps_every_clause():
    lines = [f"{i} 第{i}项要求\n{i}.1 甲项\n{i}.2 应达标。" for i in range(1, 300)]
    assert len(of_text("\n".join(lines))) == 897
