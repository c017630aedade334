"""What the public reads of a consultation: the list, the draft, the rounds, the results."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from rongbiao.cases import desk as acts
from rongbiao.cases.models import Case
from rongbiao.web.consultations import drafts
from rongbiao.web.consultations.rounds import last_days
from rongbiao.web.templatetags.rb import zhdate
from tests.web.consultations.conftest import COMMENT, LINES, SECOND, files
from tests.web.consultations.test_speaking import page, words


def test_the_list_counts_the_days_and_keeps_what_has_ended(asked):
    case = asked.opened(days=11)
    now = words(asked.browser().get("/consultations/"))
    assert f"/consultations/{case.number}/" in now
    assert f"{(case.due_on - timezone.localdate()).days} <small>天后截止" in now
    asked.comment(case)
    asked.closed(case)
    assert f"/consultations/{case.number}/" not in words(asked.browser().get("/consultations/"))
    ended = words(asked.browser().get("/consultations/?state=ended"))
    assert f"/consultations/{case.number}/" in ended
    assert "收到 1 条意见" in ended


def test_the_list_and_the_page_say_the_same_last_day(asked):
    case = asked.opened()
    last = case.due_on
    day = last + timedelta(days=3)
    acts.act(case, "close", actor=None, day=day, alone=True)
    said = words(asked.browser().get("/consultations/?state=ended"))
    assert f"{zhdate(last)}结束" in said
    assert f"至{zhdate(last)} 24 时" in words(asked.browser().get(page(case)))


def test_while_no_opinion_was_disposed_of_the_list_does_not_say_none_was_adopted(asked):
    case = asked.opened()
    one = asked.comment(case)
    asked.closed(case)
    ended = "/consultations/?state=ended"
    said = words(asked.browser().get(ended))
    assert "尚未处理" in said
    assert "不采纳" not in said
    acts.act(
        case, "dispose", actor=asked.told.cast["郑工"], day=timezone.localdate(),
        answers={"taken": "partly", "reason": "改为每两日一次。"}, about=one.seq,
    )  # fmt: skip
    said = words(asked.browser().get(ended))
    assert "尚未处理" not in said
    assert "不采纳" in said


def test_the_last_days_of_many_cost_as_much_as_of_one(asked, django_assert_num_queries):
    case = asked.opened()
    last = case.due_on
    asked.closed(case)
    for n in (1, 1, 4):  # the first one warms what is kept
        rows = [Case.objects.get(pk=case.pk) for _each in range(n)]
        with django_assert_num_queries(3):
            assert last_days(rows) == {case.pk: last}


def test_before_it_is_public_it_is_not_there(asked):
    case = asked.until("plan")
    assert asked.browser().get(page(case)).status_code == 404
    assert asked.browser().post(page(case), COMMENT).status_code == 404
    assert case.title not in words(asked.browser().get("/consultations/"))


def test_a_draft_is_read_once(asked, monkeypatch):
    case = asked.opened()
    read = []
    real = drafts.read_apart
    monkeypatch.setattr(drafts, "read_apart", lambda *a: read.append(1) or real(*a))
    for _each in range(3):
        said = words(asked.browser().get(page(case)))
    assert len(read) == 1
    assert 'id="2.1.2"' in said
    assert 'href="#2.1.2"' in said
    assert "<h3>2.1 一般要求</h3>" in said


def test_while_one_reads_the_others_wait(asked):
    case = asked.opened()
    sha = case.entries.filter(action_key="submit").last().attachments.get(field="draft").file.sha256
    cache.add(f"draft:{drafts.VERSION}:{sha}:busy", 1, 60)
    said = words(asked.browser().get(page(case)))
    assert "正文正在整理" in said
    assert 'name="clause"' in said


def test_a_draft_that_cannot_be_read_says_so_and_can_be_spoken_on(asked):
    case = asked.opened(lines=("没有编号的一段话。",))
    said = words(asked.browser().get(page(case)))
    assert "没有从文件中读出章条" in said
    sent = asked.browser().post(page(case), COMMENT | {"clause": "全文", "token": "a", "send": "1"})
    assert sent.status_code == 302


def test_hostile_words_in_a_draft_stay_words(asked):
    case = asked.opened(lines=("1 范围", "<script>alert(1)</script><img src=x onerror=alert(2)>"))
    said = words(asked.browser().get(page(case)))
    assert "<script>alert(1)" not in said
    assert "<img src=x" not in said
    assert "&lt;script&gt;alert(1)" in said


def test_a_long_draft_goes_chapter_by_chapter(asked, monkeypatch):
    monkeypatch.setattr(drafts, "WHOLE", 10)
    case = asked.opened()
    first = words(asked.browser().get(page(case)))
    assert "本文件规定了" in first
    assert 'id="2.1.2"' not in first
    second = words(asked.browser().get(page(case, "?clause=2.1")))
    assert 'id="2.1.2"' in second
    assert "本文件规定了" not in second


def test_only_the_papers_of_a_round_are_given_out(asked):
    case = asked.opened()
    opening = case.entries.filter(action_key="submit").last()
    paper = opening.attachments.get(field="draft")
    answer = asked.browser().get(page(case, f"files/{paper.pk}/"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/octet-stream"
    inner = case.entries.filter(action_key="submit").first().attachments.first()
    assert asked.browser().get(page(case, f"files/{inner.pk}/")).status_code == 404


def test_after_the_end_each_opinion_has_its_outcome_and_reason(asked):
    case = asked.opened()
    one = asked.comment(case)
    asked.comment(case, reason="另一条")
    asked.closed(case)
    acts.act(
        case, "dispose", actor=asked.told.cast["郑工"], day=timezone.localdate(),
        answers={"taken": "partly", "reason": "改为每两日一次。"}, about=one.seq,
    )  # fmt: skip
    said = words(asked.browser().get(page(case)))
    assert "部分采纳" in said
    assert "改为每两日一次。" in said
    only = words(asked.browser().get(page(case, "?taken=partly")))
    assert "高温期藻体易附泥。" in only
    assert "另一条" not in only


def test_a_clause_whose_number_looks_like_a_figure_keeps_it(asked):
    numbers = tuple(f"1.{n} 第{n}项要求。" for n in range(1, 11))
    case = asked.opened(lines=("1 范围", *numbers))
    asked.comment(case, clause="1.10", proposed="")
    said = words(asked.browser().get(page(case, "?clause=1.10")))
    assert "1.10 的意见" in said
    assert "高温期藻体易附泥。" in said
    assert "高温期藻体易附泥。" not in words(asked.browser().get(page(case, "?clause=1.1")))


def test_two_rounds_are_shown_apart_with_what_changed(asked):
    case = asked.opened()
    one = asked.comment(case, reason="头一轮的话")
    asked.closed(case)
    drafter, today = asked.told.cast["郑工"], timezone.localdate() + timedelta(days=12)
    acts.act(case, "dispose", actor=drafter, day=today, answers={"taken": "adopted"}, about=one.seq)
    acts.act(
        case, "consult_again", actor=drafter, day=today, answers={"patents": "none"},
        files=files(*SECOND),
    )  # fmt: skip
    asked.comment(case, reason="第二轮的话")
    now = words(asked.browser().get(page(case)))
    assert "第二轮的话" in now
    assert "头一轮的话" not in now
    assert "征求意见后内容有实质性修改的，应当再次公开征求意见" in now
    before = words(asked.browser().get(page(case, "?round=1")))
    assert "头一轮的话" in before
    assert "第二轮的话" not in before
    changed = words(asked.browser().get(page(case, "rounds/2/")))
    assert f"<del>{LINES[5]}</del>" in changed
    assert f"<ins>{SECOND[5]}</ins>" in changed
    assert asked.browser().get(page(case, "rounds/1/")).status_code == 404


@pytest.mark.parametrize("address", ["", "?clause=2.1.2", "?taken="])
def test_however_many_opinions_the_queries_are_the_same(
    asked, django_assert_max_num_queries, address
):
    case = asked.opened()
    browser = asked.browser()
    browser.get(page(case))
    counts = []
    for n in (1, 3, 40):
        while case.entries.filter(action_key="comment").count() < n:
            asked.comment(case, reason=f"第{case.entries.count()}条")
        with django_assert_max_num_queries(30) as seen:
            browser.get(page(case, address))
        counts.append(len(seen))
    assert len(set(counts)) == 1, counts
