"""Whatever goes wrong, a person reads what happened and what to do, in Chinese."""

import errno
import sqlite3

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.template.loader import get_template
from django.urls import include, path

from rongbiao.parties.refused import Refused
from rongbiao.web.doors import public
from rongbiao.web.unavailable import unavailable


@public
def refuses(request):
    raise Refused("这份填报已由他人提交。")


@public
def denies(request):
    raise PermissionDenied("此页由经办人使用。")


@public
def breaks(request):
    raise ZeroDivisionError


@public
def fills_the_disk(request):
    raise OSError(errno.ENOSPC, "No space left on device")


@public
def fills_the_database(request):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1")
        cursor.execute("CREATE TABLE filler (words TEXT)")
        cursor.execute("INSERT INTO filler VALUES (zeroblob(10000000))")


@public
def asks_for_nothing_there(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nothing_there")


handler500 = "rongbiao.web.unavailable.failed"
urlpatterns = [
    path("full/", fills_the_disk),
    path("full-database/", fills_the_database),
    path("no-table/", asks_for_nothing_there),
    path("refuses/", refuses),
    path("denies/", denies),
    path("breaks/", breaks),
    path("", include("rongbiao.urls")),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def heading(response) -> str:
    text = response.content.decode()
    return text[text.index("<h1>") + 4 : text.index("</h1>")]


def test_a_wrong_address(client):
    response = client.get("/nowhere/")
    assert (response.status_code, heading(response)) == (404, "没有这个页面")


def test_a_closed_door_says_for_whom_the_page_is(client):
    response = client.get("/denies/")
    assert (response.status_code, heading(response)) == (403, "不能打开此页")
    assert "此页由经办人使用。" in response.content.decode()


def test_a_refusal_that_no_page_caught_shows_its_sentence_and_the_way_back(client):
    response = client.get("/refuses/", headers={"Referer": "http://testserver/reports/"})
    assert (response.status_code, heading(response)) == (409, "未能办理")
    text = response.content.decode()
    assert "这份填报已由他人提交。" in text
    assert 'href="http://testserver/reports/"' in text


def test_the_way_back_leads_to_no_other_host(client):
    text = client.get(
        "/refuses/", headers={"Referer": "http://elsewhere.example/"}
    ).content.decode()
    assert "elsewhere.example" not in text


def test_an_error_of_the_platform_stands_alone(client, django_assert_num_queries):
    client.raise_request_exception = False
    response = client.get("/breaks/")
    assert (response.status_code, heading(response)) == (500, "平台出错了")
    with django_assert_num_queries(0):
        assert "平台出错了" in get_template("500.html").render()


def test_a_request_that_cannot_be_handled_stands_alone(client):
    response = client.get("/", headers={"Host": "elsewhere.example"})
    assert (response.status_code, heading(response)) == (400, "这个请求不能处理")


@pytest.mark.parametrize("address", ["/full/", "/full-database/"])
def test_a_full_disk_is_told_as_what_it_is_and_when_to_come_again(client, address):
    if connection.vendor != "sqlite" and "database" in address:
        pytest.skip("max_page_count is SQLite's")
    client.raise_request_exception = False
    try:
        response = client.get(address)
    finally:
        if connection.vendor == "sqlite":
            connection.cursor().execute("PRAGMA max_page_count = 1073741823")
    assert (response.status_code, heading(response)) == (503, "暂时不能办理")
    assert response["Retry-After"] == "15"
    assert "没有办成" in response.content.decode()


def test_a_mistake_of_ours_is_no_full_disk(client):
    client.raise_request_exception = False
    assert client.get("/no-table/").status_code == 500


def test_a_database_that_does_not_answer_is_unavailable():
    class Lost(Exception):
        sqlstate = None

    class Full(Exception):
        sqlstate = "53100"

    class Wrong(Exception):
        sqlstate = "42P01"

    found = []
    for why in (Lost(), Full(), Wrong(), sqlite3.OperationalError("no such table")):
        error = OperationalError()
        error.__cause__ = why
        found.append(unavailable(error))
    assert found == [True, True, False, False]
