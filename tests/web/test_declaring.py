"""The enterprise's pages and the public's: from a draft to a QR code that shows what holds today."""

import pytest
from django.test import Client

from rongbiao.parties.models import Person, Post
from rongbiao.standards.models import Declaration, Indicator, Statement
from tests.declared import firm, state
from tests.exchange.test_declaring_excel import line, table

CODE = {"i-TOTAL_FORMS": "4", "i-INITIAL_FORMS": "0"}


def form(**said):
    """Return what the page of a standard sends, with one indicator."""
    lines = {f"i-{n}-{name}": "" for n in range(4) for name in ("name", "limit", "unit", "method")}
    lines |= {f"i-{n}-kind": "performance" for n in range(4)}
    first = {"i-0-name": "保温效能", "i-0-limit": "≥65", "i-0-unit": "℃", "i-0-method": "附录A"}
    return CODE | lines | first | {"own": "own", "number": "Q/RC 001—2026", "title": "水杯"} | said


@pytest.fixture
def agent(city) -> Client:
    """A browser in which the agent of an enterprise is signed in."""
    person = Person.objects.create(username="水杯经办", name="水杯经办")
    Post.objects.create(person=person, organization=firm(), role="agent", basis="试验")
    client = Client()
    client.force_login(person)
    return client


def words(answer) -> str:
    return answer.content.decode()


def test_a_standard_is_written_looked_through_declared_and_read_by_everybody(agent):
    page = agent.post("/declaring/new/", form(number="Q/RC 001"), follow=True)
    assert "没有年份" in words(page)
    assert "应当改正" not in words(page)
    row = Statement.objects.get()
    page = agent.post(f"/declaring/{row.pk}/", form(), follow=True)
    assert "没有年份" not in words(page)
    assert Indicator.objects.count() == 1
    page = agent.post("/declaring/declare/", {"statements": [row.pk]}, follow=True)
    assert "真实性" in words(page)
    assert not Declaration.objects.exists()
    page = agent.post("/declaring/declare/", {"statements": [row.pk], "true": "on"}, follow=True)
    assert "已办理，办件号" in words(page)
    item = Declaration.objects.get()
    seen = words(Client().get(item.get_absolute_url()))
    assert "保温效能" in seen
    assert "公开（现行有效）" in seen
    qr = Client().get(f"{item.get_absolute_url()}qr.svg")
    assert qr["Content-Type"] == "image/svg+xml"
    assert b"<svg" in qr.content
    assert "Q/RC 001—2026" in words(Client().get("/declarations/?q=Q/RC&kind=own"))
    assert "没有符合条件" in words(Client().get("/declarations/?kind=other"))


def test_a_new_version_begins_with_the_one_before_and_both_are_shown(agent):
    agent.post("/declaring/new/", form())
    agent.post("/declaring/declare/", {"all": "1", "true": "on"})
    item = Declaration.objects.get()
    page = words(agent.get(f"/declaring/new/?from={item.pk}"))
    assert 'value="≥65"' in page
    agent.post("/declaring/new/", form(**{"i-0-limit": "≥70"}))
    agent.post("/declaring/declare/", {"all": "1", "true": "on"})
    shown = words(Client().get(item.get_absolute_url()))
    assert "公开（已变更）" in shown
    assert "第 2 版" in shown
    assert "≥65" in shown
    agent.post("/declaring/declare/", {"withdrawn": [item.pk], "true": "on", "reason": "停产"})
    shown = words(Client().get(item.get_absolute_url()))
    assert "停止声明" in shown
    assert "停产" in shown


def test_what_cannot_be_read_is_said_in_its_place(agent):
    page = agent.post("/declaring/new/", form(**{"i-0-limit": "10～5"}))
    assert page.status_code == 409
    assert "不能识别" in words(page)
    page = agent.post("/declaring/new/", form(**{"i-1-limit": "5"}))
    assert "没有指标名称" in words(page)
    assert not Statement.objects.exists()


def test_a_table_comes_in_with_a_report_and_goes_out(agent):
    from django.core.files.uploadedfile import SimpleUploadedFile

    content = table(line("Q/RC 001—2026"), line("Q/RC 002—2026", limit="9～5"))
    sent = {"file": SimpleUploadedFile("产品.xlsx", content)}
    page = words(agent.post("/declaring/import/", sent))
    assert "不能识别" in page
    assert Statement.objects.get().checked_on
    assert agent.get("/declaring/template.xlsx").content[:2] == b"PK"
    assert agent.get("/declaring/public.xlsx").content[:2] == b"PK"
    bad = {"file": SimpleUploadedFile("产品.xlsx", b"PK\x03\x04nothing")}
    page = agent.post("/declaring/import/", bad)
    assert page.status_code == 409


def test_a_text_is_read_by_everybody_only_where_the_enterprise_says_so(agent):
    from django.core.files.uploadedfile import SimpleUploadedFile

    def declared(**more) -> str:
        sent = {"text": SimpleUploadedFile("水杯.txt", "1 范围\n水杯。".encode())}
        agent.post("/declaring/new/", form(**more) | sent)
        agent.post("/declaring/declare/", {"all": "1", "true": "on"})
        return f"{Declaration.objects.get().get_absolute_url()}text/"

    address = declared()
    assert Client().get(address).status_code == 404
    assert "标准文本</a>" not in words(Client().get(address.removesuffix("text/")))
    declared(text_public="on")
    assert Client().get(address).content.decode() == "1 范围\n水杯。"


def test_nobody_sees_what_another_enterprise_prepares(agent):
    other = state(organization=firm("别家有限公司"))
    assert agent.get(f"/declaring/{other.pk}/").status_code == 404
    assert agent.post(f"/declaring/{other.pk}/drop/").status_code == 404
    page = agent.post("/declaring/declare/", {"statements": [other.pk], "true": "on"}, follow=True)
    assert "声明公开的标准" in words(page)
    assert other.number not in words(agent.get("/declaring/"))


@pytest.mark.parametrize("address", ["/declaring/", "/declarations/"])
def test_the_number_of_questions_does_not_grow(agent, address, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            agent.get(address)
        return len(seen)

    for n in range(2):
        agent.post("/declaring/new/", form(number=f"Q/RC {n:03}—2026"))
        if n == 0:
            agent.post("/declaring/declare/", {"all": "1", "true": "on"})
    agent.get(address)
    few = asked()
    for n in range(2, 5):
        agent.post("/declaring/new/", form(number=f"Q/RC {n:03}—2026"))
    agent.post("/declaring/declare/", {"all": "1", "true": "on"})
    agent.post("/declaring/new/", form(number="Q/RC 009—2026"))
    assert asked() <= few


def test_a_refusal_keeps_what_was_chosen_and_typed(agent):
    first, second = state("Q/RC 001—2026"), state("Q/RC 002—2026")
    tick = 'value="{}" checked'
    address = "/declaring/declare/"
    page = agent.post(address, {"statements": [second.pk]})
    assert page.status_code == 409
    assert "本企业对声明内容的真实性负责：请勾选此项后再提交。" in words(page)
    assert f'name="statements" {tick.format(second.pk)}' in words(page)
    assert f'name="statements" {tick.format(first.pk)}' not in words(page)
    agent.post(address, {"all": "1", "true": "on"})
    item, _other = Declaration.objects.order_by("number")
    page = agent.post(address, {"withdrawn": [item.pk], "reason": " ", "true": "on"})
    assert page.status_code == 409
    assert "应当写明理由" in words(page)
    assert f'name="withdrawn" {tick.format(item.pk)}' in words(page)
    page = agent.post(address, {"withdrawn": [], "reason": "停产", "true": "on"})
    assert 'name="reason" maxlength="300" value="停产"' in words(page)
    state("Q/RC 003—2026")
    page = agent.post(address, {"withdrawn": [item.pk], "reason": "", "true": "on"})
    assert 'name="true" value="on" required>' in words(page)  # of the other form


def test_a_refusal_stays_on_the_page_of_the_list(agent, monkeypatch):
    monkeypatch.setattr("rongbiao.web.declaring.desk.PAGE", 1)
    _first, second = state("Q/RC 001—2026"), state("Q/RC 002—2026")
    assert 'action="/declaring/declare/?page=2"' in words(agent.get("/declaring/?page=2"))
    page = agent.post("/declaring/declare/?page=2", {"statements": [second.pk]})
    assert f'value="{second.pk}" checked' in words(page)
    assert agent.get("/declaring/declare/?page=1")["Location"] == "/declaring/?page=1"
