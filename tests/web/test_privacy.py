"""G16: what a person says of themselves stands nowhere in public, and can be erased wholly."""

import io
import json
import re
import tomllib
import zipfile
from collections import Counter, deque
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from rongbiao.cases import desk
from rongbiao.cases.models import Entry, Personal
from rongbiao.parties.models import Organization, Person, Post
from rongbiao.stages import erasure, journal
from rongbiao.standards import letters
from rongbiao.standards.models import Letter
from tests.web.consultations.conftest import Asked

NAME, PHONE, EMAIL = "麴鬯弢", "13907318642", "quchangtao@rare.example"
WHO = {"person": NAME, "phone": PHONE, "email": EMAIL}
FRAGMENTS = (NAME, PHONE, "quchangtao")
SECRET = [form for one in FRAGMENTS for form in {one, json.dumps(one)[1:-1], quote(one)}]
LINK = re.compile(r"""(?:href|src|action)=["']([^"'#]+)""")
A_KIND = 2  # addresses of one view that are opened: all of them for a case
WHOLE = {"case", "consultation", "case_comments", "case_paper", "case_file", "consultation_sent"}
DOORS = tomllib.loads((Path(__file__).parent / "doors.toml").read_text())
PLAIN = [f"/{one}" for door in ("public", "published") for one in DOORS[door] if "<" not in one]


@pytest.fixture
def planted(marking_engine, city):
    """A person has proposed a standard and spoken on another; return both entries."""
    cache.clear()
    asked = Asked()
    case, browser = asked.opened(), Client()
    idea = WHO | {"title": "珍珠养殖", "need": "需要。", "token": "a" * 32}
    assert browser.post("/matters/proposal/new/", idea).status_code == 302
    said = WHO | {"as": "person", "hidden": "on", "kind": "change", "clause": "2.1.2",
                  "proposed": "两次。", "reason": "藻体附泥。", "token": "b" * 32,
                  "seen": case.entered.seq}  # fmt: skip
    assert browser.post(f"/consultations/{case.number}/", said).status_code == 302
    entries = list(Entry.objects.filter(pk__in=Personal.objects.values("entry")).order_by("seq"))
    return asked, case, [one for one in entries if one.personal.words["person"] == NAME]


def found_in(content: bytes) -> set[str]:
    """Return which of the planted words stand in what was sent, in any spelling, zipped or not."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            return set().union(*(found_in(held.read(name)) for name in held.namelist()))
    text = content.decode(errors="replace")
    text += unescape(text)
    return {form for form in SECRET if form in text}


def crawl(browser: Client, starts: list[str]) -> tuple[dict[str, set[str]], Counter]:
    """Open every page that links lead to; return where planted words stand, and what was opened."""
    waiting, known = deque(starts), set(starts)
    leaks: dict[str, set[str]] = {}
    opened: Counter = Counter()
    while waiting:
        address = waiting.popleft()
        try:
            name = resolve(unquote(urlsplit(address).path)).view_name
        except Resolver404:
            continue
        if opened[name] >= A_KIND and name not in WHOLE:
            continue
        opened[name] += 1
        answer = browser.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        heads = "\n".join(f"{key}: {value}" for key, value in answer.headers.items()).encode()
        if hits := found_in(content) | found_in(heads):
            leaks[address] = hits
        to = [answer.headers["Location"]] if "Location" in answer.headers else []
        for link in to + [unescape(one) for one in LINK.findall(content.decode(errors="replace"))]:
            whole = urlsplit(urljoin(f"http://testserver{address}", link))
            short = f"{whole.path}?{whole.query}" if whole.query else whole.path
            if whole.netloc == "testserver" and short not in known:
                known.add(short)
                waiting.append(short)
    return leaks, opened


def enterprise() -> Client:
    """Return the browser of a company's clerk."""
    company = Organization.objects.create(name="福州某某水产有限公司", kind="company")
    clerk = Person.objects.create(username="企业", name="企业")
    Post.objects.create(person=clerk, organization=company, role="agent", basis="试")
    browser = Client()
    browser.force_login(clerk)
    return browser


def kept() -> dict[str, set[str]]:
    """Return which tables of the database hold planted words, read row by row."""
    leaks = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = "\n".join(str(value) for row in cursor for value in row)
            if hits := {form for form in SECRET if form in rows}:
                leaks[table] = hits
    return leaks


@pytest.mark.parametrize("stage", ["open", "closed"])
def test_nothing_of_a_person_stands_in_public(planted, stage):
    _asked, case, entries = planted
    if stage == "closed":
        _asked.closed(case)
    starts = ["/", *PLAIN, f"/cases/{case.number}/", f"/consultations/{case.number}/"]
    starts += [f"/receipts/?number={one.receipt}" for one in entries]
    starts += [f"/cases/{case.number}/comments/", f"/cases/{entries[0].case.number}/"]
    for browser in (Client(), enterprise()):
        leaks, opened = crawl(browser, starts)
        assert leaks == {}
        assert {"home", "case", "consultation", "receipts", "matter"} <= set(opened)
        assert opened.total() > 50


def test_the_crawl_would_see_it(planted, monkeypatch):
    _asked, case, _entries = planted
    assert "cases_personal" in kept()
    monkeypatch.setitem(globals(), "SECRET", ["藻体附泥"])  # what the person said is public
    leaks, _opened = crawl(Client(), [f"/consultations/{case.number}/"])
    assert leaks


def test_after_erasing_nothing_is_left_and_the_chain_holds(planted):
    asked, case, entries = planted
    assert len(entries) == 2
    asked.closed(case)
    office, handler = asked.told.cast["林处"], asked.told.cast["郑工"]
    desk.act(
        case, "dispose", actor=handler, day=case.stage_since, about=entries[1].seq,
        answers={"taken": "adopted", "reason": "同意。"},
    )  # fmt: skip
    letters.write(EMAIL, "您对一件标准的意见已处理", f"受理号：{entries[1].receipt}")
    letters.write(EMAIL, "今日标准动态", "订阅的邮件。")
    for entry in entries:
        erasure.erase(entry, actor=office, day=case.stage_since, ground=3, reason="本人撤回同意")
    assert [one.subject for one in Letter.objects.all()] == ["今日标准动态"]  # asked for apart
    Letter.objects.all().delete()
    assert kept() == {}
    assert list(journal.faults()) == []
