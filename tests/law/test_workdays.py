"""Working days are those of the State Council's notices, on each side of every change."""

from datetime import date, timedelta

import pytest

from rongbiao.law.workdays import Calendar, Notice, notices, spans

CALENDAR = Calendar(notices())
DAY = timedelta(days=1)


@pytest.mark.parametrize("notice", notices(), ids=lambda notice: notice.number)
def test_every_notice_has_a_number_a_source_and_days_of_its_year(notice):
    assert notice.number.startswith("国办发明电〔")
    assert notice.source.startswith("《国务院办公厅关于")
    assert notice.issued_on < min(notice.off)
    for day in notice.off | notice.working:
        assert date(notice.year - 1, 12, 26) <= day <= date(notice.year, 12, 31)


@pytest.mark.parametrize("notice", notices(), ids=lambda notice: notice.number)
def test_only_a_day_of_rest_is_moved_to_work(notice):
    assert [day for day in notice.working if day.weekday() < 5] == []


@pytest.mark.parametrize("notice", notices(), ids=lambda notice: notice.number)
def test_each_side_of_every_holiday(notice):
    others = [one for one in notices() if one is not notice]
    for first, last in notice.spans:
        for day in (first, last):
            assert not CALENDAR.is_working(day), day
        for day in (first - DAY, last + DAY):
            if any(day in one.off for one in others):
                continue
            assert CALENDAR.is_working(day) == (day in notice.working or day.weekday() < 5), day


def test_a_later_notice_counts_before_an_earlier_one():
    """2020-02-01 was to be worked; the holiday was then extended over it."""
    first, second = notices()[:2]
    day = date(2020, 2, 1)
    assert Calendar((first,)).is_working(day)
    assert not Calendar((first, second)).is_working(day)
    assert CALENDAR.is_working(date(2020, 2, 3))


@pytest.mark.parametrize(
    ("day", "n", "expected", "why"),
    [
        (date(2026, 9, 18), 1, date(2026, 9, 20), "a Sunday that is worked"),
        (date(2026, 9, 24), 1, date(2026, 9, 28), "the Mid-Autumn days and a Sunday"),
        (date(2026, 9, 30), 1, date(2026, 10, 8), "seven days of the National Day"),
        (date(2026, 10, 9), 1, date(2026, 10, 10), "a Saturday that is worked"),
        (date(2026, 10, 1), 5, date(2026, 10, 13), "the event falls on a day off"),
        (date(2022, 12, 30), 1, date(2023, 1, 3), "a holiday over the turn of the year"),
        (date(2026, 11, 26), 0, date(2026, 11, 26), "nothing to count"),
    ],
)
def test_working_days_are_counted_from_the_next_day(day, n, expected, why):
    assert CALENDAR.add(day, n) == expected, why


def test_counting_goes_step_by_step():
    day = date(2026, 9, 1)
    for n in range(1, 40):
        assert CALENDAR.add(day, n) == CALENDAR.add(CALENDAR.add(day, n - 1), 1)


@pytest.mark.parametrize("n", [-1, 2501])
def test_a_count_out_of_range_is_refused(n):
    with pytest.raises(ValueError, match="应在 0 至 2500 之间"):
        CALENDAR.add(date(2026, 1, 1), n)


def test_years_are_known_from_2020_to_2026():
    assert CALENDAR.years == list(range(2020, 2027))
    assert not CALENDAR.known(2019)
    assert not CALENDAR.known(2027)


def test_the_last_days_of_december_are_settled_by_the_next_year():
    assert CALENDAR.sure(date(2026, 12, 25))
    assert not CALENDAR.sure(date(2026, 12, 28))
    assert CALENDAR.sure(date(2025, 12, 31))
    assert not CALENDAR.sure(date(2027, 3, 1))


def test_what_an_officer_enters_counts_and_makes_its_year_known():
    entered = Notice(2027, "试〔2026〕1号", None, frozenset({date(2027, 1, 1)}))
    with_it = Calendar(notices(), (entered,))
    assert with_it.known(2027)
    assert not with_it.is_working(date(2027, 1, 1))
    assert CALENDAR.is_working(date(2027, 1, 1))
    added = Notice(2027, "试〔2026〕2号", None, frozenset(), whole=False)
    assert not Calendar(notices(), (added,)).known(2027)


def test_runs_of_days():
    days = [date(2026, 1, 3), date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 5)]
    assert list(spans(days)) == [
        (date(2026, 1, 1), date(2026, 1, 3)),
        (date(2026, 1, 5), date(2026, 1, 5)),
    ]
    assert list(spans([])) == []
