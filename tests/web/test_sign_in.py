"""Signing in: locks, limits, the second factor, and nothing that tells who exists."""

import time
from datetime import datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axes.models import AccessAttempt
from django.contrib.auth.hashers import identify_hasher
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from rongbiao.parties.models import Allowance, Person
from tests.conftest import give_second_factor, hold_post

RIGHT = "榕树下的一杯茉莉花茶"
LOGIN = "/accounts/login/"


@pytest.fixture
def noon(monkeypatch):
    """Stop the clock a second after a window began, so that no test straddles two."""
    now = int(time.time()) // 1800 * 1800 + 1
    clock = {"now": float(now)}

    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromtimestamp(clock["now"], tz)

    monkeypatch.setattr(time, "time", lambda: clock["now"])
    monkeypatch.setattr(timezone, "datetime", Stopped)  # what timezone.now() reads
    return clock


@pytest.fixture
def person(city):
    found = hold_post("陈填报", "市海洋与渔业局", "reporter").person
    found.set_password(RIGHT)
    found.save()
    return found


def attempt(name: str, password: str, address="10.0.0.1", client=None, **extra):
    client = client or Client()
    posted = {"login": name, "password": password}
    return client.post(LOGIN, posted, REMOTE_ADDR=address, **extra)


def entered(response) -> bool:
    return response.status_code == 302 and "sessionid" not in response.url


def code(secret: str, moment: float) -> str:
    return format_hotp_value(hotp_value(secret, int(moment) // 30))


def test_passwords_are_kept_by_argon2(settings, city):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    someone = Person(username="新人")
    someone.set_password(RIGHT)
    assert identify_hasher(someone.password).algorithm == "argon2"


def test_the_right_password_enters_under_a_new_session_id(person):
    client = Client()
    client.get(LOGIN)
    before = client.session
    before["planted"] = "by a stranger"
    before.save()
    client.cookies["session"] = before.session_key
    answer = attempt("陈填报", RIGHT, client=client)
    assert (answer.status_code, answer.url) == (302, reverse("home"))
    assert client.session.session_key != before.session_key


def test_five_wrong_lock_the_name_at_this_address_for_half_an_hour(person, noon):
    answers = [attempt("陈填报", f"猜{n}").status_code for n in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    locked = attempt("陈填报", RIGHT)
    assert (locked.status_code, locked["Retry-After"]) == (429, "1800")
    assert "已暂停登录 30 分钟" in locked.content.decode()
    # A try while locked does not make the lock last longer.
    noon["now"] += 29 * 60
    assert attempt("陈填报", RIGHT).status_code == 429
    noon["now"] += 2 * 60
    assert attempt("陈填报", RIGHT).status_code == 302


def test_the_real_person_enters_elsewhere_and_colleagues_here(person, city, noon):
    colleague = hold_post("李填报", "市海洋与渔业局", "reporter").person
    colleague.set_password(RIGHT)
    colleague.save()
    for n in range(6):
        attempt("陈填报", f"猜{n}")
    assert attempt("陈填报", RIGHT, "10.0.0.2").status_code == 302
    assert attempt("李填报", RIGHT, "10.0.0.1").status_code == 302


def test_other_spellings_of_a_name_share_its_lock(person, noon):
    for name in ("陈填报", " 陈填报", "陈填报 ", "陈填报\u3000", "陈填报"):
        last = attempt(name, "猜")
    assert last.status_code == 429
    assert AccessAttempt.objects.values_list("username", flat=True).distinct().get() == "陈填报"


def test_spraying_forty_names_from_one_address_ends_at_thirty(person, city, noon):
    statuses = [attempt(f"姓名{n}", "123456").status_code for n in range(40)]
    assert statuses == [200] * 30 + [429] * 10
    assert attempt("陈填报", RIGHT).status_code == 429
    assert attempt("陈填报", RIGHT, "10.0.0.2").status_code == 302
    noon["now"] += 300
    assert attempt("陈填报", RIGHT).status_code == 302


def test_right_passwords_cost_nothing(person, noon):
    assert [attempt("陈填报", RIGHT).status_code for _ in range(40)] == [302] * 40
    assert Allowance.objects.get(key="sign-in:10.0.0.1").used == 0


def test_a_forged_forwarded_address_changes_nothing(person, noon):
    forged = [
        attempt("陈填报", f"猜{n}", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}").status_code
        for n in range(6)
    ]
    assert forged == [200, 200, 200, 200, 429, 429]


def test_behind_one_proxy_only_its_own_word_counts(person, noon, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = [
        attempt(
            "陈填报", f"猜{n}", "127.0.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, 198.51.100.7"
        ).status_code
        for n in range(6)
    ]
    assert forged == [200, 200, 200, 200, 429, 429]
    assert AccessAttempt.objects.get().ip_address == "198.51.100.7"


def test_answers_do_not_tell_who_exists(person, noon):
    closed = hold_post("已离任", "市海洋与渔业局", "reporter").person
    closed.set_password(RIGHT)
    closed.is_active = False
    closed.save()

    def answer(name: str, password: str) -> str:
        response = attempt(name, password, f"10.1.0.{len(name)}")
        text = response.content.decode().replace(name, "…")
        return text.replace(str(response.context["csrf_token"]), "…")

    wrong, unknown = answer("陈填报", "不对"), answer("无此人", "不对")
    inactive = answer("已离任", RIGHT)
    assert wrong == unknown
    assert wrong == inactive


def test_nobody_signs_up_and_unused_addresses_do_not_exist(client, db):
    for name in (
        "account_signup",
        "account_email",
        "account_reset_password",
        "account_set_password",
        "account_inactive",
        "account_confirm_login_code",
        "socialaccount_signup",
        "socialaccount_connections",
        "openid_connect_login",
        "mfa_download_recovery_codes",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(name, kwargs={"provider_id": "directory"} if "openid" in name else None)
    for path in ("signup", "email", "password/reset", "3rdparty", "oidc/directory/login"):
        assert client.get(f"/accounts/{path}/").status_code == 404


@pytest.fixture
def guarded(person):
    return give_second_factor(person)


def test_the_second_factor_is_asked_and_a_code_works_once(person, guarded, noon):
    client = Client()
    answer = attempt("陈填报", RIGHT, client=client)
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    now = code(guarded, noon["now"])
    done = client.post(answer.url, {"code": now})
    assert (done.status_code, done.url) == (302, reverse("home"))
    cache.clear()  # what allauth remembers of used codes is not what we rely on
    again = Client()
    attempt("陈填报", RIGHT, client=again)
    refused = again.post(reverse("mfa_authenticate"), {"code": now})
    assert refused.status_code == 200
    assert "动态口令不对或已用过，请等下一个再输入。" in refused.content.decode()
    noon["now"] += 30
    later = again.post(reverse("mfa_authenticate"), {"code": code(guarded, noon["now"])})
    assert later.status_code == 302


def test_five_wrong_codes_of_one_person_in_five_minutes(person, guarded, noon):
    """Also when every try comes from another address in another session."""
    for n in range(5):
        client = Client(REMOTE_ADDR=f"10.2.0.{n}")
        attempt("陈填报", RIGHT, f"10.2.0.{n}", client=client)
        wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert "动态口令不对或已用过" in wrong.content.decode()
    client = Client(REMOTE_ADDR="10.2.0.9")
    attempt("陈填报", RIGHT, "10.2.0.9", client=client)
    right = {"code": code(guarded, noon["now"])}
    refused = client.post(reverse("mfa_authenticate"), right)
    assert "输错次数过多，请 5 分钟后再试。" in refused.content.decode()
    noon["now"] += 300
    right = {"code": code(guarded, noon["now"])}
    assert client.post(reverse("mfa_authenticate"), right).status_code == 302


def test_keys_of_the_second_factor_are_encrypted_at_rest(person, guarded, settings):
    stored = Authenticator.objects.get(user=person).data["secret"]
    assert guarded not in stored
    moment = time.time()
    assert Authenticator.objects.get(user=person).wrap().validate_code(code(guarded, moment))
    settings.SECRET_KEY = "another installation"
    assert not Authenticator.objects.get(user=person).wrap().validate_code(code(guarded, moment))


def test_an_officer_sets_up_the_second_factor_before_anything_else(city, noon):
    post = hold_post("林经办", "市市场监管局", "officer")
    post.person.set_password(RIGHT)
    post.person.save()
    Authenticator.objects.all().delete()
    client, elsewhere = Client(), Client()
    attempt("林经办", RIGHT, client=client)
    attempt("林经办", RIGHT, client=elsewhere)
    led = client.post(reverse("acting"), {"post": post.pk})
    assert led.url == f"{reverse('mfa_activate_totp')}?next=/"
    page = client.get(led.url)
    words = [str(message) for message in page.context["messages"]]
    assert words == ["经办人、系统管理员和审计员须先启用动态口令，才能以该任职办事。"]
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    session = client.session.session_key
    done = client.post(reverse("mfa_activate_totp"), {"code": code(secret, noon["now"])})
    assert done.url == reverse("mfa_view_recovery_codes")
    assert client.session.session_key != session
    codes = client.get(done.url).context["unused_codes"]
    assert len(codes) == 10
    assert client.post(reverse("acting"), {"post": post.pk}).url == reverse("home")
    # The session elsewhere was begun without the second factor: it has ended.
    assert elsewhere.get(reverse("mfa_index")).url.startswith(LOGIN)
    # The code that set it up does not sign in as well; a recovery code does, once.
    again, asked = Client(), reverse("mfa_authenticate")
    attempt("林经办", RIGHT, client=again)
    assert again.post(asked, {"code": code(secret, noon["now"])}).status_code == 200
    assert again.post(asked, {"code": codes[0]}).status_code == 302
    once_more = Client()
    attempt("林经办", RIGHT, client=once_more)
    assert once_more.post(asked, {"code": codes[0]}).status_code == 200


def test_an_officer_cannot_stop_the_second_factor_but_a_reporter_can(officer, person, guarded):
    for who, left in ((officer.person, 1), (person, 0)):
        who.set_password(RIGHT)
        who.save()
        client = Client()
        client.force_login(who)
        client.post(reverse("account_reauthenticate"), {"password": RIGHT})
        client.post(reverse("mfa_deactivate_totp"))
        assert Authenticator.objects.filter(user=who).count() == left


def test_guessing_the_present_password_is_limited(person, noon):
    client = Client()
    client.force_login(person)
    new = {"password1": "另一个很长的新密码", "password2": "另一个很长的新密码"}
    for n in range(5):
        client.post(reverse("account_change_password"), new | {"oldpassword": f"猜{n}"})
    refused = client.post(reverse("account_change_password"), new | {"oldpassword": RIGHT})
    assert "输错次数过多" in refused.content.decode()


def test_weak_passwords_are_refused(person):
    client = Client()
    client.force_login(person)
    for weak in ("short", "1234567890", "password123", "陈填报陈填报陈填报"):
        posted = {"oldpassword": RIGHT, "password1": weak, "password2": weak}
        assert client.post(reverse("account_change_password"), posted).status_code == 200
    person.refresh_from_db()
    assert person.check_password(RIGHT)


def test_delicate_changes_ask_for_the_password_after_five_minutes(person, noon):
    client = Client()
    attempt("陈填报", RIGHT, client=client)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    noon["now"] += 301
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    client.post(asked.url, {"password": RIGHT})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_signing_in_leads_only_to_our_own_pages(person):
    for hostile in ("https://example.com/", "//example.com/", "javascript:alert(1)"):
        answer = Client().post(f"{LOGIN}?next={hostile}", {"login": "陈填报", "password": RIGHT})
        assert answer.url == reverse("home")


def test_hostile_names_are_answered_calmly(person, noon):
    for name in ("\0", "a" * 5000, "' or 1=1 --", "陈\u202e报", "🦑" * 300):
        assert attempt(name, "x").status_code == 200
