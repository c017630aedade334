"""Tasks (任务): what the policy orders, who answers for it, how far it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from rongbiao.strategy import assignments, board
from rongbiao.strategy.models import Report, Task
from rongbiao.web.asof import view_of
from rongbiao.web.doors import published
from rongbiao.web.drawings.strip import strip
from rongbiao.web.matrix import query_of

NEWEST = 12


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """Show every task of a plan with its share and its lamps."""
    view = view_of(request)
    seen = board.load(view.plan, view.quarter, view.day) if view.plan else None
    rows = []
    for task, lit in ((t, seen.by_task[t.pk]) for t in seen.tasks) if seen else ():
        lamps = [(lamp, n) for lamp, n in _counted(lit).items() if n]
        rows.append({"task": task, "share": board.done_share(lit), "lamps": lamps, "n": len(lit)})
    return render(request, "tasks/list.html", {"view": view, "rows": rows})


def _counted(lit) -> dict:
    found = dict.fromkeys(board.Lamp, 0)
    for row in lit:
        found[row.lamp] += 1
    return found


@published
def one_page(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Show one task whole."""
    view = view_of(request, plan)
    rows = Task.objects.select_related("clause", "plan")
    task = get_object_or_404(rows, plan=view.plan, key=key)
    mine = assignments.rows_on(view.plan, view.day).filter(task=task)
    past = board.histories(list(mine), view.plan, view.day)
    accepted = Report.objects.filter(
        assignment__task=task, state=Report.State.ACCEPTED, reviewed_on__lte=view.day
    )
    seen = board.load(view.plan, view.quarter, view.day) if view.quarter else None
    lit = {row.assignment_id: row for row in seen.by_task[task.pk]} if seen else {}
    context = {
        "view": view,
        "task": task,
        "query": query_of(view) if view.quarter else "",
        "charges": task.charges.filter(decision=None),
        "decided": task.charges.exclude(decision=None).select_related("decision", "organization"),
        "steps": task.steps.select_related("decision", "organization"),
        "rows": [(row, lit.get(row.pk), _strip(row, past[row.pk])) for row in mine],
        "reports": accepted.select_related("assignment__organization", "quarter").order_by(
            "-quarter__ends_on", "assignment__organization__order"
        )[:NEWEST],
    }
    return render(request, "tasks/one.html", context)


def _strip(row, past):
    words = [(str(quarter), lamp.value, str(lamp.word)) for quarter, lamp in past]
    return strip(words, str(row.organization)) if words else ""
