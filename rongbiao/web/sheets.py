"""Sheets (整表填报): a unit downloads its quarter as one Excel table and files it whole."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.exchange.report_sheet import read_sheet, sheet_of
from rongbiao.parties.refused import Refused
from rongbiao.strategy import sheets
from rongbiao.strategy.models import Assignment, Quarter
from rongbiao.web.doors import post_holder
from rongbiao.web.uploads import uploaded

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(forms.Form):
    """The table, filled in."""

    sheet = forms.FileField(
        label=gettext_lazy("填好的表"), help_text=gettext_lazy("xlsx 或 CSV，不超过 20 MB。")
    )


def mine(request: HttpRequest, quarter: Quarter):
    """Return the unit's assignments in force at the end of a quarter."""
    rows = Assignment.objects.on(quarter.ends_on).filter(
        task__plan=quarter.plan, organization=request.actor.organization
    )
    return rows.select_related("task__plan", "organization")


@post_holder
def page(request: HttpRequest, quarter: int) -> HttpResponse:
    """Offer the table of a quarter and take it back."""
    period = get_object_or_404(Quarter.objects.select_related("plan"), pk=quarter)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            content, name = next(uploaded(request, "sheet"))
            lines = read_sheet(content, name, mine(request, period))
            by = {"actor": request.actor, "day": timezone.localdate()}
            filed = sheets.file_sheet(period, lines, **by)
        except Refused as refused:
            form.add_error("sheet", str(refused))
        else:
            messages.success(request, _("已报送 {n} 项。").format(n=len(filed)))
            return redirect("reports")
    status = 409 if form.errors else 200
    return render(request, "reporting/sheet.html", {"quarter": period, "form": form}, status=status)


@post_holder
def excel_page(request: HttpRequest, quarter: int) -> HttpResponse:
    """Give the table of a quarter, last quarter's words beside the empty columns."""
    period = get_object_or_404(Quarter.objects.select_related("plan"), pk=quarter)
    content = sheet_of(period, list(mine(request, period)))
    answer = HttpResponse(content, content_type=XLSX)
    name = f"{request.actor.organization.label}-{period.key}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
