"""Acts on pages of their own: an enterprise applies, an officer proposes a removal or records."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.awards.leading import national
from rongbiao.awards.models import Leader
from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.parties import units
from rongbiao.parties.refused import Refused
from rongbiao.procedures.leader import Applying, LeaderApplying
from rongbiao.procedures.leader_adjustment import Facts, LeaderAdjustment
from rongbiao.web.cases.filling import dressed, new_token
from rongbiao.web.doors import declarer, officer


def token_of(request: HttpRequest) -> str:
    """Return what makes sending the form of a page twice harmless."""
    return request.POST.get("token", "")[:64] or new_token()


@declarer
def apply_page(request: HttpRequest) -> HttpResponse:
    """Apply with one of the enterprise's declarations for a plan that takes applications."""
    day, unit = timezone.localdate(), request.actor.organization
    draft = Case(applicant=unit, opened_on=day, demonstration=request.actor.demonstration)
    first = {"plan": request.GET.get("plan", "")[:40]}
    form = Applying(request.POST or None, case=draft, initial=first)
    dressed(form)
    if request.method == "POST" and form.is_valid() and (case := opened(request, form)):
        messages.success(request, _("已申请，办件号 {number}。").format(number=case.number))
        return redirect(case)
    context = {"form": form, "token": token_of(request), "unit": unit}
    return render(request, "leading/apply.html", context, status=409 if form.errors else 200)


def opened(request: HttpRequest, form: Applying) -> Case | None:
    """Open the case of an application; None, and the form says why, when it is refused."""
    try:
        return desk.open_case(
            LeaderApplying, actor=request.actor, day=timezone.localdate(), answers=request.POST,
            token=token_of(request),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused))
    return None


class RemovalForm(Facts):
    """Why a leader is to be removed; which one the address says."""

    def fit(self) -> None:
        del self.fields["leader"]

    def clean(self) -> dict[str, Any]:
        return forms.Form.clean(self) or {}


@officer
def remove_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the removal of a leader: opens its case, which is put before the public."""
    rows = Leader.objects.filter(removed_on=None).select_related("organization", "list__plan")
    row = get_object_or_404(rows.select_related("declaration"), pk=pk)
    form = dressed(RemovalForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            case = desk.open_case(
                LeaderAdjustment, actor=request.actor, day=timezone.localdate(),
                answers=request.POST.dict() | {"leader": str(pk)}, token=token_of(request),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(case)
    context = {"form": form, "row": row, "token": token_of(request)}
    return render(request, "leading/remove.html", context, status=409 if form.errors else 200)


class NationalForm(forms.Form):
    """One leader of a national list."""

    title = forms.CharField(label=gettext_lazy("名单名称"), max_length=200)
    year = forms.IntegerField(label=gettext_lazy("年度"), min_value=2018, max_value=2100)
    product = forms.CharField(label=gettext_lazy("产品或者服务"), max_length=200)
    unit = forms.CharField(
        label=gettext_lazy("企业"), max_length=120, help_text=gettext_lazy("名录中的单位全称。")
    )
    number = forms.CharField(label=gettext_lazy("标准编号"), max_length=80, required=False)
    source = forms.CharField(
        label=gettext_lazy("来源"), max_length=300,
        help_text=gettext_lazy("公布名单的机关和网址，或者文件名称。"),
    )  # fmt: skip
    basis = forms.CharField(label=gettext_lazy("依据"), max_length=200)

    def clean_unit(self) -> Any:
        """Return the unit of a name."""
        found = units.named(self.cleaned_data["unit"])
        if found is None:
            words = _("名录中没有“{name}”，请先登记这一单位，或者核对名称。")
            raise forms.ValidationError(words.format(name=self.cleaned_data["unit"]))
        return found


@officer
def national_page(request: HttpRequest) -> HttpResponse:
    """Record a national leader with its basis."""
    form = NationalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said["organization"], basis = said.pop("unit"), said.pop("basis")
        try:
            national.record(said, basis=basis, actor=request.actor, day=timezone.localdate())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已登记。"))
            return redirect("leaders")
    return render(
        request, "leading/national.html", {"form": form}, status=409 if form.errors else 200
    )
