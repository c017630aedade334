"""Papers of a review meeting (审查会文件): minutes, signatures, opinions, and the draw of experts.

Annexes G.1 to G.3 of DB6101/T 3168—2023 by purpose; the record of the draw holds what
anyone needs to draw again and come to the same names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from .blocks import Block, Column, Form, Heading, Listing, Title, Told, Words, pairs, row
from .comments import OPINION_HEADINGS, Disposed, disposition_columns
from .packages import docx
from .pages import FORM, OFFICIAL, WIDE
from .projects import FORM_WIDTHS, Project
from .word import body
from .wording import in_words

PEN = "　" * 6  # room for the pen


@dataclass(frozen=True, slots=True)
class Expert:
    """An expert at the table, or on the list."""

    name: str
    unit: str
    title: str = ""  # 职务、职称
    field: str = ""
    part: str = ""  # 组长, 成员


@dataclass(frozen=True, slots=True)
class Recused:
    """An expert who steps back, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Votes:
    """What was voted, and by which rule it carries."""

    present: int
    agreed: int
    against: int
    abstained: int
    rule: str
    carried: bool

    @property
    def words(self) -> str:
        """Return the votes as one sentence of the minutes."""
        outcome = "通过" if self.carried else "未通过"
        return (
            f"应当表决{self.present}人，同意{self.agreed}人，不同意{self.against}人，"
            f"弃权{self.abstained}人。表决规则：{self.rule.rstrip('。')}。表决结果：{outcome}。"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """审查会议纪要 (G.1)."""

    project: Annotated[Project, "项目"]
    day: Annotated[date, "会议日期"]
    place: Annotated[str, "会议地点"]  # an empty one leaves room for the pen
    host: Annotated[str, "组织单位"]
    chair: Annotated[str, "专家组组长"]  # an empty one leaves room for the pen
    experts: Annotated[tuple[Expert, ...], "专家"]
    opinions: Annotated[tuple[str, ...], "审查意见"]
    conclusion: Annotated[str, "审查结论"]
    votes: Annotated[Votes | None, "表决"] = None
    recused: Annotated[tuple[Recused, ...], "回避"] = ()
    attended: Annotated[tuple[str, ...], "列席单位"] = ()
    changes: Annotated[tuple[str, ...], "修改要求"] = ()
    held: Annotated[str, "会议"] = "审查"  # 审查 or 论证
    draft: Annotated[str, "稿件"] = "送审稿"


def minutes(given: Minutes) -> bytes:
    """Return the minutes as docx; the chair signs at the end."""
    named = f"{given.project.named}（{given.draft}）" if given.draft else given.project.named
    blocks: list[Block] = [
        Title(f"{named}{given.held}会议纪要", "Title"),
        Words(
            f"{in_words(given.day)}，{given.host}在{given.place or PEN}"
            f"组织召开{named}{given.held}会。"
        ),
        Words(
            f"专家组由{len(given.experts)}名专家组成，组长为{given.chair or PEN}。"
            + (f"{'、'.join(given.attended)}列席。" if given.attended else "")
        ),
        *(Words(f"{each.name}因{each.reason}回避。") for each in given.recused),
        Heading(f"一、{given.held}意见"),
        *(Words(f"{place}. {text}") for place, text in enumerate(given.opinions, start=1)),
        Heading("二、修改要求"),
        *(Words(f"{place}. {text}") for place, text in enumerate(given.changes, start=1)),
    ]
    if not given.changes:
        blocks.append(Words(""))
    if given.votes:
        blocks += [Heading("三、表决情况"), Words(given.votes.words)]
    blocks += [
        Heading(f"{'四' if given.votes else '三'}、{given.held}结论"),
        Words(given.conclusion),
        Words(""),
        Words("专家组组长（签名）：　　　　　　", "Right"),
        Words(in_words(given.day), "Right"),
    ]
    title = f"{named}{given.held}会议纪要"
    return docx(body(blocks), OFFICIAL, title=title, author=given.host, day=given.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """专家意见签名表 (G.2)."""

    project: Annotated[Project, "项目"]
    experts: Annotated[tuple[Expert, ...], "专家"]
    day: Annotated[date | None, "会议日期"] = None
    place: Annotated[str, "会议地点"] = ""
    recused: Annotated[tuple[Recused, ...], "回避"] = ()
    by_letter: Annotated[bool, "函审"] = False  # then the day is the last of the replies
    held: Annotated[str, "会议"] = "审查"  # 审查 or 论证
    draft: Annotated[str, "稿件"] = "送审稿"


def signatures(given: Signatures) -> bytes:
    """Return the table that the experts sign as docx."""
    columns = (
        Column("序号", 12, center=True),
        Column("姓名", 22, center=True),
        Column("单位", 46),
        Column("职务、职称", 26, center=True),
        Column("组内分工", 20, center=True),
        Column("意见", 16, center=True),
        Column("签名", 23, center=True),
    )
    rows = [
        (str(place), each.name, each.unit, each.title, each.part or "成员", "", "")
        for place, each in enumerate(given.experts, start=1)
    ]
    said = [f"{each.name}因{each.reason}回避，不参加表决。" for each in given.recused]
    of = f"（{given.draft}）" if given.draft else ""
    day = in_words(given.day)
    met = f"会议时间：{day}    会议地点：{given.place}"
    met = f"审查方式：函审    回函截止日期：{day}" if given.by_letter else met
    held = f"标准名称：{given.project.title}{of}\n{met}"
    note = "意见栏由专家本人填写“同意”“不同意”或者“弃权”。起草人员及其所在单位人员不参加表决。"
    content = body(
        (
            Title(f"{given.project.kind}{given.held}专家意见签名表"),
            Words(held, "Note"),
            Listing(columns, rows, height=14),
            *(Words(each, "Note") for each in (*said, note)),
        )
    )
    title = f"{given.project.named}{given.held}专家意见签名表"
    return docx(content, FORM, title=title, author="", day=given.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinions:
    """专家意见汇总处理表 (G.3)."""

    project: Annotated[Project, "项目"]
    rows: Annotated[Sequence[Disposed], "专家意见及处理"]
    day: Annotated[date | None, "会议日期"] = None
    made_on: Annotated[date | None, "填写日期"] = None
    handled: Annotated[str, "处理情况"] = ""  # what was said of all of them together
    by_letter: Annotated[bool, "函审"] = False  # then the day is the last of the replies


def opinions(given: Opinions, told: Told | None = None) -> bytes:
    """Return the table of the experts' opinions and what became of them as docx."""
    rows = [
        (str(place), each.clause, each.words, each.unit, each.disposition, each.reason)
        for place, each in enumerate(given.rows, start=1)
    ]
    head = (
        f"标准名称：{given.project.title}（送审稿）    起草单位：{'、'.join(given.project.drafters)}\n"
        f"{'函审回函截止日期' if given.by_letter else '审查日期'}：{in_words(given.day)}    "
        f"填写日期：{in_words(given.made_on)}"
    )
    columns = disposition_columns(OPINION_HEADINGS, (13, 26, 96, 30, 23, 69))
    handled = f"处理情况：{given.handled}" if given.handled else ""
    head_of = "组织函审单位（盖章）" if given.by_letter else "专家组组长（签名）"
    sign = f"起草单位（盖章）：                    {head_of}："
    content = body(
        (
            Title(f"{given.project.kind}审查专家意见汇总处理表"),
            Words(head, "Note"),
            Listing(columns, rows),
            Words(f"共{len(rows)}条。{handled}\n{sign}", "Note"),
        ),
        told,
    )
    title = f"{given.project.named}审查专家意见汇总处理表"
    return docx(content, WIDE, title=title, author=given.project.leader, day=given.made_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """抽取记录: what was drawn, from whom, and how anyone can check it."""

    project: Annotated[Project, "项目"]
    purpose: Annotated[str, "抽取用途"]
    conditions: Annotated[str, "抽取条件"]
    committed_at: Annotated[str, "种子承诺公布时间"]
    commitment: Annotated[str, "种子承诺（SHA-256）"]
    drawn_at: Annotated[str, "抽取时间"]
    seed: Annotated[str, "种子"]
    candidates: Annotated[tuple[Expert, ...], "候选名单"]
    candidates_hash: Annotated[str, "候选名单（SHA-256）"]
    drawn: Annotated[tuple[Expert, ...], "抽中专家"]
    reserves: Annotated[tuple[Expert, ...], "候补专家"] = ()
    excluded: Annotated[tuple[Recused, ...], "未进入候选名单的专家及原因"] = ()
    turn: Annotated[int, "第几次抽取"] = 1
    why_again: Annotated[str, "再次抽取的原因"] = ""
    officer: Annotated[str, "抽取人"] = ""
    witness: Annotated[str, "监督人"] = ""
    aloud: Annotated[str, "监督人报数"] = ""  # mixed in, where there was any
    day: Annotated[date | None, "抽取日期"] = None


def draw_record(given: Draw) -> bytes:
    """Return the record of a draw as docx: conditions, commitment, seed, lists, names."""
    again = f"第{given.turn}次，原因：{given.why_again}" if given.turn > 1 else "第1次"
    facts = (
        row("标准名称", given.project.title),
        row("抽取用途", given.purpose),
        row("抽取条件", given.conditions),
        *pairs(("抽取次数", again), ("抽取时间", given.drawn_at)),
        row("种子承诺\n（SHA-256）", f"{given.commitment}\n公布时间：{given.committed_at}"),
        row("候选名单\n（SHA-256）", f"{given.candidates_hash}\n共{len(given.candidates)}人"),
        row("种子\n（抽取后公布）", given.seed),
        *((row("监督人报数", given.aloud),) if given.aloud else ()),
    )
    columns = (
        Column("序号", 14, center=True),
        Column("姓名", 26, center=True),
        Column("单位", 65),
        Column("专业领域", 40),
        Column("结果", 20, center=True),
    )
    results = [*((each, "抽中") for each in given.drawn), *((each, "候补") for each in given.reserves)]  # fmt: skip
    rows = [
        (str(place), each.name, each.unit, each.field, result)
        for place, (each, result) in enumerate(results, start=1)
    ]
    blocks: list[Block] = [
        Title("专家抽取记录"),
        Form(FORM_WIDTHS, facts),
        Words("一、抽取结果（候补按序号先后递补）", "Note"),
        Listing(columns, rows),
        Words("二、候选名单", "Note"),
        Listing(
            (*columns[:3], Column("专业领域", 60)),
            [
                (str(place), each.name, each.unit, each.field)
                for place, each in enumerate(given.candidates, start=1)
            ],
        ),
    ]
    if given.excluded:
        out = [(str(n), each.name, each.reason) for n, each in enumerate(given.excluded, start=1)]
        blocks += [
            Words("三、未进入候选名单的专家及原因", "Note"),
            Listing((*columns[:2], Column("原因", 125)), out),
        ]
    blocks += [
        Words(
            "核对方法：种子的 SHA-256 应与事先公布的承诺一致；用同一候选名单和种子"
            "（有监督人报数的，一并使用）重新抽取，结果应与本记录一致。",
            "Note",
        ),
        Words(f"抽取人（签名）：{given.officer}            监督人（签名）：{given.witness}", "Note"),
    ]  # fmt: skip
    title = f"{given.project.named}专家抽取记录"
    return docx(body(blocks), FORM, title=title, author="", day=given.day)
