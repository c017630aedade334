"""The matrix (任务矩阵): every task against every unit, a lamp in each field."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _

from rongbiao.exchange.matrix_excel import workbook
from rongbiao.parties.models import Organization
from rongbiao.strategy import board, overview
from rongbiao.strategy.lamps import Lamp, rule_on
from rongbiao.strategy.models import Assignment, Report
from rongbiao.web.asof import View, view_of
from rongbiao.web.doors import published
from rongbiao.web.drawings.strip import strip
from rongbiao.web.grid import cards, grid

TROUBLED = (Lamp.BAD, Lamp.WARN)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked_lamps(request: HttpRequest) -> tuple[Lamp, ...]:
    """Return the lamps that the page is narrowed to; empty means all."""
    if request.GET.get("troubled"):
        return TROUBLED
    wanted = request.GET.get("lamp", "")
    return (Lamp(wanted),) if wanted in {lamp.value for lamp in Lamp} else ()


def narrowed(request: HttpRequest, view: View) -> tuple[board.Board, overview.Matrix]:
    """Return the whole board and the part of its matrix that the filters leave."""
    whole = board.load(view.plan, view.quarter, view.day)
    part = whole.narrowed(
        block=request.GET.get("block", ""),
        kind=request.GET.get("kind", ""),
        words=request.GET.get("q", "").strip()[:60],
        only=asked_lamps(request),
    )
    expand = request.GET.get("expand", "")
    found = overview.matrix(view.plan, view.quarter, view.day, expand=expand, seen=part)
    return whole, found


def query_of(view: View) -> str:
    """Return what keeps plan, quarter and day in a link."""
    return urlencode(
        {"plan": view.plan.key, "quarter": view.quarter.key, "asof": view.day.isoformat()}
    )


@published
def page(request: HttpRequest) -> HttpResponse:
    """Show the matrix of a quarter as of a day."""
    view = view_of(request)
    if view.plan is None or view.quarter is None:
        return render(request, "board/empty.html", {"view": view})
    whole, found = narrowed(request, view)
    query = query_of(view)
    filters = {name: request.GET.get(name, "") for name in ("block", "kind", "q", "lamp", "expand")}
    context = {
        "view": view,
        "whole": whole,
        "found": found,
        "query": query,
        "grid": grid(found, query),
        "cards": list(cards(found)),
        "filters": filters | {"troubled": bool(request.GET.get("troubled"))},
        "blocks": list(dict.fromkeys(task.block for task in whole.tasks)),
        "kinds": [(v, label) for v, label in Organization.Kind.choices if v in _kinds(whole)],
        "lamps": [(lamp, whole.counts[lamp]) for lamp in reversed(list(Lamp))],
        "rule": rule_on(view.day),
        "placeholders": [u for u in whole.units.values() if u.kind == "collective"],
    }
    return render(request, "matrix/page.html", context)


def _kinds(whole: board.Board) -> set[str]:
    return {unit.kind for unit in whole.units.values()}


@published
def excel(request: HttpRequest) -> HttpResponse:
    """Give the same grid as an Excel file."""
    view = view_of(request)
    if view.plan is None or view.quarter is None:
        raise Http404(_("还没有规划，没有可导出的矩阵。"))
    _whole, found = narrowed(request, view)
    answer = HttpResponse(workbook(view.plan, view.quarter, view.day, found), content_type=XLSX)
    name = f"任务矩阵-{view.quarter.key}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@published
def peek(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one assignment: a card in the matrix, a page of its own without JavaScript."""
    rows = Assignment.objects.select_related("task__plan", "organization", "group")
    assignment = get_object_or_404(rows, pk=pk)
    view = view_of(request, assignment.task.plan.key)
    context = card(assignment, view)
    template = "matrix/_peek.html" if request.htmx else "matrix/peek.html"
    return render(request, template, context)


def card(assignment: Assignment, view: View) -> dict[str, Any]:
    """Return what is said of one assignment: its lamps, its last accepted report, who decided what."""
    past = overview.history(assignment, view.plan, view.day)
    accepted = Report.objects.filter(
        assignment=assignment, state=Report.State.ACCEPTED, reviewed_on__lte=view.day
    )
    here = {quarter.pk: lamp for quarter, lamp in past}
    words = [(str(quarter), lamp.value, str(lamp.word)) for quarter, lamp in past]
    return {
        "view": view,
        "assignment": assignment,
        "lamp": here.get(view.quarter.pk) if view.quarter else None,
        "last": accepted.select_related("quarter").order_by("-quarter__ends_on").first(),
        "strip": strip(words, _("历次填报")) if words else "",
        "past": past,
        "charges": assignment.task.charges.filter(
            organization=assignment.organization, decision__isnull=False
        ).select_related("decision"),
    }
