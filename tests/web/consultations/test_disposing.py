"""The desk of dispositions: who reads it, one answer each, those that say the same at once."""

import pytest
from django.utils import timezone

from rongbiao.cases import desk as acts
from rongbiao.cases.models import Entry, Message
from rongbiao.parties.models import Act
from rongbiao.web.consultations import tabling
from tests.conftest import hold_post
from tests.web.consultations.test_speaking import HOSTILE, page, words


def address(case, rest: str = "") -> str:
    return f"{case.get_absolute_url()}comments/{rest}"


@pytest.fixture
def three(asked):
    """Return a case that asks no more, with three opinions; two of them say the same."""
    case = asked.opened()
    asked.comment(case, clause="3.1", proposed="", reason="改为抽查")
    asked.comment(case, unit="小满水产公司", hidden="on")
    asked.comment(case, proposed="每日清理育苗器不应少于2次", reason="换水后浮泥多")
    return asked.closed(case)


def seqs(case) -> list[int]:
    rows = case.entries.filter(action_key="comment").order_by("seq")
    return list(rows.values_list("seq", flat=True))


@pytest.mark.parametrize("name", [None, "王教授甲"])
def test_strangers_find_no_desk(asked, three, name):
    if name:
        asked.told.cast[name] = hold_post(name, "市教育局", "reporter")
    assert asked.browser(name).get(address(three)).status_code == 404
    answer = asked.browser(name).post(address(three), {"about": seqs(three)[0], "taken": "adopted"})
    assert answer.status_code == 404
    assert not Entry.objects.filter(action_key="dispose").exists()


def test_the_table_goes_in_the_order_of_the_clauses(asked, three):
    said = words(asked.browser("郑工").get(address(three)))
    assert said.index("第 2 号") < said.index("第 3 号") < said.index("第 1 号")
    assert "已处理 0 / 3 条" in said
    assert "每日清理育苗器不应少于 1 次。" in said  # the clause of the opinion that is open


def test_a_hidden_unit_is_named_to_the_office_alone(asked, three):
    assert "小满水产公司" not in words(asked.browser("郑工").get(address(three)))
    assert "小满水产公司" in words(asked.browser("林处").get(address(three)))


def test_those_that_say_the_same_are_settled_at_once_each_with_its_entry(asked, three):
    first, second, third = seqs(three)
    browser = asked.browser("郑工")
    said = words(browser.get(address(three, f"?entry={second}")))
    assert f'name="also" value="{third}"' in said
    assert f'name="also" value="{first}"' not in said
    sent = {"about": second, "also": [third, first], "taken": "adopted", "token": "a"}
    answer = browser.post(address(three), sent)
    assert answer.status_code == 302
    assert f"entry={first}" in answer["Location"]  # what is left
    made = Entry.objects.filter(action_key="dispose").order_by("seq")
    assert [entry.about.seq for entry in made] == [second, third]  # of another clause: not at once
    assert made[1].answers["same_as"] == 2
    assert "与第 2 号意见相同" in words(asked.browser().get(page(three)))
    browser.post(address(three), sent)
    assert Entry.objects.filter(action_key="dispose").count() == 2


def test_without_a_reason_none_of_them_is_settled(asked, three):
    _first, second, third = seqs(three)
    sent = {"about": second, "also": [third], "taken": "declined", "token": "a"}
    answer = asked.browser("郑工").post(address(three), sent)
    assert answer.status_code == 409
    assert "应当说明理由" in words(answer)
    assert not Entry.objects.filter(action_key="dispose").exists()


def test_filters_narrow_and_count(asked, three):
    browser, first = asked.browser("郑工"), seqs(three)[0]
    browser.post(address(three), {"about": first, "taken": "adopted", "token": "a"})
    todo = words(browser.get(address(three, "?state=todo")))
    assert "2 条，按章条次序" in todo
    assert "已处理 1 / 3 条" in todo
    assert "1 条，按章条次序" in words(browser.get(address(three, "?q=浮泥")))
    said = words(browser.get(address(three, "?clause=3.1")))
    assert "1 条，按章条次序" in said
    assert "没有符合条件的意见。" in words(browser.get(address(three, "?q=没有的词")))


def test_while_it_runs_nothing_is_settled(asked):
    case = asked.opened()
    comment = asked.comment(case)
    browser = asked.browser("郑工")
    assert "征求意见结束后逐条处理。" in words(browser.get(address(case)))
    answer = browser.post(address(case), {"about": comment.seq, "taken": "adopted"})
    assert answer.status_code == 409
    assert not case.entries.filter(action_key="dispose").exists()


def test_an_officer_lets_out_what_is_held_and_keeps_back_what_is_not_wanted(asked):
    case = asked.opened()
    held = asked.comment(case, reason="http://a.cn http://b.cn http://c.cn")
    officer = asked.browser("林处")
    assert "予以公开" in words(officer.get(address(case, "?state=held")))
    assert "予以公开" not in words(asked.browser("郑工").get(address(case, "?state=held")))
    officer.post(address(case), {"about": held.seq, "release": "1", "token": "r"})
    assert "http://a.cn" in words(asked.browser().get(page(case)))
    asked.closed(case)
    hide = {"about": held.seq, "hide": "1", "words": "广告", "token": "h"}
    officer.post(address(case), hide)  # after the end too
    assert "http://a.cn" not in words(asked.browser().get(page(case)))
    assert "已处理 1 / 1 条" in words(officer.get(address(case)))


def test_bodies_that_were_asked_are_seen_and_reminded_once_a_day(asked):
    case = asked.opened()
    member = hold_post("科技办", "市科技局", "reporter")
    other = hold_post("教育办", "市教育局", "reporter")
    acts.act(case, "no_comment", actor=member, day=timezone.localdate())
    officer = asked.browser("林处")
    said = words(officer.get(address(case)))
    assert "未回复" in said
    assert "无意见" in said
    told = officer.post(address(case), {"remind": "1"}, follow=True)
    assert "已催办 1 个单位。" in words(told)
    rows = Message.objects.filter(words__contains="前回复")
    assert [message.post for message in rows] == [other]
    assert Act.objects.filter(verb="remind-invited").count() == 1
    again = officer.post(address(case), {"remind": "1"})
    assert again.status_code == 409
    assert "今天已经催办过" in words(again)


def test_hostile_words_stay_words(asked):
    case = asked.opened()
    asked.comment(case, clause=HOSTILE[:60], proposed=HOSTILE, reason=HOSTILE, unit=HOSTILE[:100])
    for name in ("林处", "郑工"):
        said = words(asked.browser(name).get(address(case), {"q": "<script>", "clause": ""}))
        assert "<script>alert" not in said
        assert "<img src=x" not in said
        assert "&lt;script&gt;alert" in said


@pytest.mark.parametrize("rest", ["", "?state=todo", "?q=第"])
def test_however_many_opinions_the_queries_are_the_same(asked, rest, django_assert_max_num_queries):
    case = asked.opened()
    browser, counts, numbers = asked.browser("郑工"), [], iter(range(1000))
    for n in (2, 4, 60):
        while case.entries.filter(action_key="comment").count() < n:
            asked.comment(case, reason=f"第{next(numbers)}条")
        browser.get(address(case))
        with django_assert_max_num_queries(40) as seen:
            browser.get(address(case, rest))
        counts.append(len(seen))
    assert len(set(counts)) == 1, counts


def test_states_name_every_outcome():
    assert list(tabling.states()) == ["todo", "adopted", "partly", "declined", "held", "hidden"]
