"""An officer enters a year's notice in one act; from then on its days count."""

from datetime import date

import pytest

from rongbiao.law import Unit, Value
from rongbiao.law.periods import ends
from rongbiao.parties import days, journal
from rongbiao.parties.models import Act, DayChange
from rongbiao.parties.refused import Refused

DAY = date(2026, 11, 26)
TEXT = "元旦：1月1日（周五）至3日（周日）放假，共3天。\n春节：2月5日至11日放假调休，共7天。2月14日（周日）上班。"
NOTICE = {"basis": "国办发明电〔2026〕9号", "basis_on": date(2026, 11, 5)}


@pytest.fixture
def enter(officer):
    def entered(year=2027, text=TEXT, **other):
        return days.enter(year, text, **NOTICE | {"actor": officer, "day": DAY} | other)

    return entered


def test_one_act_enters_a_whole_year(enter):
    assert not days.calendar().known(2027)
    enter()
    calendar = days.calendar()
    assert calendar.known(2027)
    assert not calendar.is_working(date(2027, 1, 1))
    assert calendar.is_working(date(2027, 2, 14))
    assert DayChange.objects.count() == 11
    [act] = Act.objects.filter(verb="enter-days")
    assert (act.words["year"], act.words["working"]) == (2027, ["2027-02-14"])
    assert journal.lines_of(DayChange.objects.first()).get() == act


def test_a_deadline_becomes_sure(enter):
    value = Value(DAY, 20, "试", True, unit=Unit.DAYS, name="期限")
    before = ends(date(2026, 12, 12), value, days.calendar())
    assert (before.day, before.sure) == (date(2027, 1, 1), False)
    enter()
    after = ends(date(2026, 12, 12), value, days.calendar())
    assert (after.day, after.sure) == (date(2027, 1, 4), True)


def test_what_could_be_known_on_a_day(enter):
    enter()
    assert not days.calendar_on(date(2026, 11, 4)).known(2027)
    assert days.calendar_on(date(2026, 11, 5)).known(2027)
    assert days.calendar_on(date(2020, 1, 25)).is_working(date(2020, 1, 31))
    assert not days.calendar_on(date(2020, 1, 26)).is_working(date(2020, 1, 31))


def test_a_supplement_changes_days_of_a_known_year(enter):
    enter()
    enter(text="2月12日放假。", basis="国办发明电〔2027〕1号", whole=False)
    assert not days.calendar().is_working(date(2027, 2, 12))
    enter(text="2月12日上班。", basis="国办发明电〔2027〕2号", whole=False)
    assert days.calendar().is_working(date(2027, 2, 12))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"basis": " "}, "应写明通知的文号"),
        ({"basis": "字" * 201}, "应写明通知的文号"),
        ({"basis_on": None}, "应写明通知的成文日期"),
        ({"basis_on": date(2026, 11, 27)}, "不晚于今天"),
        ({"year": 1999}, "年份应在 2000 至 2099 之间"),
        ({"year": 2026, "text": "1月1日放假。"}, "2026年的放假安排已有（国办发明电〔2025〕7号）"),
        ({"whole": False}, "2027年的全年安排还没有录入"),
        ({"text": "放假。"}, "没有读到放假或上班的日期"),
        ({"text": "1月1日（周四）放假。"}, "2027年1月1日是星期五，通知写星期四"),
        ({"text": "2028年1月1日放假。"}, "2028-01-01不在2027年"),
        ({"text": "2026年12月25日放假。"}, "2026-12-25不在2027年"),
        ({"text": "1月1日放假。1月6日上班。"}, "2027-01-06本来就是工作日"),
        ({"text": "1月2日放假。"}, "本来就休息"),
    ],
)
def test_a_wrong_notice_is_refused_whole(other, said, enter):
    with pytest.raises(Refused) as refused:
        enter(**other)
    assert said in str(refused.value)
    assert not DayChange.objects.exists()


def test_the_same_notice_is_not_entered_twice(enter):
    enter()
    with pytest.raises(Refused, match="2027年的放假安排已有（国办发明电〔2026〕9号）"):
        enter()
    with pytest.raises(Refused, match="已登记过其中的日期"):
        enter(text="2月5日上班。", whole=False)
    assert DayChange.objects.count() == 11


def test_only_an_officer_in_post_enters(enter, reporter):
    for actor in (None, reporter):
        with pytest.raises(Refused, match="由联席会议办公室经办人录入"):
            enter(actor=actor)


def test_the_calendar_costs_one_question(enter, django_assert_num_queries):
    enter()
    days.calendar()
    with django_assert_num_queries(1):
        days.calendar()
