"""Periods end as the Civil Code counts them, and say when a year is not known."""

from datetime import date

import pytest

from rongbiao.law import Unit, Value
from rongbiao.law.periods import End, ends, months_after
from rongbiao.law.workdays import Calendar, Notice, notices

CALENDAR = Calendar(notices())


def value(number, unit):
    return Value(date(2020, 1, 1), number, "试", True, unit=unit, name="期限")


@pytest.mark.parametrize(
    ("start", "number", "unit", "expected", "why"),
    [
        (date(2026, 3, 2), 30, Unit.DAYS, date(2026, 4, 1), "the day of the event is not counted"),
        (date(2026, 3, 5), 30, Unit.DAYS, date(2026, 4, 7), "Qingming: 4 to 6 April are off"),
        (date(2026, 3, 6), 20, Unit.DAYS, date(2026, 3, 26), "a Thursday"),
        (date(2026, 3, 8), 20, Unit.DAYS, date(2026, 3, 30), "a Saturday moves to Monday"),
        (date(2026, 1, 25), 20, Unit.DAYS, date(2026, 2, 14), "a Saturday that is worked stays"),
        (date(2026, 9, 1), 30, Unit.DAYS, date(2026, 10, 8), "1 October moves behind the holiday"),
        (date(2026, 9, 28), 5, Unit.WORKING_DAYS, date(2026, 10, 10), "worked Saturday counts"),
        (date(2026, 1, 31), 1, Unit.MONTHS, date(2026, 2, 28), "no 31 February; worked Saturday"),
        (date(2025, 11, 12), 12, Unit.MONTHS, date(2026, 11, 12), "the corresponding day"),
        (date(2021, 9, 30), 5, Unit.YEARS, date(2026, 9, 30), "five years"),
        (date(2021, 10, 1), 5, Unit.YEARS, date(2026, 10, 8), "five years, on a day off"),
        (date(2020, 2, 29), 5, Unit.YEARS, date(2025, 2, 28), "no 29 February"),
    ],
)
def test_last_day(start, number, unit, expected, why):
    assert ends(start, value(number, unit), CALENDAR) == End(expected), why


def test_a_period_into_an_unknown_year_says_so():
    end = ends(date(2026, 12, 20), value(20, Unit.DAYS), CALENDAR)
    assert (end.day, end.sure) == (date(2027, 1, 11), False)  # a Saturday, by the week alone
    assert end.why == ("2027年的放假安排尚未录入，期限暂按周一至周五为工作日推算，录入后可能变动。")


def test_the_end_of_december_waits_for_the_next_year():
    end = ends(date(2026, 12, 18), value(10, Unit.DAYS), CALENDAR)
    assert (end.day, end.sure) == (date(2026, 12, 28), False)
    assert end.why.startswith("2026年末几天是否调休要看2027年的安排，而2027年的放假安排尚未录入")


def test_natural_days_rest_on_the_last_day_alone():
    """The year before 2020 is not known, and does not matter."""
    assert ends(date(2019, 12, 20), value(30, Unit.DAYS), CALENDAR) == End(date(2020, 1, 19))
    assert not ends(date(2019, 12, 2), value(30, Unit.WORKING_DAYS), CALENDAR).sure


def test_an_entered_year_makes_a_period_sure():
    entered = Notice(2027, "试", None, frozenset({date(2027, 1, 11)}))
    end = ends(date(2026, 12, 20), value(20, Unit.DAYS), Calendar(notices(), (entered,)))
    assert end == End(date(2027, 1, 12))


def test_what_is_no_period_has_no_last_day():
    with pytest.raises(ValueError, match="“期限”（5人）不是期限。"):
        ends(date(2026, 1, 1), value(5, Unit.PEOPLE), CALENDAR)


def test_months_go_over_the_year():
    assert months_after(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert months_after(date(2025, 12, 31), 12) == date(2026, 12, 31)
