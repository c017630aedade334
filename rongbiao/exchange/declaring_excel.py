"""Declaring by table (表格导入): standards of an enterprise, one line an indicator, and out again.

The columns are what Law art. 27 and Order 83 arts. 12 and 14 ask for. The template of the national
platform itself was not at hand: what it names otherwise, an officer maps when it is handed over.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.standards import declaring
from rongbiao.standards.declaring import Said
from rongbiao.standards.models import Declaration, Indicator, Statement
from rongbiao.texts.indicators import NotALimit, read_limit

from .tables import excel, find_headings, plain, read_rows

MOST_ROWS = 20_000
MOST_STANDARDS = 1000
OWN, OTHER = "企业标准", "执行的标准"
# key, heading, needed, most characters
COLUMNS: tuple[tuple[str, Any, bool, int], ...] = (
    ("own", gettext_lazy("类别"), True, 10),
    ("number", gettext_lazy("标准编号"), True, 80),
    ("title", gettext_lazy("标准名称"), True, 300),
    ("products", gettext_lazy("产品或者服务"), False, 300),
    ("references", gettext_lazy("对照的标准编号"), False, 300),
    ("notice", gettext_lazy("明示"), False, 1000),
    ("kind", gettext_lazy("指标类别"), False, 10),
    ("name", gettext_lazy("指标名称"), False, 100),
    ("limit", gettext_lazy("指标值"), False, 300),
    ("unit", gettext_lazy("单位"), False, 40),
    ("method", gettext_lazy("试验方法"), False, 300),
)
KINDS = {str(label): value for value, label in Indicator.Kind.choices}
EXAMPLE = (
    (OWN, "Q/ABC 001—2026", "保温杯", "保温杯 500 mL", "GB/T 29606—2013", "", "性能指标",
     "保温效能", "≥65", "℃", "GB/T 29606—2013 6.4"),
    (OWN, "Q/ABC 001—2026", "", "", "", "", "性能指标", "容量偏差", "±5", "%", "GB/T 29606—2013 6.5"),
    (OTHER, "GB/T 29606—2013", "不锈钢真空杯", "保温杯 350 mL", "", "", "", "", "", "", ""),
)  # fmt: skip


@dataclass
class Report:
    """What a table came to, line by line."""

    new: int = 0
    changed: int = 0
    indicators: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)  # line, column, why


def template() -> bytes:
    """Return the empty table with its headings and three lines that show how it is filled in."""
    return excel(
        _("企业标准声明导入模板"),
        _("每行一项指标；同一标准的后续行只填编号和指标。示例行请删除。"),
        [str(heading) for _key, heading, _needed, _most in COLUMNS],
        EXAMPLE,
    )


@transaction.atomic
def take_in(content: bytes, name: str, *, actor: Post, day: date) -> Report:
    """Prepare every standard of a table; one line that is wrong keeps its whole standard out.

    Refused as a whole only when it cannot be read as a table, or is too long.
    """
    declaring.ask_enterprise(actor, day)
    rows = read_rows(content, name)
    if len(rows) > MOST_ROWS:
        raise Refused(
            _("表里有 {n} 行，超过 {most} 行的上限，请分开导入。").format(
                n=len(rows), most=MOST_ROWS
            )
        )
    report = Report()
    said = _standards(rows, report)
    if len(said) > MOST_STANDARDS:
        raise Refused(
            _("表里有 {n} 项标准，超过 {most} 项的上限，请分开导入。").format(
                n=len(said), most=MOST_STANDARDS
            )
        )
    for line, one in said.values():
        if one is None:
            continue
        known = Statement.objects.preparing(actor.organization).filter(number=one.number).exists()
        try:
            with transaction.atomic():
                declaring.prepare(one, actor=actor, day=day)
        except Refused as refused:
            report.refused.append((line, str(_("标准编号")), str(refused)))
            continue
        report.changed += known
        report.new += not known
        report.indicators += len(one.indicators)
    report.refused.sort()
    return report


def _standards(
    rows: list[tuple[int, list[Any]]], report: Report
) -> dict[str, tuple[int, Said | None]]:
    """Return the standards of a table by number; None for one with a line that is wrong."""
    named = {str(heading): key for key, heading, _needed, _most in COLUMNS}
    places, start = find_headings(rows, named, {key for key, _h, needed, _m in COLUMNS if needed})
    found: dict[str, tuple[int, Said | None]] = {}
    for line, cells in rows[start:]:
        told = {
            key: " ".join(plain(cells[at]).split()) if at < len(cells) else ""
            for key, at in places.items()
        }
        number = told.get("number", "")
        first = number not in found
        faults = _faults(told, first=first)
        report.refused += [(line, heading, why) for heading, why in faults]
        if not number:
            continue
        if first:
            found[number] = (line, _item(told))
        begun, one = found[number]
        if faults or one is None:
            found[number] = (begun, None)
        elif told.get("name"):
            one.indicators.append(_indicator(told))
    return found


def _faults(told: dict[str, str], *, first: bool) -> list[tuple[str, str]]:
    """Return what is wrong with a line, as (heading, why)."""
    found = []
    for key, heading, needed, most in COLUMNS:
        text = told.get(key, "")
        if needed and not text and (first or key == "number"):
            found.append((str(heading), _("不能为空")))
        elif len(text) > most or "\x00" in text:
            found.append((str(heading), _("超过 {most} 字或夹有不可见字符").format(most=most)))
    if told.get("own") and told["own"] not in {OWN, OTHER}:
        found.append((str(_("类别")), _("应为“{own}”或“{other}”").format(own=OWN, other=OTHER)))
    if told.get("kind") and told["kind"] not in KINDS:
        found.append((str(_("指标类别")), _("应为“{kinds}”").format(kinds="”“".join(KINDS))))
    if told.get("limit") and not told.get("name"):
        found.append((str(_("指标名称")), _("有指标值而没有指标名称")))
    if told.get("name"):
        found += _limit_faults(told)
    return found


def _limit_faults(told: dict[str, str]) -> list[tuple[str, str]]:
    try:
        read_limit(told.get("limit", ""), told.get("unit", ""))
    except NotALimit:
        why = _("“{limit}”不能识别，写作“≥90”“5～10”“10±0.5”或者文字")
        return [(str(_("指标值")), why.format(limit=told.get("limit", "")[:40]))]
    return []


def _item(told: dict[str, str]) -> Said:
    return Said(
        number=told["number"],
        title=told.get("title", ""),
        own=told.get("own") != OTHER,
        products=told.get("products", ""),
        references=told.get("references", ""),
        notice=told.get("notice", ""),
    )


def _indicator(told: dict[str, str]) -> dict[str, Any]:
    kind = KINDS.get(told.get("kind", ""), Indicator.Kind.PERFORMANCE)
    return {"kind": kind} | {key: told.get(key, "") for key in ("name", "limit", "unit", "method")}


HANDED = (
    gettext_lazy("企业名称"), gettext_lazy("统一社会信用代码"),
    *(heading for _key, heading, _needed, _most in COLUMNS),
    gettext_lazy("公开日期"), gettext_lazy("版次"), gettext_lazy("办件号"),
)  # fmt: skip


def handed_over(unit: Organization, day: date) -> bytes:
    """Return what an enterprise has public on a day, an indicator a line, for the national platform."""
    return excel(
        _("自我声明公开的标准"),
        _(
            "{unit}，截至 {day}。栏目按法律规定的公开内容设置，国家平台的栏目名称以其模板为准。"
        ).format(unit=unit, day=day),
        HANDED,
        _lines(unit, day),
    )


def _lines(unit: Organization, day: date) -> Iterable[list[Any]]:
    held = Declaration.objects.filter(organization=unit).in_force(day).values("pk")
    rows = Statement.objects.on(day).filter(declaration__in=held)
    for row in rows.select_related("organization").prefetch_related("indicators"):
        head = [unit.name, unit.credit_code or "", OWN if row.own else OTHER, row.number, row.title]
        head += [row.products, row.references, row.notice]
        tail = [row.since, row.ordinal, row.basis]
        indicators = list(row.indicators.all())
        for one in indicators:
            middle = [one.get_kind_display(), one.name, one.limit, one.unit, one.method]
            yield [*head, *middle, *tail]
        if not indicators:
            yield [*head, "", "", "", "", "", *tail]
