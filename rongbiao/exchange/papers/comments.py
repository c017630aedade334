"""Comments on paper (征求意见文件): the form (D.1), the table of dispositions (D.2), what was adopted.

Annexes D.1, D.2 and G.3 of DB6101/T 3168—2023 by purpose; the columns are the customary
ones. The section of the drafting explanation is made from the same rows as D.2.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from .blocks import Block, Column, Form, Heading, Listing, Title, Told, Words, pairs, row
from .packages import docx
from .pages import FORM, WIDE
from .projects import FORM_WIDTHS, Project
from .word import body
from .wording import in_words

DISPOSITIONS = ("采纳", "部分采纳", "不采纳")
UNSETTLED = "未处理"
WITHHELD = "不予公开"  # by an officer, who told why; it is not disposed of
EMPTY_ROWS = 12
REMARK_HEADINGS = ("序号", "章条编号", "意见内容", "修改建议", "理由")
DISPOSED_HEADINGS = ("序号", "章条编号", "意见内容", "提出单位", "处理意见", "理由")
OPINION_HEADINGS = ("序号", "章条编号", "意见内容", "提出专家", "处理意见", "理由")


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment of a form."""

    clause: Annotated[str, "章条编号"]
    words: Annotated[str, "意见内容"]
    proposal: Annotated[str, "修改建议"] = ""
    reason: Annotated[str, "理由"] = ""


@dataclass(frozen=True, slots=True)
class Disposed:
    """One comment with what became of it; ``unit`` is what may be shown of who made it."""

    clause: Annotated[str, "章条编号"]
    words: Annotated[str, "意见内容"]
    unit: Annotated[str, "提出单位或个人"] = ""
    disposition: Annotated[str, "处理意见"] = ""  # of DISPOSITIONS, or WITHHELD; none: unsettled
    reason: Annotated[str, "处理理由"] = ""
    number: Annotated[int, "序号"] = 0  # under which it was received; 0: its place in the table


def disposed(
    remark: Remark,
    unit: str,
    disposition: str = "",
    reason: str = "",
    number: int = 0,
    agreed: int = 0,
) -> Disposed:
    """Return a row of D.2 for a comment: its words, its proposal and its reason in one cell.

    ``agreed``: how many others shared it on the public page.
    """
    words = [remark.words] if remark.words else []
    words += [f"建议改为：{remark.proposal}"] if remark.proposal else []
    words += [f"理由：{remark.reason}"] if remark.reason else []
    words += [f"另有{agreed}人次赞同。"] if agreed else []
    return Disposed(remark.clause, "\n".join(words), unit, disposition, reason, number)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentForm:
    """征求意见表 (D.1), empty or filled in."""

    project: Annotated[Project, "项目"]
    unit: Annotated[str, "提出单位或个人"] = ""
    contact: Annotated[str, "联系人"] = ""
    phone: Annotated[str, "联系电话"] = ""
    until: Annotated[date | None, "截止日期"] = None
    remarks: Annotated[Sequence[Remark], "意见"] = ()
    made_on: Annotated[date | None, "填写日期"] = None


def remark_rows(remarks: Sequence[Remark]) -> list[tuple[str, ...]]:
    """Return numbered rows of the form, with room for a pen where few are filled in."""
    rows: list[tuple[str, ...]] = [
        (str(place), each.clause, each.words, each.proposal, each.reason)
        for place, each in enumerate(remarks, start=1)
    ]
    return rows + [(str(place), "", "", "", "") for place in range(len(rows) + 1, EMPTY_ROWS + 1)]


def comment_form(given: CommentForm) -> bytes:
    """Return the comment form as docx."""
    title = f"{given.project.kind}征求意见表"
    head = (
        row("标准名称", given.project.title),
        *pairs(
            ("提出单位（个人）", given.unit),
            ("联系人", given.contact),
            ("联系电话", given.phone),
            ("填写日期", in_words(given.made_on)),
        ),
    )
    widths = (12, 24, 56, 40, 33)
    columns = tuple(
        Column(heading, wide, center=wide < 30)
        for heading, wide in zip(REMARK_HEADINGS, widths, strict=True)
    )
    until = f"请于{in_words(given.until)}前反馈。" if given.until else ""
    note = (
        f"填写说明：一行写一条意见；章条编号写到最末一级，对全文的意见写“全文”；没有意见的，写“无意见”。{until}"
    )  # fmt: skip
    content = body(
        (
            Title(title),
            Form(FORM_WIDTHS, head),
            Listing(columns, remark_rows(given.remarks), height=10),
            Words(note, "Note"),
        )
    )
    return docx(
        content,
        FORM,
        title=f"{given.project.named}征求意见表",
        author=given.unit,
        day=given.made_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """征求意见汇总处理表 (D.2)."""

    project: Annotated[Project, "项目"]
    rows: Annotated[Sequence[Disposed], "意见及处理"]
    since: Annotated[date | None, "征求意见开始日期"] = None
    until: Annotated[date | None, "征求意见截止日期"] = None
    again: Annotated[tuple[tuple[date, date], ...], "再次征求意见的起止日期"] = ()
    withheld: Annotated[int, "不予公开的意见数"] = 0
    sent: Annotated[int | None, "发送征求意见稿的单位数"] = None
    replied: Annotated[int | None, "回函的单位数"] = None
    made_on: Annotated[date | None, "填写日期"] = None

    @property
    def title(self) -> str:
        """Return the table's title."""
        return f"{self.project.kind}征求意见汇总处理表"

    @property
    def sources(self) -> int:
        """Return from how many units and persons the comments come."""
        return len({each.unit for each in self.rows if each.unit})

    @property
    def counts(self) -> Counter[str]:
        """Return how many comments met which disposition."""
        return Counter(each.disposition or UNSETTLED for each in self.rows)

    @property
    def counted(self) -> str:
        """Return one sentence that counts the comments and what became of them."""
        left = f"另有{self.withheld}条不予公开。" if self.withheld else ""
        if not self.rows:
            return left or "未收到意见。"
        counts = self.counts
        parts = [f"{name}{counts[name]}条" for name in DISPOSITIONS]
        parts += [f"{WITHHELD}{counts[WITHHELD]}条"] if counts[WITHHELD] else []
        parts += [f"尚未处理{counts[UNSETTLED]}条"] if counts[UNSETTLED] else []
        of = f"共收到意见{len(self.rows)}条，来自{self.sources}个单位或个人，"
        return f"{of}其中{'、'.join(parts)}。{left}"

    @property
    def asked(self) -> str:
        """Return one sentence on who was asked and who answered; nothing where that is not known."""
        parts = []
        if self.since and self.until:
            parts.append(f"{in_words(self.since)}至{in_words(self.until)}公开征求意见")
        for since, until in self.again:
            parts.append(f"{in_words(since)}至{in_words(until)}再次公开征求意见")
        if self.sent is not None:
            parts.append(f"向{self.sent}个单位发送征求意见稿")
        if self.replied is not None:
            parts.append(f"收到{self.replied}个单位的回函")
        return f"{'，'.join(parts)}。" if parts else ""

    @property
    def cells(self) -> list[tuple[str, ...]]:
        """Return the rows of the table, numbered."""
        return [
            (
                str(each.number or place),
                each.clause,
                each.words,
                each.unit,
                each.disposition,
                each.reason,
            )
            for place, each in enumerate(self.rows, start=1)
        ]

    @property
    def head(self) -> tuple[tuple[str, str], ...]:
        """Return what stands above the table."""
        return (
            ("标准名称", self.project.title),
            ("起草单位", "、".join(self.project.drafters)),
            ("联系人及电话", f"{self.project.contact} {self.project.phone}".strip()),
            ("填写日期", in_words(self.made_on)),
        )


def disposition_columns(
    headings: tuple[str, ...], widths: tuple[float, ...]
) -> tuple[Column, ...]:  # fmt: skip
    """Return the columns of a table of dispositions."""
    centers = ("序号", "章条编号", "处理意见")
    return tuple(
        Column(heading, wide, center=heading in centers)
        for heading, wide in zip(headings, widths, strict=True)
    )


def summary(given: Summary, told: Told | None = None) -> bytes:
    """Return the table of dispositions as docx; ``told`` hears how many rows are done."""
    columns = disposition_columns(DISPOSED_HEADINGS, (13, 26, 96, 40, 23, 59))
    said = [f"{name}：{value}" for name, value in given.head]
    head = "\n".join(("    ".join(said[:2]), "    ".join(said[2:])))
    content = body(
        (
            Title(given.title),
            Words(head, "Note"),
            Listing(columns, given.cells),
            Words(f"{given.asked}{given.counted}", "Note"),
        ),
        told,
    )
    return docx(
        content,
        WIDE,
        title=f"{given.project.named}征求意见汇总处理表",
        author=given.project.leader,
        day=given.made_on,
    )


def adopted(given: Summary) -> tuple[Block, ...]:
    """Return the section of the drafting explanation on comments, from the rows of D.2.

    Who was asked, how many comments came and what became of them; then every comment
    that was not or not wholly adopted, under its number in D.2, with the reason.
    """
    others = [
        (number, clause, words, unit, disposition or UNSETTLED, reason)
        for number, clause, words, unit, disposition, reason in given.cells
        if disposition != "采纳"
    ]
    blocks: list[Block] = [
        Heading("（一）征求意见和收到意见的情况", 2),
        Words(f"{given.asked}{given.counted}"),
        Heading("（二）部分采纳和不采纳的意见及理由", 2),
    ]
    if others:
        columns = disposition_columns(DISPOSED_HEADINGS, (12, 20, 50, 26, 18, 30))
        blocks += [
            Words("下表中的序号与征求意见汇总处理表一致；未列入的意见均已采纳。"),
            Listing(columns, others),
        ]
    else:
        blocks.append(Words("没有部分采纳和不采纳的意见。"))
    return tuple(blocks)
