"""Papers of an inspection (监督抽查): the sheet, the order to put right, the transfer, the bulletin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from .blocks import Block, Column, Form, Heading, Listing, Title, Words, pairs, row
from .official import Annex, Official
from .packages import docx
from .pages import FORM
from .projects import FORM_WIDTHS
from .word import body
from .wording import in_words, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of the sheet."""

    name: str
    verdict: str
    found: Annotated[tuple[str, ...], "发现"] = ()
    why: Annotated[str, "理由"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """检查记录表."""

    city: Annotated[str, "城市"]
    number: Annotated[str, "办件编号"]
    firm: Annotated[str, "被检查企业"]
    code: Annotated[str, "统一社会信用代码"] = ""
    standard: Annotated[str, "标准编号"]
    title: Annotated[str, "标准名称"]
    version: Annotated[str, "检查的版本"] = ""
    reason: Annotated[str, "检查事由"]
    draws: Annotated[str, "抽取编号"] = ""
    items: Annotated[tuple[Item, ...], "检查项目"]
    remarks: Annotated[str, "现场情况"] = ""
    inspectors: Annotated[tuple[str, ...], "检查人员"] = ()
    held: Annotated[str, "检查环节"] = "检查"
    day: Annotated[date, "检查日期"]


def record(given: Record) -> bytes:
    """Return the sheet as docx; inspectors and the enterprise sign at its end."""
    lines = [
        (
            str(place),
            each.name,
            each.verdict,
            "\n".join([*each.found, *([f"检查人员：{each.why}"] if each.why else [])]) or "—",
        )
        for place, each in enumerate(given.items, start=1)
    ]
    columns = (
        Column("序号", 12, center=True), Column("检查项目", 45), Column("结论", 18, center=True),
        Column("发现和理由", 90),
    )  # fmt: skip
    head = (
        row("被检查企业", given.firm),
        *pairs(
            ("统一社会信用代码", given.code), ("办件编号", given.number),
            ("标准编号", given.standard), ("检查的版本", given.version),
        ),
        row("标准名称", given.title),
        row("检查事由", given.reason),
        *((row("抽取编号", given.draws),) if given.draws else ()),
    )  # fmt: skip
    end = (
        row("现场情况", given.remarks, 16),
        row("检查人员", "、".join(given.inspectors)),
        row("检查人员签名", "　　年　　月　　日", 14, sign=True),
        row("企业确认", "（签名或者盖章）\n　　年　　月　　日", 18, sign=True),
    )
    content = body(
        (
            Title(f"{given.city}企业标准监督{given.held}记录表"), Form(FORM_WIDTHS, head),
            Words("", "Note"), Listing(columns, lines), Words("", "Note"), Form(FORM_WIDTHS, end),
        )
    )  # fmt: skip
    title = f"{one_line(given.standard)}{given.held}记录表"
    return docx(content, FORM, title=title, author=given.city, day=given.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """责令改正通知书."""

    issuer: Annotated[str, "发文机关"]
    number: Annotated[str, "文号"]
    firm: Annotated[str, "企业"]
    standard: Annotated[str, "标准编号"]
    title: Annotated[str, "标准名称"]
    inspected_on: Annotated[date, "检查日期"]
    faults: Annotated[str, "改正内容"]
    grounds: Annotated[tuple[str, ...], "依据"] = ()
    period: Annotated[str, "期限"] = ""
    due_on: Annotated[date, "改正截止日期"]
    sure: Annotated[bool, "期限已经核实"] = False
    day: Annotated[date, "成文日期"]


def order(given: Ordering) -> Official:
    """Return the order to put it right by a day, with what follows otherwise."""
    by = f"依据{'、'.join(given.grounds)}，" if given.grounds else ""
    named = f"{one_line(given.standard)}《{one_line(given.title)}》"
    told = f"上述问题应当改正。现{by}责令你单位于{in_words(given.due_on)}前（{given.period}）"
    law = "《中华人民共和国标准化法》第三十九条、第四十二条"
    province = "移送省级标准化行政主管部门废止相关标准或者撤销标准编号"
    text = (
        f"{in_words(given.inspected_on)}，我局对你单位自我声明公开的{named}进行了监督检查，发现下列问题：",
        *given.faults.splitlines(),
        f"{told}改正，重新声明公开，并报告改正情况。",
        f"逾期不改正的，依法在标准信息公共服务平台上公示；属于{law}规定情形的，{province}。",
        "如有异议，可以自收到本通知书之日起向我局陈述、申辩。",
    )
    return Official(
        issuer=given.issuer, number=given.number, title="责令改正通知书", addressee=given.firm,
        body=tuple(Words(each) for each in text), day=given.day,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """移送函."""

    issuer: Annotated[str, "发函机关"]
    addressee: Annotated[str, "移送机关"]
    number: Annotated[str, "发文字号"]
    firm: Annotated[str, "企业"]
    standard: Annotated[str, "标准编号"]
    title: Annotated[str, "标准名称"]
    asks: Annotated[str, "请求"]
    reason: Annotated[str, "移送理由"]
    inspected_on: Annotated[date, "检查日期"]
    ordered_on: Annotated[date | None, "责令改正日期"] = None
    due_on: Annotated[date | None, "改正截止日期"] = None
    day: Annotated[date, "成文日期"]


def transfer(given: Transfer) -> Official:
    """Return the letter by which the province is asked for what only it may do."""
    named = f"{one_line(given.standard)}《{one_line(given.title)}》"
    ordered = ""
    if given.ordered_on and given.due_on:
        ordered = (
            f"我局于{in_words(given.ordered_on)}责令限期改正，期限至{in_words(given.due_on)}，"
            "逾期未改正。"
        )
    text = (
        f"我局于{in_words(given.inspected_on)}对{given.firm}自我声明公开的{named}进行监督检查，发现问题。{ordered}",
        *given.reason.splitlines(),
        f"现将有关材料移送，请{given.asks}，并将处理结果函告我局。",
    )
    return Official(
        issuer=given.issuer, number=given.number, title=f"关于移送{named}有关问题的函",
        addressee=given.addressee, body=tuple(Words(each) for each in text),
        enclosures=("检查记录表", "复查记录表", "责令改正通知书"), day=given.day, letter=True,
    )  # fmt: skip


Figures = tuple[str, Sequence[int]]  # a name, and its figures in the order of the headings


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """抽查情况通报."""

    issuer: Annotated[str, "发文机关"]
    city: Annotated[str, "城市"]
    number: Annotated[str, "文号"]
    title: Annotated[str, "抽查计划名称"]
    basis: Annotated[str, "依据"]
    scope: Annotated[tuple[str, ...], "抽查范围"]
    size: Annotated[int, "总体项数"]
    sha256: Annotated[str, "总体清单摘要"]
    draws: Annotated[tuple[str, ...], "抽取编号"]
    people: Annotated[int, "检查人员数"]
    firms: Annotated[int, "企业数"]
    headings: Annotated[tuple[str, ...], "统计栏目"]
    whole: Annotated[Figures, "合计"]
    items: Annotated[tuple[tuple[str, int], ...], "按检查项目"]
    areas: Annotated[tuple[Figures, ...], "按区划"]
    fields: Annotated[tuple[Figures, ...], "按领域"]
    open: Annotated[int, "尚在办理"] = 0
    objects: Annotated[tuple[tuple[str, ...], ...], "抽查对象和结果"] = ()
    day: Annotated[date | None, "成文日期"] = None


def percent(part: int, whole: int) -> str:
    """Return a share as bulletins write it.

    >>> percent(1, 3), percent(0, 0)
    ('33.3%', '—')
    """
    return f"{part / whole:.1%}" if whole else "—"


def grouped(digest: str) -> str:
    """Return a digest in groups, so that a line can break between them.

    >>> grouped("0123456789abcdef0123")
    '0123456789abcdef 0123'
    """
    return " ".join(digest[place : place + 16] for place in range(0, len(digest), 16))


def bulletin(given: Report) -> Official:
    """Return the bulletin: how it was drawn, what was found, what became of it, every object."""
    _name, (drawn, inspected, passed, found, corrected, late, uncorrected, transferred) = (
        given.whole
    )
    blocks: list[Block] = [
        Words(f"根据{one_line(given.basis)}，{given.issuer}组织开展了{one_line(given.title)}。现将有关情况通报如下："),
        Heading("一、抽查基本情况"),
        Words(
            f"抽查总体为{given.city}{given.size}项自我声明公开的标准（{'；'.join(given.scope)}），"
            "冻结后公布清单和它的 SHA-256："
        ),
        Words(grouped(given.sha256), "Item"),
        Words(
            f"检查对象和检查人员均随机抽取（抽取编号{'、'.join(given.draws)}），抽取记录公开，可以重新计算。"
            f"共抽取{drawn}项，涉及{given.firms}家企业；抽取检查人员{given.people}名。"
        ),
        Heading("二、抽查结果"),
        Words(
            f"共检查{inspected}项，未发现问题{passed}项，占{percent(passed, inspected)}；"
            f"发现问题{found}项，占{percent(found, inspected)}。"
        ),
        _table("检查项目", ("发现问题项数",), [(name, (n,)) for name, n in given.items]),
        Words(_summed(given.areas, "区划")),
        _table("区划", given.headings, given.areas),
        Words(_summed(given.fields, "领域")),
        _table("领域", given.headings, given.fields),
        Heading("三、后续处理"),
        Words(
            f"对发现问题的{found}项均责令限期改正。其中限期内改正{corrected}项，逾期后改正{late}项，"
            f"逾期未改正、予以公示{uncorrected}项，移送省级标准化行政主管部门{transferred}项"
            + (f"；尚在办理{given.open}项。" if given.open else "。")
        ),
    ]  # fmt: skip
    return Official(
        issuer=given.issuer, number=given.number, title=f"关于{one_line(given.title)}情况的通报",
        body=tuple(blocks), day=given.day,
        annexes=(Annex("抽查对象和结果", (_objects(given.objects),)),) if given.objects else (),
    )  # fmt: skip


def _summed(shares: Sequence[Figures], kind: str) -> str:
    worst = max(shares, key=lambda one: one[1][3], default=None)
    if worst is None or not worst[1][3]:
        return f"按{kind}统计如下。"
    return f"按{kind}统计，{worst[0]}发现问题的项数最多，为{worst[1][3]}项。"


def _table(first: str, headings: Sequence[str], rows: Sequence[Figures]) -> Listing:
    wide = 156.0
    own = max(40.0, wide - 14.5 * len(headings)) if len(headings) > 1 else 110.0
    each = (wide - own) / len(headings)
    columns = (
        Column(first, own),
        *(Column(one_line(name), each, center=True) for name in headings),
    )
    return Listing(columns, [(name, *map(str, figures)) for name, figures in rows])


def _objects(rows: Sequence[Sequence[str]]) -> Listing:
    columns = (
        Column("序号", 12, center=True), Column("企业", 50), Column("标准编号", 38),
        Column("发现问题的项目", 34), Column("结果", 22, center=True),
    )  # fmt: skip
    return Listing(columns, rows)
