"""Draws (抽取): conditions, the pool with why not the others, frozen, revealed, on record for all."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rongbiao.parties import draws, journal
from rongbiao.parties.models import Draw, Expertise, Organization
from rongbiao.parties.refused import Refused
from rongbiao.standards import pools
from rongbiao.standards.pools import Pool, Wanted
from rongbiao.texts import lots
from rongbiao.web.doors import officer, published
from rongbiao.web.lists import Lines, People, Units

PAGE = 30
BALANCED = ("enterprise", "university", "institute", "association", "bureau")
State = Draw.State


def number(label: Any, initial: int, most: int = 50, least: int = 0) -> forms.IntegerField:
    """Return a field for a small number."""
    return forms.IntegerField(label=label, initial=initial, min_value=least, max_value=most)


class DrawForm(forms.Form):
    """What is drawn for, and under which conditions."""

    purpose = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=100,
        help_text=gettext_lazy("例如“技术审查”“立项论证”。"),
    )
    basis = forms.CharField(label=gettext_lazy("办件编号或依据"), max_length=100)
    codes = Lines(
        label=gettext_lazy("专业领域"),
        spaced=True,
        help_text=gettext_lazy("ICS 或 CCS 分类号，符合其中一个即可；不填为不限。"),
    )
    ranks = forms.MultipleChoiceField(
        label=gettext_lazy("职称等级"),
        choices=Expertise.Rank.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    count = number(gettext_lazy("抽取人数"), 5, least=1)
    reserves = number(gettext_lazy("备选人数"), 3)
    per_unit = number(gettext_lazy("同一单位最多（0 为不限）"), 1)
    units = Units(
        label=gettext_lazy("回避单位"),
        rows=3,
        help_text=gettext_lazy("申请、起草等有关单位的全称或简称，一行一个。"),
    )
    standards = Lines(
        label=gettext_lazy("所评标准"),
        help_text=gettext_lazy("标准编号，一行一个；其起草单位和主要起草人回避。"),
    )
    persons = People(
        label=gettext_lazy("回避人员"), help_text=gettext_lazy("当事人的账号，一行一个。")
    )
    employer_years = number(gettext_lazy("曾在回避单位任职，回溯年数"), 3, 20)
    drafting_years = number(gettext_lazy("曾与回避单位共同起草，回溯年数（0 为不看）"), 3, 20)
    recent_months = number(gettext_lazy("近期：月数"), 3, 24, 1)
    recent_times = number(gettext_lazy("近期抽中几次即不入选（0 为不看）"), 2, 20)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind in BALANCED:
            label = Organization.Kind(kind).label
            self.fields[f"least_{kind}"] = number(label, 0)

    def wanted(self) -> Wanted:
        """Return what is asked of the draw."""
        said = self.cleaned_data
        plain = {
            name: said[name]
            for name in (
                "count", "reserves", "per_unit", "codes", "ranks", "standards",
                "employer_years", "drafting_years", "recent_months", "recent_times",
            )
        }  # fmt: skip
        least = {kind: said[f"least_{kind}"] for kind in BALANCED if said[f"least_{kind}"]}
        units, persons = ([one.pk for one in said[name]] for name in ("units", "persons"))
        return Wanted(**plain, at_least=least, units=units, persons=persons)

    def groups(self) -> list[tuple[str, Any, list]]:
        """Return the fields as the page groups them."""
        parts = (
            ("what", _("用途"), ("purpose", "basis")),
            ("field", _("条件"), ("codes", "ranks")),
            ("many", _("人数"), ("count", "reserves", "per_unit")),
            ("least", _("各类单位最少人数"), tuple(f"least_{kind}" for kind in BALANCED)),
            ("aside", _("回避"), ("units", "standards", "persons")),
            ("back", _("回溯"), ("employer_years", "drafting_years", "recent_months", "recent_times")),
        )  # fmt: skip
        return [(key, name, [self[field] for field in fields]) for key, name, fields in parts]


class RevealForm(forms.Form):
    """What a witness says aloud."""

    witness = forms.CharField(
        label=gettext_lazy("监督人报数"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("由在场监督人当场随意报出，例如三位数，一并参与排序；可以不填。"),
    )


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=gettext_lazy("理由"), max_length=300)


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """Show every draw, the newest first."""
    rows = Draw.objects.defer("lots", "grounds", "sealed")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "draws/list.html", {"page": page, "day": timezone.localdate()})


@officer
def new_page(request: HttpRequest) -> HttpResponse:
    """Show who could be drawn under some conditions, and freeze the list."""
    form = DrawForm(request.POST or None, initial=request.GET.dict())
    found: Pool | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if "freeze" in request.POST:
                return redirect(frozen(request, form))
            found = looked_at(form)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "pool": found and shown(found), "lack": found and lack(form, found)}
    return render(request, "draws/new.html", context, status=409 if form.errors else 200)


def frozen(request: HttpRequest, form: DrawForm) -> Draw:
    """Freeze the list that a form asks for."""
    said, day = form.cleaned_data, timezone.localdate()
    return pools.freeze(said["purpose"], said["basis"], form.wanted(), actor=request.actor, day=day)


def looked_at(form: DrawForm) -> Pool:
    """Return the list that a form asks for, without freezing it."""
    said = form.cleaned_data
    day = timezone.localdate()
    return pools.pool(form.wanted(), day, basis=said["basis"], purpose=said["purpose"])


def lack(form: DrawForm, found: Pool) -> str:
    """Say why the list is too small, or nothing."""
    rules = form.wanted().rules
    short = lots.shortage(found.lots, rules)
    return draws.lacking(short, found.lots, rules) if short else ""


def shown(found: Pool) -> dict[str, Any]:
    """Return a list as pages show it."""
    return table(found.lots, found.grounds) | {"conditions": found.conditions}


def table(rows: Any, grounds: Mapping[str, Any]) -> dict[str, Any]:
    """Return who is in, who is out with every sentence, and how many each reason excludes."""
    return {
        "ready": [lot for lot in rows if lot.eligible],
        "out": [(lot, grounds.get(lot.key, ())) for lot in rows if not lot.eligible],
        "excluded": draws.excluded(rows),
    }


def draw_of(number: str) -> Draw:
    """Return a draw, or 404."""
    rows = Draw.objects.select_related(
        "replaces", "repeated_by", "frozen_by__person", "frozen_by__organization",
        "revealed_by__person", "revealed_by__organization",
    )  # fmt: skip
    return get_object_or_404(rows, number=number)


def inside(request: HttpRequest) -> bool:
    """Tell whether who is out, and why, may be shown: to officers and auditors."""
    return bool(request.actor and (request.actor.is_officer or request.actor.role == "auditor"))


@published
def one_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show the record of a draw: the commitment before, the seed after, who was drawn."""
    return told(request, draw_of(number))


def told(request: HttpRequest, draw: Draw, refused: str = "") -> HttpResponse:
    """Show a draw; where an act was refused, with its sentence and what was typed."""
    own, said = inside(request), {name: request.POST.get(name, "") for name in ("witness", "why")}
    match = request.resolver_match
    acting = match.url_name if match and refused else ""  # the act whose words are given back
    rows = draws.lots_of(draw)
    record = draws.record_of(draw, inside=own)
    context = table(rows, draw.grounds if own else {}) | {
        "draw": draw,
        "inside": own,
        "record": record,
        "absent": absent(draw, own),
        "callable": callable_people(draw),
        "others": Draw.objects.filter(basis=draw.basis).exclude(pk=draw.pk).order_by("id"),
        "lines": journal.lines_of(draw) if own else (),
        "day": timezone.localdate(),
        "reveal": RevealForm(initial=said),
        "why": WhyForm(initial=said if acting == "draw_again" else None, auto_id="again_%s"),
        "typed": said,
        "gone": request.POST.getlist("absent"),
        "acting": acting,
        "refused": refused,
    }
    return render(request, "draws/one.html", context, status=409 if refused else 200)


def absent(draw: Draw, own: bool) -> list[tuple[str, str, str]]:
    """Return who could not come, on which day, and to the office why."""
    people = {one["key"]: one["name"] for one in (*draw.drawn, *draw.reserves)}
    return [
        ("、".join(people[key] for key in one["keys"]), one["day"], one["why"] if own else "")
        for one in draw.absences
    ]


def callable_people(draw: Draw) -> list[dict[str, Any]]:
    """Return the drawn and the reserves who have not said that they cannot come."""
    gone = {key for one in draw.absences for key in one["keys"]}
    return [one for one in (*draw.drawn, *draw.reserves) if one["key"] not in gone]


@published
def record(request: HttpRequest, number: str) -> JsonResponse:
    """Give the record for ``rongbiao draw --check``; inside the office the whole list."""
    said = draws.record_of(draw_of(number), inside=inside(request))
    answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = content_disposition_header(True, f"draw-{number}.json")
    return answer


def _done(request: HttpRequest, number: str, act: Any, done: str) -> HttpResponse:
    """Do an act on a draw and go to the record that it leaves, or show what is in the way."""
    draw = draw_of(number)
    try:
        draw = act(draw, actor=request.actor, day=timezone.localdate())
    except Refused as refused:
        return told(request, draw_of(number), str(refused))
    messages.success(request, done)
    return redirect("draw", draw.number)


@officer
@require_POST
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Reveal the seed and draw."""
    witness = request.POST.get("witness", "")
    return _done(
        request, number, lambda draw, **by: draws.reveal(draw, witness, **by), _("已抽取。")
    )


@officer
@require_POST
def replace(request: HttpRequest, number: str) -> HttpResponse:
    """Make good absences from the reserves."""
    keys, why = request.POST.getlist("absent"), request.POST.get("why", "")
    return _done(
        request,
        number,
        lambda draw, **by: draws.replace_absent(draw, keys, why, **by),
        _("已按备选次序补抽，原记录保留。"),
    )


@officer
@require_POST
def again(request: HttpRequest, number: str) -> HttpResponse:
    """Freeze a new list for the same matter."""
    why = request.POST.get("why", "")
    return _done(
        request,
        number,
        lambda draw, **by: pools.again(draw, why, **by),
        _("已按同样条件重新冻结名单，原记录保留。"),
    )
