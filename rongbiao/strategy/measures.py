"""Measures (指标口径): how each target is counted, from which register, as of which day.

A measure is declared over a function that selects the rows it counts; the function's
docstring is the published definition. From the rows and the definition anyone can
recompute the figure: ``tests/strategy/test_measures.py`` does so from the CSV alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from rongbiao.awards.models import Recognition
from rongbiao.standards.models import Declaration, Participation, Standard
from rongbiao.standards.standard import StandardQuerySet

TENTH = Decimal("0.1")
YEAR_DAYS, YEAR_MONTHS = 365, 12
Column = tuple[Any, Callable[[Any], Any]]


@dataclass(frozen=True)
class Measure:
    """One counting rule with everything a page or a CSV needs to show it."""

    key: str
    name: Any
    definition: str
    register: str  # the key of the register page
    unit: Any
    select: Callable[[date], QuerySet]  # since → everything that may count in the period
    enters: str  # the day on which a row begins to count
    leaves: str | None  # the day on which it ceases to, if any
    from_start: bool  # True: only rows that enter within the period count
    region: str  # how a row leads to the region of its unit
    columns: tuple[Column, ...]
    notes: tuple[Any, ...] = ()
    mean: bool = False  # the figure is a mean of months, not a count
    by_part: bool = False  # lead and join are shown apart

    def rows(self, since: date, day: date) -> QuerySet:
        """Return the rows that count on a day of a period that began on ``since``."""
        rows = self.select(since).filter(**{f"{self.enters}__lte": day})
        return rows.exclude(**{f"{self.leaves}__lte": day}) if self.leaves else rows

    def value(self, rows: Iterable[Any]) -> Decimal | None:
        """Return the figure of some rows: their number, or the mean of their months."""
        if not self.mean:
            return Decimal(sum(1 for _row in rows))
        return mean_months((row.planned_on, row.issued_on) for row in rows)


MEASURES: dict[str, Measure] = {}


def months(start: date, end: date) -> Decimal:
    """Return the time between two days in months: days ÷ 365 × 12, not rounded."""
    return Decimal((end - start).days) * YEAR_MONTHS / YEAR_DAYS


def mean_months(spans: Iterable[tuple[date | None, date]]) -> Decimal | None:
    """Return the mean of spans in months, rounded half up to one decimal; None without any."""
    lengths = [months(start, end) for start, end in spans if start]
    if not lengths:
        return None
    return (sum(lengths, Decimal(0)) / len(lengths)).quantize(TENTH, ROUND_HALF_UP)


def measure(key: str, **declared: Any) -> Callable:
    """Declare a measure over the function that selects its rows."""

    def declare(select: Callable[[date], QuerySet]) -> Callable:
        definition = " ".join((select.__doc__ or "").split())
        MEASURES[key] = Measure(
            key=key, select=select, definition=definition.replace(" ", ""), **declared
        )
        return select

    return declare


def units_of(standard: Standard) -> str:
    """Return the drafting units of a standard in their order, each with its part."""
    rows = sorted(standard.participations.all(), key=lambda row: row.place)
    return "、".join(str(row) for row in rows)


def city_part(standard: Standard) -> Any:
    """Return this city's part in a standard: 主导, 参与, or 发布 where it only published it."""
    rows = [row for row in standard.participations.all() if row.organization_id]
    if not rows:
        return _("发布") if standard.level == Standard.Level.GROUP else ""
    leads = any(row.part == Participation.Part.LEAD for row in rows)
    return (Participation.Part.LEAD if leads else Participation.Part.JOIN).label


BASIS: tuple[Column, ...] = (
    (_("依据"), lambda row: row.basis),
    (_("依据日期"), lambda row: row.basis_on),
    (_("演示数据"), lambda row: _("是") if row.demonstration else _("否")),
)
STANDARD: tuple[Column, ...] = (
    (_("标准编号"), lambda row: row.shown),
    (_("标准名称"), lambda row: row.title),
    (_("层级"), lambda row: row.get_level_display()),
    (_("立项下达日期"), lambda row: row.planned_on),
    (_("发布日期"), lambda row: row.issued_on),
    (_("废止日期"), lambda row: row.withdrawn_on),
    (_("起草单位"), units_of),
    (_("本市参与程度"), city_part),
    (_("发布机构"), lambda row: row.publisher),
    *BASIS,
)
RECOGNITION: tuple[Column, ...] = (
    (_("类别"), lambda row: row.get_kind_display()),
    (_("级别"), lambda row: row.get_level_display()),
    (_("领域"), lambda row: row.get_field_display()),
    (_("名称"), lambda row: row.title),
    (_("承担单位"), lambda row: row.organization),
    (_("批准日期"), lambda row: row.approved_on),
    (_("终止日期"), lambda row: row.until),
    *BASIS,
)
DECLARATION: tuple[Column, ...] = (
    (_("企业"), lambda row: row.organization),
    (_("标准编号"), lambda row: row.number),
    (_("标准名称"), lambda row: row.title),
    (_("企业标准"), lambda row: _("是") if row.own else _("否")),
    (_("公开日期"), lambda row: row.declared_on),
    (_("废止日期"), lambda row: row.withdrawn_on),
    *BASIS,
)
LEVELS = Standard.Level
OF_STANDARDS = {
    "register": "standards",
    "enters": "issued_on",
    "leaves": "withdrawn_on",
    "from_start": True,
    "region": "participations__organization__region",
    "columns": STANDARD,
}
OF_RECOGNITIONS = {
    "register": "recognitions",
    "enters": "approved_on",
    "leaves": "until",
    "from_start": True,
    "region": "organization__region",
    "columns": RECOGNITION,
}


def _standards(levels: Iterable[str], since: date) -> StandardQuerySet:
    rows = Standard.objects.filter(level__in=levels, issued_on__gte=since)
    return rows.prefetch_related("participations__organization")


def _recognitions(kind: str, since: date) -> QuerySet:
    return Recognition.objects.filter(kind=kind, approved_on__gte=since).select_related(
        "organization"
    )


@measure(
    "standards-led",
    name=_("主导和参与制（修）订的国际、国家、行业、地方标准"),
    unit=_("项"),
    notes=(
        _("“新增”自规划起始日起算，以发布日期为准，不以立项日期为准。"),
        _("一项标准有几个本市起草单位，只计一项；主导和参与分别列出，两数相加等于总数。"),
        _("起草单位列首位的为主导，其余为参与；本市单位中有一个主导的，这项标准列入主导。"),
        _("本市单位指名录登记的本市单位；起草单位没有登记为本市单位的，不作为计入的理由。"),
        _("“地方标准”包括福建省地方标准（DB35）和福州市地方标准（DB3501）。"),
        _("统计日之前已经废止的不计。"),
    ),
    by_part=True,
    **OF_STANDARDS,
)
def standards_led(since: date) -> QuerySet:
    """规划起始日至统计日发布、统计日仍未废止、本市单位列为起草单位的国际、国家、行业、地方标准项数。"""
    levels = (
        LEVELS.INTERNATIONAL,
        LEVELS.NATIONAL,
        LEVELS.SECTOR,
        LEVELS.PROVINCIAL,
        LEVELS.MUNICIPAL,
    )
    return _standards(levels, since).of_the_city()


@measure(
    "group-standards",
    name=_("培育发展的团体标准"),
    unit=_("项"),
    notes=(
        _("本市社会团体发布的，和外地社会团体发布、本市单位参加起草的，都计入；一项标准只计一项。"),
        _("发布机构与名录中一个本市单位同名的，为本市发布；没有本市起草单位的，程度写作“发布”。"),
        _("以发布日期为准；统计日之前已经废止的不计。"),
    ),
    by_part=True,
    **OF_STANDARDS,
)
def group_standards(since: date) -> QuerySet:
    """规划起始日至统计日发布、统计日仍未废止、由本市社会团体发布或者本市单位列为起草单位的团体标准项数。"""
    return _standards((LEVELS.GROUP,), since).of_the_city(published=True)


@measure(
    "declared-standards",
    name=_("自我声明公开的企业标准"),
    unit=_("项"),
    register="declarations",
    enters="declared_on",
    leaves="withdrawn_on",
    from_start=False,
    region="organization__region",
    columns=DECLARATION,
    notes=(
        _("“增至”是累计总量，不限于规划期内新公开的。"),
        _(
            "有两种数法：声明条目（含声明执行的国家、行业、地方、团体标准）和其中的企业标准；"
            "目标按声明条目计，企业标准的数目并列显示。"
        ),
        _("2022年10月新闻通报的13185项口径不明，未作为基数。"),
    ),
)
def declared_standards(since: date) -> QuerySet:
    """统计日有效的自我声明公开条目数：统计日及以前公开、统计日仍未废止，不论何时开始公开；社会团体声明的团体标准不计。"""
    rows = Declaration.objects.select_related("organization")
    return rows.filter(disclosure=None)  # group standards are counted by their own target


@measure(
    "secretariats",
    name=_("新增国家和专业标准化技术委员会秘书处单位"),
    unit=_("个"),
    notes=(_("计国家级的技术委员会、分技术委员会、标准化工作组秘书处；以批准日期为准。"),),
    **OF_RECOGNITIONS,
)
def secretariats(since: date) -> QuerySet:
    """规划起始日至统计日批准、由本市单位承担且未终止的国家级标准化技术委员会秘书处个数。"""
    kind, level = Recognition.Kind.SECRETARIAT, Recognition.Level.NATIONAL
    return _recognitions(kind, since).filter(level=level)


@measure(
    "innovation-bases",
    name=_("国家技术标准创新基地"),
    unit=_("个"),
    notes=(_("以国家标准化管理委员会批准日期为准；申报、筹建中的不计。"),),
    **OF_RECOGNITIONS,
)
def innovation_bases(since: date) -> QuerySet:
    """规划起始日至统计日批准、由本市单位承担且未终止的国家技术标准创新基地个数。"""
    kind, level = Recognition.Kind.BASE, Recognition.Level.NATIONAL
    return _recognitions(kind, since).filter(level=level)


@measure(
    "cycle-months",
    name=_("市级地方标准平均制定周期"),
    unit=_("个月"),
    mean=True,
    notes=(
        _("一项标准的周期为立项下达日期至发布日期，按天数÷365×12折算为月，平均后保留一位小数。"),
        _("没有立项下达日期的不能计算，列在明细里但不计入平均。"),
        _("终止的项目没有发布日期，不计入；平均的是规划期内发布的全部本市地方标准。"),
        _("本市地方标准按编号认定（福州市为 DB3501）；名录中其他城市的地方标准不计。"),
    ),
    **(OF_STANDARDS | {"leaves": None}),
)
def cycle_months(since: date) -> QuerySet:
    """规划起始日至统计日发布的本市地方标准，自立项下达至发布的平均月数。"""
    rows = Standard.objects.own().filter(issued_on__gte=since)
    return rows.prefetch_related("participations__organization")


@measure(
    "pilots",
    name=_("新建标准化试点（示范）项目"),
    unit=_("个"),
    notes=(
        _("“新建”以批准立项日期为准，不以验收日期为准；国家级、省级、市级都计入。"),
        _("统计日之前终止的不计。"),
    ),
    **OF_RECOGNITIONS,
)
def pilots(since: date) -> QuerySet:
    """规划起始日至统计日批准、由本市单位承担且未终止的标准化试点（示范）项目个数。"""
    return _recognitions(Recognition.Kind.PILOT, since)


def entering(measure: Measure, since: date, until: date) -> list[tuple[date, date | None, int]]:
    """Return (day in, day out, how many) of everything that counted on some day; one query."""
    rows = measure.select(since).filter(**{f"{measure.enters}__lte": until}).order_by()
    if not measure.leaves:
        counted = rows.values_list(measure.enters).annotate(n=Count("pk"))
        return [(start, None, n) for start, n in counted]
    counted = rows.values_list(measure.enters, measure.leaves).annotate(n=Count("pk"))
    return [(start, end, n) for start, end, n in counted]
