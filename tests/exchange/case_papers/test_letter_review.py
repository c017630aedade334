"""A review by letter leaves a table of what came back; nobody met, so there are no minutes."""

import pytest

from .desk import Desk, text_of


@pytest.fixture
def desk(city):
    return Desk("letter_review")


def test_the_conclusion_counts_letters_and_keeps_the_days(desk):
    desk.end()
    papers = desk.papers()
    assert "letter_conclusion" in papers
    assert "minutes" not in papers
    assert {"appraisal_minutes", "signatures", "opinions"} <= set(papers)  # the appraisal met
    said = text_of(desk.made("letter_conclusion"))
    assert "福州市地方标准函审结论表" in said
    for name, value in (
        ("发出日期", "2024年9月5日"),  # of this round, and not of the one that was too short
        ("回函截止日期", "2024年11月20日"),  # as it was put off
        ("发出函审单", "5份"), ("收到回函", "5份"), ("同意", "4份"), ("不同意", "1份"), ("未回函", "0份"),
    ):  # fmt: skip
        assert f"{name}\t{value}" in said
    assert "回函5份，同意4份。技术审查通过。" in said
    assert "函审，参加表决不少于：2/3，同意不少于：3/4" in said
    assert "会议" not in said


def test_other_papers_of_it_say_no_meeting_either(desk):
    desk.until("邀请专家", 2)
    signed = text_of(desk.made("signatures"))
    assert "审查方式：函审    回函截止日期：2024年9月2日" in signed
    assert "会议" not in signed
    desk.until("开票")
    opinions = text_of(desk.made("opinions"))
    assert "函审回函截止日期：2024年11月20日" in opinions
    assert "组织函审单位（盖章）" in opinions
    assert "专家组组长" not in opinions


def test_an_open_round_leaves_no_conclusion(desk):
    desk.until("重新审查")
    assert not {"minutes", "letter_conclusion", "opinions"} & set(desk.papers())
