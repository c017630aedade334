"""The review of a standard in force (复审表)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from .blocks import Form, Title, pairs, row
from .packages import docx
from .pages import FORM
from .projects import FORM_WIDTHS
from .word import body
from .wording import in_words, one_line

CONCLUSIONS = ("继续有效", "修订", "废止")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """复审表."""

    city: Annotated[str, "城市"]
    number: Annotated[str, "标准编号"]
    title: Annotated[str, "标准名称"]
    unit: Annotated[str, "复审单位"]
    trigger: Annotated[str, "复审原因"]
    issued_on: Annotated[date | None, "发布日期"] = None
    implemented_on: Annotated[date | None, "实施日期"] = None
    reviewed_on: Annotated[date | None, "上次复审日期"] = None
    proposer: Annotated[str, "提出部门"] = ""
    drafters: Annotated[tuple[str, ...], "起草单位"] = ()
    usage: Annotated[str, "实施情况"] = ""
    law: Annotated[str, "法律法规变化情况"] = ""
    standards: Annotated[str, "相关标准变化情况"] = ""
    technique: Annotated[str, "技术和适用条件变化情况"] = ""
    heard: Annotated[str, "征求意见情况"] = ""
    conclusion: Annotated[str, "复审建议"] = ""  # one of CONCLUSIONS; nothing leaves boxes to tick
    reason: Annotated[str, "理由"] = ""
    day: Annotated[date | None, "复审日期"] = None


def review_form(given: Review) -> bytes:
    """Return the form of a review as docx; the conclusion is ticked."""
    ticked = "    ".join(
        f"{'☑' if given.conclusion == name else '□'} {name}" for name in CONCLUSIONS
    )
    rows = (
        row("标准名称", given.title),
        *pairs(
            ("标准编号", given.number),
            ("提出部门", given.proposer),
            ("发布日期", in_words(given.issued_on)),
            ("实施日期", in_words(given.implemented_on)),
            ("上次复审日期", in_words(given.reviewed_on)),
            ("复审日期", in_words(given.day)),
        ),
        row("起草单位", "、".join(given.drafters)),
        row("复审原因", given.trigger),
        row("实施情况", given.usage, 28),
        row("法律法规\n变化情况", given.law, 16),
        row("相关标准\n变化情况", given.standards, 16),
        row("技术和适用条件\n变化情况", given.technique, 16),
        row("征求意见情况", given.heard, 16),
        row("复审建议", ticked),
        row("理由", given.reason, 20),
        row("复审单位意见", f"{given.unit}（盖章）\n　　年　　月　　日", 22, sign=True),
        row("标准化行政\n主管部门意见", "（盖章）\n　　年　　月　　日", 22, sign=True),
    )
    content = body((Title(f"{given.city}地方标准复审表"), Form(FORM_WIDTHS, rows)))
    title = f"{one_line(given.number)}《{one_line(given.title)}》复审表"
    return docx(content, FORM, title=title, author=given.unit, day=given.day)
