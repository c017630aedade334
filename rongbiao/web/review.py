"""Review (填报审核): the office accepts a report or sends it back with a reason."""

import re

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rongbiao.parties import journal
from rongbiao.parties.refused import Refused
from rongbiao.strategy import reports, sheets
from rongbiao.strategy.models import Report
from rongbiao.web.doors import officer

NUMBER = re.compile(r"[0-9]{1,15}")


class ReviewForm(forms.Form):
    """The office's answer."""

    reason = forms.CharField(
        label=gettext_lazy("退回理由"),
        help_text=gettext_lazy("退回时必须填写，填报单位会看到。"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


def waiting():
    """Return the reports that wait for review, oldest first."""
    rows = Report.objects.filter(state=Report.State.FILED).order_by("filed_on", "pk")
    return rows.select_related("assignment__task__plan", "assignment__organization", "quarter")


@officer
def list_page(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the office."""
    page = Paginator(waiting(), 20).get_page(request.GET.get("page"))
    return render(request, "review/list.html", {"page": page, "day": timezone.localdate()})


@officer
def one_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One report, the one before it, and the office's answer."""
    rows = Report.objects.exclude(state=Report.State.DRAFT)
    rows = rows.select_related("assignment__task__plan", "assignment__organization", "quarter")
    report = get_object_or_404(rows, pk=pk)
    form = ReviewForm(request.POST or None, initial={"version": report.version})
    if request.method == "POST" and form.is_valid():
        answer = decide(request, report, form)
        if answer is not None:
            return answer
    context = {"report": report, "form": form, "previous": reports.before(report)}
    context["evidence"] = report.evidence.filter(removed_on=None).select_related("file")
    context["lines"] = journal.lines_of(report)
    return render(request, "review/one.html", context, status=409 if form.errors else 200)


def decide(request: HttpRequest, report: Report, form: ReviewForm) -> HttpResponse | None:
    """Accept or send back, then go to the next that waits."""
    said, day = form.cleaned_data, timezone.localdate()
    by = {"actor": request.actor, "day": day, "version": said["version"]}
    try:
        if "accept" in request.POST:
            reports.accept(report, **by)
            messages.success(request, _("已通过。"))
        else:
            reports.send_back(report, said["reason"], **by)
            messages.success(request, _("已退回，理由已送达填报单位。"))
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    following = waiting().first()
    return redirect("review_one", following.pk) if following else redirect("review")


@officer
@require_POST
def all_page(request: HttpRequest) -> HttpResponse:
    """Accept every report that was ticked, all or none."""
    ticked = [row.partition(":") for row in request.POST.getlist("report")]
    wanted = [
        (int(a), int(b)) for a, _c, b in ticked if NUMBER.fullmatch(a) and NUMBER.fullmatch(b)
    ]
    try:
        done = sheets.accept_all(wanted, actor=request.actor, day=timezone.localdate())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已通过 %(n)d 项填报。") % {"n": len(done)})
    return redirect("review")
