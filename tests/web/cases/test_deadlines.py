"""The calendar behind a secret address: its holder's deadlines, until it is revoked."""

from datetime import date, timedelta

from django.utils import timezone

from rongbiao.parties import tokens
from rongbiao.parties.models import Token
from rongbiao.strategy.models import Assignment, Quarter
from tests.conftest import hold_post
from tests.web.world import things


def link(post, scope=Token.Scope.CALENDAR):
    day = timezone.localdate()
    return tokens.make(post, "手机日历", scope, day + timedelta(days=30), actor=post, day=day)


def test_it_holds_the_deadlines_of_its_holder(desk):
    case = desk.until("consultation")
    _token, words = link(desk.told.cast["郑工"])
    answer = desk.browser().get(f"/calendar/{words}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode().replace("\r\n ", "")
    assert f"DTSTART;VALUE=DATE:{case.due_on:%Y%m%d}" in text
    assert "征求意见期限：海带育苗技术规程" in text
    assert case.get_absolute_url() in text
    _token, other = link(desk.told.cast["孙主任"])
    assert "海带" not in desk.browser().get(f"/calendar/{other}.ics").content.decode()


def test_a_revoked_or_other_token_opens_nothing(desk):
    post = desk.told.cast["林处"]
    token, words = link(post)
    assert desk.browser().get(f"/calendar/{words}.ics").status_code == 200
    tokens.revoke(token, actor=post, day=timezone.localdate())
    assert desk.browser().get(f"/calendar/{words}.ics").status_code == 404
    _token, reading = link(post, Token.Scope.READ)
    assert desk.browser().get(f"/calendar/{reading}.ics").status_code == 404


def test_a_calendar_token_does_not_open_the_api(desk):
    _token, words = link(desk.told.cast["林处"])
    answer = desk.browser().get("/api/standards", headers={"Authorization": f"Bearer {words}"})
    assert answer.status_code == 401


def test_the_page_of_tokens_shows_the_address_once(desk, monkeypatch):
    flow = "allauth.account.internal.flows.reauthentication.is_reauthentication_required"
    monkeypatch.setattr(flow, lambda request, app: False)
    browser = desk.browser("林处")
    until = timezone.localdate() + timedelta(days=30)
    sent = {"name": "手机", "scope": "calendar", "until": until}
    text = browser.post("/accounts/tokens/", sent).content.decode()
    assert "/calendar/rb_" in text
    assert "/calendar/rb_" not in browser.get("/accounts/tokens/").content.decode()


def days(desk, post) -> list[str]:
    """Return the lines that name a quarter in somebody's calendar."""
    _token, words = link(post)
    text = desk.browser().get(f"/calendar/{words}.ics").content.decode().replace("\r\n ", "")
    return [line for line in text.splitlines() if "季度填报截止" in line]


def test_it_holds_the_days_by_which_a_unit_reports(desk):
    quarter = Quarter.objects.get(pk=things()["quarter"])
    reporter = hold_post("季填报", "市海洋与渔业局", "reporter")
    leader = hold_post("季局长", "市海洋与渔业局", "leader")
    for post in (reporter, leader, desk.told.cast["林处"]):
        assert days(desk, post) == [f"SUMMARY:季度填报截止：{quarter}"]
    for post in (hold_post("外填报", "市科技局", "reporter"), desk.told.cast["王教授"]):
        assert days(desk, post) == []
    Assignment.objects.update(until=date(2024, 1, 1))  # it no longer answers for the task
    assert days(desk, reporter) == []
    Quarter.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert days(desk, desk.told.cast["林处"]) == []
