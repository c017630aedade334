"""The drafting explanation (编制说明, C): why the standard says what it says."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from .blocks import Block, Heading, Title, Words
from .comments import Summary, adopted
from .packages import docx
from .pages import OFFICIAL
from .projects import Project
from .word import body


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What the drafting unit explains, part by part; of an empty part nothing is said."""

    project: Annotated[Project, "项目"]
    origin: Annotated[str, "任务来源和起草单位"]
    process: Annotated[str, "主要工作过程"]
    content: Annotated[str, "编制原则和主要内容的依据"]
    stage: Annotated[str, "阶段"] = ""  # 征求意见稿, 送审稿, 报批稿
    evidence: Annotated[str, "试验验证和预期效果"] = ""
    compared: Annotated[str, "与国际、国外和国内同类标准的比较"] = ""
    relations: Annotated[str, "与法律法规和强制性标准的关系"] = ""
    comments: Annotated[Summary | None, "征求意见汇总处理表"] = None
    disputes: Annotated[str, "重大分歧意见的处理"] = ""
    patents: Annotated[str, "涉及专利的说明"] = ""
    measures: Annotated[str, "实施建议"] = ""
    replaced: Annotated[str, "代替或者废止现行标准的建议"] = ""
    other: Annotated[str, "其他事项"] = ""
    made_on: Annotated[date | None, "编制日期"] = None


def explanation(given: Explanation) -> bytes:
    """Return the drafting explanation as docx, its section on comments made from the rows of D.2."""
    heard: tuple[Block, ...] = (
        adopted(given.comments) if given.comments else (Words("尚未征求意见。"),)
    )
    parts: tuple[tuple[str, str | tuple[Block, ...]], ...] = (
        ("任务来源和起草单位", given.origin),
        ("主要工作过程", given.process),
        ("编制原则和主要内容的依据", given.content),
        ("试验验证和预期效果", given.evidence),
        ("与国际、国外和国内同类标准的比较", given.compared),
        ("与法律法规和强制性标准的关系", given.relations),
        ("征求意见及采纳情况", heard),
        ("重大分歧意见的处理", given.disputes),
        ("涉及专利的说明", given.patents),
        ("实施建议", given.measures),
        ("代替或者废止现行标准的建议", given.replaced),
        ("其他事项", given.other),
    )
    stage = f"（{given.stage}）" if given.stage else ""
    title = f"{given.project.named}{stage}编制说明"
    blocks: list[Block] = [Title(title, "Title")]
    for number, (name, said) in zip(_NUMERALS, parts, strict=True):
        blocks.append(Heading(f"{number}、{name}"))
        blocks += said if isinstance(said, tuple) else (Words(said),)
    return docx(
        body(blocks), OFFICIAL, title=title, author=given.project.leader, day=given.made_on
    )  # fmt: skip


_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
