"""Policies (政策文件): a paper is uploaded and read, its doubts are settled, the plan is entered."""

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.parties.refused import Refused
from rongbiao.strategy import plans
from rongbiao.strategy.models import Clause, Reading
from rongbiao.web.doors import officer
from rongbiao.web.side_by_side import sheet
from rongbiao.web.uploads import uploaded

KEY = RegexValidator(
    r"^[a-z0-9-]{3,40}$", gettext_lazy("代号用小写字母、数字和连字符，3 至 40 位。")
)


class PaperForm(forms.Form):
    """A policy paper."""

    paper = forms.FileField(
        label=gettext_lazy("政策文件"),
        help_text=gettext_lazy("txt、md、html、docx，或有文字层的 pdf；不超过 20 MB。"),
    )


class DoubtForm(forms.Form):
    """What a person made of one doubt."""

    doubt = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(label=gettext_lazy("确认意见"), max_length=500)


class AmendForm(forms.Form):
    """One value of the reading put right."""

    path = forms.CharField(max_length=200, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    value = forms.CharField(label=gettext_lazy("更正为"), max_length=3000, required=False)
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=300)


class EnterForm(forms.Form):
    """What the paper does not say of itself: its short name here and the period of the plan."""

    key = forms.CharField(
        label=gettext_lazy("代号"),
        help_text=gettext_lazy("网址中使用，例如 fuzhou-2023-157。"),
        validators=[KEY],
    )
    since = forms.DateField(
        label=gettext_lazy("实施期起"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("实施期止"), widget=forms.DateInput(attrs={"type": "date"})
    )
    horizon = forms.IntegerField(label=gettext_lazy("远景年份"), required=False)


@officer
def list_page(request: HttpRequest) -> HttpResponse:
    """All papers that were read; the form for the next."""
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        day = timezone.localdate()
        try:
            ((content, name),) = uploaded(request, "paper")
            reading = plans.take_in(content, name, actor=request.actor, day=day)
        except Refused as refused:
            form.add_error("paper", str(refused))
        else:
            return redirect("policy", reading.pk)
    readings = Reading.objects.select_related("plan", "file", "read_by__person")
    status = 409 if form.errors else 200
    return render(
        request, "policies/list.html", {"form": form, "readings": readings}, status=status
    )


@officer
def one_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The original and its reading side by side, with what waits for a person."""
    reading = get_object_or_404(Reading.objects.select_related("plan", "file"), pk=pk)
    refusal = ""
    form = EnterForm(initial=suggested(reading))
    if request.method == "POST":
        try:
            return answer(request, reading)
        except Refused as refused:
            refusal = str(refused)
            form = EnterForm(request.POST) if "enter" in request.POST else form
    context = {"reading": reading, "sheet": sheet(reading), "form": form, "refusal": refusal}
    context |= {"amending": request.GET.get("amend", ""), "kinds": Clause.Kind.choices}
    return render(request, "policies/one.html", context, status=409 if refusal else 200)


def suggested(reading: Reading) -> dict:
    """Return what the form of the plan's period shows first: the day signed, the year aimed at."""
    years = [target["by"] for target in reading.outcome.get("targets", []) if target.get("by")]
    until = f"{max(years)}-12-31" if years else ""
    return {"since": reading.outcome.get("signed_on") or "", "until": until}


def answer(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Confirm a doubt, amend a value, or enter the plan, whichever button was pressed."""
    by = {"actor": request.actor, "day": timezone.localdate()}
    if "confirm" in request.POST:
        said = checked(DoubtForm(request.POST))
        plans.confirm(reading, said["doubt"], said["words"], version=said["version"], **by)
        return redirect(f"{request.path}#doubt-{said['doubt'] + 1}")
    if "amend" in request.POST:
        said = checked(AmendForm(request.POST))
        path = [int(part) if part.isdecimal() else part for part in said["path"].split(".")]
        value = None if request.POST["amend"] == "remove" else said["value"]
        plans.amend(reading, path, value, said["reason"], version=said["version"], **by)
        return redirect(f"{request.path}#{'-'.join(str(step) for step in path[:2])}")
    said = checked(EnterForm(request.POST))
    plan = plans.enter(reading, **said, **by)
    messages.success(request, _("已录入：%(plan)s") % {"plan": plan})
    return redirect(plan)


def checked(form: forms.Form) -> dict:
    """Return what a small form says, or refuse with its first complaint."""
    if form.is_valid():
        return form.cleaned_data
    field, complaints = next(iter(form.errors.items()))
    label = form.fields[field].label if field in form.fields else ""
    raise Refused(f"{label or _('填写')}：{complaints[0]}")
