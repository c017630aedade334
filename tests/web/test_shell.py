"""The shell of every page: language, size and theme without JavaScript, menus by who may open."""

import re
from pathlib import Path

import pytest
from django.shortcuts import render
from django.urls import include, path, reverse

from rongbiao.web.doors import public
from tests.conftest import hold_post


@public
def workbench(request):
    return render(request, "workbench/base.html")


@public
def portal(request):
    return render(request, "portal/base.html")


urlpatterns = [
    path("try/workbench/", workbench),
    path("try/portal/", portal),
    path("", include("rongbiao.urls")),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def root(client, where="/try/portal/", **headers) -> str:
    text = client.get(where, headers=headers).content.decode()
    return re.search(r"<html[^>]*>", text)[0]


def menu(client) -> list[str]:
    text = client.get("/try/workbench/").content.decode()
    side = text[text.index('id="side"') : text.index("<header")]
    return re.findall(r'<a class="nav" href="([^"]+)"', side)


def test_a_page_is_simplified_and_plain_unless_asked(client):
    assert root(client) == '<html lang="zh-Hans-CN" data-theme="" data-size="">'


@pytest.mark.parametrize(
    ("code", "tag", "words"),
    [("zh-hant", "zh-Hant", "登錄"), ("en", "en", "Sign in"), ("zh-hans", "zh-Hans-CN", "登录")],
)
def test_the_language_is_switched_and_kept(client, code, tag, words):
    answer = client.post("/language/", {"language": code, "next": "/try/portal/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/try/portal/?a=1")
    text = client.get("/try/portal/").content.decode()
    assert f'<html lang="{tag}"' in text
    assert f"<span>{words}</span>" in text


def test_the_switch_itself_names_each_language_in_its_own_script(client):
    client.post("/language/", {"language": "zh-hant"})
    text = client.get("/try/portal/").content.decode()
    assert re.findall(r'name="language"[^>]*title="([^"]+)"', text) == [
        "简体中文",
        "繁體中文",
        "English",
    ]


def test_a_browser_from_taiwan_is_answered_in_traditional(client):
    assert 'lang="zh-Hant"' in root(client, **{"Accept-Language": "zh-TW,zh;q=0.9"})


def test_size_and_theme_are_switched_on_and_off(client):
    client.post("/display/", {"size": "large", "next": "/try/portal/"})
    client.post("/display/", {"theme": "dark", "next": "/try/portal/"})
    assert root(client) == '<html lang="zh-Hans-CN" data-theme="dark" data-size="large">'
    client.post("/display/", {"size": "", "next": "/try/portal/"})
    assert root(client) == '<html lang="zh-Hans-CN" data-theme="dark" data-size="">'


@pytest.mark.parametrize("address", ["/language/", "/display/"])
def test_switches_answer_posts_only_and_lead_to_no_other_host(client, address):
    assert client.get(address).status_code == 405
    words = {"language": "en", "size": "large", "next": "https://elsewhere.example/"}
    assert client.post(address, words)["Location"] == reverse("home")


def test_an_unknown_wish_changes_nothing(client):
    client.post("/language/", {"language": "tlh"})
    client.post("/display/", {"size": "huge", "theme": '"><script>'})
    assert root(client) == '<html lang="zh-Hans-CN" data-theme="" data-size="">'


def test_the_menu_shows_nobody_a_page_that_is_closed_to_them(client, city):
    people = {None: None}
    for role, unit in (("reporter", "市海洋与渔业局"), ("officer", "市市场监管局")):
        people[role] = hold_post(f"某{role}", unit, role).person
    closed = {}
    for role, person in people.items():
        if person:
            client.force_login(person)
        closed[role] = [href for href in menu(client) if client.get(href).status_code != 200]
    assert closed == {None: [], "reporter": [], "officer": []}


def test_the_menu_grows_with_the_post(client, city):
    visitor = set(menu(client))
    client.force_login(hold_post("某填报", "市海洋与渔业局", "reporter").person)
    reporter = set(menu(client))
    client.force_login(hold_post("某经办", "市市场监管局", "officer").person)
    officer = set(menu(client))
    assert reporter - visitor == {"/inbox/", "/reports/", "/subscriptions/", "/citing/duties/"}
    assert officer - visitor == {
        "/inbox/", "/review/", "/policies/", "/periods/", "/subscriptions/", "/experts/",
        "/citing/late/",
    }  # fmt: skip


def test_the_page_one_is_on_is_marked(client, city):
    client.force_login(hold_post("某经办", "市市场监管局", "officer").person)
    text = client.get("/inbox/").content.decode()
    assert re.findall(r'<a class="nav" href="([^"]+)" aria-current="page"', text) == ["/inbox/"]


def test_whoever_is_signed_in_is_warned_before_the_session_ends(client, city, settings):
    assert "data-idle" not in client.get("/try/portal/").content.decode()
    client.force_login(hold_post("某填报", "市海洋与渔业局", "reporter").person)
    text = client.get("/try/portal/").content.decode()
    assert f'data-idle="{settings.SESSION_IDLE_SECONDS}"' in text
    assert 'id="session-warning" role="alert" hidden' in text


def test_every_page_has_landmarks_and_a_way_past_the_menu(client):
    for where, navigations in (("/try/portal/", 1), ("/try/workbench/", 2)):
        text = client.get(where).content.decode()
        assert text.index('class="skip" href="#main"') < text.index("<nav")
        assert text.count("<main") == text.count('id="main"') == 1
        assert len(re.findall(r"<nav[^>]* aria-label=", text)) == text.count("<nav") == navigations


TEMPLATES = Path(__file__).parents[2] / "rongbiao" / "web" / "templates"


def test_no_page_chooses_its_shell_itself():
    """``surroundings.shell`` chooses; only the home page is always the portal's."""
    named = re.compile(r'extends\s+"(?:portal|workbench)/')
    chosen = [
        str(path.relative_to(TEMPLATES))
        for path in sorted(TEMPLATES.rglob("*.html"))
        if named.search(path.read_text())
    ]
    assert chosen == ["home/page.html"]


PUBLIC = ["/board/", "/targets/", "/matrix/", "/tasks/", "/units/", "/plans/", "/decisions/",
          "/conference/", "/registers/", "/registers/standards/", "/standards/", "/classes/",
          "/organizations/"]  # fmt: skip


def shell_of(client, address: str) -> str:
    text = client.get(address).content.decode()
    return "bench" if 'id="side"' in text else "portal" if 'class="site-nav"' in text else "none"


def test_a_visitor_stays_in_the_portal_and_a_post_at_the_bench(client, city):
    assert {shell_of(client, address) for address in PUBLIC} == {"portal"}
    for role, unit in (("reporter", "市海洋与渔业局"), ("officer", "市市场监管局")):
        client.force_login(hold_post(f"某{role}", unit, role).person)
        assert {shell_of(client, address) for address in PUBLIC} == {"bench"}
        assert shell_of(client, "/") == "portal"


def test_a_missing_page_keeps_the_shell(client, city):
    assert shell_of(client, "/none/") == "portal"
    client.force_login(hold_post("某经办", "市市场监管局", "officer").person)
    assert shell_of(client, "/none/") == "bench"


def test_the_portal_opens_a_row_of_pages_beneath_its_heading(client, city):
    text = client.get("/matrix/").content.decode()
    row = text[text.index('class="site-sub"') :]
    row = row[: row.index("</nav>")]
    assert '<a href="/matrix/" aria-current="page">' in row
    assert {"/board/", "/targets/", "/units/", "/decisions/"} <= set(
        re.findall(r'href="([^"]+)"', row)
    )
    assert 'class="site-sub"' not in client.get("/standards/").content.decode()


def test_the_portal_leads_to_the_draws(client, city):
    assert '<a href="/draws/">抽取</a>' in client.get("/law/").content.decode()
    here = client.get("/draws/").content.decode()
    assert '<a href="/draws/" aria-current="page">抽取</a>' in here
