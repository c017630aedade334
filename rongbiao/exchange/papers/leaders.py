"""Announcements of leaders (领跑者公告): a list with its validity, and who leaves it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from .announcements import Announcement, paper_of
from .blocks import Column
from .official import Official
from .wording import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One leader as the announcement lists it."""

    rank: int
    unit: str
    number: str
    title: str
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderList(Announcement):
    """领跑者名单公告."""

    field: Annotated[str, "产品或者服务"]
    plan: Annotated[str, "评估方案编号"]
    sha256: Annotated[str, "评估方案摘要"]
    until: Annotated[date, "有效期至"]
    leaders: Annotated[tuple[Listed, ...], "名单"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderRemoval(Announcement):
    """移出名单公告."""

    field: Annotated[str, "产品或者服务"]
    unit: Annotated[str, "企业"]
    standard: Annotated[str, "标准编号"]
    title: Annotated[str, "标准名称"]
    reason: Annotated[str, "理由"]
    since: Annotated[date, "移出日期"]


def leader_list(given: LeaderList) -> Official:
    """Return the announcement of a list: who, by which frozen plan, until when."""
    named = f"{given.city}企业标准“领跑者”名单（{given.field}）"
    columns = (
        Column("名次", 13, center=True),
        Column("企业", 49),
        Column("标准编号", 36, center=True),
        Column("标准名称", 38),
        Column("总分", 20, center=True),
    )
    rows = [(str(one.rank), one.unit, one.number, one.title, one.total) for one in given.leaders]
    how = (
        f"按照冻结的评估方案（{given.plan}，SHA-256：{given.sha256}），经评估排名、提交承诺和公示，"
    )
    until = f"现公布{named}，有效期至{in_words(given.until)}。"
    where = f"方案原文和排名表可以在{given.portal}查阅、下载和重算。" if given.portal else ""
    return paper_of(
        given,
        f"关于公布{named}的公告",
        (
            how + until,
            f"{where}评估未收取任何费用。名单有效期内实行动态调整。",
        ),
        columns,
        rows,
        named,
    )


def leader_removal(given: LeaderRemoval) -> Official:
    """Return the announcement that one leader leaves its list."""
    columns = (
        Column("企业", 45),
        Column("标准编号", 36, center=True),
        Column("标准名称", 37),
        Column("移出理由", 38),
    )
    named = f"{given.city}企业标准“领跑者”名单（{given.field}）"
    return paper_of(
        given,
        f"关于调整{named}的公告",
        (
            f"经核实和公示，决定自{in_words(given.since)}起将下列企业标准移出{named}，",
            "自移出之日起，不得再以领跑者名义宣传。",
        ),
        columns,
        [(given.unit, given.standard, given.title, given.reason)],
        f"移出{named}的标准",
    )
