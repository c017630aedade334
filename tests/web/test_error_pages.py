"""Whatever goes wrong, a person reads what happened and what to do, in Chinese."""

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import get_template
from django.urls import include, path

from rongbiao.parties.refused import Refused
from rongbiao.web.doors import public


@public
def refuses(request):
    raise Refused("这份填报已由他人提交。")


@public
def denies(request):
    raise PermissionDenied("此页由经办人使用。")


@public
def breaks(request):
    raise ZeroDivisionError


urlpatterns = [
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
