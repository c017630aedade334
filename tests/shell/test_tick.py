"""``rongbiao tick --day``: a day on which nothing can be due is refused before anything is done."""

import json
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from rongbiao.parties.models import Act
from rongbiao.shell import run
from rongbiao.shell.complaint import Complaint
from rongbiao.shell.founding import lay_foundation
from rongbiao.strategy.models import Plan


@pytest.fixture
def plan(db, monkeypatch, tmp_path) -> Plan:
    monkeypatch.setattr(settings, "VAR", tmp_path)
    return lay_foundation()


@pytest.mark.parametrize(
    "day", ["0001-01-01", "1900-01-01", "2020-01-01", "2023-09-13", "9999-12-31"]
)
def test_a_day_outside_the_span_is_refused_before_anything_is_done(plan, tmp_path, day):
    before = Act.objects.count()
    last = f"{timezone.localdate().year + 5}-12-31"
    with pytest.raises(Complaint) as complaint:
        run(["tick", "--day", day])
    assert str(complaint.value) == (f"不能按{day}办理，--day 应在{plan.since}至{last}之间。")
    assert Act.objects.count() == before
    assert not list(tmp_path.iterdir())


def test_the_first_and_the_last_day_of_the_span_are_worked_off(plan, capsys):
    for day in (plan.since, date(timezone.localdate().year + 5, 12, 31)):
        assert run(["tick", "--day", str(day), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["day"] == str(day)


def test_without_a_plan_the_span_begins_today(db):
    yesterday = timezone.localdate() - timedelta(1)
    with pytest.raises(Complaint, match=f"^不能按{yesterday}办理"):
        run(["tick", "--day", str(yesterday)])


def test_what_is_no_day_is_refused(db):
    with pytest.raises(Complaint, match="日期“昨天”无法识别"):
        run(["tick", "--day", "昨天"])
