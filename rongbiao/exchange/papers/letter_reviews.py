"""The paper of a review by letter (函审结论表): nobody met, so what is told is what came back.

By the purpose of annex G.1 of DB6101/T 3168—2023, with the lines that a review by letter has
instead of place, chair and attendance.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from .blocks import Form, Title, pairs, row
from .meetings import Expert, Recused, Votes
from .packages import docx
from .pages import FORM
from .projects import FORM_WIDTHS, Project
from .word import body
from .wording import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """函审结论表."""

    project: Annotated[Project, "项目"]
    host: Annotated[str, "组织函审单位"]
    sent_on: Annotated[date | None, "发出日期"]
    until: Annotated[date, "回函截止日期"]
    experts: Annotated[tuple[Expert, ...], "函审专家"]
    votes: Annotated[Votes, "回函"]
    opinions: Annotated[tuple[str, ...], "审查意见"]
    conclusion: Annotated[str, "函审结论"]
    day: Annotated[date, "作出结论的日期"]
    recused: Annotated[tuple[Recused, ...], "回避"] = ()
    held: Annotated[str, "审查或者论证"] = "审查"
    draft: Annotated[str, "稿件"] = "送审稿"


def conclusion(given: Conclusion) -> bytes:
    """Return the table as docx; the unit that asked for the replies puts its seal to it."""
    votes = given.votes
    came = votes.agreed + votes.against + votes.abstained
    of = f"（{given.draft}）" if given.draft else ""
    experts = "、".join(f"{each.name}（{each.unit}）" for each in given.experts)
    stood_aside = "".join(f"{each.name}因{each.reason}回避。" for each in given.recused)
    words = "\n".join(f"{place}. {text}" for place, text in enumerate(given.opinions, start=1))
    rows = (
        row("标准名称", f"{given.project.title}{of}"),
        row("起草单位", "、".join(given.project.drafters)),
        row("组织函审单位", given.host),
        *pairs(
            ("发出日期", in_words(given.sent_on)),
            ("回函截止日期", in_words(given.until)),
            ("发出函审单", f"{votes.present}份"),
            ("收到回函", f"{came}份"),
            ("同意", f"{votes.agreed}份"),
            ("不同意", f"{votes.against}份"),
            ("弃权", f"{votes.abstained}份"),
            ("未回函", f"{votes.present - came}份"),
        ),
        row("函审专家", experts),
        *((row("回避", stood_aside),) if stood_aside else ()),
        row("表决规则", votes.rule),
        row(f"{given.held}意见", words, 40),
        row("函审结论", f"回函{came}份，同意{votes.agreed}份。{given.conclusion}"),
        row("组织函审单位\n负责人", f"（签名、盖章）\n{in_words(given.day)}", 25, sign=True),
    )
    title = f"{given.project.kind}{'' if given.held == '审查' else given.held}函审结论表"
    named = f"{given.project.named}{title.removeprefix(given.project.kind)}"
    content = body((Title(title), Form(FORM_WIDTHS, rows)))
    return docx(content, FORM, title=named, author=given.host, day=given.day)
