"""Planning (制定抽查计划): field, area and risk, with how many items they would meet today."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.parties.models import Region
from rongbiao.parties.refused import Refused
from rongbiao.standards.supervising import planning, population
from rongbiao.standards.supervising.planning import Said
from rongbiao.standards.supervising.population import Wanted
from rongbiao.texts.lots import MOST_SEATS
from rongbiao.web.doors import officer
from rongbiao.web.lists import Lines

SHOWN = 10


class CampaignForm(forms.Form):
    """What a campaign is about."""

    title = forms.CharField(label=gettext_lazy("抽查计划名称"), max_length=100)
    year = forms.IntegerField(label=gettext_lazy("年度"), min_value=2018, max_value=2100)
    basis = forms.CharField(
        label=gettext_lazy("依据"), max_length=200,
        help_text=gettext_lazy("年度抽查计划的文号，或者法律条款。"),
    )  # fmt: skip
    codes = Lines(
        label=gettext_lazy("分类号"), spaced=True,
        help_text=gettext_lazy("ICS 或 CCS，按所执行或者对照的标准归类，符合其中一个即可；不填为不限。"),
    )  # fmt: skip
    words = Lines(
        label=gettext_lazy("编号、名称或者产品含"),
        help_text=gettext_lazy("一行一个词，符合其中一个即可。"),
    )
    own = forms.BooleanField(label=gettext_lazy("只抽企业标准"), required=False)
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("区划"), required=False, widget=forms.CheckboxSelectMultiple
    )
    months = forms.IntegerField(
        label=gettext_lazy("多少个月以上未变更（0 为不看）"), initial=0, min_value=0, max_value=600
    )
    findings = forms.BooleanField(label=gettext_lazy("预检有应当改正的发现"), required=False)
    reported = forms.BooleanField(label=gettext_lazy("曾有举报线索"), required=False)
    count = forms.IntegerField(
        label=gettext_lazy("抽取对象数"), min_value=1, max_value=MOST_SEATS, initial=20
    )
    per_unit = forms.IntegerField(
        label=gettext_lazy("同一企业最多（0 为不限）"), initial=0, min_value=0, max_value=MOST_SEATS
    )
    people = forms.IntegerField(
        label=gettext_lazy("抽取检查人员数"), initial=2, min_value=1, max_value=MOST_SEATS
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        regions = Region.objects.exclude(parent__parent=None).order_by("pk")
        self.fields["areas"].choices = [(row.pk, row.name) for row in regions]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return which items are meant."""
        said = self.cleaned_data
        names = ("codes", "words", "areas", "own", "months", "findings", "reported")
        return Wanted(**{name: said[name] for name in names})

    def said(self) -> Said:
        """Return what is said of the campaign."""
        names = ("title", "year", "basis", "count", "people", "per_unit")
        return Said(**{name: self.cleaned_data[name] for name in names}, wanted=self.wanted())

    def groups(self) -> list[tuple[str, Any, list[Any]]]:
        """Return the fields as the page groups them."""
        parts = (
            ("what", _("计划"), ("title", "year", "basis")),
            ("field", _("领域"), ("codes", "words", "own")),
            ("area", _("区划"), ("areas",)),
            ("risk", _("风险（符合其一；都不选为不限）"), ("months", "findings", "reported")),
            ("many", _("抽取"), ("count", "per_unit", "people")),
        )
        return [(key, name, [self[field] for field in fields]) for key, name, fields in parts]


@officer
def new_page(request: HttpRequest) -> HttpResponse:
    """Show whom a campaign would meet, and enter it."""
    first = {"year": timezone.localdate().year}
    form = CampaignForm(request.POST or None, initial=first)
    found = None
    if request.method == "POST" and form.is_valid():
        try:
            if "plan" in request.POST:
                return redirect(entered(request, form))
            found = met(request, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "found": found, "shown": found[:SHOWN] if found else ()}
    return render(request, "supervision/new.html", context, status=409 if form.errors else 200)


def entered(request: HttpRequest, form: CampaignForm) -> Any:
    """Enter a campaign."""
    return planning.plan(form.said(), actor=request.actor, day=timezone.localdate())


def met(request: HttpRequest, form: CampaignForm) -> list[population.Member]:
    """Return the items that a campaign would meet today."""
    world = request.actor.demonstration
    return population.members(form.wanted(), timezone.localdate(), demonstration=world)
