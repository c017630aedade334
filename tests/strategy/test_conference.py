"""The member lists are dated, kept by the office, and every change rests on a document."""

from datetime import date

import pytest

from rongbiao.parties import journal
from rongbiao.parties.models import Act, Group, Membership, Organization
from rongbiao.parties.refused import Refused
from rongbiao.strategy import conference
from rongbiao.strategy.models import Assignment
from tests.at_once import compete
from tests.conftest import hold_post

SIGNED = date(2023, 9, 14)
DAY = date(2024, 7, 1)
BASIS = "联办〔2024〕1号"


@pytest.fixture
def group(city):
    return Group.objects.get(key="concerned")


def unit(name):
    return Organization.objects.get(name=name)


def refused(act, *given, **named):
    with pytest.raises(Refused) as told:
        act(*given, **named)
    return str(told.value)


def test_a_member_is_entered_with_its_basis_and_a_line_in_the_journal(group, officer):
    by = {"actor": officer, "day": DAY}
    row = conference.admit(group, unit("市人社局"), date(2024, 6, 1), f" {BASIS} ", **by)
    assert (row.since, row.until, row.basis) == (date(2024, 6, 1), None, BASIS)
    (line,) = journal.lines_of(row)
    assert (line.verb, line.post, line.day) == ("admit", officer, DAY)
    assert line.words == {"since": "2024-06-01", "basis": BASIS}
    conference.dismiss(row, date(2024, 6, 30), "联办〔2024〕2号", **by)
    assert [line.verb for line in journal.lines_of(row)] == ["admit", "dismiss"]


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (date(2024, 5, 31), ["联席会议相关成员单位"]),
        (date(2024, 6, 1), ["市人社局"]),
        (date(2024, 6, 30), ["市人社局"]),
        (date(2024, 7, 1), ["联席会议相关成员单位"]),
    ],
)
def test_a_collective_name_means_what_it_was_on_the_day(group, officer, day, members):
    by = {"actor": officer, "day": DAY}
    row = conference.admit(group, unit("市人社局"), date(2024, 6, 1), BASIS, **by)
    conference.dismiss(row, date(2024, 6, 30), BASIS, **by)
    assert [one.name for one in group.members_on(day)] == members


def test_every_plan_follows_the_list(opinion_plan, officer, group):
    conference.admit(group, unit("市人社局"), date(2024, 6, 1), BASIS, actor=officer, day=DAY)
    row = Assignment.objects.get(task__key="s3", organization__name="市人社局")
    assert (row.since, row.group) == (date(2024, 6, 1), group)


def test_nobody_is_a_member_twice_at_a_time(group, officer):
    by = {"actor": officer, "day": DAY}
    row = conference.admit(group, unit("市人社局"), date(2024, 6, 1), BASIS, **by)
    said = refused(conference.admit, group, row.organization, date(2024, 6, 2), BASIS, **by)
    assert said == (
        "市人社局自2024-06-01至今已是“市标准化协调推进工作联席会议相关成员单位”成员，"
        "不能自2024-06-02重复加入。"
    )
    conference.dismiss(row, date(2024, 6, 30), BASIS, **by)
    said = refused(conference.admit, group, row.organization, date(2024, 6, 30), BASIS, **by)
    assert "自2024-06-01至2024-06-30已是" in said
    again = conference.admit(group, row.organization, date(2024, 7, 1), BASIS, **by)
    assert Membership.objects.filter(group=group).count() == 2
    assert again.until is None


def test_a_collective_name_is_no_member(group, officer):
    said = refused(
        conference.admit, group, unit("各园区管委会"), DAY, BASIS, actor=officer, day=DAY
    )
    assert said.startswith("“各园区管委会”是集合名称，不是单位")


@pytest.mark.parametrize("basis", ["", "  "])
def test_no_change_without_a_document(group, officer, basis):
    by = {"actor": officer, "day": DAY}
    sentence = "增减成员应写明依据的文件。"
    assert refused(conference.admit, group, unit("市人社局"), DAY, basis, **by) == sentence
    row = conference.admit(group, unit("市人社局"), DAY, BASIS, **by)
    assert refused(conference.dismiss, row, DAY, basis, **by) == sentence


def test_a_basis_too_long_for_its_column_is_refused(group, officer):
    said = refused(
        conference.admit, group, unit("市人社局"), DAY, "据" * 201, actor=officer, day=DAY
    )
    assert said.startswith("“依据”不合要求：")
    assert "200" in said


def test_whoever_has_left_cannot_leave_again_or_before_joining(group, officer):
    by = {"actor": officer, "day": DAY}
    row = conference.admit(group, unit("市人社局"), date(2024, 6, 1), BASIS, **by)
    said = refused(conference.dismiss, row, date(2024, 5, 31), BASIS, **by)
    assert said == "退出日期2024-05-31早于加入日期2024-06-01，请核对。"
    conference.dismiss(row, date(2024, 6, 1), BASIS, **by)
    said = refused(conference.dismiss, row, DAY, BASIS, **by)
    assert said == "市人社局已于2024-06-01退出“市标准化协调推进工作联席会议相关成员单位”。"


@pytest.mark.parametrize("role", ["reporter", "leader", "administrator", "auditor"])
def test_only_officers_keep_the_lists(group, role):
    actor = hold_post("外人", "市教育局", role)
    row = Membership.objects.filter(group__key="conference").first()
    sentence = "成员名单由联席会议办公室经办人维护。"
    by = {"actor": actor, "day": DAY}
    assert refused(conference.admit, group, unit("市人社局"), DAY, BASIS, **by) == sentence
    assert refused(conference.dismiss, row, DAY, BASIS, **by) == sentence
    assert not Act.objects.filter(verb__in=["admit", "dismiss"]).exists()


def test_a_refused_change_leaves_nothing_behind(opinion_plan, officer, group):
    before = (Membership.objects.count(), Assignment.objects.count(), Act.objects.count())
    refused(conference.admit, group, unit("各园区管委会"), DAY, BASIS, actor=officer, day=DAY)
    assert before == (
        Membership.objects.count(),
        Assignment.objects.count(),
        Act.objects.count(),
    )


def test_what_the_demonstration_enters_is_marked(opinion_plan, officer, group):
    officer.demonstration = True
    officer.save()
    row = conference.admit(group, unit("市人社局"), SIGNED, BASIS, actor=officer, day=DAY)
    assert row.demonstration
    assert journal.lines_of(row).get().demonstration
    assert Assignment.objects.get(task__key="s3", organization__name="市人社局").demonstration
    both = conference.admit(group, unit("市教育局"), SIGNED, BASIS, actor=officer, day=DAY)
    assert both.demonstration
    # The policy names this bureau itself: it would answer without the demonstration.
    assert not Assignment.objects.get(task__key="s3", organization__name="市教育局").demonstration


@pytest.mark.django_db(transaction=True)
def test_of_six_who_admit_one_unit_at_one_moment_one_does(opinion_plan, officer, group):
    bureau = unit("市人社局")
    by = {"actor": officer, "day": DAY}
    told = compete(*[lambda: conference.admit(group, bureau, SIGNED, BASIS, **by)] * 6)
    assert sum(isinstance(one, Membership) for one in told) == 1
    assert sum("重复加入" in str(one) for one in told if isinstance(one, str)) == 5
    assert Assignment.objects.filter(task__key="s3", organization=bureau).count() == 1


@pytest.mark.django_db(transaction=True)
def test_changes_of_two_lists_at_one_moment_both_hold(opinion_plan, officer, group):
    by = {"actor": officer, "day": DAY}
    parks = Group.objects.get(key="parks")
    bureau, park = unit("市人社局"), unit("福州新区元洪功能区管委会")
    leaving = Membership.objects.get(group__key="conference", organization__name="市体育局")
    told = compete(
        lambda: conference.admit(group, bureau, SIGNED, BASIS, **by),
        lambda: conference.admit(parks, park, SIGNED, BASIS, **by),
        lambda: conference.dismiss(leaving, DAY, BASIS, **by),
    )
    assert [type(one) for one in told] == [Membership] * 3
    assert Assignment.objects.filter(task__key="s3", organization=bureau).count() == 1
    assert Assignment.objects.filter(task__key="6", organization=park).count() == 1
    ended = Assignment.objects.filter(task__key="1", organization=leaving.organization)
    assert ended.get().until == DAY
