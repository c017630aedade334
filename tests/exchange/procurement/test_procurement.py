"""A tender becomes a checklist: one row a standard, its group with a reason, what is to be mended."""

import io
import zipfile
from datetime import date

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from rongbiao.exchange.procurement import (
    Group,
    checklist_paper,
    checklist_sheet,
    opened,
    read_tender,
    sealed,
)
from rongbiao.parties.refused import Refused
from rongbiao.texts.documents import read_document
from tests.exchange.papers.office import SOFFICE, WHY_NOT, as_pdf
from tests.exchange.procurement.tenders import DAY, TENDER, shelf

pytestmark = pytest.mark.django_db


def tender(text: str = TENDER):
    return read_tender(read_document(text.encode(), "招标文件.txt"), "招标文件.txt", DAY)


def test_one_row_a_standard_with_place_clause_and_sentence():
    shelf()
    found = tender()
    assert [one.number for one in found.items] == [
        "GB 7000.1-2015", "GB/T 24908-2014", "GB/T 50311-2016", "GB/T 35796-2017", "GB/T 17045-2020",
    ]  # fmt: skip
    lamp = found.items[1]
    assert lamp.title == "普通照明用非定向自镇流LED灯 性能要求"
    assert [(one.where, one.clause) for one in lamp.places] == [("第 3 行", "第6.2条")]
    assert lamp.places[0].sentence.startswith("光源的光通量应符合GB/T 24908-2014")


def test_the_guess_of_a_group_says_what_it_rests_on_and_a_person_changes_it():
    shelf()
    found = tender()
    groups = {one.number: (one.group, one.guess) for one in found.items}
    assert groups["GB 7000.1-2015"] == (Group.SAFETY, "强制性国家标准（《标准化法》第十条）")
    assert groups["GB/T 24908-2014"][0] == Group.TECHNICAL
    assert groups["GB/T 35796-2017"] == (Group.SERVICE, "名称含“养老”")
    assert groups["GB/T 17045-2020"] == (Group.SAFETY, "名称含“防护”")
    changed = found.grouped({1: "safety", 2: "nothing", 99: "safety", 3: "service"})
    assert (changed.items[1].group, changed.items[1].guess) == ("safety", "")
    assert changed.items[2:] == found.items[2:]


def test_what_is_not_in_force_is_told_with_the_edition_that_is():
    shelf()
    states = {one.number: (one.status, one.present) for one in tender().doubtful}
    assert states == {
        "GB 7000.1-2015": ("superseded", "GB 7000.1-2023"),
        "GB/T 50311-2016": ("unknown", ""),
    }


def test_general_references_are_listed_unless_a_number_stands_behind():
    found = tender("产品应当符合国家标准。\n线缆应当符合国家标准GB/T 19666-2019的规定。")
    assert [(one.text, one.where) for one in found.mentions] == [("国家标准", "第 1 行")]


def test_doubts_carry_the_law_its_article_and_whether_it_was_read():
    found = {one.rule: one for one in tender().doubts}
    assert set(found) == {"region", "brand"}
    assert found["region"].cited == "《政府采购法实施条例》（国务院令第658号）第二十条第（四）项"
    assert found["region"].verified
    assert (
        found["brand"].before + found["brand"].words + found["brand"].after
        == "灯具应为飞利浦品牌。"
    )
    place = tender("投标人应为在福州市注册的企业。").doubts[0]
    assert (place.rule, place.verified) == ("place", False)


def test_a_rule_of_a_later_day_is_not_held_against_an_earlier_tender():
    document = read_document("投标人注册资本不低于1000万元。".encode(), "a.txt")
    assert [one.rule for one in read_tender(document, "a", DAY).doubts] == ["scale"]
    assert read_tender(document, "a", date(2018, 1, 1)).doubts == ()


def test_the_number_of_questions_does_not_depend_on_the_tender():
    shelf()

    def asked(text: str) -> int:
        with CaptureQueriesContext(connection) as said:
            tender(text)
        return len(said)

    one = asked("应符合GB/T 24908-2014。")
    three = asked(
        "应符合GB/T 24908-2014、GB 7000.1-2015和GB/T 35796-2017。采用华为品牌。产品应当符合国家标准。"
    )
    assert one == three


def test_a_seal_gives_back_what_was_sealed_and_nothing_else():
    shelf()
    found = tender()
    assert opened(sealed(found)) == found
    with pytest.raises(Refused, match="已被改动"):
        opened(sealed(found)[:-2] + "xx")
    with pytest.raises(Refused, match="已被改动"):
        opened(signing.dumps(found.to_json(), salt="another"))


def words_of(content: bytes) -> str:
    return read_document(content, "a.docx").text


def test_the_paper_has_every_standard_in_its_group_and_room_to_write():
    shelf()
    said = words_of(checklist_paper(tender().grouped({1: "safety"})))
    assert said.index("\n技术标准\n") < said.index("GB/T 50311-2016") < said.index("\n服务标准\n")
    assert said.index("\n安全标准\n") < said.index("GB/T 24908-2014")
    for words in (
        "履约情况",
        "检验方法",
        "结论",
        "验收人",
        "第四十五条",
        "第 3 行，第6.2条",
        "飞利浦品牌",
    ):
        assert words in said
    assert "已被代替，现行版本 GB 7000.1-2023" in said


def test_the_sheet_has_every_standard_and_no_formula():
    shelf()
    content = checklist_sheet(tender("=1+1应符合GB/T 24908-2014。\n" + TENDER))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["验收清单", "概括引用", "采购文件提示"]
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows[1:]] == [
        "GB/T 24908-2014", "GB/T 50311-2016", "GB/T 35796-2017", "GB 7000.1-2015", "GB/T 17045-2020",
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_a_tender_without_standards_still_makes_both_files():
    nothing = tender("无")
    assert "验收人" in words_of(checklist_paper(nothing))
    assert checklist_sheet(nothing)[:2] == b"PK"


@pytest.mark.skipif(not SOFFICE, reason=WHY_NOT)
def test_libreoffice_opens_the_paper(tmp_path):
    shelf()
    path = tmp_path / "list.docx"
    path.write_bytes(checklist_paper(tender()))
    (made,) = as_pdf([path], tmp_path)
    text = read_document(made).text
    assert "GB 7000.1-2015" in text
    assert "履约情况" in text


def test_a_long_tender_says_how_far_it_was_searched(monkeypatch):
    monkeypatch.setattr("rongbiao.exchange.procurement.reading.MOST_LETTERS", 10)
    found = tender("产品应完好。无其他要求。\n灯具应为飞利浦品牌。")
    assert found.doubts == ()
    assert found.notes == ("文件过长，只在前 10 字里查找需要提示的要求，请拆分后再读。",)


def test_who_drafted_a_standard_is_no_requirement():
    found = tender("应符合GB/T 24908-2014。参与起草DB3501/T 9155的供应商加3分。")
    assert [one.number for one in found.items] == ["GB/T 24908-2014"]
    assert [one.rule for one in found.doubts] == ["region"]
