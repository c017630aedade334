"""The search page: words marked, facets, filters in the address, paging, what to do when empty."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests.web.shelf import put, tie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("marking_engine")]


def rows(many: int = 3) -> None:
    for n in range(1, many + 1):
        put(f"GB/T 77{n:03d}-2020", f"茉莉花茶加工规程 第{n}部分", title_en="Jasmine tea <i>processing",
            nature="recommended", status="current" if n % 2 else "withdrawn",
            issued_on=date(2020, 1, 1) + timedelta(days=n), ics="67.140.10", ccs="X55")  # fmt: skip


def page(client, address="/standards/", **said) -> str:
    return client.get(address, said).content.decode()


def numbers(text: str) -> list[str]:
    return re.findall(r'class="hit-no num"[^>]*>([^<]+)<', text)


def test_a_result_shows_number_title_marked_english_state_and_days(client):
    rows(1)
    text = page(client, q="花茶")
    assert numbers(text) == ["GB/T 77001—2020"]
    assert "茉莉<mark>花茶</mark>加工规程" in text
    assert 'lang="en">Jasmine tea &lt;i&gt;processing' in text
    plain = strip_tags(text)
    assert "2020年1月2日发布" in plain
    assert "现行" in plain
    assert "1 项标准符合" in plain


def test_every_facet_is_counted_and_leads_to_its_filter(client):
    rows(3)
    text = page(client, q="茶")
    assert re.search(r'href="/standards/\?q=[^"]*&amp;status=current"', text)
    narrowed = page(client, q="茶", status="current")
    assert numbers(narrowed) == ["GB/T 77003—2020", "GB/T 77001—2020"]
    assert "状态：现行" in narrowed
    assert 'name="status" value="current"' in narrowed  # the form keeps it
    classes = page(client, ics="67")
    assert len(numbers(classes)) == 3


def test_two_values_of_a_facet_widen_and_a_chosen_one_is_taken_back(client):
    rows(3)
    text = client.get("/standards/?status=current&status=withdrawn").content.decode()
    assert len(numbers(text)) == 3
    chosen = text[text.index('class="chosen"') : text.index("</ul>", text.index('class="chosen"'))]
    assert 'href="/standards/?status=withdrawn"' in chosen
    assert 'href="/standards/?status=current"' in chosen


def test_results_are_sorted_as_asked(client):
    rows(3)
    assert numbers(page(client, order="number"))[0] == "GB/T 77001—2020"
    assert numbers(page(client, order="newest"))[0] == "GB/T 77003—2020"


def test_pages_follow_each_other_and_keep_the_question(client):
    rows(45)
    text = page(client, q="茶", page="2")
    assert len(numbers(text)) == 20
    assert "第 2 页，共 3 页" in text
    assert re.search(r'rel="next" href="/standards/\?q=[^"]+&amp;page=3"', text)
    assert re.search(r'rel="prev" href="/standards/\?q=[^"&]+"', text)
    beyond = page(client, q="茶", page="20000")
    assert "这个结果只有 3 页" in beyond
    assert re.search(r'href="/standards/\?q=[^"]+&amp;page=3">看最后一页', beyond)


def test_files_take_the_same_question(client):
    rows(1)
    text = page(client, q="茶", status="current")
    for kind in ("csv", "xlsx", "jsonl", "txt", "bib", "ris"):
        assert re.search(rf'href="/standards\.{kind}\?q=[^"]+&amp;status=current"', text)


def test_what_replaced_an_edition_stands_with_it(client):
    put("GB/T 5000-2000", "旧版", status="superseded", issued_on=date(2000, 1, 1))
    put("GB/T 5000-2020", "新版", status="current", issued_on=date(2020, 1, 1))
    tie("GB/T 5000-2020", "replaces", "GB/T 5000-2000")
    text = page(client, q="旧版")
    by = text[text.index('class="hit-by"') :]
    assert 'href="/standards/GB~T5000-2020/"' in by


def test_nothing_found_says_what_to_do(client):
    text = page(client, q="茉莉 航天", level="group")
    assert "没有符合条件的标准" in text
    assert "层级：团体标准" in text
    assert re.search(r'href="/standards/\?q=%E8%8C%89%E8%8E%89&amp;level=group"', text)
    assert "gbt 1.1" in text


def test_did_you_mean(client):
    text = page(client, q="茉丽花茶")
    assert "您要找的是不是" in text
    assert "<b>茉莉花茶</b>" in text


def test_an_empty_register_is_said_to_be_empty(client):
    assert "标准库还没有数据" in page(client)


def test_what_somebody_typed_is_never_markup(client):
    text = page(client, q='<script>alert("1")</script>', level='"><b>')
    assert "<script>alert" not in text
    assert '"><b>' not in text


@pytest.mark.parametrize("odd", ["page=-1", "page=x", "page=99999999999", "q=%00%00", "order=z",
                                 "level=nothing", "ics=%ED%A0%80"])  # fmt: skip
def test_odd_addresses_are_answered(client, odd):
    rows(1)
    assert client.get(f"/standards/?{odd}").status_code == 200


def test_the_number_of_questions_does_not_grow_with_rows(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    for many in (1, 3):
        for n in range(many):
            put(
                f"GB/T 6{many}{n}-2000",
                "旧",
                status="superseded",
                issued_on=date(2000, 1, 1),
                region="350100",
            )
            put(
                f"GB/T 6{many}{n}-2020",
                "新",
                status="current",
                issued_on=date(2020, 1, 1),
                region="350100",
            )
            tie(f"GB/T 6{many}{n}-2020", "replaces", f"GB/T 6{many}{n}-2000")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get("/standards/")
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_offers_are_options_that_lead_to_pages(client):
    rows(3)
    text = page(client, "/standards/suggest/", q="花茶")
    assert text.count('role="option"') == 4  # three editions, and the search itself
    assert 'data-href="/standards/GB~T77003-2020/"' in text
    assert "茉莉<mark>花茶</mark>" in text
    assert "检索“花茶”" in text
    assert page(client, "/standards/suggest/", q=" ").strip() == ""
    assert client.get("/standards/suggest/")["Cache-Control"] == "private, max-age=60"


def test_offers_are_converted_to_traditional(client):
    rows(1)
    client.post("/language/", {"language": "zh-hant"})
    assert "規程" in page(client, "/standards/suggest/", q="花茶")


@pytest.mark.parametrize("address", ["/", "/standards/", "/board/", "/standards/GB~T77001-2020/"])
def test_every_page_has_one_search_that_works_without_a_script(client, city, address):
    rows(1)
    text = page(client, address)
    forms = re.findall(
        r'<form class="(?:find|search)" role="search" action="([^"]+)" method="get"', text
    )
    assert forms == [reverse("standards")]
    assert text.count('data-suggest="/standards/suggest/"') == 1


def test_the_search_is_closed_with_the_board(client, settings):
    settings.PUBLIC_BOARD = False
    assert client.get("/standards/").status_code == 302
    assert 'role="search"' not in page(client, "/")
