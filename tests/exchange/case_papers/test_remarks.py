"""Comments of a case on paper: numbered, withheld, names as they may stand; D.2 and the explanation agree."""

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from rongbiao.cases import desk as real_desk
from rongbiao.cases.models import Personal
from rongbiao.exchange.case_papers.remarks import replied, rows, summary

from .desk import Desk, table_of, text_of

DAY = date(2024, 5, 21)
UNIT = "福州某水产有限公司"


@pytest.fixture
def desk(city):
    found = Desk()
    found.until("提意见")  # number 1: 林某, on 5.1
    return found


def say(desk, reason: str, **said):
    """File a comment of the public."""
    answers = {"reason": reason, "kind": "change", "person": "郑某甲", **said}
    return real_desk.act(desk.told.case, "comment", actor=None, day=DAY, answers=answers)


def office(desk, key: str, about, **answers):
    real_desk.act(
        desk.told.case, key, actor=desk.told.cast["林处"], day=DAY, about=about.seq, answers=answers
    )


def dispose(desk, about: int, **said):
    labels = {"处理意见": said.pop("taken"), **said}
    desk.told.act(date(2024, 6, 7), "郑工", "处理意见", {"针对": about, **labels})


def test_names_stand_as_they_may_and_count_as_they_should(desk):
    say(desk, "甲。", unit=UNIT)
    say(desk, "乙。", unit=UNIT, hidden="on")
    say(desk, "丙。", unit="另一家公司", hidden="on")
    say(desk, "丁。", unit=UNIT, hidden="on")
    say(desk, "戊。", hidden="on", phone="13811112222")
    say(desk, "己。", phone="13811112222")
    say(desk, "庚。", phone="13933334444")
    units = [row.unit for row in rows(desk.read_by())[0]]
    assert units == [
        "个人1", UNIT, "某单位1", "某单位2", "某单位1", "个人2", "个人2", "个人3",
    ]  # fmt: skip
    assert "共收到意见8条，来自6个单位或个人" in summary(desk.read_by()).counted
    said = text_of(desk.made("summary"))
    for word in ("郑某甲", "林某", "13811112222", "13800000000", "另一家公司"):
        assert word not in said


def test_an_erased_person_is_still_one(desk):
    say(desk, "甲。")
    Personal.objects.all().delete()
    assert [row.unit for row in rows(desk.read_by())[0]] == ["个人1", "个人2"]


def test_the_last_disposition_counts_and_names_what_it_is_the_same_as(desk):
    say(desk, "甲。", clause="5.2", kind="question")
    desk.until("结束")
    dispose(desk, 1, taken="采纳")
    dispose(desk, 2, taken="采纳")
    dispose(desk, 2, taken="不采纳", 理由="已有规定。", 与第几号意见相同="1")
    found = table_of(desk.made("summary"))
    assert found == [
        ("1", "5.1", "建议改为：水温应为8℃～12℃。\n理由：现场实测。", "个人1", "采纳", ""),
        ("2", "5.2", "甲。", "个人2", "不采纳", "已有规定。\n与第1号意见相同。"),
    ]


def test_what_is_withheld_the_public_does_not_read_and_numbers_stay(desk):
    hidden = say(desk, "广告。")
    held = say(desk, "看 http://a http://b http://c")
    released = say(desk, "见 www.a www.b www.c")
    shown_again = say(desk, "本来可以公开。")
    last = say(desk, "末条。", kind="delete", clause="7")
    assert [one.answers["held"] for one in (held, released, last)] == [True, True, False]
    office(desk, "hide", hidden, words="与标准无关。")
    office(desk, "release", released)
    office(desk, "hide", shown_again, words="误。")
    office(desk, "release", shown_again)
    desk.until("结束")
    for about in (1, 3, 4, 5, 6):
        dispose(desk, about, taken="采纳")
    desk.acts = [act for act in desk.acts if act[2] != "处理意见"]
    desk.until("提交送审稿")
    inner = table_of(desk.made("summary"))
    assert [row[0] for row in inner] == ["1", "2", "3", "4", "5", "6"]
    assert inner[1][4:] == ("不予公开", "与标准无关。")
    public = table_of(desk.made("summary", name="公众"))
    assert [row[0] for row in public] == ["1", "4", "5", "6"]
    assert [row[3] for row in public] == [row[3] for row in inner if row[0] in "1456"]
    counted = (
        "共收到意见4条，来自2个单位或个人，其中采纳4条、部分采纳0条、不采纳0条。另有2条不予公开。"
    )
    assert summary(desk.read_by("公众")).counted == counted
    assert summary(desk.read_by()).counted.endswith(
        "其中采纳5条、部分采纳0条、不采纳0条、不予公开1条。"
    )


def test_the_explanation_and_both_tables_agree_row_for_row(desk):
    for n in range(2, 12):
        say(desk, f"意见{n}。", clause=f"5.{n}", phone=f"1380000{n:04}")
    desk.until("结束")
    takes = ("采纳", "部分采纳", "不采纳")
    for n in range(1, 12):
        dispose(desk, n, taken=takes[n % 3], 理由=f"理由{n}。")
    word = table_of(desk.made("summary"))
    excel = CalamineWorkbook.from_filelike(io.BytesIO(desk.made("summary", "xlsx")))
    cells = excel.get_sheet_by_index(0).to_python()
    start = next(place for place, row in enumerate(cells) if row[0] == "序号") + 1
    table = [(str(int(row[0])), *map(str, row[1:6])) for row in cells[start : start + 11]]
    assert word == table
    explained = table_of(desk.made("explanation"))
    assert explained == [row for row in word if row[4] != "采纳"]
    assert len(explained) == 8
    counted = summary(desk.read_by())
    for key in ("summary", "explanation"):
        assert f"{counted.asked}{counted.counted}" in text_of(desk.made(key))


def test_who_was_asked_and_who_answered(desk):
    say(desk, "县里的意见。", unit="罗源县人民政府")
    assert summary(desk.read_by()).asked == (
        "2024年5月6日至2024年6月5日公开征求意见，向2个单位发送征求意见稿，收到1个单位的回函。"
    )


def test_a_second_consultation_is_told_apart(city):
    desk = Desk("second_consultation")
    desk.end()
    table = summary(desk.read_by())
    assert table.asked.startswith(
        "2024年5月6日至2024年6月5日公开征求意见，2024年6月20日至2024年7月22日再次公开征求意见，"
    )
    assert [(row.number, row.clause, row.disposition) for row in table.rows] == [
        (1, "5.1", "部分采纳"), (2, "6.2", "采纳"),
    ]  # fmt: skip
    assert table.rows[1].words == "建议增加：增加光照记录要求。\n理由：便于追溯。"


def test_the_tables_cost_three_questions_however_many_comments(desk, django_assert_num_queries):
    dossier = desk.read_by()
    for n in range(20):
        say(desk, f"{n}。")
    with django_assert_num_queries(3):
        assert len(rows(dossier)[0]) == 21


@pytest.mark.parametrize("name", ["2024", "007", "1e3", "3.10"])
def test_a_unit_whose_name_is_a_figure_has_replied(desk, name):
    say(desk, "同意。", unit=name)
    dossier = desk.read_by()
    vars(dossier)["invited"] = [name]
    assert replied(dossier) == 1
