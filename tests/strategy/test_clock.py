"""The clock does what a day brings, once, and catches up when it stood still."""

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from rongbiao.parties import journal
from rongbiao.parties.allowance import Allowance
from rongbiao.parties.models import Act
from rongbiao.strategy import clock
from rongbiao.strategy.models import Report
from tests.bench_world import build


@pytest.fixture
def world(db):
    return build(plans=1, assignments=48, quarters=2, reported=False)


def file(world, place, *assignments):
    quarter = world.quarters[world.newest.pk][place]
    Report.objects.bulk_create(
        Report(
            assignment=world.assignments[world.newest.pk][number],
            quarter=quarter,
            state="filed",
            first_filed_on=quarter.opens_on,
            filed_on=quarter.opens_on,
        )
        for number in assignments
    )


def test_nothing_before_the_first_quarter_opens(world):
    assert clock.tick(date(2023, 3, 10)) == []
    assert Act.objects.count() == 0


def test_a_quarter_opens_reminds_and_closes_each_once(world):
    first = world.quarters[world.newest.pk][0]
    assert clock.tick(date(2023, 3, 11)) == ["2023年一季度填报已开放，2023-04-10截止。"]
    assert clock.tick(date(2023, 3, 12)) == []
    file(world, 0, *range(24))
    assert clock.tick(date(2023, 4, 6)) == []
    assert clock.tick(date(2023, 4, 7)) == [
        "2023年一季度填报2023-04-10截止，已提醒 1 个单位，尚有 24 个责任项未报送。"
    ]
    assert clock.tick(date(2023, 4, 10)) == []
    file(world, 0, 24)
    assert clock.tick(date(2023, 4, 11)) == [
        "2023年一季度填报已截止：48 个责任项，已报送 25 个，逾期 23 个。"
    ]
    assert clock.tick(date(2023, 4, 11)) == []
    lines = journal.lines_of(first)
    assert [line.verb for line in lines] == ["open-quarter", "remind", "close-quarter"]
    assert lines[2].words == {
        "total": 48,
        "filed": 25,
        "counts": {"done": 0, "ok": 0, "info": 25, "warn": 0, "bad": 23, "idle": 0},
    }


def test_each_unit_finds_what_it_still_owes_under_its_own_name(world):
    rows = world.assignments[world.newest.pk]
    file(world, 0, *range(24), 24)
    clock.tick(date(2023, 4, 7))
    clock.tick(date(2023, 4, 11))
    owing = rows[25].organization
    assert list(journal.lines_of(rows[0].organization)) == []
    lines = list(journal.lines_of(owing))
    assert [(line.verb, line.day) for line in lines] == [
        ("remind", date(2023, 4, 7)),
        ("overdue", date(2023, 4, 11)),
    ]
    owed = sorted(row.pk for row in rows[25:])
    assert [sorted(line.words["assignments"]) for line in lines] == [owed, owed]


def test_a_clock_that_stood_still_catches_up_without_reminding_too_late(world):
    done = clock.tick(date(2023, 7, 20))
    assert [sentence[:14] for sentence in done] == [
        "2023年一季度填报已开放，",
        "2023年一季度填报已截止：",
        "2023年二季度填报已开放，",
        "2023年二季度填报已截止：",
    ]
    assert not Act.objects.filter(verb="remind").exists()
    assert clock.tick(date(2023, 7, 20)) == []


def test_a_returned_report_is_reminded_of(world):
    file(world, 0, *range(48))
    one = Report.objects.first()
    one.state, one.returned_on = "returned", date(2023, 4, 1)
    one.save()
    (said,) = [said for said in clock.tick(date(2023, 4, 8)) if "提醒" in said]
    assert "已提醒 1 个单位，尚有 1 个责任项" in said


def test_acts_speak_of_the_demonstration_only_while_it_is_here(world):
    from rongbiao.parties.models import Person

    clock.tick(date(2023, 3, 11))
    Person.objects.create(username="演示", name="演示", demonstration=True)
    clock.tick(date(2023, 4, 11))
    assert set(Act.objects.values_list("verb", "demonstration")) == {
        ("open-quarter", False),
        ("close-quarter", True),
        ("overdue", True),
    }


def test_what_has_expired_is_swept_and_what_lives_stays(world):
    now = timezone.now()
    for key, days in (("old", -1), ("new", 1)):
        moment = now + timedelta(days=days)
        Session.objects.create(session_key=key, session_data="", expire_date=moment)
        Allowance.objects.create(key=key, window=1, ends_at=moment)
    assert clock.tick(date(2023, 1, 1)) == ["已清理过期会话 1 个、限次记录 1 条。"]
    assert [one.session_key for one in Session.objects.all()] == ["new"]
    assert [one.key for one in Allowance.objects.all()] == ["new"]
