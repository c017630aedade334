"""Pages of leaders: anybody reads plan, ranking and list, and recomputes them from what they download."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from rongbiao.awards.models import Leader, LeaderPlan, NationalLeader
from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.parties.models import Organization
from rongbiao.texts.ranking import check, read_record, read_table
from tests import leader_desk as at


def words(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def desk_page(officer) -> Client:
    """A browser in which an officer has signed in."""
    client = Client()
    client.force_login(officer.person)
    return client


@pytest.fixture
def led(officer):
    """A plan with a list: 甲 and 乙 on it."""
    return at.world(officer)


def test_everybody_reads_lists_plans_and_rankings(led):
    row, _case, _posts, items = led
    page = words(Client().get("/leaders/"))
    assert "甲公司" in page
    assert "丙公司" not in page
    shown = words(Client().get(f"/leaders/{row.number}/"))
    assert row.sha256 in shown
    assert "丙公司" in shown
    assert "92.70" in shown
    assert "不收取任何费用" in shown
    declared = words(Client().get(items["甲"].get_absolute_url()))
    assert "市级“领跑者”" in declared
    assert "市级“领跑者”" not in words(Client().get(items["丙"].get_absolute_url()))


def test_the_files_are_what_was_published_and_recompute(led):
    row, case, _posts, _items = led
    text = Client().get(f"/leaders/{row.number}/plan.json")
    assert hashlib.sha256(text.content).hexdigest() == row.sha256
    made = Client().get(f"/leaders/{row.number}/ranking.json")
    assert case.number in made["Content-Disposition"]
    assert check(read_record(made.content)) == []
    told = Client().get(f"/leaders/{row.number}/ranking.csv").content
    assert check(read_table(told, json.loads(text.content))) == []
    for name in ("", "plan.json", "ranking.json", "ranking.csv"):
        assert Client().get(f"/leaders/LP-1999-0001/{name}").status_code == 404


def test_a_draft_is_read_while_it_is_before_the_public(officer):
    case = at.drafted(officer)
    assert "尚未冻结" in words(Client().get("/leaders/"))
    shown = words(Client().get(f"/leaders/{case.number}/"))
    assert "方案正在公示" in shown
    assert "≥68=100" in shown
    assert Client().get(f"/leaders/{case.number}/ranking.json").status_code == 404
    said = {"kind": "question", "reason": "权重不当", "person": "某人", "seen": "", "token": "1"}
    sent = Client().post(f"/cases/{case.number}/object/", said)
    assert sent.status_code == 302
    assert case.entries.filter(action_key="object").exists()


def test_a_ranking_before_the_public_is_shown_with_who_is_left_out(officer):
    posts = {name: at.agent(name) for name in "甲乙"}
    plan = at.frozen(officer)
    for name, who in posts.items():
        at.applied(officer, who, plan, at.declare(who, f"Q/{name} 1—2026"))
    assert "甲公司" not in words(Client().get(f"/leaders/{plan.number}/"))
    case = at.ranked(officer, plan)
    assert "排名已经公开" in words(Client().get(f"/leaders/{plan.number}/"))
    at.commit(case, posts["甲"])
    rival = Client()
    rival.force_login(posts["乙"].person)
    page = words(rival.get(case.get_absolute_url()))
    assert f"/cases/{case.number}/commit/" in page
    assert "promise.txt" not in page  # what others hand in is for the office
    proof = case.entries.get(action_key="commit").attachments.get(field="proof")
    assert rival.get(f"/cases/{case.number}/files/{proof.pk}/").status_code == 404
    desk.act(case, "submit", actor=officer, day=at.LISTED)
    shown = words(Client().get(f"/leaders/{plan.number}/"))
    assert "名单公示" in shown
    assert "未提交承诺" in shown
    assert case.get_absolute_url() in shown


def test_an_enterprise_applies_on_its_page(officer):
    who = at.agent("甲")
    client = Client()
    client.force_login(who.person)
    assert "现在没有受理申请的评估方案" in words(client.get("/leaders/apply/"))
    day = localdate()
    plan = at.frozen(
        officer, opens_on=str(day - timedelta(days=3)), closes_on=str(day + timedelta(days=3))
    )
    assert "没有可以参评的标准" in words(client.get("/leaders/apply/"))
    item = at.declare(who, "Q/甲 1—2026", day=day - timedelta(days=2))
    assert "Q/甲 1—2026" in words(client.get(f"/leaders/apply/?plan={plan.number}"))
    refused = client.post("/leaders/apply/", {"plan": plan.number, "declaration": item.pk})
    assert refused.status_code == 409
    assert not Case.objects.filter(procedure_key="leader").exists()
    said = {"plan": plan.number, "declaration": item.pk, "true": "on", "token": "一"}
    page = client.post("/leaders/apply/", said, follow=True)
    assert "已申请，办件号" in words(page)
    client.post("/leaders/apply/", said)
    assert Case.objects.filter(procedure_key="leader").count() == 1
    assert client.get("/matters/leader/new/").url == "/leaders/apply/"


def test_an_officer_proposes_a_removal_and_it_is_shown(officer, desk_page, led):
    row = led[0]
    leader = Leader.objects.get(organization__name="乙公司")
    assert f"/leaders/{leader.pk}/remove/" in words(desk_page.get(f"/leaders/{row.number}/"))
    assert f"/leaders/{leader.pk}/remove/" not in words(Client().get(f"/leaders/{row.number}/"))
    bare = desk_page.post(f"/leaders/{leader.pk}/remove/", {"trigger": "false"})
    assert bare.status_code == 409
    said = {"trigger": "false", "words": "检验报告不实", "token": "一"}
    assert desk_page.post(f"/leaders/{leader.pk}/remove/", said).status_code == 302
    case = Case.objects.get(procedure_key="leader_adjustment")
    assert case.number in words(Client().get(f"/leaders/{row.number}/"))
    desk.act(case, "close", actor=officer, day=localdate() + timedelta(days=20))
    desk.act(case, "approve", actor=officer, day=localdate(), answers={"paper": "二号"})
    assert "检验报告不实" in words(Client().get(f"/leaders/{row.number}/"))
    assert "乙公司" not in words(Client().get("/leaders/"))
    for number, key in ((case.number, "leader_removal"), (led[1].number, "leader_list")):
        paper = Client().get(f"/cases/{number}/papers/{key}.docx")
        assert (paper.status_code, paper.content[:2]) == (200, b"PK")


def test_national_leaders_are_recorded_with_their_source_and_shown_apart(desk_page, led):
    said = {
        "title": "国家名单", "year": "2025", "product": "保温杯", "unit": "甲公司",
        "source": "某机关公告", "basis": "榕市监标〔2026〕1号",
    }  # fmt: skip
    assert desk_page.post("/leaders/national/", said).status_code == 302
    assert NationalLeader.objects.get().organization == Organization.objects.get(name="甲公司")
    assert "某机关公告" in words(Client().get("/leaders/"))
    for more, why in (
        ({}, "登记过"),
        ({"year": "2099"}, "还没有到"),
        ({"unit": "无名"}, "名录中没有"),
    ):
        refused = desk_page.post("/leaders/national/", said | more)
        assert refused.status_code == 409
        assert why in words(refused)
    assert NationalLeader.objects.count() == 1


def asked(address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert Client().get(address).status_code == 200
    return len(seen)


def test_pages_ask_a_constant_number_of_questions(officer, led):
    row, _case, posts, items = led
    addresses = ("/leaders/", f"/leaders/{row.number}/", items["甲"].get_absolute_url())
    few = [asked(address) for address in addresses]
    for title in ("第二份方案", "第三份方案"):
        plan = at.frozen(officer, title=title)
        for name in "甲乙丙":
            at.applied(officer, posts[name], plan, items[name])
        case = at.ranked(officer, plan)
        at.commit(case, posts["甲"], posts["乙"])
        at.listed(officer, case)
    assert LeaderPlan.objects.count() == 3
    many = [asked(address) for address in addresses[:2]]
    assert many == few[:2]
    assert "第二份方案" in words(Client().get(addresses[2]))
    assert asked(addresses[2]) == few[2]
