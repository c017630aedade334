"""The clock of a local standard: its parts, its forecast, and when it stops."""

from datetime import date, timedelta

from rongbiao.law.periods import months_after
from rongbiao.procedures.local_standard.clocks import course
from rongbiao.stages.stays import Stay

PATH = ["plan", "drafting", "consultation", "review", "approval", "filing"]
DAY = date(2024, 6, 1)


def at(day: int) -> date:
    return date(2024, 2, 1) + timedelta(days=day)


PLANNED = Stay("plan", date(2024, 1, 8), at(0), "approve")


def told(*stays: Stay, usual=None, least=None, day=DAY):
    return course(stays, day, path=PATH, usual=usual or {}, least=least or {})


def test_there_is_no_clock_before_the_plan():
    assert told(Stay("plan", date(2024, 1, 8))) is None
    assert told(Stay("plan", date(2024, 1, 8), at(0), "refuse")) is None


def test_the_forecast_adds_what_the_stages_still_to_come_usually_take():
    running = Stay("consultation", at(100))
    day = at(110)
    usual = {"consultation": 35, "review": 40, "approval": 20, "filing": 500}
    found = told(PLANNED, Stay("drafting", at(0), at(100), "submit"), running, usual=usual, day=day)
    assert found.since == at(0)
    assert found.finish == day + timedelta(days=25 + 40 + 20)  # ten of 35 have passed
    assert found.sure
    assert not found.ended
    assert [part.stage for part in found.parts] == ["drafting", "consultation"]


def test_without_a_past_it_is_only_the_earliest_day():
    running = Stay("drafting", at(0))
    found = told(PLANNED, running, least={"consultation": 30}, day=at(50))
    assert found.finish == at(80)
    assert not found.sure


def test_a_stage_that_took_longer_than_usual_adds_nothing_more():
    running = Stay("approval", at(100))
    found = told(PLANNED, running, usual={"approval": 20}, day=at(200))
    assert found.finish == at(200)
    assert found.sure


def test_it_stops_with_the_publication_and_not_with_the_filing():
    ways = [
        Stay("drafting", at(0), at(90), "submit"),
        Stay("approval", at(90), at(300), "approve"),
        Stay("filing", at(300), at(340), "submit"),
    ]
    found = told(PLANNED, *ways)
    assert found.ended
    assert found.finish == at(300)
    assert [part.stage for part in found.parts] == ["drafting", "approval"]


def test_it_stops_where_the_project_was_ended():
    found = told(PLANNED, Stay("drafting", at(0), at(90), "terminate"))
    assert found.ended
    assert found.finish == at(90)


def test_months_end_where_a_month_is_shorter():
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2023, 11, 30), 12) == date(2024, 11, 30)
