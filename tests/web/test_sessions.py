"""Sessions end when they should, and change their id when what one may do changes."""

import time
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rongbiao.parties.models import Person, Post
from tests.conftest import hold_post

RIGHT = "榕树下的一杯茉莉花茶"


@pytest.fixture
def person(city) -> Person:
    found = hold_post("陈填报", "市海洋与渔业局", "reporter").person
    found.set_password(RIGHT)
    found.save()
    return found


def signed_in(person: Person) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": person.username, "password": RIGHT})
    assert stays(client)
    return client


def stays(client: Client) -> bool:
    return client.get(reverse("mfa_index")).status_code == 200


@pytest.fixture
def clock(monkeypatch):
    now = {"at": time.time()}
    monkeypatch.setattr(time, "time", lambda: now["at"])
    return now


def test_thirty_idle_minutes_end_a_session_and_say_so(person, clock):
    client = signed_in(person)
    clock["at"] += 29 * 60
    assert stays(client)
    clock["at"] += 31 * 60
    answer = client.get(reverse("mfa_index"))
    assert answer.url.startswith(reverse("account_login"))
    words = [str(message) for message in get_messages(answer.wsgi_request)]
    assert words == ["您已有一段时间没有操作，为安全起见已退出，请重新登录。"]
    assert Session.objects.count() == 0


def test_ten_hours_end_a_session_however_busy(person, clock):
    client = signed_in(person)
    for _ in range(30):
        clock["at"] += 20 * 60 - 1
        assert stays(client)
    clock["at"] += 20 * 60
    answer = client.get(reverse("mfa_index"))
    words = [str(message) for message in get_messages(answer.wsgi_request)]
    assert words == ["本次登录已满最长时限，请重新登录。"]


def test_reading_writes_the_session_at_most_once_a_minute(person, clock, django_assert_num_queries):
    client = signed_in(person)
    kept = Session.objects.get().session_data
    clock["at"] += 59
    assert stays(client)
    assert Session.objects.get().session_data == kept
    clock["at"] += 2
    assert stays(client)
    assert Session.objects.get().session_data != kept


def test_a_new_password_ends_all_sessions(person):
    here, elsewhere = signed_in(person), signed_in(person)
    new = "闽江口的另一个长密码"
    posted = {"oldpassword": RIGHT, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), posted).status_code == 302
    assert [stays(here), stays(elsewhere)] == [False, False]
    again = Client()
    answer = again.post("/accounts/login/", {"login": person.username, "password": new})
    assert answer.status_code == 302
    assert stays(again)


def test_a_closed_account_is_out_at_the_next_request(person):
    client = signed_in(person)
    Person.objects.update(is_active=False)
    assert not stays(client)


def test_a_post_that_ended_yesterday_is_not_acted_in(officer):
    client = Client()
    client.force_login(officer.person)
    ask = {"post": officer.pk, "next": "/board/"}
    assert client.post(reverse("acting"), ask).url == "/board/"
    assert client.get(reverse("mfa_index")).wsgi_request.actor == officer
    Post.objects.update(until=timezone.localdate() - timedelta(days=1))
    answer = client.get(reverse("mfa_index"))
    assert answer.wsgi_request.actor is None


def test_switching_the_post_renews_the_session(person, city):
    other = hold_post("陈填报", "市农业农村局", "reporter")
    client = signed_in(person)
    before = client.session.session_key
    client.post(reverse("acting"), {"post": other.pk})
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert client.get(reverse("mfa_index")).wsgi_request.actor == other
    # It can still be ended from another device.
    elsewhere = signed_in(person)
    elsewhere.post(reverse("usersessions_list"))
    assert [stays(client), stays(elsewhere)] == [False, True]


def test_nobody_acts_in_somebody_elses_post(person, officer):
    client = signed_in(person)
    answer = client.post(reverse("acting"), {"post": officer.pk, "next": "https://example.com/"})
    assert answer.url == reverse("home")
    assert client.get(reverse("mfa_index")).wsgi_request.actor.person == person


def test_signing_out_ends_the_session_on_the_server(person):
    client = signed_in(person)
    key = client.session.session_key
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=key).exists()
    thief = Client()
    thief.cookies["session"] = key
    assert not stays(thief)
