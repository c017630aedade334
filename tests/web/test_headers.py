"""What answers say about safety, read from real answers."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from rongbiao.web.headers import with_charts
from tests.web.world import people, things

ROOT = Path(__file__).resolve().parents[2]
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
POLICY = {
    "base-uri": ["'none'"],
    "default-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
}


def policy(answer) -> dict[str, list[str]]:
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


@pytest.fixture
def world(city):
    return things(), people()


@pytest.mark.parametrize("path", ["/accounts/login/", "/", "/no/such/page/", "/accounts/sessions/"])
def test_every_answer_carries_the_headers(path, world):
    for person in (None, world[1]["officer"]):
        client = Client()
        if person:
            client.force_login(person)
        answer = client.get(path)
        assert {name: answer.get(name) for name in ALWAYS} == ALWAYS
        found = policy(answer)
        found["script-src"] = [one for one in found["script-src"] if "nonce" not in one]
        assert found == POLICY


def test_a_nonce_serves_once(db):
    nonces = set()
    for _ in range(3):
        answer = Client().get("/accounts/login/")
        nonces |= set(re.findall(r"nonce-[^']+", answer["Content-Security-Policy"]))
        scripts = re.findall(
            r"<script(?![^>]*\bsrc=)(?![^>]*nonce=)[^>]*>", answer.content.decode()
        )
        assert [one for one in scripts if "application/json" not in one] == []
    assert len(nonces) in {0, 3}


def test_pages_of_signing_in_need_nothing_that_the_policy_forbids(world):
    """No style attribute, no style element, no handler attribute, no address of another host."""
    client = Client()
    client.force_login(world[1]["bare officer"])
    pages = [Client().get("/accounts/login/")]
    names = ("account_change_password", "account_reauthenticate", "mfa_index", "usersessions_list")
    pages += [client.get(reverse(name)) for name in names]
    for page in pages:
        assert page.status_code == 200
        text = page.content.decode()
        assert re.findall(r"<[^>]+\s(?:style|on[a-z]+)\s*=", text) == []
        assert re.findall(r"<style|javascript:", text) == []
        assert re.findall(r"""(?:src|href|action)=["'](?:https?:)?//[^"']+""", text) == []


def test_what_somebody_signed_in_sees_is_kept_by_no_cache(world):
    client = Client()
    client.force_login(world[1]["reporter"])
    for path in ("/", "/accounts/sessions/", "/no/such/page/"):
        kept = client.get(path)["Cache-Control"]
        assert {"no-store", "private", "no-cache"} <= {part.strip() for part in kept.split(",")}
    assert "Cache-Control" not in Client().get("/no/such/page/")


def test_charts_may_write_style_attributes_and_nothing_else():
    @with_charts
    def view(request):
        return HttpResponse()

    assert view(RequestFactory().get("/"))._csp_update == {"style-src-attr": ["'unsafe-inline'"]}


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world):
    person = world[1]["reporter"]
    person.set_password("榕树下的一杯茉莉花茶")
    person.save()
    client = Client()
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": person.username, "password": "榕树下的一杯茉莉花茶"})
    flags = {name: (one["httponly"], one["samesite"]) for name, one in client.cookies.items()}
    assert flags["session"] == (True, "Lax")
    assert flags["csrf"] == (True, "Lax")
    assert client.cookies["session"]["max-age"] == ""  # ends with the browser


def test_a_form_without_its_token_is_refused_in_chinese(db):
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    assert answer.status_code == 403
    assert "这张表单没有通过来源核对，内容没有提交。" in answer.content.decode()


ASK = """
import json
import django
django.setup()
from django.core import checks
from django.test import Client
from django.conf import settings
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
found = [one.id for one in checks.run_checks(include_deployment_checks=True)]
secure = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "192.0.2.1"}
host = {"HTTP_HOST": "biaozhun.example"}
plain = Client().get("/accounts/login/", **host)
page = Client().get("/accounts/login/", **host, **secure)
wrong = Client().get("/accounts/login/", HTTP_HOST="evil.example", **secure)
print(json.dumps({
    "checks": found,
    "plain": [plain.status_code, plain.get("Location")],
    "hsts": page.get("Strict-Transport-Security"),
    "status": page.status_code,
    "cookies": {name: [one["secure"], one["path"], one["domain"]]
                for name, one in page.cookies.items()},
    "wrong host": wrong.status_code,
}))
"""


def test_production_is_https_only_and_django_has_nothing_to_add(tmp_path):
    """A process of its own, because these settings are read when it starts."""
    production = {
        "RONGBIAO_MODE": "production",
        "RONGBIAO_VAR": str(tmp_path / "var"),
        "RONGBIAO_ASSETS": os.environ["RONGBIAO_ASSETS"],  # icons stand there
        "RONGBIAO_HTTPS": "true",
        "RONGBIAO_PROXIES": "1",
        "RONGBIAO_HOSTS": '["biaozhun.example"]',
    }
    (tmp_path / "var" / "static").mkdir(parents=True)
    before = {name: value for name, value in os.environ.items() if "RONGBIAO" not in name}
    subprocess.run(
        [sys.executable, ROOT / "manage.py", "migrate", "-v0"],
        env=before | production,
        cwd=ROOT,
        check=True,
    )
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=before | production | {"DJANGO_SETTINGS_MODULE": "rongbiao.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "checks": ["security.W021"],  # HSTS preload: the city's own choice
        "plain": [301, "https://biaozhun.example/accounts/login/"],
        "hsts": "max-age=31536000; includeSubDomains",
        "status": 200,
        "cookies": {"__Host-csrf": [True, "/", ""]},
        "wrong host": 400,
    }
