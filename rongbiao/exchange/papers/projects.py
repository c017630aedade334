"""Papers of a project (立项文件): what is proposed, what is planned, how it goes on.

Annexes A, B.1 and B.2 of DB6101/T 3168—2023 by purpose; the words are ours.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from .blocks import Cell, Column, Form, Listing, Title, Words, label, pairs, row
from .official import Annex, Official
from .packages import docx
from .pages import FORM, WIDE
from .word import body
from .wording import in_words, one_line

FORM_WIDTHS = (34.0, 48.5, 34.0, 48.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A standard in the making, as every paper about it names it."""

    city: Annotated[str, "城市"]
    title: Annotated[str, "标准名称"]
    title_en: Annotated[str, "英文名称"] = ""
    number: Annotated[str, "计划编号"] = ""
    making: Annotated[str, "制定或修订"] = "制定"
    replaces: Annotated[str, "被修订标准编号"] = ""
    proposer: Annotated[str, "提出部门"] = ""
    drafters: Annotated[tuple[str, ...], "起草单位"] = ()
    due_on: Annotated[date | None, "完成时限"] = None
    ics: Annotated[str, "ICS"] = ""
    ccs: Annotated[str, "CCS"] = ""
    contact: Annotated[str, "联系人"] = ""
    phone: Annotated[str, "联系电话"] = ""

    @property
    def kind(self) -> str:
        """Return what kind of standard it is."""
        return f"{self.city}地方标准"

    @property
    def named(self) -> str:
        """Return the kind and the title as sentences use them."""
        return f"{self.kind}《{one_line(self.title)}》"

    @property
    def planned(self) -> str:
        """Return the kind, the title and the number of the plan, where there is one."""
        return f"{self.named}（计划编号：{self.number}）" if self.number else self.named

    @property
    def leader(self) -> str:
        """Return the first drafting unit."""
        return self.drafters[0] if self.drafters else ""


@dataclass(frozen=True, slots=True)
class Near:
    """A standard or project near to what is proposed, and why the proposal does not repeat it."""

    number: str
    title: str
    explained: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """立项申请书 (B.1)."""

    project: Annotated[Project, "项目"]
    purpose: Annotated[str, "目的、意义和必要性"]
    scope: Annotated[str, "适用范围和主要技术内容"]
    grounds: Annotated[str, "属于地方标准范围的理由"] = ""
    feasibility: Annotated[str, "可行性"] = ""
    elsewhere: Annotated[str, "国内外情况"] = ""
    near: Annotated[tuple[Near, ...], "相近标准及说明"] = ()
    relations: Annotated[str, "与法律法规和强制性标准的关系"] = ""
    competition: Annotated[str, "公平竞争"] = ""
    patents: Annotated[str, "涉及专利情况"] = ""
    schedule: Annotated[str, "进度安排"] = ""
    benefits: Annotated[str, "预期效益"] = ""
    made_on: Annotated[date | None, "申请日期"] = None


def application(given: Application) -> bytes:
    """Return the application for a project as docx."""
    project = given.project
    near = "\n".join(
        f"{one_line(each.number)}《{one_line(each.title)}》：{each.explained}"
        for each in given.near
    )
    rows = (
        row("标准名称", project.title),
        row("英文名称", project.title_en),
        *pairs(
            ("制定或修订", project.making),
            ("被修订标准", project.replaces or "无"),
            ("ICS", project.ics),
            ("CCS", project.ccs),
            ("申请日期", in_words(given.made_on)),
            ("完成时限", in_words(project.due_on)),
            ("联系人", project.contact),
            ("联系电话", project.phone),
        ),
        row("提出部门", project.proposer),
        row("起草单位", "、".join(project.drafters)),
        row("目的、意义\n和必要性", given.purpose, 40),
        row("属于地方标准\n范围的理由", given.grounds, 25),
        row("适用范围和\n主要技术内容", given.scope, 45),
        row("可行性", given.feasibility, 25),
        row("国内外情况", given.elsewhere, 25),
        row("相近标准\n及不重复的说明", near, 20),
        row("与法律法规和\n强制性标准的关系", given.relations, 20),
        row("公平竞争审查\n初步意见", given.competition, 20),
        row("涉及专利情况", given.patents, 12),
        row("进度安排", given.schedule, 20),
        row("预期效益", given.benefits, 20),
        row("起草单位意见", "（盖章）\n　　年　　月　　日", 28, sign=True),
        row("提出部门意见", "（盖章）\n　　年　　月　　日", 28, sign=True),
    )
    content = body((Title(f"{project.kind}立项申请书"), Form(FORM_WIDTHS, rows)))
    return docx(
        content,
        FORM,
        title=f"{project.named}立项申请书",
        author=project.proposer,
        day=given.made_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationList:
    """立项申请项目汇总表 (B.2)."""

    city: Annotated[str, "城市"]
    year: Annotated[int, "年度"]
    proposer: Annotated[str, "填报部门"]
    projects: Annotated[tuple[Project, ...], "项目"]
    made_on: Annotated[date | None, "填报日期"] = None


def application_list(given: ApplicationList) -> bytes:
    """Return the list of a department's projects as docx."""
    title = f"{given.year}年{given.city}地方标准立项申请项目汇总表"
    columns = (
        Column("序号", 12, center=True),
        Column("标准名称", 70),
        Column("制修订", 20, center=True),
        Column("被修订标准", 36),
        Column("起草单位", 57),
        Column("完成时限", 28, center=True),
        Column("联系人及电话", 34),
    )
    rows = [
        (
            str(place),
            each.title,
            each.making,
            each.replaces,
            "、".join(each.drafters),
            in_words(each.due_on).strip(),
            f"{each.contact}\n{each.phone}".strip(),
        )
        for place, each in enumerate(given.projects, start=1)
    ]
    note = f"填报部门（盖章）：{given.proposer}    填报日期：{in_words(given.made_on)}"
    content = body(
        (
            Title(title),
            Words(note, "Note"),
            Listing(columns, rows),
            Words(f"共{len(rows)}项。", "Note"),
        )
    )
    return docx(content, WIDE, title=title, author=given.proposer, day=given.made_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNotice:
    """立项计划通知."""

    city: Annotated[str, "城市"]
    year: Annotated[int, "年度"]
    issuer: Annotated[str, "发文机关"]
    projects: Annotated[tuple[Project, ...], "项目"]
    number: Annotated[str, "发文字号"] = ""
    batch: Annotated[str, "批次"] = ""
    addressee: Annotated[str, "主送机关"] = "各有关单位"
    consultation_days: Annotated[int | None, "公开征求意见的最少天数"] = None
    day: Annotated[date | None, "成文日期"] = None
    contact: Annotated[str, "联系人及电话"] = ""
    copies: Annotated[str, "抄送机关"] = ""


def plan_notice(given: PlanNotice) -> Official:
    """Return the notice that hands down the plan, its projects in an annex."""
    plan = f"{given.year}年{given.batch}{given.city}地方标准制修订项目计划"
    days = given.consultation_days
    asked = f"向社会公开征求意见的时间不得少于{days}日；" if days else ""
    sentences = (
        f"经立项申请、论证和范围审查，现将《{plan}》（共{len(given.projects)}项）下达给你们，请认真组织实施。",
        "一、各提出部门应当督促起草单位落实人员、经费和试验条件，按照计划确定的时限完成起草和报批。",
        f"二、起草单位应当广泛调研，{asked}对收到的意见逐条处理并说明理由，不得借地方标准排除、限制竞争。",
        "三、项目名称、主要内容、起草单位或者完成时限需要调整，以及项目需要终止的，由提出部门说明理由，书面报我局批准。",
    )
    columns = (
        Column("序号", 11, center=True),
        Column("计划编号", 26, center=True),
        Column("标准名称", 45),
        Column("制修订", 15, center=True),
        Column("提出部门和起草单位", 37),
        Column("完成时限", 22, center=True),
    )
    rows = [
        (
            str(place),
            each.number,
            each.title,
            each.making,
            "\n".join(filter(None, (each.proposer, "、".join(each.drafters)))),
            each.due_on.isoformat() if each.due_on else "",
        )
        for place, each in enumerate(given.projects, start=1)
    ]
    return Official(
        issuer=given.issuer,
        number=given.number,
        title=f"关于下达{plan}的通知",
        addressee=given.addressee,
        body=tuple(Words(sentence) for sentence in sentences),
        annexes=(Annex(plan, (Listing(columns, rows),)),),
        day=given.day,
        note=f"联系人：{given.contact}" if given.contact else "",
        copies=given.copies,
        printed_by=given.issuer if given.copies else "",
    )


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage of the work: who does it, with what papers, by when, by which article."""

    name: str
    who: str
    papers: str = ""
    by_when: str = ""
    basis: str = ""
    now: bool = False  # here the project stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """工作流程图 (A)."""

    title: Annotated[str, "名称"]
    steps: Annotated[tuple[StageLine, ...], "环节"]
    day: Annotated[date | None, "截至日期"] = None


def workflow(given: Workflow) -> bytes:
    """Return the course of the work as docx: boxes under one another, an arrow between."""
    head = tuple(label(name) for name in ("环节", "承办", "文件", "时限", "依据"))
    rows = [head]
    for place, step in enumerate(given.steps, start=1):
        mark = "\n（当前环节）" if step.now else ""
        rows.append(
            (
                label(f"{place}  {step.name}{mark}"),
                Cell(step.who),
                Cell(step.papers),
                Cell(step.by_when),
                Cell(step.basis),
            )
        )
        if place < len(given.steps):
            rows.append((Cell("↓", 5, label=True, height=5),))
    content = body((Title(given.title), Form((38, 35, 42, 25, 25), tuple(rows))))
    return docx(content, FORM, title=given.title, author="", day=given.day)
