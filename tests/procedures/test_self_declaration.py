"""Declaring is one act: public the same day, kept in versions, barred only below what is mandatory."""

from datetime import date

import pytest

from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.cases.who import NONE
from rongbiao.parties.models import Organization, Person, Post
from rongbiao.parties.refused import Refused
from rongbiao.procedures.enterprise_account import EnterpriseAccount
from rongbiao.procedures.leader import LeaderApplying
from rongbiao.procedures.self_declaration import SelfDeclaration, declarer
from rongbiao.standards import declaring
from rongbiao.standards.declaring import Said
from rongbiao.standards.models import Declaration, Statement
from tests.conftest import hold_post
from tests.declared import DAY, FIRM, firm, require
from tests.leader_desk import agent as leader_agent
from tests.story_desk import made

LATER = date(2026, 5, 6)
ROW = {"name": "保温效能", "limit": "≥65", "unit": "℃", "method": "GB/T 29606—2013 6.4"}


@pytest.fixture
def agent(city) -> Post:
    """The agent of an enterprise."""
    unit = firm()
    person = Person.objects.create(username="水杯经办", name="水杯经办")
    return Post.objects.create(
        person=person, organization=unit, role="agent", since=date(2026, 1, 1), basis="试验"
    )


def prepared(agent: Post, number="Q/RCSB 001—2026", *, day=DAY, rows=(ROW,), **said) -> Statement:
    said = {"title": "榕城水杯", "indicators": list(rows)} | said
    return declaring.prepare(Said(number, **said), actor=agent, day=day)


def declare(agent: Post, *rows: Statement, day=DAY, **said) -> Case:
    answers = {"statements": [str(row.pk) for row in rows], "true": "on"} | said
    return desk.open_case(SelfDeclaration, actor=agent, day=day, answers=answers)


def test_what_is_declared_is_public_the_same_day_and_kept_with_what_was_found(agent):
    row = prepared(agent)
    assert Declaration.objects.count() == 0
    case = declare(agent, row)
    item = Declaration.objects.get()
    assert (case.closed_on, case.title) == (DAY, "Q/RCSB 001—2026 榕城水杯")
    assert (item.state_on(DAY), item.basis, item.declared_on) == ("public", case.number, DAY)
    said = case.entries.get().answers["declared"][0]
    row.refresh_from_db()
    assert said["sha256"] == row.digest()
    assert {one["key"] for one in said["findings"]} == {"no-text"}
    assert row.findings == said["findings"]


def test_another_version_ends_the_one_before_and_nothing_declared_is_rewritten(agent):
    first = prepared(agent, text=("1 范围".encode(), "水杯.txt"))
    declare(agent, first)
    with pytest.raises(Refused, match="已公开的内容不能直接修改"):
        declaring.prepare(Said(first.number, "改名"), actor=agent, day=LATER, row=first)
    with pytest.raises(Refused, match="不能删除"):
        declaring.discard(first, actor=agent, day=LATER)
    second = prepared(agent, rows=(ROW | {"limit": "≥70"},), day=LATER)
    assert second.words == "1 范围"
    declare(agent, second, day=LATER)
    item = Declaration.objects.get()
    assert item.state_on(LATER) == "changed"
    assert item.state_on(DAY) == "public"
    spans = [(one.ordinal, one.since, one.until) for one in item.statements.order_by("ordinal")]
    assert spans == [(1, DAY, LATER), (2, LATER, None)]
    assert item.statements.on(LATER).get().indicators.get().limit == "≥70"
    assert item.statements.on(DAY).get().indicators.get().limit == "≥65"


def test_a_standard_is_replaced_by_another_or_withdrawn_with_a_reason(agent):
    declare(agent, prepared(agent))
    old = Declaration.objects.get()
    declare(agent, prepared(agent, "Q/RCSB 001—2027", replaces=old), day=LATER)
    old.refresh_from_db()
    assert (old.state_on(LATER), old.replaced_by.number) == ("replaced", "Q/RCSB 001—2027")
    new = old.replaced_by
    with pytest.raises(Refused, match="写明理由"):
        declare(agent, withdrawn=[str(new.pk)], day=LATER)
    declare(agent, withdrawn=[str(new.pk)], reason="产品停产", day=LATER)
    new.refresh_from_db()
    assert (new.state_on(LATER), new.reason) == ("withdrawn", "产品停产")
    assert not Declaration.objects.in_force(LATER).exists()
    with pytest.raises(Refused, match="不能再用这一编号"):
        prepared(agent, "Q/RCSB 001—2027", day=LATER)


def test_below_a_mandatory_standard_nothing_of_the_act_is_declared(agent):
    limits = [("铅迁移量", "≤0.05", "mg/kg", "4.3")]
    require("GB 4806.9-2016", "食品接触用金属材料及制品", limits, nature="mandatory")
    lead = {"name": "铅迁移量", "limit": "≤100", "unit": "μg/kg", "method": "GB 31604.49"}
    good = prepared(agent)
    bad = prepared(agent, "Q/RCSB 002—2026", rows=(lead,), references="GB 4806.9-2016")
    with pytest.raises(Refused, match="低于强制性标准，不能声明"):
        declare(agent, good, bad)
    assert not Declaration.objects.exists()
    declare(agent, good)


def test_who_declares_for_whom(agent, officer):
    row = prepared(agent)
    with pytest.raises(Refused, match="由企业经办人和负责人提出"):
        declare(officer, row)
    with pytest.raises(Refused, match="由本企业的经办人"):
        prepared(officer)
    other = leader_agent("榕江")
    with pytest.raises(Refused, match="声明公开的标准"):
        declare(other, row)
    with pytest.raises(Refused, match="真实性"):
        declare(agent, row, true="")
    with pytest.raises(Refused, match="请选择"):
        declare(agent)


def test_an_enterprise_asks_for_an_account_and_is_confirmed(officer):
    from django.core.files.uploadedfile import SimpleUploadedFile

    said = {
        "title": "榕城茶业有限公司", "code": "91350100MA00000001", "kind": "enterprise", "role": "agent",
        "person": "林茶", "account": "lincha", "phone": "0591-0000000",
        "password": "Longan-2026-tea", "again": "Longan-2026-tea",
    }  # fmt: skip

    def ask(**more):
        files = {"licence": SimpleUploadedFile("执照.pdf", made("pdf"))}
        return desk.open_case(
            EnterpriseAccount, actor=None, day=DAY, answers=said | more, files=files
        )

    with pytest.raises(Refused, match="校验位不符"):
        ask(code="91350100MA00000002")
    from rongbiao.texts.credit_codes import check_character

    code = "91350100MA0000000"
    said["code"] = code + check_character(code)
    with pytest.raises(Refused, match="已有人使用"):
        ask(account=officer.person.username)
    case = ask()
    for weak, why in (("123", "密码"), ("lincha-1", "密码")):
        with pytest.raises(Refused, match=why):
            ask(account="lincha-1", password=weak, again=weak)
    with pytest.raises(Refused, match="两次输入的密码不一致"):
        ask(again="Another-2026-tea")
    asked = case.entries.get()
    assert "Longan" not in str(asked.answers) + str(asked.personal.words)
    desk.act(case, "accept", actor=officer, day=DAY)
    unit = Organization.objects.get(name="榕城茶业有限公司")
    assert unit.credit_code == said["code"]
    assert Post.objects.get(organization=unit).role == "agent"
    person = Person.objects.get(username="lincha")
    assert person.check_password("Longan-2026-tea")

    leader = hold_post("法人", unit.name, "leader", date(2026, 1, 1))
    second = ask(account="lincha2", person="陈茶")
    stranger = hold_post("别家", "市海洋与渔业局", "leader", date(2026, 1, 1))
    with pytest.raises(Refused, match="不能办理"):
        desk.act(second, "accept", actor=stranger, day=DAY)
    desk.act(second, "accept", actor=leader, day=DAY)
    assert Post.objects.filter(organization=unit, role="agent").count() == 2
    with pytest.raises(Refused, match="另一单位"):
        ask(title="别的公司", account="x3")


@pytest.mark.parametrize("kind", ["association", "bureau", "institute"])
def test_only_an_enterprise_declares_and_applies_as_a_leader(agent, kind):
    row = prepared(agent)
    Organization.objects.filter(pk=agent.organization_id).update(kind=kind)
    other = Post.objects.get(pk=agent.pk)
    assert not declarer(other, Case(applicant=other.organization))
    assert declarer.rows(other) == NONE
    for procedure in (SelfDeclaration, LeaderApplying):
        with pytest.raises(Refused, match="由企业经办人和负责人提出"):
            desk.open_case(procedure, actor=other, day=DAY, answers={"statements": [str(row.pk)]})
    with pytest.raises(Refused, match="企业标准由企业声明"):
        prepared(other, "Q/RCSB 002—2026")
    with pytest.raises(Refused, match="企业标准由企业声明"):
        declaring.discard(row, actor=other, day=DAY)


def test_a_number_that_another_enterprise_has_public_is_refused(agent):
    other = leader_agent("榕江")
    early = prepared(other, "Q/RCSB001-2026")  # nothing is public yet
    declare(agent, prepared(agent))
    with pytest.raises(Refused, match=f"“Q/RCSB 001—2026”已由{FIRM}声明公开"):
        prepared(other, "Q/RCSB 001-2026")
    with pytest.raises(Refused, match="声明公开，请核对本企业的代号和编号"):
        declare(other, early)
    declare(agent, prepared(agent, title="自己的新版"), day=LATER)
    declare(other, prepared(other, "GB/T 29606—2013", own=False))
    item = Declaration.objects.get(organization=agent.organization)
    declare(agent, day=LATER, withdrawn=[str(item.pk)], reason="停产")
    declare(other, early, day=LATER)
    assert Declaration.objects.filter(organization=other.organization).count() == 2
