"""The joint conference (联席会议成员): whom the collective names mean, on which day."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rongbiao.parties.models import Group, Membership, Organization
from rongbiao.parties.refused import Refused
from rongbiao.strategy import conference
from rongbiao.web.doors import officer, published


class AdmitForm(forms.Form):
    """A unit that joins."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=gettext_lazy("单位"))
    since = forms.DateField(
        label=gettext_lazy("自"), widget=forms.DateInput(attrs={"type": "date"})
    )
    basis = forms.CharField(label=gettext_lazy("依据"), max_length=200)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        kinds = Organization.Kind
        named = (kinds.BUREAU, kinds.DISTRICT, kinds.PARK)
        self.fields["organization"].queryset = Organization.objects.filter(kind__in=named)


class DismissForm(forms.Form):
    """A unit that leaves."""

    until = forms.DateField(
        label=gettext_lazy("至"), widget=forms.DateInput(attrs={"type": "date"})
    )
    basis = forms.CharField(label=gettext_lazy("依据"), max_length=200)


@published
def page(request: HttpRequest) -> HttpResponse:
    """Every collective name with its dated members."""
    groups = Group.objects.select_related("placeholder").prefetch_related(
        "memberships__organization"
    )
    context = {"groups": groups, "admit": AdmitForm(), "dismiss": DismissForm()}
    return render(request, "conference/page.html", context | {"day": timezone.localdate()})


def _done(request: HttpRequest, form: forms.Form, act) -> HttpResponse:
    """Do an act with what a form says and go back to the lists."""
    if not form.is_valid():
        field, complaints = next(iter(form.errors.items()))
        messages.error(request, f"{form.fields[field].label}：{complaints[0]}")
        return redirect("conference")
    try:
        act(**form.cleaned_data, actor=request.actor, day=timezone.localdate())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("名单已更新，责任项随之调整。"))
    return redirect("conference")


@officer
@require_POST
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit joins a group."""
    group = get_object_or_404(Group, pk=pk)

    def act(organization, since, basis, **by):
        conference.admit(group, organization, since, basis, **by)

    return _done(request, AdmitForm(request.POST), act)


@officer
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit leaves a group."""
    membership = get_object_or_404(Membership, pk=pk)

    def act(until, basis, **by):
        conference.dismiss(membership, until, basis, **by)

    return _done(request, DismissForm(request.POST), act)
