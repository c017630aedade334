"""Units (责任单位): what one unit answers for, what it reported, where it belongs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from rongbiao.parties.models import Membership, Organization
from rongbiao.strategy import assignments, board
from rongbiao.strategy.lamps import WORST_FIRST
from rongbiao.strategy.models import Report, Step
from rongbiao.web.asof import view_of
from rongbiao.web.doors import published
from rongbiao.web.drawings.strip import strip
from rongbiao.web.matrix import query_of

NEWEST = 12


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """Show every responsible unit with its lamps."""
    view = view_of(request)
    seen = board.load(view.plan, view.quarter, view.day) if view.plan else None
    rows = _rows(seen) if seen else []
    return render(request, "units/list.html", {"view": view, "rows": rows})


def _rows(seen: board.Board) -> list[dict]:
    return [
        {
            "unit": unit,
            "share": board.done_share(seen.by_unit[pk]),
            "lamps": _lamps(seen, pk),
            "n": len(seen.by_unit[pk]),
        }
        for pk, unit in seen.units.items()
    ]


def _lamps(seen: board.Board, pk: int) -> list:
    found = dict.fromkeys(WORST_FIRST, 0)
    for row in seen.by_unit[pk]:
        found[row.lamp] += 1
    return [(lamp, n) for lamp, n in found.items() if n]


@published
def one_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one unit: its assignments, the most troubled first, and its accepted reports."""
    unit = get_object_or_404(Organization.objects.select_related("region"), pk=pk)
    view = view_of(request)
    context = {"view": view, "unit": unit, "rows": [], "reports": []}
    if view.plan and view.quarter:
        context |= duties(unit, view)
    context["memberships"] = Membership.objects.filter(organization=unit).select_related("group")
    context["steps"] = Step.objects.filter(organization=unit).select_related(
        "decision", "task__plan"
    )
    return render(request, "units/one.html", context)


def duties(unit: Organization, view) -> dict:
    """Return a unit's assignments with lamps and strips, and its newest accepted reports."""
    seen = board.load(view.plan, view.quarter, view.day)
    lit = {row.assignment_id: row for row in seen.by_unit.get(unit.pk, [])}
    mine = list(assignments.rows_on(view.plan, view.day).filter(organization=unit))
    past = board.histories(mine, view.plan, view.day)
    rows = [(row, lit.get(row.pk), _strip(past[row.pk])) for row in mine]
    rows.sort(key=lambda row: (WORST_FIRST.index(row[1].lamp) if row[1] else 9, row[0].task.place))
    accepted = Report.objects.filter(
        assignment__organization=unit, state=Report.State.ACCEPTED, reviewed_on__lte=view.day
    )
    reports = accepted.select_related("assignment__task__plan", "quarter")
    return {
        "rows": rows,
        "lamps": _lamps(seen, unit.pk) if unit.pk in seen.by_unit else [],
        "share": board.done_share(seen.by_unit.get(unit.pk, [])),
        "reports": reports.order_by("-quarter__ends_on", "assignment__task__place")[:NEWEST],
        "query": query_of(view),
    }


def _strip(past):
    words = [(str(quarter), lamp.value, str(lamp.word)) for quarter, lamp in past]
    return strip(words, "") if words else ""
