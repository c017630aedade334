"""Targets (目标指标): every target as a definition, a count, its evidence line by line, its course."""

import json
from dataclasses import asdict

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.exchange.tables import csv_lines
from rongbiao.strategy import figures
from rongbiao.strategy.models import Target
from rongbiao.strategy.spread import MOST, UNKNOWN, in_month
from rongbiao.web.asof import View, view_of
from rongbiao.web.charting import bars_by_section, note, trajectory
from rongbiao.web.doors import published
from rongbiao.web.headers import with_charts

GOOD = {"reached", "on_course", "done"}
PAGE = 20


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """Show all targets of a plan; ``?state=`` keeps those that the sentence counted."""
    view = view_of(request)
    measured = figures.figures(view.plan, view.day) if view.plan else []
    state = request.GET.get("state", "")
    if state:
        wanted = GOOD if state == "good" else {state}
        measured = [figure for figure in measured if figure.state in wanted]
    context = {"view": view, "sections": bars_by_section(measured), "state": state}
    return render(request, "targets/list.html", context | {"count": len(measured)})


def counted_rows(request: HttpRequest, target: Target, view: View) -> QuerySet | None:
    """Return the rows of a figure; ``?cycle=`` keeps those that took so many months."""
    counted = figures.rows(target, view.day)
    measure = figures.measure_of(target)
    cycle = request.GET.get("cycle", "")
    if counted is None or measure is None or not (cycle and measure.mean):
        return counted
    return in_month(counted, cycle)


def asked(request: HttpRequest, plan: str, key: str) -> tuple[View, Target]:
    """Return what to show and the target that an address names."""
    view = view_of(request, plan)
    rows = Target.objects.select_related("plan", "clause")
    return view, get_object_or_404(rows, plan=view.plan, key=key)


@published
@with_charts
def one_page(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Show one target whole."""
    view, target = asked(request, plan, key)
    figure = figures.figure(target, view.day)
    counted = counted_rows(request, target, view)
    measure = figure.measure
    page = None
    if counted is not None and measure is not None:
        ordered = counted.order_by(f"-{measure.enters}", "pk")
        page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    context = {
        "view": view,
        "target": target,
        "figure": figure,
        "note": note(figure),
        "measure": measure,
        "page": page,
        "table": table(measure, page) if page else None,
        "chart": trajectory(figure),
        "districts": figures.by_district(target, view.day),
        "cycle": cycle_words(request, measure),
        "own": own_standards(target, view),
        "parts": figures.parts(target, view.day),
        "course": target.course.select_related("decision"),
    }
    return render(request, "targets/one.html", context)


def cycle_words(request: HttpRequest, measure) -> str:
    """Return which rows of a mean are shown, where an address asks for some."""
    cycle = request.GET.get("cycle", "")
    if not (cycle and measure and measure.mean):
        return ""
    if cycle == UNKNOWN:
        return _("没有立项下达日期，不计入平均")
    number = int(cycle) if cycle.isascii() and cycle.isdigit() and len(cycle) < len("100") else 0
    if number > MOST:
        return _("制定周期超过 %(n)s 个月") % {"n": MOST}
    return _("制定周期 %(low)s—%(high)s 个月") % {"low": max(number - 1, 0), "high": number}


def table(measure, rows) -> dict:
    """Return headings and cells of some rows, as the measure publishes them."""
    columns = measure.columns
    return {
        "headings": [heading for heading, _read in columns],
        "rows": [(row, [read(row) for _heading, read in columns]) for row in rows],
    }


def own_standards(target: Target, view: View) -> int | None:
    """Return how many of the declared items are the enterprises' own: the other way to count."""
    if target.measure != "declared-standards":
        return None
    counted = figures.rows(target, view.day)
    return counted.filter(own=True).count() if counted is not None else None


@published
def rows_csv(request: HttpRequest, plan: str, key: str) -> StreamingHttpResponse:
    """Give the counted rows as CSV; from them and the definition the figure can be recomputed."""
    view, target = asked(request, plan, key)
    counted = counted_rows(request, target, view)
    measure = figures.measure_of(target)
    if counted is None or measure is None:
        raise Http404(_("这项指标还没有口径，没有可下载的明细。"))
    headings = [heading for heading, _read in measure.columns]
    found = counted.order_by(measure.enters, "pk").iterator(chunk_size=2000)
    lines = csv_lines(headings, ([read(row) for _h, read in measure.columns] for row in found))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{key}-{view.day}.csv"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@published
def one_json(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Give one target for a machine: definition, value, course, series."""
    view, target = asked(request, plan, key)
    figure = figures.figure(target, view.day)
    measure = figure.measure
    said = {
        "plan": target.plan.number,
        "key": key,
        "name": target.name,
        "unit": target.unit,
        "target": float(target.value),
        "direction": target.direction,
        "by": target.by,
        "asof": figure.day.isoformat(),
        "value": None if figure.value is None else float(figure.value),
        "planned": figure.planned,
        "state": figure.state,
        "settled": figure.settled,
        "definition": measure.definition if measure else None,
        "parts": asdict(parts) if (parts := figures.parts(target, view.day)) else None,
        "series": [[day.isoformat(), value] for day, value in figures.series(target, view.day)],
    }
    return HttpResponse(json.dumps(said, ensure_ascii=False), content_type="application/json")
