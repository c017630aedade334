"""My reports (我的填报): a responsible unit says what it did this quarter."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rongbiao.parties.refused import Refused
from rongbiao.strategy import board, quarters, reports, who
from rongbiao.strategy.models import Assignment, Evidence, Plan, Report
from rongbiao.strategy.reports import ReportWords
from rongbiao.web.doors import post_holder
from rongbiao.web.uploads import uploaded


class ReportForm(forms.Form):
    """What a unit fills in; the same limits as the table has."""

    text = forms.CharField(
        label=gettext_lazy("本期进展"),
        help_text=gettext_lazy("写做成了什么、标准研制到哪一步，300 字左右。"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    share = forms.IntegerField(
        label=gettext_lazy("完成比例（%）"), min_value=0, max_value=100, required=False
    )
    difficulties = forms.CharField(
        label=gettext_lazy("困难和问题"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_steps = forms.CharField(
        label=gettext_lazy("下期计划"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    same_reason = forms.CharField(
        label=gettext_lazy("与上期相同的原因"),
        help_text=gettext_lazy("本期文字与上期一样时必须填写。"),
        max_length=300,
        required=False,
    )
    fall_reason = forms.CharField(
        label=gettext_lazy("比例下降的原因"),
        help_text=gettext_lazy("完成比例比上期低时必须填写。"),
        max_length=300,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def words(self) -> ReportWords:
        """Return what was filled in, as the acts take it."""
        said = self.cleaned_data
        return ReportWords(
            text=said["text"],
            share=said["share"] or 0,
            difficulties=said["difficulties"],
            next_steps=said["next_steps"],
            same_reason=said["same_reason"],
            fall_reason=said["fall_reason"],
        )


def seen(request: HttpRequest, pk: int) -> Report:
    """Return a report that this actor may see, else 404 as if it were not there."""
    own = Assignment.objects.filter(who.sees_inside.rows(request.actor))
    rows = Report.objects.filter(assignment__in=own)
    rows = rows.select_related("assignment__task__plan", "assignment__organization", "quarter")
    return get_object_or_404(rows, pk=pk)


def my_rows(actor, plan: Plan, quarter, day) -> list[dict]:
    """Return the unit's assignments of a quarter, each with its report if there is one."""
    mine = Assignment.objects.on(quarter.ends_on).filter(
        task__plan=plan, organization=actor.organization
    )
    said = {r.assignment_id: r for r in Report.objects.filter(quarter=quarter, assignment__in=mine)}
    rows = mine.select_related("task__plan", "organization")
    lit = board.lit(plan, quarter, day, unit=actor.organization)
    excused = {row.assignment_id for row in lit if row.excused}
    return [
        {"assignment": row, "report": said.get(row.pk), "excused": row.pk in excused}
        for row in rows
    ]


@post_holder
def list_page(request: HttpRequest) -> HttpResponse:
    """What my unit has to report this quarter, of every plan that is open or still to be filed."""
    day = timezone.localdate()
    periods = [
        {"plan": plan, "quarter": quarter, "rows": my_rows(request.actor, plan, quarter, day)}
        for plan in Plan.objects.all()
        if (quarter := asked_quarter(request, plan, day))
    ]
    return render(request, "reporting/list.html", {"periods": periods, "day": day})


def asked_quarter(request: HttpRequest, plan: Plan, day):
    """Return the quarter asked for by ``?quarter=2025Q3``, else the one to be filed now."""
    year, _q, number = request.GET.get("quarter", "").partition("Q")
    if year.isdecimal() and number.isdecimal():
        return plan.quarters.filter(year=int(year[:4]), number=int(number[:1])).first()
    return quarters.current(plan, day)


@post_holder
@require_POST
def start(request: HttpRequest, assignment: int, quarter: int) -> HttpResponse:
    """Open a report of one assignment for one quarter."""
    rows = Assignment.objects.filter(who.reports_on.rows(request.actor))
    row = get_object_or_404(rows, pk=assignment)
    period = get_object_or_404(row.task.plan.quarters, pk=quarter)
    try:
        report = reports.open_report(row, period, actor=request.actor, day=timezone.localdate())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("reports")
    return redirect("report", report.pk)


@post_holder
def form_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The report: last quarter's words beside this quarter's form."""
    report = seen(request, pk)
    form = ReportForm(request.POST or None, initial=initial(report))
    status = 200
    if request.method == "POST" and form.is_valid():
        answer = save(request, report, form)
        if answer is not None:
            return answer
        status = 409
    context = around(request, report) | {"form": form, "previous": reports.before(report)}
    return render(request, "reporting/form.html", context, status=status)


def around(request: HttpRequest, report: Report) -> dict:
    """Return the report, its files, and whether this actor may write it now."""
    own = who.reports_on.test(request.actor, report.assignment)
    files = report.evidence.filter(removed_on=None).select_related("file")
    writing = own and report.state in reports.WRITING
    return {"report": report, "writing": writing, "evidence": files}


def initial(report: Report) -> dict:
    """Return what the form shows first."""
    fields = (
        "text",
        "share",
        "difficulties",
        "next_steps",
        "same_reason",
        "fall_reason",
        "version",
    )
    return {field: getattr(report, field) for field in fields}


def save(request: HttpRequest, report: Report, form: ReportForm) -> HttpResponse | None:
    """Keep the words and the files sent with them; a refusal stands above the form.

    All or nothing: words kept without a refused file would make the form's version stale.
    """
    by, version = (
        {"actor": request.actor, "day": timezone.localdate()},
        form.cleaned_data["version"],
    )
    try:
        with transaction.atomic():
            report = reports.save(report, form.words(), version=version, **by)
            for content, name in uploaded(request, "evidence"):
                reports.add_evidence(report, content, name, **by)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, _("已保存。"))
    return redirect("report_check" if "check" in request.POST else "report", report.pk)


@post_holder
@require_POST
def withdraw(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Take a file off the report."""
    own = Assignment.objects.filter(who.reports_on.rows(request.actor))
    rows = Evidence.objects.filter(removed_on=None, report=pk, report__assignment__in=own)
    row = get_object_or_404(rows.select_related("report"), pk=evidence)
    try:
        reports.remove_evidence(row, actor=request.actor, day=timezone.localdate())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("report", pk)


@post_holder
def check_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything once more before it is filed."""
    report = seen(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            by = {"actor": request.actor, "day": timezone.localdate()}
            reports.file(report, version=sent(request), **by)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("已报送，等待联席会议办公室审核。"))
            return redirect("reports")
    context = around(request, report) | {"refusal": refusal}
    return render(request, "reporting/check.html", context, status=409 if refusal else 200)


def sent(request: HttpRequest) -> int:
    """Return which version of the report the page showed; nothing written for what is no number."""
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0
