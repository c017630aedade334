"""Forms that bodies send back become opinions, one for each row; the same form once."""

import io

import docx
from django.core.files.uploadedfile import SimpleUploadedFile

from rongbiao.exchange.papers.comments import CommentForm, Remark
from rongbiao.exchange.papers.comments_excel import comment_form_excel
from rongbiao.exchange.papers.projects import Project
from tests.web.consultations.test_disposing import address
from tests.web.consultations.test_speaking import words

ROWS = (
    Remark("2.1.1", "水温上限偏高。", "育苗水温应为8℃～11℃。", "实测数据。"),
    Remark("3.1", "如何逐帘检查？"),
)


def sent(rows=ROWS, unit="市教育局") -> SimpleUploadedFile:
    given = CommentForm(
        project=Project(city="福州市", title="海带育苗技术规程"),
        unit=unit,
        contact="黄科长",
        remarks=rows,
    )
    return SimpleUploadedFile("意见表.xlsx", comment_form_excel(given))


def test_each_row_is_registered_once(asked):
    case, officer = asked.opened(), asked.browser("林处")
    for _each in range(2):
        told = officer.post(address(case), {"import": "1", "form": sent()}, follow=True)
        assert "已登记 2 条意见。" in words(told)
    made = list(case.entries.filter(action_key="comment").order_by("seq"))
    assert [entry.answers["clause"] for entry in made] == ["2.1.1", "3.1"]
    assert made[0].answers["proposed"] == "育苗水温应为8℃～11℃。"
    assert made[0].answers["unit"] == "市教育局"
    assert made[0].attachments.count() == 1
    assert "黄科长" not in str([entry.answers for entry in made])
    assert "未回复" in words(officer.get(address(case)))  # 市科技局
    assert "已提意见" in words(officer.get(address(case)))  # 市教育局, by its form


def test_a_row_that_cannot_be_taken_stops_all_unless_the_rest_is_wanted(asked):
    case, officer = asked.opened(), asked.browser("林处")
    paper = docx.Document()
    table = paper.add_table(rows=3, cols=3)
    lines = (("序号", "章条编号", "意见内容"), ("1", "2.1.1", ""), ("2", "3.1", "改为抽查"))
    for row, cells in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made = io.BytesIO()
    paper.save(made)
    form = {
        "import": "1",
        "unit": "市水利局",
        "form": SimpleUploadedFile("表.docx", made.getvalue()),
    }
    answer = officer.post(address(case), form)
    assert answer.status_code == 409
    assert "没有写意见内容" in words(answer)
    assert not case.entries.filter(action_key="comment").exists()
    form["form"] = SimpleUploadedFile("表.docx", made.getvalue())
    told = words(officer.post(address(case), form | {"rest": "1"}, follow=True))
    assert "已登记 1 条意见。" in told
    assert "没有写意见内容" in told
    assert case.entries.get(action_key="comment").answers["unit"] == "市水利局"


def test_what_is_no_form_is_one_sentence_and_leaves_nothing(asked):
    case, officer = asked.opened(), asked.browser("林处")
    for content in (b"", b"MZ\x90", b"PK\x03\x04 broken"):
        form = {"import": "1", "form": SimpleUploadedFile("表.xlsx", content)}
        assert officer.post(address(case), form).status_code == 409
    assert not case.entries.filter(action_key="comment").exists()


def test_who_has_no_part_in_it_registers_none(asked):
    case = asked.opened()
    answer = asked.browser("王教授").post(address(case), {"import": "1", "form": sent()})
    assert answer.status_code in {404, 409}
    assert not case.entries.filter(action_key="comment").exists()
