"""A unit's report on its pages: checked once more, filed once, never by a made-up number."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rongbiao.strategy.models import Report
from tests.report_desk import Desk

FILES = (("好.txt", "佐证".encode()), ("坏.pdf", b"MZ\x90"))


@pytest.fixture
def desk(reporter, officer):
    return Desk(reporter, officer)


@pytest.fixture
def page(client, desk):
    """The client of the unit's reporter, and the address of a check page."""
    client.force_login(desk.reporter.person)
    return lambda report: reverse("report_check", args=[report.pk])


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "²"])
def test_what_is_no_version_is_refused_in_words(client, desk, page, version):
    report = desk.draft()
    answer = client.post(page(report), {"version": version})
    assert answer.status_code == 409
    report.refresh_from_db()
    assert report.state == "draft"


def test_the_right_version_is_filed(client, desk, page):
    report = desk.draft()
    assert client.post(page(report), {"version": report.version}).status_code == 302
    report.refresh_from_db()
    assert report.state == "filed"


def test_a_filed_report_offers_no_button(client, desk, page):
    draft = desk.draft()
    assert ">报送</button>" in client.get(page(draft)).content.decode()
    filed = desk.filed(quarter=desk.second, day=desk.second.opens_on)
    assert ">报送</button>" not in client.get(page(filed)).content.decode()


def test_numbers_that_no_table_holds_are_passed_over(client, desk):
    client.force_login(desk.officer.person)
    answer = client.post(reverse("review_all"), {"report": [f"{'9' * 40}:1", "x:1"]})
    assert answer.status_code == 302


def counted(client, person):
    """Return what the menu says waits for somebody, and how much the page lists."""
    client.force_login(person)
    page = client.get(reverse("inbox"))
    menu = re.search(r'待办<span class="count num">(.+?)</span>', page.content.decode())
    return int(menu[1]) if menu else 0, page.context["page"].paginator.count


def test_the_menu_counts_what_the_inbox_lists(client, desk, monkeypatch):
    day = desk.first.due_on - timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: day)
    owed, listed = counted(client, desk.reporter.person)
    assert owed == listed > 0
    desk.filed()
    assert counted(client, desk.reporter.person) == (owed - 1, owed - 1)
    assert counted(client, desk.officer.person) == (1, 1)


def test_a_refused_attachment_leaves_the_report_as_it_was(client, desk):
    report = desk.draft()
    client.force_login(desk.reporter.person)
    address = reverse("report", args=[report.pk])
    said = {"text": "改写的进展。", "share": 60, "version": report.version}
    good, bad = (SimpleUploadedFile(name, body) for name, body in FILES)
    answer = client.post(address, said | {"evidence": [good, bad]})
    assert answer.status_code == 409
    assert "改写的进展。" in answer.content.decode()
    assert "坏.pdf" in answer.content.decode()
    held = Report.objects.get(pk=report.pk)
    assert (held.text, held.version) == (report.text, report.version)
    assert not held.evidence.exists()
    again = said | {"version": answer.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302  # nobody was faster
    assert Report.objects.get(pk=report.pk).text == "改写的进展。"
