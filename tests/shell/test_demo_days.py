"""The days of the story count back from today, whatever day that is: no notice is cut short."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from rongbiao import law
from rongbiao.law import periods, workdays
from rongbiao.shell import demo_groups, demo_leaders

CITY = Path(__file__).parents[2] / "cities" / "fuzhou"
YEARS = [date(2026, 6, 1) + timedelta(days=n) for n in range(800)]
LEADERS = demo_leaders.read(CITY / "demo")["ago"]
FOSTERING = demo_groups.read(CITY / "demo")["fostering"]
NOTICES = [  # published and ended so many days ago, and how long it lasts by which rule
    (LEADERS["drafted"], LEADERS["frozen"], "leader", "plan_notice_days"),
    (LEADERS["committed"], LEADERS["listed"], "leader", "list_notice_days"),
    (LEADERS["proposed"], LEADERS["removed"], "leader", "removal_notice_days"),
    (FOSTERING["scored_ago"], FOSTERING["closed_ago"], "fostering", "notice_days"),
]


@pytest.mark.parametrize(("published", "ended", "table", "rule"), NOTICES)
def test_a_notice_is_over_before_it_is_ended(published, ended, table, rule):
    calendar = workdays.Calendar(workdays.notices())
    short = []
    for today in YEARS:
        start, closes = today - timedelta(days=published), today - timedelta(days=ended)
        lasts = law.table(table).at(start).rule(rule)
        if periods.ends(start, lasts, calendar).day >= closes:
            short.append(str(today))
    assert short == []
