"""Agreeing: once for each browser, taken back, without a name; it weighs nothing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongbiao.cases.models import Agreement, Entry
from rongbiao.exchange.case_papers.dossier import Dossier
from rongbiao.exchange.case_papers.remarks import rows
from rongbiao.stages import reach, reading
from rongbiao.web.consultations import agreeing
from tests.web.consultations.test_speaking import page, words


@pytest.fixture
def said(asked):
    """Return a running consultation with one opinion."""
    case = asked.opened()
    return case, asked.comment(case)


def agree(browser, case, entry, **more):
    sent = {"about": entry.seq, "place": 1, "agree": "1"} | more
    return browser.post(page(case, "agree/?clause=2.1.2"), sent, follow=True)


def shown(browser, case) -> str:
    """Return the words of the button under the opinion."""
    found = re.search(r'class="agree".*?</form>', words(browser.get(page(case))), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0][found[0].index("<button") :]).split())


def test_a_browser_agrees_once_and_takes_it_back(asked, said):
    (case, entry), one, other = said, asked.browser(), asked.browser()
    answer = agree(one, case, entry)
    assert answer.redirect_chain == [(page(case, "?clause=2.1.2#o1"), 302)]
    agree(one, case, entry)
    assert shown(one, case) == "撤回赞同 1 ，第 1 号"
    assert shown(other, case) == "赞同 1 ，第 1 号"
    agree(other, case, entry)
    assert shown(other, case) == "撤回赞同 2 ，第 1 号"
    for _each in range(2):
        agree(one, case, entry, withdraw="1")
    assert shown(one, case) == "赞同 1 ，第 1 号"
    assert case.entries.count() == Entry.objects.count()
    assert entry.agreements.count() == 1


def test_what_is_kept_names_nobody_and_ties_nothing_together(asked, said):
    case, entry = said
    second, browser = asked.comment(case, reason="另一条。"), asked.browser()
    for one in (entry, second):
        agree(browser, case, one)
    cookie = browser.cookies[agreeing.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        True,
        "Lax",
        "/consultations/",
    )
    kept = list(Agreement.objects.values_list("voter", flat=True))
    assert len(set(kept)) == 2
    assert not any(voter in cookie.value or cookie.value in voter for voter in kept)
    assert "sessionid" not in browser.cookies


def test_a_forged_word_is_another_browser(asked, said):
    (case, entry), browser = said, asked.browser()
    agree(browser, case, entry)
    browser.cookies[agreeing.COOKIE] = browser.cookies[agreeing.COOKIE].value + "x"
    assert shown(browser, case) == "赞同 1 ，第 1 号"


def test_nobody_agrees_when_it_has_ended_or_to_what_is_not_shown(asked, said):
    (case, entry), browser = said, asked.browser()
    held = asked.comment(case, reason="http://a http://b http://c")
    assert reading.entries(case, inner=False).filter(pk=held.pk).count() == 0
    for one in (held, case.entries.order_by("seq").first()):
        assert "没有这条意见" in words(agree(browser, case, one))
    agree(browser, case, entry)
    asked.closed(case)
    for more in ({}, {"withdraw": "1"}):
        assert "征求意见已经结束" in words(agree(browser, case, entry, **more))
    assert list(Agreement.objects.values_list("entry", flat=True)) == [entry.pk]
    text = words(browser.get(page(case)))
    assert "1 人次赞同" in text
    assert 'class="agree"' not in text


def test_an_address_agrees_so_often_and_no_more(asked, said, monkeypatch):
    (case, entry), browser = said, asked.browser()
    monkeypatch.setattr(agreeing, "LIMIT", 2)
    assert [agree(browser, case, entry).status_code for _each in range(3)] == [200, 200, 429]


def test_the_office_and_the_table_read_how_many_and_it_settles_nothing(asked, said):
    case, entry = said
    for _each in range(3):
        agree(asked.browser(), case, entry)
    asked.closed(case)
    text = words(asked.browser("郑工").get(f"{case.get_absolute_url()}comments/"))
    assert text.count("3 人次赞同") == 1
    assert "只供参考，不影响处理" in text
    found = rows(Dossier(case, None, inner=False))[0]
    assert found[0].words.endswith("另有3人次赞同。")
    submit = case.stage.action("submit")
    assert "还有 1 条未处理" in reach.hindrance(case, submit, case.stage_since)


def test_more_who_agree_ask_no_more_questions(asked, said):
    (case, entry), browser = said, asked.browser()

    def asks() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(page(case)).status_code == 200
        return len(seen)

    agree(browser, case, entry)
    before = asks()
    for reason in ("乙。", "丙。"):
        agree(asked.browser(), case, asked.comment(case, reason=reason))
    assert asks() == before
