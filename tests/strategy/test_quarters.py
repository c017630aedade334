"""Reporting periods follow from the plan's own, and the office moves them on a ground."""

from datetime import date, timedelta

import pytest

from rongbiao.parties import journal
from rongbiao.parties.refused import Refused
from rongbiao.strategy import quarters
from rongbiao.strategy.models import Plan, Quarter, Reading
from tests.at_once import compete
from tests.conftest import hold_post

DAY = date(2024, 2, 1)
BASIS = "联办〔2024〕6号"
ONE_DAY = timedelta(days=1)


def a_plan(since, until):
    from rongbiao.archive.models import File

    file = File.objects.create(sha256="0" * 64, name="意见.txt", size=1, media="text/plain")
    reading = Reading.objects.create(file=file, text="意", outcome={}, read_on=since)
    return Plan.objects.create(
        key="a-plan",
        title="意见",
        number="某〔2024〕1号",
        issuer="某市",
        signed_on=since,
        since=since,
        until=until,
        reading=reading,
    )


def laid(since, until):
    rows = quarters.lay(a_plan(since, until))
    return [(f"{row.year}Q{row.number}", row.starts_on, row.ends_on) for row in rows]


@pytest.mark.parametrize(
    ("year", "number", "first", "last"),
    [
        (2024, 1, date(2024, 1, 1), date(2024, 3, 31)),
        (2023, 2, date(2023, 4, 1), date(2023, 6, 30)),
        (2023, 3, date(2023, 7, 1), date(2023, 9, 30)),
        (2023, 4, date(2023, 10, 1), date(2023, 12, 31)),
    ],
)
def test_a_quarter_has_three_months(year, number, first, last):
    assert quarters.bounds(year, number) == (first, last)


def test_the_opinion_is_reported_on_in_nine_quarters(opinion_plan):
    rows = list(opinion_plan.quarters.order_by("year", "number"))
    # 17 days of the third quarter of 2023 were left when it was signed: too few.
    assert [f"{row.year}Q{row.number}" for row in rows] == [
        "2023Q4",
        *(f"{year}Q{number}" for year in (2024, 2025) for number in (1, 2, 3, 4)),
    ]
    first = rows[0]
    assert (first.opens_on, first.due_on) == (date(2023, 12, 11), date(2024, 1, 10))
    assert first.basis == "平台默认，待联席会议办公室确定"


def test_laying_again_changes_nothing(opinion_plan):
    before = list(opinion_plan.quarters.values())
    assert len(quarters.lay(opinion_plan)) == 9
    assert list(opinion_plan.quarters.values()) == before


@pytest.mark.parametrize(
    ("since", "first"),
    [(date(2024, 3, 2), "2024Q1"), (date(2024, 3, 3), "2024Q2")],  # 30 days left, and 29
)
def test_a_quarter_of_less_than_thirty_days_is_not_reported_on(db, since, first):
    assert laid(since, date(2024, 12, 31))[0][0] == first


def test_the_first_and_the_last_quarter_end_with_the_plan(db):
    assert laid(date(2024, 2, 10), date(2024, 8, 15)) == [
        ("2024Q1", date(2024, 2, 10), date(2024, 3, 31)),
        ("2024Q2", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024Q3", date(2024, 7, 1), date(2024, 8, 15)),
    ]


def test_pages_show_the_last_quarter_that_has_opened(opinion_plan):
    shown = {
        date(2023, 9, 14): "2023Q4",  # none has opened: the first
        date(2024, 3, 10): "2023Q4",
        date(2024, 3, 11): "2024Q1",
        date(2026, 11, 24): "2025Q4",
    }
    for day, name in shown.items():
        row = quarters.current(opinion_plan, day)
        assert f"{row.year}Q{row.number}" == name


def test_a_plan_too_short_for_a_quarter_shows_none(db):
    plan = a_plan(date(2024, 3, 10), date(2024, 3, 20))
    assert quarters.lay(plan) == []
    assert quarters.current(plan, DAY) is None


@pytest.fixture
def quarter(opinion_plan):
    return opinion_plan.quarters.get(year=2024, number=1)


def test_a_period_is_moved_on_a_ground_and_the_journal_remembers(quarter, officer):
    by = {"actor": officer, "day": DAY}
    opens, due = date(2024, 3, 20), date(2024, 4, 20)
    quarters.move(quarter, opens, due, BASIS, **by)
    quarter.refresh_from_db()
    assert (quarter.opens_on, quarter.due_on, quarter.basis) == (opens, due, BASIS)
    (line,) = journal.lines_of(quarter)
    assert line.words == {
        "was": {
            "opens_on": "2024-03-11",
            "due_on": "2024-04-10",
            "basis": "平台默认，待联席会议办公室确定",
        },
        "now": {"opens_on": "2024-03-20", "due_on": "2024-04-20", "basis": BASIS},
    }
    assert quarters.lay(quarter.plan)[1] == quarter
    quarter.refresh_from_db()
    assert quarter.basis == BASIS


@pytest.mark.parametrize(
    ("opens", "due"),
    [
        (date(2024, 1, 1), date(2024, 3, 31)),  # the first and the last day of the quarter
        (date(2024, 6, 9), date(2024, 6, 9)),  # the day before the next one opens
    ],
)
def test_a_period_may_be_moved_to_the_edge(quarter, officer, opens, due):
    quarters.move(quarter, opens, due, BASIS, actor=officer, day=DAY)
    quarter.refresh_from_db()
    assert (quarter.opens_on, quarter.due_on) == (opens, due)


@pytest.mark.parametrize(
    ("opens", "due", "sentence"),
    [
        (date(2024, 4, 11), date(2024, 4, 10), "截止日2024-04-10早于开放日2024-04-11，请核对。"),
        (date(2023, 12, 31), date(2024, 4, 10), "开放日2023-12-31早于季度初2024-01-01"),
        (date(2024, 3, 1), date(2024, 3, 30), "截止日2024-03-30早于季度末2024-03-31"),
        (date(2024, 6, 10), date(2024, 6, 10), "开放日2024-06-10不早于下一期"),
    ],
)
def test_a_period_out_of_order_is_refused(quarter, officer, opens, due, sentence):
    with pytest.raises(Refused, match=sentence):
        quarters.move(quarter, opens, due, BASIS, actor=officer, day=DAY)
    quarter.refresh_from_db()
    assert quarter.opens_on == date(2024, 3, 11)


def test_a_period_does_not_open_before_the_one_before_it(quarter, officer):
    by = {"actor": officer, "day": DAY}
    before = quarter.plan.quarters.get(year=2023, number=4)
    quarters.move(before, date(2024, 3, 5), date(2024, 3, 9), BASIS, **by)
    with pytest.raises(Refused, match="开放日2024-03-05不晚于上一期"):
        quarters.move(quarter, date(2024, 3, 5), quarter.due_on, BASIS, **by)
    quarters.move(quarter, date(2024, 3, 6), quarter.due_on, BASIS, **by)


def test_a_period_is_not_moved_without_a_ground_or_by_others(quarter, officer):
    days = (quarter.opens_on + ONE_DAY, quarter.due_on)
    with pytest.raises(Refused, match="应写明依据"):
        quarters.move(quarter, *days, " ", actor=officer, day=DAY)
    with pytest.raises(Refused, match="“依据”不合要求"):
        quarters.move(quarter, *days, "据" * 201, actor=officer, day=DAY)
    for role in ("reporter", "leader", "administrator", "auditor"):
        other = hold_post(f"外{role}", "市教育局", role)
        with pytest.raises(Refused, match="由联席会议办公室经办人调整"):
            quarters.move(quarter, *days, BASIS, actor=other, day=DAY)
    assert not journal.lines_of(quarter).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_quarters_moved_at_one_moment_none_overtakes_the_other(quarter, officer):
    by = {"actor": officer, "day": DAY}
    later = quarter.plan.quarters.get(year=2024, number=2)
    told = compete(
        lambda: quarters.move(quarter, date(2024, 5, 20), date(2024, 5, 21), BASIS, **by),
        lambda: quarters.move(later, date(2024, 5, 10), later.due_on, BASIS, **by),
    )
    assert sum(isinstance(one, Quarter) for one in told) == 1
    opens = quarter.plan.quarters.order_by("year", "number").values_list("opens_on", flat=True)
    assert sorted(opens) == list(opens)
