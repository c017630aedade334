"""Assignments follow from papers and dated lists, day by day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongbiao.parties.models import Group, Membership, Organization
from rongbiao.strategy import assignments, conference, decisions
from rongbiao.strategy.decisions import ChargeLine
from rongbiao.strategy.models import Assignment, Charge, Quarter, Report

SIGNED = date(2023, 9, 14)
DAY = date(2024, 7, 1)
MEMBERS = 28  # the bureaus that the Opinion names


def unit(name):
    return Organization.objects.get(name=name)


def stints(plan, task, name):
    """Return the times for which a unit answers for a task."""
    rows = Assignment.objects.filter(task__plan=plan, task__key=task, organization__name=name)
    return list(rows.order_by("since").values_list("since", "until"))


def membership(name, group="conference"):
    rows = Membership.objects.filter(group__key=group, organization__name=name)
    return rows.get(until=None)


def report_on(plan, task, name, year=2024, number=2):
    """Return a report of a unit on a task, so that its assignment must stay."""
    rows = Assignment.objects.filter(task__plan=plan, task__key=task, organization__name=name)
    quarter = Quarter.objects.get(plan=plan, year=year, number=number)
    row = next(row for row in rows if row.holds_on(quarter.ends_on))
    return Report.objects.create(assignment=row, quarter=quarter, text="已报", share=30)


def test_the_members_of_the_conference_answer_where_all_members_are_named(opinion_plan):
    units = opinion_plan.tasks.get(key="1").assignments.values_list("organization__kind", flat=True)
    assert sorted(units) == ["bureau"] * MEMBERS + ["district"] * 12 + ["park"]


def test_the_districts_are_twelve(opinion_plan):
    rows = opinion_plan.tasks.get(key="6").assignments.filter(group__key="districts")
    assert list(
        rows.order_by("organization").values_list("organization__short_name", flat=True)
    ) == [
        *("鼓楼区", "台江区", "仓山区", "马尾区", "晋安区", "长乐区"),
        *("福清市", "闽侯县", "连江县", "罗源县", "闽清县", "永泰县"),
    ]


def test_collectives_without_a_list_answer_as_themselves(opinion_plan):
    rows = Assignment.objects.filter(task__plan=opinion_plan, organization__kind="collective")
    assert sorted(rows.values_list("task__key", "organization__name")) == [
        ("6", "各园区管委会"),
        ("s3", "联席会议相关成员单位"),
    ]


def test_settling_again_changes_nothing(opinion_plan):
    before = list(Assignment.objects.order_by("pk").values())
    assert assignments.settle(opinion_plan, day=DAY) == assignments.Settled(0, 0)
    assert list(Assignment.objects.order_by("pk").values()) == before


def test_a_unit_named_itself_and_through_a_group_answers_once(opinion_plan, officer):
    group = Group.objects.get(key="concerned")
    by = {"actor": officer, "day": DAY}
    conference.admit(group, unit("市教育局"), SIGNED, "联办〔2024〕1号", **by)
    row = Assignment.objects.get(task__key="s3", organization__name="市教育局")
    assert (row.group, row.first, row.since) == (None, True, SIGNED)


def test_first_is_marked_only_where_one_unit_is_listed_first(opinion_plan):
    rows = Assignment.objects.filter(task__plan=opinion_plan, first=True)
    assert dict(rows.values_list("task__key", "organization__name")) == {
        "6": "市工信局",
        "7": "市工信局",
        "8": "市科技局",
        "9": "市工信局",
        "10": "市大数据委",
        "11": "市工信局",
        "12": "市文旅局",
        "13": "市商务局",
        "14": "市农业农村局",
        "15": "市发改委",
        "16": "市教育局",
        "17": "市城乡建设局",
        "18": "市营商办",
        "s3": "市教育局",
    }


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (date(2024, 6, 30), True),
        (date(2024, 7, 1), False),
        (SIGNED, True),
        (date(2023, 9, 13), False),
    ],
)
def test_a_member_answers_until_its_last_day_and_not_longer(opinion_plan, officer, day, there):
    row = membership("市体育局")
    conference.dismiss(row, date(2024, 6, 30), "联办〔2024〕3号", actor=officer, day=DAY)
    on_day = assignments.rows_on(opinion_plan, day).filter(organization__name="市体育局")
    assert on_day.filter(task__key="1").exists() is there


def test_a_unit_that_leaves_keeps_what_names_it_itself(opinion_plan, officer):
    row = membership("市体育局")
    conference.dismiss(row, date(2024, 6, 30), "联办〔2024〕3号", actor=officer, day=DAY)
    assert stints(opinion_plan, "1", "市体育局") == [(SIGNED, date(2024, 6, 30))]
    assert stints(opinion_plan, "16", "市体育局") == [(SIGNED, None)]


def test_a_unit_that_comes_back_the_next_day_goes_on_as_before(opinion_plan, officer):
    said = report_on(opinion_plan, "1", "市体育局")
    by = {"actor": officer, "day": DAY}
    row = conference.dismiss(membership("市体育局"), date(2024, 6, 30), "联办〔2024〕3号", **by)
    conference.admit(row.group, row.organization, date(2024, 7, 1), "联办〔2024〕4号", **by)
    assert stints(opinion_plan, "1", "市体育局") == [(SIGNED, None)]
    said.refresh_from_db()
    assert said.assignment.until is None


def test_a_unit_that_comes_back_later_is_not_charged_with_the_time_between(opinion_plan, officer):
    said = report_on(opinion_plan, "1", "市体育局")
    by = {"actor": officer, "day": DAY}
    row = conference.dismiss(membership("市体育局"), date(2024, 6, 30), "联办〔2024〕3号", **by)
    conference.admit(row.group, row.organization, date(2025, 1, 1), "联办〔2025〕1号", **by)
    assert stints(opinion_plan, "1", "市体育局") == [
        (SIGNED, date(2024, 6, 30)),
        (date(2025, 1, 1), None),
    ]
    said.refresh_from_db()
    assert said.assignment.until == date(2024, 6, 30)
    day = date(2024, 12, 31)
    assert not assignments.rows_on(opinion_plan, day).filter(
        task__key="1", organization=row.organization
    )


def test_two_times_that_grow_together_keep_their_reports_and_never_overlap(opinion_plan, officer):
    by = {"actor": officer, "day": date(2025, 7, 1)}
    row = conference.dismiss(membership("市体育局"), date(2024, 6, 30), "联办〔2024〕3号", **by)
    conference.admit(row.group, row.organization, date(2025, 1, 1), "联办〔2025〕1号", **by)
    report_on(opinion_plan, "1", "市体育局", 2024, 2)
    report_on(opinion_plan, "1", "市体育局", 2025, 1)
    task = opinion_plan.tasks.get(key="1")
    line = ChargeLine(task, row.organization, "support")
    said = {"number": "联办〔2024〕9号", "title": "分工", "decided_on": date(2024, 9, 1)}
    decisions.enter(opinion_plan, **said, charges=[line], **by)
    assert stints(opinion_plan, "1", "市体育局") == [
        (SIGNED, date(2024, 6, 30)),
        (date(2024, 9, 1), None),
    ]
    Charge.objects.filter(task=task, decision=None, group__key="conference").update(group=None)
    Charge.objects.filter(task=task, decision__isnull=False).update(since=SIGNED)
    assignments.settle(opinion_plan, day=DAY)
    assert stints(opinion_plan, "1", "市体育局") == [
        (SIGNED, date(2024, 8, 31)),
        (date(2024, 9, 1), None),
    ]


def test_what_no_paper_says_any_more_goes_unless_it_was_reported_on(opinion_plan):
    said = report_on(opinion_plan, "11", "市海洋与渔业局")
    names = ["市海洋与渔业局", "市科技局"]
    Charge.objects.filter(task__key="11", name__in=names).delete()
    assert assignments.settle(opinion_plan, day=DAY) == assignments.Settled(0, 2)
    assert stints(opinion_plan, "11", "市科技局") == []
    assert stints(opinion_plan, "11", "市海洋与渔业局") == [(SIGNED, DAY)]
    said.refresh_from_db()
    assert said.text == "已报"
    assert assignments.settle(opinion_plan, day=date(2025, 1, 1)) == assignments.Settled(0, 0)


def test_who_left_before_a_plan_begins_has_nothing_to_do_with_it(opinion_plan, officer):
    opinion_plan.since = date(2024, 1, 1)
    opinion_plan.save()
    row = membership("市体育局")
    conference.dismiss(row, date(2023, 12, 31), "联办〔2023〕9号", actor=officer, day=DAY)
    assert stints(opinion_plan, "1", "市体育局") == []
    assert stints(opinion_plan, "1", "市教育局") == [(date(2024, 1, 1), None)]


def test_who_joins_after_a_plan_is_over_has_nothing_to_do_with_it(opinion_plan, officer):
    group, new = Group.objects.get(key="conference"), unit("高新区管委会")
    group_only = opinion_plan.tasks.get(key="1")
    Charge.objects.filter(task=group_only, organization=new).delete()
    by = {"actor": officer, "day": date(2026, 1, 5)}
    conference.admit(group, new, date(2026, 1, 1), "联办〔2026〕1号", **by)
    assert stints(opinion_plan, "1", "高新区管委会") == []


def test_the_collective_answers_until_its_first_member_and_after_its_last(opinion_plan, officer):
    by = {"actor": officer, "day": DAY}
    group = Group.objects.get(key="concerned")
    row = conference.admit(group, unit("市人社局"), date(2023, 11, 8), "联办〔2023〕1号", **by)
    name = "联席会议相关成员单位"
    assert stints(opinion_plan, "s3", name) == [(SIGNED, date(2023, 11, 7))]
    assert stints(opinion_plan, "s3", "市人社局") == [(date(2023, 11, 8), None)]
    conference.dismiss(row, date(2024, 3, 31), "联办〔2024〕2号", **by)
    assert stints(opinion_plan, "s3", name) == [
        (SIGNED, date(2023, 11, 7)),
        (date(2024, 4, 1), None),
    ]


def test_grounds_name_the_policy_and_the_decision_apart(opinion_plan, officer):
    task, ocean = opinion_plan.tasks.get(key="11"), unit("市海洋与渔业局")
    line = ChargeLine(task, ocean, "lead")
    said = {"number": "联办〔2023〕1号", "title": "分工", "decided_on": date(2023, 11, 8)}
    decisions.enter(opinion_plan, **said, charges=[line], actor=officer, day=DAY)
    row = Assignment.objects.get(task=task, organization=ocean)
    before, after = (assignments.grounds(row, day) for day in (date(2023, 11, 7), DAY))
    assert [(one.part, one.decision) for one in before] == [("", None)]
    assert [(one.part, str(one.decision or "")) for one in after] == [
        ("", ""),
        ("lead", "分工（联办〔2023〕1号）"),
    ]


def test_grounds_name_the_list_through_which_a_unit_answers(opinion_plan, officer):
    row = Assignment.objects.get(task__key="1", organization__name="市体育局")
    assert [one.group.key for one in assignments.grounds(row, SIGNED)] == ["conference"]
    collective = Assignment.objects.get(task__key="s3", organization__kind="collective")
    assert [one.group.key for one in assignments.grounds(collective, DAY)] == ["concerned"]
    by = {"actor": officer, "day": DAY}
    conference.admit(
        Group.objects.get(key="concerned"), unit("市人社局"), date(2023, 11, 8), "联办1号", **by
    )
    assert assignments.grounds(collective, DAY) == []


def test_settling_takes_as_many_queries_for_ten_changes_as_for_one(opinion_plan):
    counts = []
    for names in (["市公安局"], ["市体育局", "市气象局", "市林业局", "市司法局"]):
        Membership.objects.filter(group__key="conference", organization__name__in=names).update(
            until=date(2024, 6, 30)
        )
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assignments.settle(opinion_plan, day=DAY)
        counts.append(len(asked))
    assert counts[0] == counts[1]
