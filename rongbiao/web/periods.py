"""Reporting periods (填报期): when a quarter opens and when it is due."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.parties.refused import Refused
from rongbiao.strategy import quarters
from rongbiao.strategy.models import Plan, Quarter
from rongbiao.web.doors import officer

# A browser shows a day in such a field only as ISO 8601 writes it, whatever the language.
DAY: dict[str, Any] = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}


class PeriodForm(forms.Form):
    """When a quarter opens and is due, and on what ground."""

    opens_on = forms.DateField(label=gettext_lazy("开放填报"), widget=forms.DateInput(**DAY))
    due_on = forms.DateField(label=gettext_lazy("填报截止"), widget=forms.DateInput(**DAY))
    basis = forms.CharField(label=gettext_lazy("依据"), max_length=200)


@officer
def list_page(request: HttpRequest) -> HttpResponse:
    """Every quarter of every plan."""
    plans = Plan.objects.prefetch_related("quarters")
    return render(request, "periods/list.html", {"plans": plans, "day": timezone.localdate()})


@officer
def one_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Move one quarter."""
    quarter = get_object_or_404(Quarter.objects.select_related("plan"), pk=pk)
    now = {"opens_on": quarter.opens_on, "due_on": quarter.due_on}
    form = PeriodForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        by = {"actor": request.actor, "day": timezone.localdate()}
        try:
            quarters.move(quarter, **form.cleaned_data, **by)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("填报期已调整，依据已记录。"))
            return redirect("periods")
    status = 409 if form.is_bound else 200
    return render(request, "periods/one.html", {"quarter": quarter, "form": form}, status=status)
