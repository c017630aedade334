"""Population (抽查总体): the declared items that a campaign may meet, as one canonical table.

The table is CSV in UTF-8 with line feeds, sorted by key, so that the same items give the same
bytes and one SHA-256. Its words are Chinese whatever the reader's language.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from rongbiao.law.periods import months_after
from rongbiao.parties.models import Region
from rongbiao.parties.refused import Refused
from rongbiao.standards.checks.finding import Grade
from rongbiao.standards.checks.looking import references
from rongbiao.standards.currency import standings
from rongbiao.standards.models import Declaration, Standard, Statement
from rongbiao.texts import classes

HEADINGS = (
    "代号",
    "标准编号",
    "标准名称",
    "企业",
    "统一社会信用代码",
    "区划",
    "领域",
    "公开日期",
    "变更日期",
)
COLUMNS = (
    "pk", "own", "number", "title", "declared_on", "changed_on", "reported_on",
    "organization__name", "organization__credit_code", "organization__region__name",
)  # fmt: skip
NOWHERE, UNCLASSED = "未登记区划", "未分类"
PORTION = 500
OPEN = {Grade.BAR.value, Grade.MUST.value}


@dataclass(frozen=True)
class Wanted:
    """Which declared items a campaign is about; kept with it as JSON.

    Of several codes, words, areas and risks one is enough; risks are joined by “or”, so that
    nobody can tell from the list alone which item was reported.
    """

    codes: Sequence[str] = ()  # ICS or CCS, of what is executed or compared with
    words: Sequence[str] = ()  # in number, name or products
    areas: Sequence[str] = ()  # codes of regions
    own: bool = False  # enterprise standards only
    months: int = 0  # risk: neither declared nor changed for so long; 0: not asked
    findings: bool = False  # risk: the last precheck found what must be put right
    reported: bool = False  # risk: a report was found to be worth following


@dataclass(frozen=True, slots=True)
class Member:
    """One item of the population."""

    pk: int
    number: str
    title: str
    unit: str
    code: str
    area: str
    field: str
    declared_on: date
    changed_on: date | None

    @property
    def key(self) -> str:
        """What the lot is called."""
        return f"declaration:{self.pk}"

    @property
    def cells(self) -> tuple[str, ...]:
        """The line of the canonical table."""
        changed = str(self.changed_on or "")
        return (
            self.key, self.number, self.title, self.unit, self.code, self.area, self.field,
            str(self.declared_on), changed,
        )  # fmt: skip


def check(wanted: Wanted) -> Wanted:
    """Return what is wanted, or refuse a class or an area that is not known."""
    if bad := [code for code in wanted.codes if not classes.within(code)]:
        raise Refused(_("没有分类号“{code}”。").format(code=bad[0][:20]))
    known = set(Region.objects.filter(pk__in=wanted.areas).values_list("pk", flat=True))
    if bad := [area for area in wanted.areas if area not in known]:
        raise Refused(_("没有行政区划“{code}”。").format(code=bad[0][:20]))
    return wanted


def members(wanted: Wanted, day: date, *, demonstration: bool) -> list[Member]:
    """Return the items in force on a day that are wanted, sorted by key.

    The demonstration meets its own items and the city those of the city. The number of
    questions to the database depends on how many hundreds there are, not on how many items.
    """
    rows = _asked(check(wanted), day).filter(demonstration=demonstration)
    held: list[Any] = list(rows.order_by("pk").values_list(*COLUMNS, named=True))
    fields = fields_of(held, day)
    risky = _risky(held, wanted, day)
    with translation.override(settings.LANGUAGE_CODE):
        return [
            _member(row, fields[row.pk])
            for row in held
            if row.pk in risky and _falls(fields[row.pk], wanted.codes)
        ]


def _asked(wanted: Wanted, day: date) -> QuerySet[Declaration]:
    rows = Declaration.objects.in_force(day)
    if wanted.own:
        rows = rows.filter(own=True)
    if wanted.areas:
        rows = rows.filter(organization__region__in=wanted.areas)
    if wanted.words:
        like = Q()
        for word in wanted.words:
            like |= Q(number__icontains=word) | Q(title__icontains=word)
            like |= Q(
                statements__products__icontains=word,
                statements__since__lte=day,
                statements__until=None,
            )
        rows = rows.filter(like).distinct()
    return rows


def _risky(held: Sequence[Any], wanted: Wanted, day: date) -> set[int]:
    """Return the items that bear one of the risks asked for; all of them where none is."""
    if not (wanted.months or wanted.findings or wanted.reported):
        return {row.pk for row in held}
    found: set[int] = set()
    if wanted.months:
        since = months_after(day, -wanted.months)
        found |= {row.pk for row in held if (row.changed_on or row.declared_on) <= since}
    if wanted.reported:
        found |= {row.pk for row in held if row.reported_on}
    if wanted.findings:
        rows = Statement.objects.on(day).exclude(findings=[])
        for declaration, findings in rows.values_list("declaration", "findings").iterator():
            if any(one["grade"] in OPEN for one in findings):
                found.add(declaration)
    return found


def _falls(codes: Iterable[str], wanted: Sequence[str]) -> bool:
    """Tell whether one of some codes stands under one of those wanted."""
    if not wanted:
        return True
    above = {one.code for code in codes for one in classes.within(code)} | set(codes)
    return any(code in above for code in wanted)


def fields_of(rows: Sequence[Any], day: date) -> dict[int, tuple[str, ...]]:
    """Return the classes of each item: those of the standards that it executes or is held against."""
    found: dict[int, tuple[str, ...]] = {}
    for start in range(0, len(rows), PORTION):
        found |= _portion(rows[start : start + PORTION], day)
    return found


def _portion(rows: Sequence[Any], day: date) -> dict[int, tuple[str, ...]]:
    named: dict[int, list[str]] = {row.pk: [] if row.own else [row.number] for row in rows}
    said = Statement.objects.on(day).filter(declaration__in=list(named))
    for one in said.only("declaration", "references"):
        named[one.declaration_id] += references(one)
    asked = list(dict.fromkeys(number for numbers in named.values() for number in numbers))
    editions = {
        number: standing.edition.pk
        for number, standing in zip(asked, standings(asked, day), strict=True)
        if standing.edition
    }
    coded = Standard.objects.filter(pk__in=set(editions.values()))
    codes = {
        pk: (*ccs.split(), *ics.split()) for pk, ccs, ics in coded.values_list("pk", "ccs", "ics")
    }
    return {
        pk: tuple(
            dict.fromkeys(
                code for one in numbers if one in editions for code in codes[editions[one]]
            )
        )
        for pk, numbers in named.items()
    }


def field_of(codes: Sequence[str]) -> str:
    """Return the class of the highest level under which an item is counted; nothing where none is.

    >>> field_of(("Y73", "97.180")), field_of(("67.140",)), field_of(())
    ('Y', '67', '')
    """
    for code in codes:
        if line := classes.within(code):
            return line[0].code
    return ""


def _member(row: Any, codes: Sequence[str]) -> Member:
    return Member(
        row.pk, row.number, row.title, row.organization__name, row.organization__credit_code or "",
        row.organization__region__name or NOWHERE, field_of(codes), row.declared_on, row.changed_on,
    )  # fmt: skip


def table(rows: Iterable[Member]) -> bytes:
    """Return the canonical table."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(row.cells for row in rows)
    return buffer.getvalue().encode()


def conditions(wanted: Wanted) -> Iterator[str]:
    """Yield what is wanted in words, Chinese as they are frozen."""
    with translation.override(settings.LANGUAGE_CODE):
        yield "范围：" + ("有效的企业标准声明" if wanted.own else "有效的声明条目")
        if wanted.codes:
            yield "领域：" + "、".join(f"{code} {classes.name_of(code)}" for code in wanted.codes)
        if wanted.words:
            yield "编号、名称或者产品含：" + "、".join(wanted.words)
        if wanted.areas:
            names = Region.objects.filter(pk__in=wanted.areas).order_by("pk")
            yield "区划：" + "、".join(names.values_list("name", flat=True))
        risks = []
        if wanted.months:
            risks.append(f"{wanted.months} 个月以上未变更")
        if wanted.findings:
            risks.append("预检有应当改正的发现")
        if wanted.reported:
            risks.append("曾有举报线索")
        if risks:
            yield "风险（符合其一）：" + "、".join(risks)
