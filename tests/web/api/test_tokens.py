"""Tokens: shown once, hashed at rest, good while their post is held, revoked at once."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rongbiao.parties import tokens
from rongbiao.parties.models import Act, Allowance, Token
from rongbiao.parties.refused import Refused
from rongbiao.shell import run
from rongbiao.shell.complaint import Complaint
from rongbiao.web import tokens as desk

ADDRESS = "numbers?text=GB 1"


def day():
    return timezone.localdate()


def made(post, scope="read", days=30, name="试验系统") -> str:
    until = day() + timedelta(days=days)
    return tokens.make(post, name, scope, until, actor=post, day=day())[1]


def test_only_the_hash_is_kept(officer):
    words = made(officer)
    token = Token.objects.get()
    assert token.digest == hashlib.sha256(words.encode()).hexdigest()
    assert words.startswith(token.start)
    assert len(words) == 46
    columns = [str(getattr(token, field.attname)) for field in Token._meta.concrete_fields]
    assert words not in " ".join(columns)
    assert words not in str(list(Act.objects.values()))
    assert Act.objects.get(verb="make-token").post == officer


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "请写明令牌的用途"),
        ({"scope": "write"}, "只发给联席会议办公室经办人"),
        ({"scope": "all"}, "没有“all”这种权限"),
        ({"days": 367}, "最长 366 天"),
        ({"days": -1}, "有效期应在"),
    ],
)
def test_a_token_that_may_not_be_is_refused(reporter, changed, said):
    with pytest.raises(Refused, match=said):
        made(reporter, **changed)


def test_a_post_has_twenty_tokens(reporter):
    for _n in range(tokens.MOST):
        made(reporter)
    with pytest.raises(Refused, match="已有 20 个有效令牌"):
        made(reporter)
    tokens.revoke(Token.objects.first(), actor=reporter, day=day())
    made(reporter)


def test_a_token_has_its_own_count(ask, reporter, settings):
    settings.API_MINUTE, settings.API_TOKEN_MINUTE = 1, 2
    words = made(reporter)
    answers = [ask(ADDRESS, words).status_code for _n in range(3)]
    assert answers == [200, 200, 429]
    assert ask(ADDRESS).status_code == 200
    assert ask(ADDRESS).status_code == 429
    assert Allowance.objects.filter(key__startswith="api:token:").get().used == 2


def test_use_is_noted_once_a_minute(ask, reporter):
    words = made(reporter)
    ask(ADDRESS, words)
    first = Token.objects.get().used_at
    ask(ADDRESS, words)
    assert Token.objects.get().used_at == first is not None


def wrong_words(post):
    yield "rb_" + "a" * 43
    yield "nothing"
    yield "\x00"
    expired = made(post)
    Token.objects.filter(digest=tokens.digest_of(expired)).update(until=day() - timedelta(days=1))
    yield expired
    revoked = made(post)
    token = Token.objects.get(digest=tokens.digest_of(revoked))
    tokens.revoke(token, actor=post, day=day())
    tokens.revoke(token, actor=post, day=day())
    yield revoked


def test_what_is_no_good_token_is_refused_alike(ask, reporter):
    answers = [ask(ADDRESS, words) for words in wrong_words(reporter)]
    assert {(one.status_code, one.content) for one in answers} == {(401, answers[0].content)}
    assert answers[0].json()["code"] == "token-refused"
    assert Act.objects.filter(verb="revoke-token").count() == 1
    assert ask(ADDRESS, authorization="Basic eDp4").status_code == 401


def test_a_token_ends_with_its_post_its_person_or_its_second_factor(ask, officer):
    words = made(officer)
    assert ask(ADDRESS, words).status_code == 200
    person = officer.person
    keys = list(person.authenticator_set.all())
    person.authenticator_set.all().delete()
    assert ask(ADDRESS, words).status_code == 401
    for key in keys:
        key.save()
    assert ask(ADDRESS, words).status_code == 200
    person.is_active = False
    person.save()
    assert ask(ADDRESS, words).status_code == 401
    person.is_active = True
    person.save()
    officer.until = day() - timedelta(days=1)
    officer.save()
    assert ask(ADDRESS, words).status_code == 401


def test_guessing_tokens_is_counted(ask, settings):
    settings.API_MINUTE = 2
    assert [ask(ADDRESS, f"rb_{n}").status_code for n in range(3)] == [401, 401, 429]


def test_a_closed_board_opens_to_a_token(ask, reporter, settings):
    settings.PUBLIC_BOARD = False
    words = made(reporter)
    assert ask(ADDRESS, words).status_code == 200
    assert ask("standards", words).status_code == 200


@pytest.fixture
def signed_in(reporter, monkeypatch):
    """A browser whose person has just proved who they are."""
    own = desk.reauthentication_required
    assert own
    flow = "allauth.account.internal.flows.reauthentication.is_reauthentication_required"
    monkeypatch.setattr(flow, lambda request, app: False)
    client = Client()
    client.force_login(reporter.person)
    return client


def test_the_page_shows_a_token_once(signed_in, ask):
    page = reverse("tokens")
    until = (day() + timedelta(days=10)).isoformat()
    answer = signed_in.post(page, {"name": "同步", "scope": "read", "until": until})
    assert answer.status_code == 200
    words = answer.context["words"]
    assert words in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert ask(ADDRESS, words).status_code == 200
    assert words not in signed_in.get(page).content.decode()
    token = Token.objects.get()
    assert signed_in.post(reverse("token_revoke", args=[token.pk]))["Location"] == page
    assert ask(ADDRESS, words).status_code == 401


def test_the_page_offers_no_more_than_the_post_may(signed_in):
    said = {"name": "同步", "scope": "write", "until": day().isoformat()}
    answer = signed_in.post(reverse("tokens"), said)
    assert answer.status_code == 409
    assert Token.objects.count() == 0
    late = {"name": "同步", "scope": "read", "until": "9999-12-31"}
    assert "最长 366 天" in signed_in.post(reverse("tokens"), late).content.decode()


def test_making_a_token_asks_for_the_password_again(reporter):
    client = Client()
    client.force_login(reporter.person)
    assert client.get(reverse("tokens")).status_code == 200
    said = {"name": "同步", "scope": "read", "until": day().isoformat()}
    answer = client.post(reverse("tokens"), said)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert Token.objects.count() == 0


def test_the_console_makes_lists_and_revokes(officer, capsys):
    assert run(["token", "林经办", "--name", "同步", "--write", "--json"]) == 0
    words = capsys.readouterr().out
    token = Token.objects.get()
    assert token.scope == "write"
    assert '"token": "rb_' in words
    run(["token"])
    assert f"{token.start}… 同步" in capsys.readouterr().out
    run(["token", "--json"])
    assert '"scope": "write"' in capsys.readouterr().out
    run(["token", "--revoke", token.start])
    assert Token.objects.get().revoked_at is not None
    assert Act.objects.filter(verb__endswith="-token", post=None).count() == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["无此人", "--name", "x"], "没有可用的任职"),
        (["林经办", "--name", "x", "--until", "x"], "无法识别"),
        (["林经办"], "请写明令牌的用途"),
        (["--revoke", "rb_xxxxx"], "没有以"),
    ],
)
def test_the_console_complains_in_a_sentence(officer, arguments, said):
    with pytest.raises(Complaint, match=said):
        run(["token", *arguments])
