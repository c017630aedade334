"""Announcements (公告): a standard is issued, reviewed, abolished."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from .blocks import Column, Listing, Words
from .official import Annex, Official
from .wording import in_words, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A standard as the announcement lists it."""

    number: str
    title: str
    implemented_on: date
    replaces: str = ""
    drafters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What every announcement of the bureau has."""

    issuer: Annotated[str, "发布机关"]
    city: Annotated[str, "城市"]
    number: Annotated[str, "文号"] = ""
    day: Annotated[date | None, "发布日期"] = None
    portal: Annotated[str, "文本公开网址"] = ""
    copies: Annotated[str, "抄送机关"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Announcement):
    """批准发布公告."""

    standards: Annotated[tuple[Issued, ...], "标准"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Abolished:
    """A standard that goes out of force."""

    number: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Abolition(Announcement):
    """废止公告."""

    standards: Annotated[tuple[Abolished, ...], "标准"]
    since: Annotated[date, "废止日期"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A standard that was reviewed, and the outcome: 继续有效, 修订 or 废止."""

    number: str
    title: str
    conclusion: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOutcome(Announcement):
    """复审结论公告."""

    year: Annotated[int, "年度"]
    standards: Annotated[tuple[Reviewed, ...], "标准及复审结论"]


FEW = 3  # up to so many standards stand in the text; more go into an annex


def paper_of(
    given: Announcement, title: str, sentences: tuple[str, str], columns: tuple[Column, ...],
    rows: Sequence[Sequence[str]], listed: str,
) -> Official:  # fmt: skip
    """Return an announcement: a sentence, its list, a sentence; a long list stands in an annex."""
    short = len(rows) <= FEW
    first = f"{sentences[0]}目录{'如下' if short else '见附件'}。"
    listing = Listing(columns, rows)
    last = tuple(Words(each) for each in (sentences[1], "特此公告。") if each)
    return Official(
        issuer=given.issuer,
        mark=f"{given.issuer}公告",
        number=given.number,
        title=title,
        body=(Words(first), listing, *last) if short else (Words(first), *last),
        annexes=() if short else (Annex(listed, (listing,)),),
        day=given.day,
        copies=given.copies,
        printed_by=given.issuer if given.copies else "",
    )


def _named(city: str, titles: list[str]) -> str:
    first = f"《{one_line(titles[0])}》"
    if len(titles) == 1:
        return f"{city}地方标准{first}"
    return f"{first}等{len(titles)}项{city}地方标准"


def approval(given: Approval) -> Official:
    """Return the announcement that standards are approved and issued."""
    named = _named(given.city, [each.title for each in given.standards])
    columns = (
        Column("序号", 11, center=True),
        Column("标准编号", 42, center=True),
        Column("标准名称", 43),
        Column("代替标准编号", 36, center=True),
        Column("实施日期", 24, center=True),
    )
    rows = [
        (str(place), each.number, each.title, each.replaces, each.implemented_on.isoformat())
        for place, each in enumerate(given.standards, start=1)
    ]
    replaced = any(each.replaces for each in given.standards)
    ends = "被代替的标准自代替标准实施之日起废止。" if replaced else ""
    where = f"标准文本可以在{given.portal}免费查阅。" if given.portal else ""
    return paper_of(
        given,
        f"关于批准发布{named}的公告",
        (f"{named}已经批准，", f"{ends}{where}"),
        columns,
        rows,
        f"批准发布的{given.city}地方标准目录",
    )


def abolition(given: Abolition) -> Official:
    """Return the announcement that standards are abolished from a day on."""
    named = _named(given.city, [each.title for each in given.standards])
    columns = (
        Column("序号", 11, center=True),
        Column("标准编号", 42, center=True),
        Column("标准名称", 55),
        Column("废止原因", 48),
    )
    rows = [
        (str(place), each.number, each.title, each.reason)
        for place, each in enumerate(given.standards, start=1)
    ]
    return paper_of(
        given,
        f"关于废止{named}的公告",
        (
            f"经复审，决定自{in_words(given.since)}起废止{named}，",
            "自废止之日起，不得再以上述标准作为依据。",
        ),
        columns,
        rows,
        f"废止的{given.city}地方标准目录",
    )


def review_outcome(given: ReviewOutcome) -> Official:
    """Return the announcement of what a review came to: of a year's standards, or of one."""
    counts = Counter(each.conclusion for each in given.standards)
    said = "、".join(f"{name}{count}项" for name, count in counts.items())
    columns = (
        Column("序号", 11, center=True),
        Column("标准编号", 42, center=True),
        Column("标准名称", 51),
        Column("复审结论", 22, center=True),
        Column("备注", 30),
    )
    rows = [
        (str(place), each.number, each.title, each.conclusion, each.note)
        for place, each in enumerate(given.standards, start=1)
    ]
    every = f"{given.year}年度{given.city}地方标准"
    done = f"{every}复审工作已经完成，共复审{len(rows)}项，其中{said}，"
    if len(rows) == 1:  # of one standard nothing is said about the others of its year
        every = _named(given.city, [given.standards[0].title])
        done = f"{every}已经复审，复审结论为{given.standards[0].conclusion}，"
    return paper_of(
        given,
        f"关于{every}复审结论的公告",
        (done, "结论为修订的标准，在新版发布实施前继续有效。" if counts["修订"] else ""),
        columns,
        rows,
        f"{every}复审结论",
    )
