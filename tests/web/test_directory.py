"""The city's directory opens accounts that exist, and nothing else."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from rongbiao.parties.models import Person
from tests.conftest import give_second_factor, hold_post

pytestmark = pytest.mark.urls("tests.web.directory_urls")


class Directory(BaseHTTPRequestHandler):
    """A directory as OpenID Connect describes it, for one person at a time."""

    claims: dict = {}

    def log_message(self, *words):
        pass

    def do_GET(self):
        at = f"http://{self.headers['Host']}"
        self.say(
            {
                "/.well-known/openid-configuration": {
                    "issuer": at,
                    "authorization_endpoint": f"{at}/authorize",
                    "token_endpoint": f"{at}/token",
                    "userinfo_endpoint": f"{at}/userinfo",
                    "jwks_uri": f"{at}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                },
                "/userinfo": self.claims,
            }[self.path]
        )

    def do_POST(self):
        asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert asked["code_verifier"]
        self.say({"access_token": "token", "token_type": "Bearer", "expires_in": 60})

    def say(self, what):
        content = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def directory(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Directory)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    app = settings.DIRECTORY | {
        "client_id": "rongbiao",
        "secret": "secret",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
    }
    settings.DIRECTORY_SHOWN = settings.DIRECTORY["name"]
    yield Directory
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def person(city) -> Person:
    return hold_post("陈填报", "市海洋与渔业局", "reporter").person


def come(client: Client, *, forged: str = ""):
    """Go to the directory and come back from it."""
    there = client.post("/accounts/directory/login/")
    asked = parse_qs(urlsplit(there.url).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = {"code": "code", "state": forged or asked["state"][0]}
    return client.get("/accounts/directory/login/callback/", back)


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_who_is_registered_enters(directory, person):
    directory.claims = {"sub": "1", "preferred_username": "陈填报"}
    for _ in range(2):
        client = Client()
        answer = come(client)
        assert (answer.status_code, answer.url) == (302, reverse("home"))
        assert client.session["_auth_user_id"] == str(person.pk)
    assert (Person.objects.count(), SocialAccount.objects.count()) == (1, 1)


def test_the_second_factor_is_asked_all_the_same(directory, person):
    give_second_factor(person)
    directory.claims = {"sub": "1", "preferred_username": "陈填报"}
    client = Client()
    assert come(client).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "2", "preferred_username": "无此人"},
        {"sub": "2", "preferred_username": ""},
        {"sub": "2"},
        {"sub": "2", "email": "someone@example.com", "email_verified": True},
    ],
)
def test_who_is_not_registered_is_sent_to_the_administrator(claims, directory, person):
    Person.objects.update(email="someone@example.com")
    directory.claims = claims
    client = Client()
    answer = come(client)
    assert answer.url == reverse("account_login")
    assert said(answer) == ["统一身份认证已通过，但本平台没有您的账号，请联系系统管理员登记。"]
    assert "_auth_user_id" not in client.session
    assert (Person.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_a_closed_account_stays_closed(directory, person):
    directory.claims = {"sub": "1", "preferred_username": "陈填报"}
    come(Client())
    Person.objects.update(is_active=False)
    client = Client()
    assert come(client).url == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_a_name_that_the_directory_gave_to_somebody_else_opens_nothing(directory, person):
    directory.claims = {"sub": "1", "preferred_username": "陈填报"}
    come(Client())
    directory.claims = {"sub": "9", "preferred_username": "陈填报"}
    client = Client()
    assert said(come(client)) == ["此账号已与另一个统一身份绑定，请联系系统管理员核实。"]
    assert "_auth_user_id" not in client.session


def test_an_open_session_is_not_joined_to_the_directory(directory, person):
    directory.claims = {"sub": "1", "preferred_username": "陈填报"}
    client = Client()
    client.force_login(person)
    there = client.post("/accounts/directory/login/?process=connect")
    state = parse_qs(urlsplit(there.url).query)["state"][0]
    answer = client.get("/accounts/directory/login/callback/", {"code": "code", "state": state})
    assert said(answer) == ["请先退出，再用统一身份认证登录。"]
    assert SocialAccount.objects.count() == 0


def test_an_answer_that_was_not_asked_for_opens_nothing(directory, person):
    directory.claims = {"sub": "1", "preferred_username": "陈填报"}
    client = Client()
    answer = come(client, forged="made-up")
    assert said(answer) == ["统一身份认证没有完成，请重试，或用账号和密码登录。"]
    assert "_auth_user_id" not in client.session


def test_an_unknown_directory_is_not_found(directory, db):
    assert Client().post("/accounts/other/login/").status_code == 404


def test_the_page_of_signing_in_offers_it(directory, db):
    assert "用统一身份认证登录" in Client().get("/accounts/login/").content.decode()
