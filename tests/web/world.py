"""A small world for tests of pages: one plan, one task, one report, and people in every role."""

from datetime import date

from rongbiao.archive.models import File
from rongbiao.awards.models import Leader, LeaderList, LeaderPlan
from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.parties import draws
from rongbiao.parties.models import Group, Membership, Organization, Person, Post, Token
from rongbiao.procedures.local_standard import LocalStandard
from rongbiao.procedures.proposal import Proposal
from rongbiao.standards.load import Load
from rongbiao.standards.models import (
    Association,
    Campaign,
    CitingDocument,
    Declaration,
    Statement,
)
from rongbiao.strategy.models import (
    Assignment,
    Charge,
    Clause,
    Decision,
    Evidence,
    Plan,
    Quarter,
    Reading,
    Report,
    Step,
    Target,
    Task,
)
from rongbiao.texts.lots import Lot, Rules
from rongbiao.texts.ranking import Declared, Entrant, read_item, read_plan, written
from tests.conftest import hold_post
from tests.web.shelf import put

DAY = date(2025, 10, 1)


def things() -> dict[str, object]:
    """Enter the rows that addresses name, and return the value that stands for each."""
    unit = Organization.objects.get(name="市海洋与渔业局")
    file = File.objects.keep("一份文件".encode(), "依据.txt", "text/plain")
    reading = Reading.objects.create(
        file=file, text="一份文件", outcome={"title": "试验意见", "doubts": []}, read_on=DAY
    )
    plan = Plan.objects.create(
        key="trial",
        title="试验意见",
        number="试〔2023〕1号",
        issuer="市政府",
        signed_on=date(2023, 9, 14),
        since=date(2023, 9, 14),
        until=date(2035, 12, 31),
        reading=reading,
    )
    place = {"plan": plan, "start": 0, "end": 4}
    clause = Clause.objects.create(place=1, path=["一"], kind="task", title="试验", **place)
    task = Task.objects.create(
        plan=plan, clause=clause, number="1", key="1", title="试验", block="试验", place=1
    )
    target = Target.objects.create(
        key="standards-led", name="主导标准", value=10, unit="项", direction="at_least",
        basis="increment", by=2025, measure="standards-led", clause=clause, **{"place": 1} | place,
    )  # fmt: skip
    decision = Decision.objects.create(plan=plan, number="决1", title="决定", decided_on=DAY)
    step = Step.objects.create(decision=decision, task=task, title="举措", organization=unit)
    Charge.objects.create(task=task, name=unit.name, organization=unit, place=1)
    assignment = Assignment.objects.create(task=task, organization=unit, since=plan.since)
    quarter = Quarter.objects.create(
        plan=plan, year=2025, number=3, starts_on=date(2025, 7, 1), ends_on=date(2025, 9, 30),
        opens_on=date(2025, 9, 20), due_on=date(2035, 10, 15), basis="试验",
    )  # fmt: skip
    report = Report.objects.create(assignment=assignment, quarter=quarter, text="进展", share=10)
    evidence = Evidence.objects.create(report=report, file=file, added_on=DAY)
    group = Group.objects.order_by("pk").first()
    membership = Membership.objects.filter(group=group).first() or Membership.objects.create(
        group=group, organization=unit, basis="试验"
    )
    owner = Person.objects.create(username="令牌持有人")  # people() hands it to a reporter
    post = Post.objects.create(person=owner, organization=unit, role="reporter")
    token = Token.objects.create(post=post, name="试验", digest="0", start="rb_0", until=DAY)
    load = Load.objects.create(
        name="试验.csv", sha256="0" * 64, size=1, source="table", day=DAY, state=Load.State.DONE
    )
    rows = {
        "load": load,
        "token": token,
        "unit": unit,
        "reading": reading,
        "decision": decision,
        "step": step,
        "assignment": assignment,
        "quarter": quarter,
        "report": report,
        "evidence": evidence,
        "group": group,
        "membership": membership,
    }
    officer = hold_post("周经办", "市市场监管局", "officer")
    lots = [Lot(f"post:{n}", f"专家{n}", "单位") for n in range(3)]
    matter = draws.Matter("技术审查", "试验")
    draw = draws.freeze(matter, lots, Rules(1, 1), actor=officer, day=DAY)
    expert = hold_post("张专家", "市海洋与渔业局", "expert")
    standard = put("DB3501/T 018-2024", "试验规范", issued_on=DAY, text=file)
    firm = Organization.objects.create(name="试验公司", kind="enterprise")
    named = declared(firm) | {
        "plan": plan.key,
        "task": task.key,
        "target": target.key,
        "sha256": file.sha256,
    }
    named |= {"standard": standard.slug, "draw": draw.number, "expert": expert.pk}
    case = desk.open_case(LocalStandard, actor=None, day=DAY, applicant=unit, title="试验办件")
    asked = desk.open_case(LocalStandard, actor=None, day=DAY, applicant=unit, title="试验征求")
    Case.objects.filter(pk=asked.pk).update(stage_key="consultation", public_since=DAY)
    paper = CitingDocument.objects.create(
        organization=unit, kind="normative", title="试验办法", basis="试", file=file, public=True,
        registered_by=post, registered_on=DAY, confirmed_on=DAY,
    )  # fmt: skip
    association = Association.objects.create(
        organization=unit, code="SY", scope="试验", department="标准部", head="林标", rules=file,
        confirmed_on=DAY, basis="试验",
    )  # fmt: skip
    idea = desk.open_case(
        Proposal, actor=None, day=DAY, answers={"title": "试验", "need": "试", "person": "试某"}
    )
    campaign = Campaign.objects.create(
        number="CCJH-2025-01", title="试验抽查", year=2025, basis="试", count=1, people=2,
        planned_by=officer, planned_on=DAY,
    )  # fmt: skip
    named |= {"citing": paper.pk, "association": association.code, "campaign": campaign.number}
    named |= {"idea": idea.number, "said": idea.entries.get().seq}
    named |= led(Declaration.objects.get(pk=named["declaration"]))
    named |= {"case": case.number, "asked": asked.number, "attachment": 1}
    return {name: row.pk for name, row in rows.items()} | named


def declared(unit: Organization) -> dict[str, int]:
    """Enter one declared item of a unit, and one that it prepares."""
    item = Declaration.objects.create(
        organization=unit, number="Q/SY 001—2025", title="试验", declared_on=DAY, basis="试验"
    )
    file = File.objects.keep("公开的文本".encode(), "文本.txt", "text/plain")
    said = {
        "organization": unit,
        "number": item.number,
        "title": "试验",
        "text": file,
        "text_public": True,
    }
    Statement.objects.create(**said, declaration=item, since=DAY, ordinal=1)
    draft = Statement.objects.create(organization=unit, number="Q/SY 002—2025", title="试验")
    return {"declaration": item.pk, "draft": draft.pk}


def led(item: Declaration) -> dict[str, object]:
    """Enter a plan of leaders, its list, and one declared item upon it."""
    row = Statement.objects.get(declaration=item)
    items = [read_item(1, "保温效能", "℃", "越高越好", "100", "60", "60=60")]
    content = {
        "number": "LP-2025-0009", "title": "试验方案", "field": "杯", "opens_on": str(DAY),
        "closes_on": str(DAY), "months": 12, "places": 3, "shares": {"level": "100"},
        "deductions": {}, "items": items,
    }  # fmt: skip
    plan = read_plan(content)
    declared_one = (Declared("保温效能", "≥60", "℃"),)
    who = Entrant("试验", "试验", item.number, "杯", 1, row.digest(), declared_one)
    dated = {"basis": "试验", "opens_on": DAY, "closes_on": DAY, "frozen_on": DAY}
    made = LeaderPlan.objects.create(
        number=plan.number, title=plan.title, field=plan.field, content=plan.said(),
        sha256=plan.digest(), **dated,
    )  # fmt: skip
    held = LeaderList.objects.create(
        plan=made, number="LM-2025-0009", paper="试", record=written(plan, [who], str(DAY)),
        since=DAY, until=date(2035, 1, 1), basis="试验",
    )  # fmt: skip
    leader = Leader.objects.create(
        list=held, organization=item.organization, declaration=item, statement=row, rank=1, total=60,
        basis="试验",
    )  # fmt: skip
    return {"leader plan": made.number, "leader": leader.pk}


def people() -> dict[str, Person | None]:
    """Return one person for each role; None is somebody who has not signed in."""
    post = hold_post("陈填报", "市海洋与渔业局", "reporter")
    Token.objects.filter(name="试验").update(post=post)
    reporter = post.person
    bare = hold_post("新经办", "市市场监管局", "officer").person
    bare.authenticator_set.all().delete()
    closed = hold_post("已离任", "市市场监管局", "officer").person
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    return {
        "anonymous": None,
        "closed": closed,
        "reporter": reporter,
        "other reporter": hold_post("李填报", "市农业农村局", "reporter").person,
        "leader": hold_post("王局长", "市海洋与渔业局", "leader").person,
        "agent": hold_post("吴经办", "试验公司", "agent").person,
        "expert": hold_post("李专家", "市农业农村局", "expert").person,
        "bare officer": bare,
        "officer": hold_post("林经办", "市市场监管局", "officer").person,
        "administrator": hold_post("郑管理", "市市场监管局", "administrator").person,
        "auditor": hold_post("何审计", "市市场监管局", "auditor").person,
        "superuser": Person.objects.create_superuser("超级", "", "x", name="超级"),
    }
