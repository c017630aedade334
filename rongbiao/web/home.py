"""Home (首页): search first; then what the city promised and how far it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rongbiao.awards.models import Recognition
from rongbiao.standards.models import Declaration, Standard
from rongbiao.strategy import board as boards
from rongbiao.strategy import figures
from rongbiao.web.asof import view_of
from rongbiao.web.charting import bars_by_section
from rongbiao.web.consultations.listing import cards, open_cases
from rongbiao.web.doors import public
from rongbiao.web.states import state_on

NEWEST = 6
ASKING = 4  # consultations


@public
def page(request: HttpRequest) -> HttpResponse:
    """Show the portal's first page.

    A plan that is over is shown as it ended; the register goes on, and is shown as it is today.
    """
    view, today = view_of(request), timezone.localdate()
    on = view.day if request.GET.get("asof") else today
    measured = figures.figures(view.plan, view.day) if view.plan else []
    seen = boards.load(view.plan, view.quarter, view.day) if view.plan else None
    municipal = Standard.objects.own().filter(issued_on__lte=on)
    asking = open_cases(request.actor, today)
    context = {
        "view": view,
        "asking": cards(list(asking[:ASKING]), today),
        "rows": [row for _section, rows in bars_by_section(measured) for row in rows],
        "seen": seen,
        "counts": {
            "standards": Standard.objects.count(),
            "municipal": municipal.count(),
            "declarations": Declaration.objects.in_force(on).count(),
            "recognitions": Recognition.objects.count(),
        },
        "newest": [(row, state_on(row, on)) for row in municipal[:NEWEST]],
    }
    return render(request, "home/page.html", context)
