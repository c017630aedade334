"""Every branch of the lamp rule, and that no past lamp is reset."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongbiao.strategy.lamps import (
    RULE,
    SIGNS,
    Facts,
    Filing,
    Lamp,
    Standing,
    Terms,
    days_over,
    expected_share,
    lamp,
    rule_on,
    standing,
)
from rongbiao.strategy.models import Plan, Quarter

TERMS = Terms(
    opens_on=date(2025, 9, 10),
    last_day=date(2025, 10, 10),
    expected=75,
    lagging=20,
    correction_days=5,
)
BEFORE, OPENING, DUE, AFTER = (
    date(2025, 9, 9),
    date(2025, 9, 10),
    date(2025, 10, 10),
    date(2025, 10, 11),
)
FILED = Filing("filed", 60, date(2025, 9, 20), date(2025, 9, 20))
ACCEPTED = replace(FILED, state="accepted", reviewed_on=date(2025, 9, 25))
RETURNED = replace(
    FILED, state="returned", reviewed_on=date(2025, 9, 25), returned_on=date(2025, 9, 25)
)
LATE = replace(FILED, first_filed_on=AFTER, filed_on=AFTER)


@pytest.mark.parametrize(
    ("day", "filing", "carried", "expected"),
    [
        (BEFORE, None, 0, Lamp.IDLE),
        (BEFORE, None, 100, Lamp.IDLE),
        (OPENING, None, 0, Lamp.IDLE),
        (DUE, None, 0, Lamp.IDLE),
        (AFTER, None, 0, Lamp.BAD),
        (DUE, Filing("draft", 60), 0, Lamp.IDLE),
        (AFTER, Filing("draft", 60), 0, Lamp.BAD),
        (OPENING, None, 100, Lamp.DONE),
        (AFTER, None, 100, Lamp.DONE),
        (AFTER, None, 99, Lamp.BAD),
        (date(2025, 9, 19), FILED, 0, Lamp.IDLE),  # seen before it was filed
        (date(2025, 9, 20), FILED, 0, Lamp.INFO),
        (AFTER, FILED, 0, Lamp.INFO),
        (date(2025, 9, 24), ACCEPTED, 0, Lamp.INFO),  # seen before it was accepted
        (date(2025, 9, 25), ACCEPTED, 0, Lamp.OK),
        (AFTER, replace(ACCEPTED, share=55), 0, Lamp.OK),
        (AFTER, replace(ACCEPTED, share=54), 0, Lamp.WARN),
        (AFTER, replace(ACCEPTED, share=99), 0, Lamp.OK),
        (AFTER, replace(ACCEPTED, share=100), 0, Lamp.DONE),
        (AFTER, replace(ACCEPTED, share=60), 100, Lamp.OK),  # said again, lower: its own lamp
        (date(2025, 9, 26), RETURNED, 0, Lamp.IDLE),
        (DUE, RETURNED, 0, Lamp.IDLE),
        (AFTER, RETURNED, 0, Lamp.BAD),
        (AFTER, RETURNED, 100, Lamp.BAD),
        (date(2025, 10, 20), LATE, 0, Lamp.WARN),
        (date(2026, 9, 1), replace(LATE, state="accepted", reviewed_on=AFTER), 0, Lamp.WARN),
        (
            date(2026, 9, 1),
            replace(LATE, state="accepted", reviewed_on=AFTER, share=100),
            0,
            Lamp.WARN,
        ),
        (DUE, LATE, 0, Lamp.IDLE),
    ],
)
def test_the_rule(day, filing, carried, expected):
    assert lamp(Facts(day, TERMS, filing, carried)) is expected


def test_a_return_after_the_due_day_gives_days_for_correction():
    returned = replace(RETURNED, reviewed_on=AFTER, returned_on=AFTER)
    assert lamp(Facts(AFTER + timedelta(days=5), TERMS, returned)) is Lamp.IDLE
    facts = Facts(AFTER + timedelta(days=6), TERMS, returned)
    assert (lamp(facts), days_over(facts)) == (Lamp.BAD, 1)


def test_a_correction_that_overran_is_lagging_for_ever_and_not_before():
    corrected = replace(
        RETURNED, state="filed", filed_on=date(2025, 10, 14), overran_on=date(2025, 10, 14)
    )
    assert lamp(Facts(date(2025, 10, 13), TERMS, corrected)) is Lamp.BAD
    assert lamp(Facts(date(2025, 10, 14), TERMS, corrected)) is Lamp.WARN
    accepted = replace(corrected, state="accepted", share=100, reviewed_on=date(2025, 10, 15))
    assert lamp(Facts(date(2027, 1, 1), TERMS, accepted)) is Lamp.WARN


def test_a_late_report_that_was_returned_turns_red_again_when_its_correction_is_late():
    late = replace(LATE, state="returned", returned_on=date(2025, 10, 20))
    assert lamp(Facts(date(2025, 10, 25), TERMS, late)) is Lamp.WARN
    assert lamp(Facts(date(2025, 10, 26), TERMS, late)) is Lamp.BAD


@pytest.mark.parametrize(
    ("filing", "day", "expected"),
    [
        (None, AFTER, Standing.NOTHING),
        (Filing("draft", 0), AFTER, Standing.NOTHING),
        (RETURNED, date(2025, 9, 24), Standing.FILED),
        (RETURNED, date(2025, 9, 25), Standing.RETURNED),
        (replace(RETURNED, state="filed", filed_on=date(2025, 9, 25)), AFTER, Standing.FILED),
        (
            replace(RETURNED, state="filed", filed_on=date(2025, 9, 28)),
            date(2025, 9, 27),
            Standing.RETURNED,
        ),
        (
            replace(RETURNED, state="accepted", filed_on=date(2025, 9, 28), reviewed_on=DUE),
            date(2025, 9, 27),
            Standing.RETURNED,
        ),
        (
            replace(RETURNED, state="accepted", filed_on=date(2025, 9, 28), reviewed_on=DUE),
            date(2025, 10, 9),
            Standing.FILED,
        ),
        (
            replace(RETURNED, state="accepted", filed_on=date(2025, 9, 28), reviewed_on=DUE),
            DUE,
            Standing.ACCEPTED,
        ),
    ],
)
def test_where_a_report_stood_on_a_day(filing, day, expected):
    assert standing(filing, day) is expected


def test_days_over_counts_from_the_last_day():
    assert days_over(Facts(date(2025, 10, 19), TERMS)) == 9
    assert days_over(Facts(DUE, TERMS)) == 0


def test_the_share_expected_runs_with_the_days_of_the_plan():
    plan = Plan(since=date(2024, 1, 1), until=date(2025, 12, 31))
    quarter = Quarter(year=2024, number=4, ends_on=date(2024, 12, 31))
    assert expected_share(plan, quarter) == 50  # 366 of 731 days
    assert expected_share(plan, Quarter(ends_on=date(2025, 12, 31))) == 100
    assert expected_share(plan, Quarter(ends_on=date(2026, 3, 31))) == 100
    assert expected_share(plan, Quarter(ends_on=date(2023, 12, 31))) == 0


@pytest.mark.django_db
def test_every_lamp_has_a_sign_a_word_and_a_rule_with_its_figures():
    assert set(SIGNS) == set(RULE) == set(Lamp)
    assert len(set(SIGNS.values())) == len(Lamp)
    assert "".join(lamp.sign for lamp in Lamp) == "✓●○▲■–"
    words = dict(rule_on(date(2025, 1, 1)))
    assert "超过20个百分点" in words[Lamp.WARN]
    assert "5天" in words[Lamp.BAD]


days = st.dates(date(2025, 8, 1), date(2026, 3, 1))


@given(
    share=st.integers(0, 100),
    late=st.integers(1, 60),
    later=st.integers(0, 300),
    carried=st.integers(0, 100),
)
def test_no_acceptance_clears_a_late_quarter(share, late, later, carried):
    came = TERMS.last_day + timedelta(days=late)
    filing = Filing("accepted", share, came, came, came + timedelta(days=later))
    seen = came + timedelta(days=later)
    assert lamp(Facts(seen, TERMS, filing, carried)) is Lamp.WARN


@given(day=days)
def test_an_untouched_assignment_goes_from_idle_to_overdue_once(day):
    expected = Lamp.BAD if day > TERMS.last_day else Lamp.IDLE
    assert lamp(Facts(day, TERMS)) is expected
