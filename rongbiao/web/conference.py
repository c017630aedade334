"""The joint conference (联席会议成员): whom the collective names mean, on which day."""

from collections.abc import Callable
from typing import Any

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
    return shown(request)


def shown(request: HttpRequest, refused: forms.Form | None = None) -> HttpResponse:
    """Show the lists; the form that was refused stands open with what was typed in it."""
    groups = Group.objects.select_related("placeholder").prefetch_related(
        "memberships__organization"
    )
    admit_form = AdmitForm()
    units = list(admit_form.fields["organization"].choices)[1:]  # asked once for all the lists
    lists = [_lines(group, refused, units) for group in groups]
    context = {"lists": lists, "form": refused, "day": timezone.localdate()}
    return render(request, "conference/page.html", context, status=409 if refused else 200)


def _lines(group: Group, refused: forms.Form | None, units: list[Any]) -> dict[str, Any]:
    """Return a list with its members, each with the forms that change it."""
    return {
        "group": group,
        "admit": _form(AdmitForm, f"admit-{group.pk}", refused, units),
        "members": [
            (row, None if row.until else _form(DismissForm, f"dismiss-{row.pk}", refused))
            for row in group.memberships.all()
        ],
    }


def _form(
    kind: type[forms.Form], prefix: str, refused: forms.Form | None, units: list[Any] | None = None
) -> forms.Form:
    """Return the form of one place on the page: the refused one, or an empty one."""
    form = refused if refused and refused.prefix == prefix else kind(prefix=prefix)
    if units is not None:
        form.fields["organization"].widget.choices = [("", "—"), *units]  # type: ignore[attr-defined]
    return form


def _done(request: HttpRequest, form: forms.Form, act: Callable[..., Any]) -> HttpResponse:
    """Do an act with what a form says and go back to the lists, or show what stands in the way."""
    if form.is_valid():
        try:
            act(**form.cleaned_data, actor=request.actor, day=timezone.localdate())
        except Refused as refused:
            form.add_error(None, str(refused))
    if form.errors:
        return shown(request, form)
    messages.success(request, _("名单已更新，责任项随之调整。"))
    return redirect("conference")


@officer
@require_POST
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit joins a group."""
    group = get_object_or_404(Group, pk=pk)

    def act(organization, since, basis, **by):
        conference.admit(group, organization, since, basis, **by)

    return _done(request, AdmitForm(request.POST, prefix=f"admit-{pk}"), act)


@officer
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit leaves a group."""
    membership = get_object_or_404(Membership, pk=pk)

    def act(until, basis, **by):
        conference.dismiss(membership, until, basis, **by)

    return _done(request, DismissForm(request.POST, prefix=f"dismiss-{pk}"), act)
