"""Home (首页): what the city promised, how far it is, and where to look further."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rongbiao.awards.models import Recognition
from rongbiao.standards.models import Declaration, Standard
from rongbiao.strategy import board as boards
from rongbiao.strategy import figures
from rongbiao.web.asof import view_of
from rongbiao.web.charting import bars_by_section
from rongbiao.web.doors import public

NEWEST = 6


@public
def page(request: HttpRequest) -> HttpResponse:
    """Show the portal's first page."""
    view = view_of(request)
    measured = figures.figures(view.plan, view.day) if view.plan else []
    seen = boards.load(view.plan, view.quarter, view.day) if view.plan else None
    context = {
        "view": view,
        "rows": [row for _section, rows in bars_by_section(measured) for row in rows],
        "seen": seen,
        "counts": {
            "standards": Standard.objects.count(),
            "declarations": Declaration.objects.in_force(view.day).count(),
            "recognitions": Recognition.objects.count(),
        },
        "newest": Standard.objects.filter(level="municipal", issued_on__lte=view.day)[:NEWEST],
    }
    return render(request, "home/page.html", context)
