"""Organisations (单位): what each led and joined, by level and year; what it declared and was given."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.awards.models import Recognition
from rongbiao.exchange.tables import csv_lines
from rongbiao.parties.models import Organization
from rongbiao.standards.models import Declaration, Participation, Standard
from rongbiao.strategy.models import Assignment
from rongbiao.web.doors import published
from rongbiao.web.registered.shown import answering_for

PAGE = 20
NEWEST = 10
Part = Participation.Part
KINDS = ("enterprise", "association", "university", "institute")
OVER = (Standard.Status.SUPERSEDED, Standard.Status.WITHDRAWN, Standard.Status.PROJECT)


@dataclass(frozen=True)
class Who:
    """A unit as a list of standards knows it: a row of this city's units, or only a name."""

    name: str
    unit: Organization | None = None

    def rows(self) -> QuerySet[Participation]:
        """Return its places in standards, the newest standard first."""
        own = Q(organization=self.unit) if self.unit else Q(organization=None, name=self.name)
        rows = Participation.objects.filter(own).select_related("standard")
        return rows.order_by("-standard__issued_on", "standard__sorting")


def _words(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\0", "").strip()[:200]


def in_force(day: date) -> QuerySet[Standard]:
    """Return the editions that hold on a day, as their days and their status say."""
    return Standard.objects.in_force(day).exclude(status__in=OVER)


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """Show the units of this city that stand in a register, and outside units by name."""
    words, kind = _words(request, "q"), _words(request, "kind")
    page = Paginator(listed(words, kind), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": counted(list(page)),
        "q": words,
        "kind": kind,
        "kinds": [choice for choice in Organization.Kind.choices if choice[0] in KINDS],
        "outside": outside(words) if words else [],
        "day": timezone.localdate(),
    }
    return render(request, "organizations/list.html", context)


def listed(words: str, kind: str) -> QuerySet[Organization]:
    """Return the units that some register names."""
    own = {"organization": OuterRef("pk")}
    named = Q(Exists(Participation.objects.filter(**own)))
    named |= Q(Exists(Declaration.objects.filter(**own)))
    named |= Q(Exists(Recognition.objects.filter(**own)))
    units = Organization.objects.filter(named).select_related("region")
    if words:
        units = units.filter(Q(name__icontains=words) | Q(credit_code__iexact=words))
    return units.filter(kind=kind) if kind in KINDS else units


def counted(units: list[Organization]) -> list[dict[str, Any]]:
    """Return units with what each led, joined, declared and was given; three queries."""
    pks = [unit.pk for unit in units]

    def counts(model: Any, *more: str) -> dict[tuple, int]:
        rows = model.objects.filter(organization__in=pks).order_by()
        found = rows.values_list("organization", *more).annotate(n=Count("pk"))
        return {tuple(key): n for *key, n in found}

    parts, declared = counts(Participation, "part"), counts(Declaration)
    given = counts(Recognition)
    return [
        {
            "unit": unit,
            "lead": parts.get((unit.pk, Part.LEAD), 0),
            "join": parts.get((unit.pk, Part.JOIN), 0),
            "declared": declared.get((unit.pk,), 0),
            "given": given.get((unit.pk,), 0),
        }
        for unit in units
    ]


def outside(words: str) -> list[tuple[str, int]]:
    """Return the drafting units of other places whose names hold some words."""
    rows = Participation.objects.filter(organization=None, name__icontains=words).order_by()
    found = rows.values_list("name").annotate(n=Count("pk")).order_by("-n", "name")
    return list(found[:PAGE])


@published
def one_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one unit of this city."""
    unit = get_object_or_404(Organization.objects.select_related("region"), pk=pk)
    declared = Declaration.objects.filter(organization=unit)
    more = {
        "declared": declared.count(),
        "declared_now": declared.in_force(timezone.localdate()).count(),
        "declarations": declared[:NEWEST],
        "recognitions": Recognition.objects.filter(organization=unit),
        "answers": Assignment.objects.filter(organization=unit).exists(),
        "citing": answering_for(unit, request.actor),
    }
    return show(request, Who(unit.name, unit), more)


@published
def named_page(request: HttpRequest) -> HttpResponse:
    """Show a drafting unit of another place, by the name that standards print."""
    who = named(request)
    if unit := Organization.objects.filter(name=who.name).first():
        return redirect("organization", unit.pk)
    if not who.rows().exists():
        raise Http404(_("名录的起草单位中没有这个名称。"))
    return show(request, who, {})


def named(request: HttpRequest) -> Who:
    """Return the unit that ``?name=`` names."""
    return Who(_words(request, "name"))


def show(request: HttpRequest, who: Who, more: dict[str, Any]) -> HttpResponse:
    """Show a unit: counts by level and year, then the standards that a filter leaves."""
    day = timezone.localdate()
    rows = filtered(who, request)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    holding = set(
        in_force(day).filter(pk__in=[row.standard_id for row in page]).values_list("pk", flat=True)
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = more | {
        "who": who,
        "day": day,
        "page": page,
        "rows": [(row, row.standard_id in holding) for row in page],
        "table": by_level(who, day),
        "years": by_year(who),
        "query": query.urlencode(),
        "part": _words(request, "part"),
        "level": _words(request, "level"),
        "year": _words(request, "year"),
        "levels": Standard.Level.choices,
        "parts": Part.choices,
    }
    return render(request, "organizations/one.html", context)


def filtered(who: Who, request: HttpRequest) -> QuerySet[Participation]:
    """Return the unit's places that ``?part=``, ``?level=`` and ``?year=`` leave."""
    rows, year = who.rows(), _words(request, "year")
    if (part := _words(request, "part")) in Part.values:
        rows = rows.filter(part=part)
    if (level := _words(request, "level")) in Standard.Level.values:
        rows = rows.filter(standard__level=level)
    return rows.filter(standard__issued_on__year=int(year)) if _year(year) else rows


def _year(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 1800 <= int(text[:5]) <= 2200


def by_level(who: Who, day: date) -> list[dict[str, Any]]:
    """Return for each level how much was led and joined, and how much of it is in force."""
    plain = who.rows().order_by()
    now = Count("pk", filter=Q(standard__in=in_force(day)))
    found = plain.values_list("standard__level", "part").annotate(n=Count("pk"), now=now)
    counts = {(level, part): (n, holds) for level, part, n, holds in found}
    rows: list[dict[str, Any]] = [
        {
            "key": level,
            "level": label,
            "lead": counts.get((level, Part.LEAD), (0, 0)),
            "join": counts.get((level, Part.JOIN), (0, 0)),
        }
        for level, label in Standard.Level.choices
    ]
    return [
        row | {"all": row["lead"][0] + row["join"][0], "now": row["lead"][1] + row["join"][1]}
        for row in rows
        if row["lead"][0] or row["join"][0]
    ]


def by_year(who: Who) -> list[dict[str, Any]]:
    """Return how much was led and joined in each year of issue, newest first; 0 is no day."""
    plain = who.rows().order_by()
    found = plain.values_list("standard__issued_on__year", "part").annotate(n=Count("pk"))
    years: dict[int, dict[str, int]] = {}
    for year, part, n in found:
        years.setdefault(year or 0, {})[part] = n
    return [
        {"year": year, "lead": parts.get("lead", 0), "join": parts.get("join", 0)}
        for year, parts in sorted(years.items(), reverse=True)
    ]


@published
def one_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Give the standards of one unit as CSV, as filtered."""
    return csv_of(request, Who("", get_object_or_404(Organization, pk=pk)))


@published
def named_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the standards of a unit of another place as CSV, as filtered."""
    return csv_of(request, named(request))


def csv_of(request: HttpRequest, who: Who) -> StreamingHttpResponse:
    """Stream a unit's places in standards."""
    day = timezone.localdate()
    headings = [
        _("标准编号"), _("标准名称"), _("层级"), _("发布日期"), _("实施日期"), _("废止日期"),
        _("起草单位排序"), _("参与程度"), _("现行有效"), _("依据"), _("依据日期"),
    ]  # fmt: skip
    rows = filtered(who, request).annotate(
        now=Exists(in_force(day).filter(pk=OuterRef("standard_id")))
    )
    lines = csv_lines(headings, (_cells(row) for row in rows.iterator(chunk_size=2000)))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{who.unit.pk if who.unit else who.name[:40]}-{day}.csv"
    answer["Content-Disposition"] = content_disposition_header(True, f"standards-{name}")
    return answer


def _cells(row: Any) -> list[Any]:
    one = row.standard
    return [
        one.shown, one.title, one.get_level_display(), one.issued_on, one.implemented_on,
        one.withdrawn_on, row.place + 1, row.get_part_display(), _("是") if row.now else _("否"),
        one.basis, one.basis_on,
    ]  # fmt: skip
