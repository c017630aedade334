"""Covering letters (函, E F H) and the announcement of a consultation.

A draft goes out for comments, then up for review, then up for approval; each time a
letter goes with it and lists what it carries.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from .blocks import Words
from .official import Official
from .projects import Project
from .wording import in_words, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Covering:
    """A letter that carries a draft."""

    project: Annotated[Project, "项目"]
    issuer: Annotated[str, "发函单位"]
    addressee: Annotated[str, "主送单位"]
    number: Annotated[str, "发文字号"] = ""
    carries: Annotated[tuple[str, ...], "随函材料"] = ()
    until: Annotated[date | None, "反馈截止日期"] = None
    address: Annotated[str, "反馈地址"] = ""
    day: Annotated[date | None, "成文日期"] = None
    contact: Annotated[str, "联系人及电话"] = ""
    said: Annotated[str, "需要说明的事项"] = ""


def _letter(given: Covering, title: str, sentences: tuple[str, ...]) -> Official:
    said = (given.said,) if given.said else ()
    return Official(
        issuer=given.issuer,
        number=given.number,
        title=title,
        addressee=given.addressee,
        body=tuple(Words(each) for each in (*sentences, *said) if each),
        enclosures=given.carries,
        day=given.day,
        note=f"联系人：{given.contact}" if given.contact else "",
        letter=True,
    )


def asking_letter(given: Covering) -> Official:
    """Return the letter that sends a draft out for comments (E, 征求意见稿)."""
    by = f"于{in_words(given.until)}前" if given.until else "及时"
    where = f"反馈至{given.address}" if given.address else f"反馈{given.issuer}"
    return _letter(
        given,
        f"关于征求{given.project.named}（征求意见稿）意见的函",
        (
            f"{given.project.planned}已形成征求意见稿，现送你单位征求意见。",
            f"请结合工作实际认真研究，填写征求意见表，{by}{where}。对条文的修改意见请写明章条编号、建议的写法和理由；没有意见的，也请复函说明。逾期未复的，按没有意见处理。",
            "如知悉本标准内容涉及专利，请在反馈意见时一并说明，并附证明材料。",
        ),
    )


def review_letter(given: Covering) -> Official:
    """Return the letter that submits a draft for technical review (F, 送审稿)."""
    return _letter(
        given,
        f"关于报送{given.project.named}（送审稿）的函",
        (
            f"{given.project.planned}已公开征求意见，收到的意见已经逐条处理，形成送审稿。",
            "现将送审稿及有关材料报上，请组织技术审查。",
        ),
    )


def approval_letter(given: Covering) -> Official:
    """Return the letter that submits a draft for approval (H, 报批稿)."""
    return _letter(
        given,
        f"关于报送{given.project.named}（报批稿）的函",
        (
            f"{given.project.planned}已通过技术审查，并按照审查意见修改完善，形成报批稿。",
            "现将报批稿及有关材料报上，请予批准发布。",
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationNotice:
    """征求意见公告."""

    issuer: Annotated[str, "发布机关"]
    projects: Annotated[tuple[Project, ...], "项目"]
    since: Annotated[date, "开始日期"]
    until: Annotated[date, "截止日期"]
    address: Annotated[str, "网上反馈地址"] = ""
    mail: Annotated[str, "电子邮箱"] = ""
    post: Annotated[str, "通信地址"] = ""
    contact: Annotated[str, "联系人及电话"] = ""
    number: Annotated[str, "文号"] = ""
    carries: Annotated[tuple[str, ...], "附件"] = ()
    day: Annotated[date | None, "成文日期"] = None


def consultation_notice(given: ConsultationNotice) -> Official:
    """Return the announcement that asks the public for comments on drafts."""
    first, count = given.projects[0], len(given.projects)
    many = f"《{one_line(first.title)}》等{count}项{first.kind}"
    what = f"{first.named if count == 1 else many}（征求意见稿）"
    ways = [
        f"（{number}）{way}"
        for number, way in zip(
            "一二三",
            (
                *([f"网上反馈：{given.address}"] if given.address else ()),
                *([f"电子邮件：{given.mail}"] if given.mail else ()),
                *([f"信函：{given.post}"] if given.post else ()),
            ),
            strict=False,
        )
    ]
    days = (given.until - given.since).days + 1
    sentences = (
        f"{what}已经完成起草，现向社会公开征求意见，时间自{in_words(given.since)}至{in_words(given.until)}，共{days}日。",
        "任何单位和个人均可以提出意见。请写明章条编号、意见内容、修改建议和理由；知悉标准内容涉及专利的，请一并说明。意见的处理情况将在征求意见结束后公开。",
        *(("意见可以通过下列途径反馈：",) if ways else ()),
    )
    listed = (
        f"《{title}》（征求意见稿）及编制说明"
        for title in dict.fromkeys(each.title for each in given.projects)
    )
    return Official(
        issuer=given.issuer,
        mark=f"{given.issuer}公告",
        number=given.number,
        title=f"关于公开征求{what}意见的公告",
        body=(*(Words(each) for each in sentences), *(Words(each, "Item") for each in ways)),
        enclosures=given.carries or (*listed, "征求意见表"),
        day=given.day,
        note=f"联系人：{given.contact}" if given.contact else "",
    )
