"""A policy paper becomes a plan: read, its doubts settled, entered with the paper as its basis."""

from datetime import date

import pytest

from rongbiao.parties import journal
from rongbiao.parties.refused import Refused
from rongbiao.strategy import plans
from rongbiao.strategy.models import Assignment, Charge, Plan

DAY = date(2024, 2, 1)
PAPER = """永和市人民政府关于推进标准化工作的意见
永政〔2024〕7号
各县（市）区人民政府，市直各委、办、局：
一、总体目标
到2027年，新增地方标准20项，培育发展团体标准8项。
二、主要任务
（一）完善工作机制。健全工作台账。
责任单位：市教育局、市科技局
（二）开展试点。建设示范点。
责任单位：市工信局，各县（市）区人民政府
发布时间：2024-01-20
永和市人民政府
2024年1月15日
"""


def take_in(officer, text=PAPER):
    return plans.take_in(text.encode(), "意见.txt", actor=officer, day=DAY)


def settle(reading, officer):
    for number in range(len(reading.outcome["doubts"])):
        by = {"actor": officer, "day": DAY, "version": reading.version}
        reading = plans.confirm(reading, number, "核对无误。", **by)
    return reading


def enter(reading, officer, key="yonghe-2024-7"):
    by = {"actor": officer, "day": DAY}
    return plans.enter(reading, key=key, since=DAY, until=date(2027, 12, 31), **by)


def test_the_opinion_is_a_plan_with_all_it_orders(opinion_plan):
    assert opinion_plan.number == "榕政综〔2023〕157号"
    assert opinion_plan.tasks.filter(safeguard=False).count() == 20
    assert opinion_plan.tasks.filter(safeguard=True).count() == 4
    assert opinion_plan.targets.count() == 7
    assert list(opinion_plan.tasks.values_list("key", flat=True)) == [
        *(str(number) for number in range(1, 21)),
        "s1",
        "s2",
        "s3",
        "s4",
    ]
    assert plans.unresolved(opinion_plan) == []


def test_the_policy_says_of_nobody_that_it_leads(opinion_plan):
    charges = Charge.objects.filter(task__plan=opinion_plan)
    assert set(charges.values_list("part", flat=True)) == {""}


def test_every_bureau_district_and_zone_answers_for_its_tasks(opinion_plan):
    rows = Assignment.objects.filter(task__plan=opinion_plan)
    ocean = rows.filter(organization__name="市海洋与渔业局")
    # Ten tasks name all members of the conference; 7, 11, 14, 15 name the bureau itself.
    assert sorted(ocean.values_list("task__key", flat=True)) == sorted(
        ["1", "2", "3", "4", "5", "19", "20", "s1", "s2", "s4", "7", "11", "14", "15"]
    )
    assert rows.filter(organization__kind="district").count() == 24 * 12
    assert rows.filter(organization__name="高新区管委会").count() == 24


def test_a_unit_listed_first_is_marked_first_and_no_more(opinion_plan):
    rows = Assignment.objects.filter(task__plan=opinion_plan, first=True)
    assert rows.get(task__key="11").organization.name == "市工信局"
    assert set(rows.values_list("part", flat=True)) == {""}


def test_founding_again_changes_nothing(opinion_plan):
    from rongbiao.shell.founding import lay_foundation

    before = Assignment.objects.count()
    assert lay_foundation() == opinion_plan
    assert Assignment.objects.count() == before
    assert Plan.objects.count() == 1


def test_a_paper_with_open_doubts_is_not_entered(officer):
    reading = take_in(officer)
    assert reading.outcome["doubts"]
    with pytest.raises(Refused, match="还有1处存疑没有确认"):
        enter(reading, officer)


def test_a_second_plan_stands_beside_the_first(opinion_plan, officer):
    plan = enter(settle(take_in(officer), officer), officer)
    assert [target.value for target in plan.targets.all()] == [20, 8]
    assert [str(task) for task in plan.tasks.all()] == ["一 完善工作机制", "二 开展试点"]
    assert Assignment.objects.filter(task__plan=plan).count() == 2 + 1 + 12
    assert set(Plan.objects.open_on(date(2025, 1, 1))) == {opinion_plan, plan}
    assert [line.verb for line in journal.lines_of(plan)] == ["enter"]


def test_the_same_paper_is_not_entered_twice(officer):
    enter(settle(take_in(officer), officer), officer)
    with pytest.raises(Refused, match="已有规划代次使用"):
        enter(settle(take_in(officer), officer), officer, key="another")


def test_a_doubt_is_settled_once_and_with_words(officer):
    reading = take_in(officer)
    by = {"actor": officer, "day": DAY}
    with pytest.raises(Refused, match="请写明"):
        plans.confirm(reading, 0, " ", version=0, **by)
    reading = plans.confirm(reading, 0, "核对无误。", version=0, **by)
    with pytest.raises(Refused, match="已经确认"):
        plans.confirm(reading, 0, "再来", version=1, **by)
    with pytest.raises(Refused, match=r"林经办（市市场监管局）刚刚改动了"):
        plans.confirm(reading, 0, "慢了一步", version=0, **by)


def test_a_wrong_value_is_put_right_with_a_reason(officer):
    reading = take_in(officer)
    by = {"actor": officer, "day": DAY}
    with pytest.raises(Refused, match="应写明理由"):
        plans.amend(reading, ["targets", 0, "value"], "25", "", version=0, **by)
    with pytest.raises(Refused, match="不能更正"):
        plans.amend(reading, ["targets", 0, "start"], "25", "错", version=0, **by)
    with pytest.raises(Refused, match="“许多”不是数字"):
        plans.amend(reading, ["targets", 0, "value"], "许多", "错", version=0, **by)
    reading = plans.amend(reading, ["targets", 0, "value"], "25", "对照原件", version=0, **by)
    assert reading.outcome["targets"][0]["value"] == 25
    line = journal.lines_of(reading).last()
    assert (line.words["was"], line.words["now"], line.words["reason"]) == (20, 25, "对照原件")


def test_only_officers_take_in_papers(reporter):
    with pytest.raises(Refused, match="由联席会议办公室经办人录入"):
        take_in(reporter)


def test_an_unreadable_file_is_refused_in_a_sentence(officer):
    with pytest.raises(Refused, match="“空.txt”是空文件"):
        plans.take_in(b"", "空.txt", actor=officer, day=DAY)


def test_a_unit_that_nobody_knows_is_listed_and_not_invented(officer):
    text = PAPER.replace("市科技局", "市天文台")
    plan = enter(settle(take_in(officer, text), officer), officer)
    assert [charge.name for charge in plans.unresolved(plan)] == ["市天文台"]
