"""Subscriptions: asked, confirmed by letter, told once a day, ended without a trace."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from rongbiao.parties.models import Allowance
from rongbiao.parties.refused import Refused
from rongbiao.standards import events, letters, news, subscriptions
from rongbiao.standards.models import Event, Letter, Standard, Subscription
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number
from rongbiao.web import digest

DAY = date(2026, 3, 2)
LATER = DAY + timedelta(days=1)


def edition(number="GB/T 99001—2026", **said):
    made = columns(read_number(number)) | {"title": "冷链物流服务规范", "status": "current"}
    return Standard.objects.create(basis="试", **(made | {"issued_on": DAY} | said))


def subscribed(kind="standard", target="GB/T 99001-2026", address="li@example.org", **more):
    row = subscriptions.ask(kind, target, address, language="zh-hans", day=DAY)
    Subscription.objects.filter(pk=row.pk).update(**more)
    return subscriptions.confirm(row, DAY)


def renamed(row, title="冷链物流服务导则", day=LATER):
    before = events.columns_of(row)
    row.title = title
    row.save()
    events.note(row, before, day=day)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        ("standard", "GB~T1.1-2020", "GB/T1.1"),
        ("standard", "gbt 1.1", "GB/T1.1"),
        ("class", "ccs:a00", "ccs:A00"),
        ("class", "ccs:A00~09", "ccs:A00/09"),
        ("query", "page=2&q=茶&order=newest", "q=%E8%8C%B6"),
    ],
)
def test_a_target_has_one_form(kind, said, kept):
    assert subscriptions.read_target(kind, said) == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "said"),
    [("standard", "什么"), ("class", "udc:1"), ("class", "ics:"), ("query", "page=2"), ("all", "")],
)
def test_what_cannot_be_read_is_refused(kind, said):
    with pytest.raises(Refused):
        subscriptions.read_target(kind, said)


@pytest.mark.parametrize(
    ("number", "key", "bare"),
    [
        ("ISO 9001:2015", "ISO9001-2015", "ISO9001"),
        ("IEC 60601-1-2026 SER", "IEC60601-1-2026SER", "IEC60601-1-2026SER"),
        ("ITU-T G.711(11/1988)", "ITU-TG.711(11/1988)", "ITU-TG.711(11/1988)"),
        ("JIS B 0601:2013", "JISB0601-2013", "JISB0601"),
    ],
)
def test_the_standard_of_a_page_is_subscribed_to_whatever_its_number(
    client, city, number, key, bare
):
    """A key has lost its blanks: read as a number it would name nothing, or another standard."""
    row = Standard.objects.create(
        number=number, key=key, bare_key=bare, resolver_key=key, sorting=key, title="某标准",
        level="international", status="current", year=2015, issued_on=DAY, basis="试",
    )  # fmt: skip
    page = client.get(f"/standards/{row.slug}/subscribe/", follow=True)
    assert page.status_code == 200
    assert f"{number} 某标准" in page.content.decode()
    asked = {"kind": "standard", "target": page.context["wanted"].target}
    client.post("/subscriptions/new/", asked | {"address": "li@example.org"})
    one = Subscription.objects.get()
    assert one.target == bare
    subscriptions.confirm(one, DAY)
    renamed(row)
    digest.tick(LATER)
    assert f"{number} 冷链物流服务导则" in mail.outbox[-1].subject
    feed = client.get(page.context["feed"])
    assert f"标准动态：{number} 冷链物流服务导则" in feed.content.decode()
    client.post(f"/subscriptions/{one.token}/end/")
    assert not Subscription.objects.exists()


def test_a_standard_is_named_by_its_newest_edition_not_by_an_amendment(client, city):
    edition("ISO 9001:2008", title="旧版", status="superseded")
    edition("ISO 9001:2015", title="质量管理体系")
    edition("ISO 9001:2015/Amd 1:2024", title="气候行动")
    page = client.get("/standards/ISO9001-2008/subscribe/", follow=True).content.decode()
    assert "ISO 9001:2015 质量管理体系" in page
    assert "气候行动" not in page
    feed = client.get("/standards/ISO9001-2015/feed.atom").content.decode()
    assert "标准动态：ISO 9001:2015 质量管理体系" in feed


def test_nothing_is_sent_before_the_owner_says_yes(db):
    row = edition()
    subscriptions.ask("standard", row.key, "li@example.org", language="zh-hans", day=DAY)
    renamed(row)
    digest.tick(LATER)
    assert mail.outbox == []


def test_a_digest_is_sent_once_whatever_the_clock_does(db):
    row, one = edition(), subscribed()
    renamed(row)
    assert digest.tick(LATER)
    assert digest.tick(LATER) == []
    assert digest.tick(LATER + timedelta(days=9)) == []
    (letter,) = mail.outbox
    assert letter.to == ["li@example.org"]
    assert "冷链物流服务规范 → 冷链物流服务导则" in letter.body
    assert f"/subscriptions/{one.token}/" in letter.body
    assert letter.extra_headers["List-Unsubscribe"].endswith(f"/subscriptions/{one.token}/end/>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.alternatives[0][1] == "text/html"
    assert not Letter.objects.exists()


def test_one_address_gets_one_letter_for_all_it_subscribed_to(db):
    row = edition(ics="03.220.01 35.240", ccs="X05")
    for kind, target in (
        ("standard", row.key),
        ("class", "ics:03.220"),
        ("class", "ccs:X00/09"),
        ("query", "q=冷链&level=national"),
        ("query", "q=冷链&level=group"),
    ):
        subscribed(kind, target)
    events.note(row, None, day=LATER)
    digest.tick(LATER)
    (letter,) = mail.outbox
    assert letter.subject == "标准动态 4 条：GB/T 99001—2026 冷链物流服务规范"
    assert letter.body.count("新登记") == 4


def test_a_letter_that_failed_is_sent_by_a_later_run(db, settings):
    row = edition()
    subscribed()
    renamed(row)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    digest.tick(LATER)
    assert Letter.objects.get().tries == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert letters.send() == (0, 0)  # its claim has not run out
    Letter.objects.update(claimed_at=timezone.now() - letters.CLAIM - timedelta(seconds=1))
    assert letters.send() == (1, 0)
    assert len(mail.outbox) == 1


def test_letters_speak_the_language_of_their_reader(db):
    row = edition()
    subscribed(language="en", address="a@example.org")
    subscribed(language="zh-hant", address="b@example.org")
    renamed(row)
    digest.tick(LATER)
    said = {letter.to[0]: letter.body for letter in mail.outbox}
    assert "View all subscriptions or unsubscribe" in said["a@example.org"]
    assert "標準動態" in said["b@example.org"]


def ask(client, address, target="GB~T99001-2026"):
    form = {"kind": "standard", "target": target, "address": address}
    return client.post("/subscriptions/new/", form)


def test_the_answer_is_the_same_whether_an_address_is_known(client, city):
    edition()
    subscribed()
    known, unknown = ask(client, "li@example.org"), ask(client, "wang@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to for letter in mail.outbox] == [["li@example.org"], ["wang@example.org"]]


def test_from_asking_to_ending_without_an_account(client, city):
    row = edition()
    ask(client, "Li@Example.org ")
    one = Subscription.objects.get()
    assert one.address == "li@example.org"
    link = f"/subscriptions/{one.token}/"
    assert link in mail.outbox[0].body
    page = client.get(link)
    assert "确认订阅" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    one.refresh_from_db()
    assert one.confirmed_on is None  # reading a link, as scanners do, confirms nothing
    client.post(link, {"act": "confirm"})
    one.refresh_from_db()
    assert one.confirmed_on == timezone.localdate()
    renamed(row)
    assert client.get(f"{link}end/").status_code == 302
    strict = Client(enforce_csrf_checks=True)
    done = strict.post(f"{link}end/", {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert not Subscription.objects.exists()
    assert client.get(link).status_code == 404


def test_limits_are_exact_and_keep_no_address(client, city):
    edition()
    for _n in range(subscriptions.TO_ONE + 2):
        assert ask(client, "li@example.org").status_code == 302
    assert len(mail.outbox) == subscriptions.TO_ONE
    for n in range(subscriptions.FROM_ONE - subscriptions.TO_ONE - 2):
        assert ask(client, f"w{n}@example.org").status_code == 302
    assert ask(client, "z@example.org").status_code == 429
    assert not Allowance.objects.filter(key__contains="@").exists()


def test_what_nobody_confirmed_is_forgotten(db):
    edition()
    subscriptions.ask("standard", "GB/T 99001", "li@example.org", language="en", day=DAY)
    digest.tick(DAY + subscriptions.WAITS)
    assert Subscription.objects.exists()
    digest.tick(DAY + subscriptions.WAITS + timedelta(days=1))
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=冷链", True),
        ("q=冷鏈 服务", True),
        ("q=冷链 -服务", False),
        ('q="链物流"', True),
        ("q=gbt 99001", True),
        ("q=GB/T 99001.2", False),
        ("level=national&ics=03", True),
        ("ics=3", False),
        ("year=2026&organization=榕江公司", True),
        ("organization=左海公司", False),
        ("section=x", False),
    ],
)
def test_a_question_is_asked_of_the_edition_itself(db, query, found):
    row = edition(ics="03.220.01")
    row.participations.create(name="榕江公司", place=0, part="lead")
    events.note(row, None, day=DAY)
    wanted = subscriptions.read_query(query)
    assert bool(news.of_query(wanted, Event.objects.all())) is found
