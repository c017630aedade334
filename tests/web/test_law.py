"""Rules and time limits: everybody reads every rule with its source; officers correct."""

from datetime import date

import pytest
from django.urls import reverse

from rongbiao.law import names, table
from rongbiao.parties import days
from rongbiao.parties.models import DayChange, RuleChange
from rongbiao.web.law_days import months

RULE = "/law/local_standard/consultation_days/"
SAID = {
    "value": "30",
    "unit": "days",
    "since": "2020-03-01",
    "source": "《地方标准管理办法》（国家市场监督管理总局令第26号）",
    "article": "第十三条",
    "verified": "on",
    "basis": "市监标〔2026〕1号",
}
NOTICE = {
    "year": "2027",
    "kind": "whole",
    "basis": "国办发明电〔2026〕9号",
    "basis_on": "2026-11-05",
    "text": "元旦：1月1日（周五）至3日（周日）放假，共3天。2月14日（周日）上班。",
}


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer.person)
    return client


def text(answer) -> str:
    return answer.content.decode()


def test_everybody_reads_every_rule(client, db, settings):
    settings.PUBLIC_BOARD = False  # the law is public whatever the city shows of its board
    page = text(client.get("/law/?table=all"))
    for name in names():
        assert table(name).title in page
        assert client.get("/law/", {"table": name}).context["shown"][0].name == name
        for rule in table(name).rules.values():
            assert reverse("law_rule", args=[name, rule.key]) in page, rule.key
    assert "国办发明电〔2025〕7号" in page
    assert "rb/law.css" in page


def test_a_rule_says_what_it_is_and_that_it_was_not_read(client, db):
    page = text(client.get(RULE))
    assert "30个自然日" in page
    assert "《地方标准管理办法》（国家市场监督管理总局令第26号）第十三条" in page
    assert "未核实，经办人可更正。" in page
    assert 'action="' + RULE not in page


def test_rules_are_found_by_words_and_by_state(client, db):
    page = text(client.get("/law/", {"q": "复审", "state": "unread"}))
    assert "到期前提出复审建议" in page
    assert "复审周期，不超过" not in page  # it was read
    assert "公开征求意见期限" not in page
    assert client.get("/law/", {"q": "\x00没有这样的词"}).status_code == 200


def test_a_past_day_has_its_law(client, db):
    page = text(client.get("/law/", {"asof": "2019-06-01"}))
    assert "这一天还没有规定" in page
    assert client.get("/law/", {"asof": "昨天"}).status_code == 404
    assert client.get("/law.json", {"asof": "2019-13-01"}).status_code == 404


def test_programs_read_the_same(client, db):
    said = client.get("/law.json", {"asof": "2026-11-26"}).json()
    assert said["as_of"] == "2026-11-26"
    assert {one["key"] for one in said["tables"]} == set(names())
    local = next(one for one in said["tables"] if one["key"] == "local_standard")
    rule = next(one for one in local["rules"] if one["key"] == "consultation_days")
    assert rule["in_force"] == {
        "since": "2020-03-01", "value": 30, "unit": "days", "verified": False, "origin": "law",
        "source": "《地方标准管理办法》（国家市场监督管理总局令第26号）", "article": "第十三条", "basis": "",
    }  # fmt: skip
    assert said["days"][0]["off"][0] == "2020-01-01"


@pytest.mark.parametrize("path", ["/law/nothing/x/", "/law/local_standard/nothing/"])
def test_there_is_no_other_rule(path, client, db):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", names())
def test_every_rule_has_its_page_in_three_languages(name, client, db):
    for code in ("zh-hans", "zh-hant", "en"):
        client.cookies["language"] = code
        for key in table(name).rules:
            path = reverse("law_rule", args=[name, key])
            answer = client.get(path, headers={"accept-language": code})
            assert answer.status_code == 200, key


def test_the_english_page_speaks_english(client, db):
    client.cookies["language"] = "en"
    page = text(client.get("/law/", headers={"accept-language": "en"}))
    assert "Public consultation, at least" in page
    assert "30 calendar days" in page
    assert 'lang="zh-Hans">《中华人民共和国标准化法》第十三条第一款' in page


def test_an_officer_corrects_a_rule(as_officer):
    page = text(as_officer.get(RULE))
    assert f'action="{RULE}change/"' in page
    assert as_officer.post(f"{RULE}change/", SAID).status_code == 302
    page = text(as_officer.get(RULE))
    assert "经办人更正" in page
    assert "市监标〔2026〕1号" in page
    assert "更正规则" in page
    row = RuleChange.objects.get()
    assert (row.value, row.verified, row.since) == (30, True, date(2020, 3, 1))


def test_a_visitor_sees_the_basis_and_not_who_entered_it(as_officer, client):
    as_officer.post(f"{RULE}change/", SAID)
    as_officer.logout()
    page = text(client.get(RULE))
    assert "市监标〔2026〕1号" in page
    assert "林经办" not in page


def test_a_refusal_keeps_what_was_typed(as_officer):
    answer = as_officer.post(f"{RULE}change/", SAID | {"value": "三十"})
    assert answer.status_code == 409
    assert "“三十”不是整数。" in text(answer)
    assert 'value="市监标〔2026〕1号"' in text(answer)
    assert not RuleChange.objects.exists()
    assert as_officer.post(f"{RULE}change/", SAID | {"since": "x"}).status_code == 409


def test_a_notice_is_tried_and_then_entered(as_officer):
    page = text(as_officer.post("/law/days/", NOTICE | {"try": ""}))
    assert "试读结果" in page
    assert not DayChange.objects.exists()
    assert as_officer.post("/law/days/", NOTICE | {"enter": ""}).status_code == 302
    assert DayChange.objects.count() == 4
    assert "国办发明电〔2026〕9号" in text(as_officer.get("/law/days/?year=2027"))


def test_a_notice_that_contradicts_the_calendar_is_refused(as_officer):
    answer = as_officer.post("/law/days/", NOTICE | {"text": "1月1日（周四）放假。", "enter": ""})
    assert answer.status_code == 409
    assert "2027年1月1日是星期五，通知写星期四" in text(answer)


@pytest.mark.parametrize("year", ["2020", "1066", "x", "２０２６", "9" * 30])
def test_any_year_may_be_asked(year, as_officer):
    assert as_officer.get("/law/days/", {"year": year}).status_code == 200


def test_a_year_of_days(db):
    may = months(days.calendar(), 2026)[4]
    kinds = {day: kind for week in may[1] for day, kind, inside in week if inside}
    assert kinds[date(2026, 5, 1)] == "off"
    assert kinds[date(2026, 5, 3)] == ""  # a Sunday
    assert kinds[date(2026, 5, 9)] == "work"
    assert len(kinds) == 31


def test_the_pages_cost_the_same_with_many_corrections(as_officer, django_assert_max_num_queries):
    def asked(path):
        with django_assert_max_num_queries(40) as seen:
            as_officer.get(path)
        return len(seen)

    as_officer.post(f"{RULE}change/", SAID | {"value": "30", "verified": "", "source": "甲"})
    before = [(asked(path), asked(path))[1] for path in ("/law/", RULE, "/law/days/")]
    for n in range(20):
        said = SAID | {"value": str(31 + n), "verified": ""}
        assert as_officer.post(f"{RULE}change/", said).status_code == 302
    as_officer.post("/law/days/", NOTICE | {"enter": ""})
    after = [(asked(path), asked(path))[1] for path in ("/law/", RULE, "/law/days/")]
    assert after == before
