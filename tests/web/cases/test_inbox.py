"""The inbox with the desk's cases: overdue first, read and unread, done, begun; constant questions."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rongbiao.cases.models import Case, Message
from rongbiao.web import inbox
from rongbiao.web.cases import tray
from tests.web.cases.test_case_page import words


def enter(case: Case, number: int, due) -> None:
    """Enter a case like another one, due on a day."""
    Case.objects.create(
        number=f"DB-2024-8{number:03}", procedure_key=case.procedure_key, stage_key=case.stage_key,
        title=f"第{number}号规范", opened_on=case.opened_on, stage_since=case.stage_since,
        applicant=case.applicant, due_on=due,
    )  # fmt: skip


def test_what_waits_is_sorted_by_its_deadline_and_paged(desk):
    case = desk.until("acceptance")
    today = timezone.localdate()
    for number in range(25):
        enter(case, number, today + timedelta(days=10 - number))
    browser = desk.browser("林处")
    first = words(browser.get("/inbox/"))
    assert "待办 26" in first
    assert first.index("第24号规范") < first.index("第12号规范")
    assert "逾期 14 天" in first
    assert "第 1 页，共 2 页" in first
    assert "海带育苗技术规程" not in first  # no deadline: last
    assert "海带育苗技术规程" in words(browser.get("/inbox/?page=2"))
    assert "海带育苗技术规程" not in words(desk.browser("郑工").get("/inbox/"))


@pytest.mark.parametrize("size", [1, 3, 4, 7, 50])
def test_each_page_holds_what_the_whole_order_has_there(desk, size):
    """Matters of other floors stand among the cases by their day, before a case of the same day."""
    case, today = desk.until("acceptance"), timezone.localdate()
    for number, days in enumerate([3, None, 1, 1, 9, 4, None, 2]):
        enter(case, number, today + timedelta(days=days) if days else None)
    matters = [
        SimpleNamespace(due_on=today + timedelta(days=days) if days else None, pk=-place)
        for place, days in enumerate([2, 40, None, 1, -3])
    ]
    office = desk.told.cast["林处"]
    merged = tray.Merged(matters, office)
    everything = [*matters, *Case.objects.filter(closed_on=None).order_by("pk")]
    everything.sort(key=lambda one: one.due_on or date.max)
    pages = Paginator(merged, size)
    read = [one.pk for number in pages.page_range for one in pages.page(number).object_list]
    assert read == [one.pk for one in everything]
    assert len(merged) == 14


def test_messages_are_marked_as_read_one_by_one_and_all(desk):
    case = desk.until("drafting")
    mine = Message.objects.filter(post=desk.told.cast["黄海"], entry__case=case)
    assert mine.count() > 2
    browser = desk.browser("黄海")
    assert "已进入“起草”" in words(browser.get("/inbox/?tab=told"))
    browser.post("/inbox/read/", {"message": mine.first().pk})
    assert mine.filter(read_at=None).count() == mine.count() - 1
    other = Message.objects.filter(post=desk.told.cast["林处"], read_at=None)
    before = other.count()
    browser.post("/inbox/read/", {"message": other.first().pk})  # somebody else's
    assert other.count() == before
    browser.post("/inbox/read/", {})
    assert mine.filter(read_at=None).exists()
    browser.post("/inbox/read/", {"all": "1"})
    assert not mine.filter(read_at=None).exists()
    assert other.count() == before


def test_what_was_done_and_begun_is_found_again(desk):
    desk.until("drafting")
    assert "通过审查" in words(desk.browser("林处").get("/inbox/?tab=done"))
    assert "海带育苗技术规程" in words(desk.browser("黄海").get("/inbox/?tab=begun"))
    assert "海带育苗技术规程" not in words(desk.browser("林处").get("/inbox/?tab=begun"))


def test_the_menu_counts_what_waits(desk):
    case, today = desk.until("acceptance"), timezone.localdate()
    assert inbox.badge(desk.told.cast["林处"], today) == "1"
    assert inbox.badge(desk.told.cast["郑工"], today) == ""
    for number in range(120):
        enter(case, number, None)
    assert inbox.badge(desk.told.cast["林处"], today) == "99+"


@pytest.mark.parametrize("tab", ["", "told", "done", "begun"])
def test_more_rows_ask_no_more_questions(desk, tab):
    case = desk.until("acceptance")
    browser = desk.browser("林处")

    def asked() -> int:
        browser.get(f"/inbox/?tab={tab}")
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(f"/inbox/?tab={tab}").status_code == 200
        return len(caught)

    before = asked()
    entry = case.entries.get()
    for number in range(2):
        enter(case, number, None)
        Message.objects.create(post=desk.told.cast["林处"], entry=entry, words=f"通知{number}")
    assert asked() == before
