"""The public speaks: on a clause, several at once, in time; and nothing personal is shown."""

from datetime import datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from rongbiao.archive.models import File
from rongbiao.cases.models import Case, Entry, Personal
from rongbiao.web.consultations import speaking
from tests.web.consultations.conftest import COMMENT

HOSTILE = "<script>alert(1)</script>“'><img src=x onerror=alert(2)>{{ 7|add:7 }}"


def words(answer) -> str:
    return answer.content.decode()


def page(case: Case, rest: str = "") -> str:
    return f"/consultations/{case.number}/{rest}"


def test_an_opinion_is_registered_without_an_account(asked):
    case, browser = asked.opened(), asked.browser()
    answer = browser.post(page(case), COMMENT | {"token": "a", "send": "1"}, follow=True)
    entry = case.entries.get(action_key="comment")
    assert entry.receipt in words(answer)
    assert entry.answers["clause"] == "2.1.2"
    assert entry.personal.words["phone"] == "13800001234"
    told = words(browser.get("/receipts/", {"number": entry.receipt}))
    assert "还没有处理结果" in told


def test_sending_a_form_twice_registers_once(asked):
    case, browser = asked.opened(), asked.browser()
    for _each in range(2):
        browser.post(page(case), COMMENT | {"token": "a", "send": "1"})
    assert case.entries.filter(action_key="comment").count() == 1


def test_it_stands_at_its_clause_with_what_it_changes(asked):
    case = asked.opened()
    asked.comment(case)
    said = words(asked.browser().get(page(case, "?clause=2.1.2")))
    assert "不应少于 <del>1</del><ins>2</ins> 次" in said
    assert '<p class="quote">每日清理育苗器不应少于 1 次。</p>' in said
    assert "1 条意见" in said


def test_what_somebody_says_about_themselves_is_nowhere_public(asked):
    case, browser = asked.opened(), asked.browser()
    browser.post(page(case), COMMENT | {"token": "a", "send": "1"})
    asked.comment(case, unit="小满水产公司", hidden="on", reason="另一条")
    asked.comment(case, unit="闽江渔业公司", reason="第三条")
    looked = [page(case), "/consultations/", case.get_absolute_url(), "/"]
    seen = "".join(words(asked.browser().get(address)) for address in looked)
    for secret in ("陈小满", "13800001234", "xiaoman@", "小满水产公司"):
        assert secret not in seen
    assert "闽江渔业公司" in seen
    assert "某单位" in seen
    assert "某人" in seen


def test_hostile_words_stay_words(asked):
    case, browser = asked.opened(), asked.browser()
    said = {
        "clause": HOSTILE[:60],
        "proposed": HOSTILE,
        "reason": HOSTILE,
        "unit": HOSTILE,
        "as": "unit",
    }
    browser.post(page(case), COMMENT | said | {"put": "1"})
    held = words(browser.get(page(case, "basket/")))
    sent = words(
        browser.post(page(case), COMMENT | said | {"token": "a", "send": "1"}, follow=True)
    )
    shown = words(browser.get(page(case)))
    asking = words(browser.get(page(case), {"clause": HOSTILE, "taken": HOSTILE}))
    refused = words(browser.post(page(case), COMMENT | said | {"reason": "", "send": "1"}))
    assert case.entries.filter(action_key="comment").count() == 1
    for text in (held, sent, shown, asking, refused):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "&lt;script&gt;alert" in text


def test_a_refusal_keeps_what_was_typed(asked):
    case, browser = asked.opened(), asked.browser()
    answer = browser.post(page(case), COMMENT | {"reason": "", "send": "1", "token": "a"})
    assert answer.status_code == 409
    assert "每日清理育苗器不应少于 2 次。" in words(answer)
    assert 'href="#id_reason">理由：' in words(answer)
    unit = browser.post(page(case), COMMENT | {"as": "unit", "unit": " ", "send": "1"})
    assert "以单位名义提出的，请填写单位名称。" in words(unit)
    assert not case.entries.filter(action_key="comment").exists()


def test_the_basket_sends_all_at_once_each_with_its_receipt(asked):
    case, browser = asked.opened(), asked.browser()
    for clause in ("2.1.1", "2.1.2", ""):
        put = COMMENT | {"clause": clause, "reason": f"理由{clause}", "put": "1", "person": ""}
        assert browser.post(page(case), put).status_code == 302
    assert "意见篮里有 3 条" in words(browser.get(page(case)))
    assert not case.entries.filter(action_key="comment").exists()
    token = browser.session["basket"][case.number][1]["token"]
    who = {"as": "person", "person": "陈小满"}
    file = SimpleUploadedFile("依据.txt", "水温记录".encode())
    answer = browser.post(page(case, "basket/"), who | {f"file-{token}": file}, follow=True)
    made = list(case.entries.filter(action_key="comment").order_by("seq"))
    assert [entry.answers.get("clause", "") for entry in made] == ["2.1.1", "2.1.2", ""]
    assert all(entry.receipt in words(answer) for entry in made)
    assert [one.entry_id for one in case.entries.get(pk=made[1].pk).attachments.all()] == [
        made[1].pk
    ]
    again = browser.post(page(case, "basket/"), who, follow=True)
    assert made[0].receipt in words(again)
    assert case.entries.filter(action_key="comment").count() == 3


def test_of_a_basket_all_or_nothing_is_registered(asked):
    case, browser = asked.opened(), asked.browser()
    for n in (1, 2):
        browser.post(page(case), COMMENT | {"reason": f"理由{n}", "put": "1"})
    token = browser.session["basket"][case.number][1]["token"]
    file = SimpleUploadedFile("照片.png", b"MZ\x90\x00 not a picture")
    sent = {"as": "person", "person": "陈小满", f"file-{token}": file}
    answer = browser.post(page(case, "basket/"), sent)
    assert answer.status_code == 409
    assert "第 2 条（2.1.2）：" in words(answer)
    assert "这一篮的意见都没有提交。" in words(answer)
    assert not case.entries.filter(action_key="comment").exists()
    assert not Personal.objects.filter(entry__action_key="comment").exists()
    assert not File.objects.filter(name="照片.png").exists()
    assert "意见篮里有 2 条" in words(browser.get(page(case)))


def test_one_is_taken_out_of_the_basket_and_too_many_do_not_fit(asked):
    case, browser = asked.opened(), asked.browser()
    for n in range(20):
        browser.post(page(case), COMMENT | {"reason": f"理由{n}", "put": "1"})
    answer = browser.post(page(case), COMMENT | {"put": "1"})
    assert answer.status_code == 409
    assert "意见篮一次最多放 20 条" in words(answer)
    token = browser.session["basket"][case.number][0]["token"]
    browser.post(page(case, "basket/"), {"drop": token})
    assert "意见篮里有 19 条" in words(browser.get(page(case)))


@pytest.mark.parametrize(("late", "status"), [(-1, 302), (0, 409)])
def test_it_closes_to_the_second(asked, monkeypatch, late, status):
    case = asked.opened()
    midnight = datetime.combine(case.due_on + timedelta(days=1), time())
    moment = timezone.make_aware(midnight) + timedelta(seconds=late)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    answer = asked.browser().post(page(case), COMMENT | {"token": "a", "send": "1"})
    assert answer.status_code == status
    assert case.entries.filter(action_key="comment").count() == (status == 302)
    if status == 409:
        assert f"已于 {case.due_on} 24 时截止" in words(answer)
        assert "高温期藻体易附泥。" in words(answer)
        assert "征求意见已结束" in words(answer)


def test_an_opinion_on_a_draft_that_is_no_more_asked_about_is_refused(asked):
    case, browser = asked.opened(), asked.browser()
    seen = case.entered.seq
    answer = browser.post(page(case), COMMENT | {"seen": seen - 1, "token": "a", "send": "1"})
    assert answer.status_code == 409
    assert "您的操作没有生效" in words(answer)


def test_one_address_cannot_flood_it(asked, monkeypatch):
    monkeypatch.setattr(speaking, "LIMIT", 2)
    case, browser = asked.opened(), asked.browser()
    codes = [
        browser.post(
            page(case), COMMENT | {"reason": f"{n}", "token": f"{n}", "send": "1"}
        ).status_code
        for n in range(3)
    ]
    assert codes == [302, 302, 429]


def test_what_looks_like_spam_waits_for_an_officer(asked):
    case = asked.opened()
    links = "http://a.cn http://b.cn http://c.cn"
    held = asked.comment(case, reason=links)
    assert "http://a.cn" not in words(asked.browser().get(page(case)))
    assert "http://a.cn" not in words(asked.browser().get(case.get_absolute_url()))
    officer = asked.browser("林处")
    officer.post(f"{case.get_absolute_url()}release/", {"about": held.seq, "token": "r"})
    assert "http://a.cn" in words(asked.browser().get(page(case)))
    hide = {"about": held.seq, "token": "h", "words": "广告"}
    officer.post(f"{case.get_absolute_url()}hide/", hide)
    assert Entry.objects.filter(action_key="hide").count() == 1
    assert "http://a.cn" not in words(asked.browser().get(page(case)))
    assert "http://a.cn" not in words(asked.browser().get(case.get_absolute_url()))
