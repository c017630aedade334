"""Decisions of the joint conference (联席会议决定): what they add, as their own."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused
from rongbiao.strategy import decisions
from rongbiao.strategy.decisions import ChargeLine, CourseLine, StepLine
from rongbiao.strategy.models import Charge, Decision, Plan, Step
from rongbiao.web.asof import view_of
from rongbiao.web.choices import HeadedChoice, chargeable, targets_of, tasks_of
from rongbiao.web.doors import officer, published
from rongbiao.web.headings import heading
from rongbiao.web.uploads import uploaded

DAY = {"type": "date"}


class DecisionForm(forms.Form):
    """The decision itself."""

    plan = forms.ModelChoiceField(Plan.objects.none(), widget=forms.HiddenInput)
    number = forms.CharField(label=gettext_lazy("文号"), max_length=60)
    title = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    decided_on = forms.DateField(label=gettext_lazy("日期"), widget=forms.DateInput(attrs=DAY))
    file = forms.FileField(label=gettext_lazy("决定文件"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["plan"].queryset = Plan.objects.all()


class LineForm(forms.Form):
    """A line of a decision belongs to a task; an empty line says nothing."""

    task = HeadedChoice(lambda task: heading(task.block), label=gettext_lazy("任务"))

    def __init__(self, *args, plan: Plan | None = None, **options):
        super().__init__(*args, **options)
        rows = {"task": tasks_of(plan), "organization": chargeable(), "target": targets_of(plan)}
        for name in rows.keys() & self.fields.keys():
            self.fields[name].queryset = rows[name]


def kind_of(unit: Organization) -> str:
    """Return the heading under which a unit stands in a list."""
    return str(Organization.Kind(unit.kind).label)


class ChargeForm(LineForm):
    """A unit that leads or supports a task, or answers for it as well."""

    organization = HeadedChoice(kind_of, label=gettext_lazy("单位"))
    part = forms.ChoiceField(
        label=gettext_lazy("职责"), choices=Charge.Part.choices, required=False
    )


class StepForm(LineForm):
    """A sub-task or a date."""

    title = forms.CharField(label=gettext_lazy("举措"), max_length=300)
    organization = HeadedChoice(kind_of, label=gettext_lazy("单位"), required=False)
    due_on = forms.DateField(
        label=gettext_lazy("完成时限"), required=False, widget=forms.DateInput(attrs=DAY)
    )


class CourseForm(LineForm):
    """One point of a target's planned course."""

    task = None  # type: ignore[assignment]  # a point of a course belongs to a target
    target = HeadedChoice(lambda target: heading(target.section), label=gettext_lazy("目标指标"))
    on = forms.DateField(label=gettext_lazy("日期"), widget=forms.DateInput(attrs=DAY))
    value = forms.DecimalField(label=gettext_lazy("计划值"), max_digits=14, decimal_places=2)


LINES: dict[str, tuple[Any, Any]] = {
    "charges": (forms.formset_factory(ChargeForm, extra=4, max_num=200), ChargeLine),
    "steps": (forms.formset_factory(StepForm, extra=3, max_num=200), StepLine),
    "course": (forms.formset_factory(CourseForm, extra=3, max_num=200), CourseLine),
}


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """All decisions, newest first, each with what it added."""
    rows = Decision.objects.select_related("plan", "file").prefetch_related(
        "charges__task",
        "charges__organization",
        "steps__task",
        "steps__organization",
        "coursepoint_set__target",
    )
    context = {"decisions": rows, "day": timezone.localdate()}
    return render(request, "decisions/list.html", context)


@officer
def new_page(request: HttpRequest) -> HttpResponse:
    """Enter a decision with its lines."""
    plan = chosen(request)
    form = DecisionForm(request.POST or None, request.FILES or None, initial={"plan": plan})
    sets = {
        key: lines(request.POST or None, prefix=key, form_kwargs={"plan": plan})
        for key, (lines, _line) in LINES.items()
    }
    if request.method == "POST" and all(part.is_valid() for part in (form, *sets.values())):
        try:
            decision = enter(request, form.cleaned_data, sets)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已录入：%(decision)s") % {"decision": decision})
            return redirect("decisions")
    status = 409 if form.is_bound else 200
    context = {"form": form, "sets": sets, "plan": plan, "plans": Plan.objects.all()}
    return render(request, "decisions/new.html", context, status=status)


def chosen(request: HttpRequest) -> Plan | None:
    """Return the plan generation that a decision is about: the one sent, asked for, or newest."""
    sent = request.POST.get("plan", "")
    if sent.isascii() and sent.isdigit() and len(sent) < len("1000000000"):
        return Plan.objects.filter(pk=int(sent)).first()
    return view_of(request).plan


def enter(request: HttpRequest, said: dict, sets: dict) -> Decision:
    """Hand the filled-in lines to the act."""
    plan = said.pop("plan")
    said["file"] = next(uploaded(request, "file"), None)
    for key, (_lines, line) in LINES.items():
        filled = (form.cleaned_data for form in sets[key] if form.has_changed())
        said[key] = [line(**row) for row in filled]
    return decisions.enter(plan, **said, actor=request.actor, day=timezone.localdate())


@officer
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """A step is done."""
    step = get_object_or_404(Step, pk=pk)
    day = timezone.localdate()
    if request.method == "POST":
        try:
            decisions.finish_step(step, day, actor=request.actor, day=day)
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect("decisions")
