"""Who is late (处置督办): for the office, open, promised and overdue tasks unit by unit."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rongbiao.parties.models import Organization
from rongbiao.standards.models import Duty
from rongbiao.web.cases.filling import number
from rongbiao.web.doors import office

PAGE = 50


@office
def page(request: HttpRequest) -> HttpResponse:
    """Show the units that owe answers, the most overdue first, and the overdue tasks of one."""
    day, unit = timezone.localdate(), number(request.GET.get("unit", ""))
    units = by_unit(day)
    late = Duty.objects.filter(closed_on=None, due_on__lt=day)
    late = late.filter(organization=unit) if unit is not None else late
    rows = late.select_related("alert", "document", "organization").order_by("due_on", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "units": units,
        "page": page,
        "rows": [(row, (day - row.due_on).days) for row in page.object_list],
        "unit": Organization.objects.filter(pk=unit).first() if unit is not None else None,
        "day": day,
        "total": {
            key: sum(row[key] for row in units) for key in ("open", "late", "promised", "closed")
        },
    }
    return render(request, "registered/late.html", context)


def by_unit(day: Any) -> list[dict[str, Any]]:
    """Return each unit with its tasks counted; two questions."""
    running = Q(closed_on=None)
    counted = (
        Duty.objects.order_by()
        .values("organization")
        .annotate(
            open=Count("pk", filter=running),
            late=Count("pk", filter=running & Q(due_on__lt=day)),
            promised=Count("pk", filter=running & Q(answer=Duty.Answer.REVISE)),
            closed=Count("pk", filter=~running),
            first=Min("due_on", filter=running),
            chased=Max("chased", filter=running),
        )
    )
    found = list(counted)
    names = Organization.objects.in_bulk([row["organization"] for row in found])
    rows = [row | {"unit": names[row["organization"]]} for row in found]
    return sorted(
        rows, key=lambda row: (-row["late"], -row["open"], row["unit"].order, row["unit"].pk)
    )
