"""The expert library (专家库): who is engaged in which fields; for the office and its auditors."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongbiao.parties import appointments, experts, journal, units
from rongbiao.parties.experts import Fields, Term
from rongbiao.parties.models import Draw, Expertise, Organization, Person, Post, Tie
from rongbiao.parties.refused import Refused
from rongbiao.texts import classes
from rongbiao.web.doors import office, officer
from rongbiao.web.lists import Lines, Unit
from rongbiao.web.uploads import uploaded

PAGE = 30
DRAWS_LOOKED_AT = 300
DAY: dict[str, Any] = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}
KINDS = [choice for choice in Organization.Kind.choices if choice[0] != "collective"]


class Basis(forms.Form):
    """On what an act rests."""

    basis = forms.CharField(label=gettext_lazy("依据"), max_length=200)


class RenewForm(Basis):
    """A longer term."""

    until = forms.DateField(label=gettext_lazy("聘期至"), widget=forms.DateInput(**DAY))


class ReleaseForm(Basis):
    """The end of a term."""

    until = forms.DateField(label=gettext_lazy("最后一日"), widget=forms.DateInput(**DAY))
    why = forms.CharField(label=gettext_lazy("理由"), max_length=300)


class TieForm(Basis):
    """What binds an expert to somebody."""

    kind = forms.ChoiceField(label=gettext_lazy("关系"), choices=Tie.Kind.choices)
    unit = Unit(label=gettext_lazy("单位"), max_length=120, required=False)
    account = forms.CharField(label=gettext_lazy("人员账号"), max_length=150, required=False)
    since = forms.DateField(label=gettext_lazy("自"), required=False, widget=forms.DateInput(**DAY))
    until = forms.DateField(label=gettext_lazy("至"), required=False, widget=forms.DateInput(**DAY))
    note = forms.CharField(label=gettext_lazy("说明"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Find the other end: a unit or a person, one of them."""
        said = super().clean() or {}
        unit, account = said.pop("unit", None), said.pop("account", "")
        if bool(unit) == bool(account):
            raise forms.ValidationError(_("单位和人员账号请填写其中一项。"))
        said["other"] = unit or Person.objects.filter(username=account).first()
        if not isinstance(said["other"], Organization | Person):
            raise forms.ValidationError(_("没有登记过“{name}”。").format(name=unit or account))
        return said


class ExpertForm(Basis):
    """Somebody who is to be engaged."""

    account = forms.CharField(
        label=gettext_lazy("账号"),
        max_length=150,
        help_text=gettext_lazy("已有账号的人员填原账号；新账号由系统管理员开通登录。"),
    )
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=50)
    unit = Unit(label=gettext_lazy("所在单位"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("单位类别（新单位填写）"), required=False)
    ics = Lines(
        label=gettext_lazy("专业领域（ICS）"),
        spaced=True,
        help_text=gettext_lazy("国际标准分类号，如 67.140.10；多个用空格分开。"),
    )
    ccs = Lines(
        label=gettext_lazy("专业领域（CCS）"),
        spaced=True,
        help_text=gettext_lazy("中国标准分类号，如 X55。"),
    )
    title = forms.CharField(label=gettext_lazy("职称"), max_length=60)
    rank = forms.ChoiceField(label=gettext_lazy("职称等级"), choices=Expertise.Rank.choices)
    proof = forms.FileField(label=gettext_lazy("证明材料"), required=False)
    since = forms.DateField(label=gettext_lazy("聘期自"), widget=forms.DateInput(**DAY))
    until = forms.DateField(label=gettext_lazy("聘期至"), widget=forms.DateInput(**DAY))
    basis_on = forms.DateField(
        label=gettext_lazy("依据日期"), required=False, widget=forms.DateInput(**DAY)
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = self.fields["kind"]
        kinds.choices = [("", "—"), *KINDS]  # type: ignore[attr-defined]
        self.order_fields([name for name in self.fields if name != "basis"])


@office
def list_page(request: HttpRequest) -> HttpResponse:
    """Show the experts, those engaged today unless others are asked for."""
    day = timezone.localdate()
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "code", "rank", "all")}
    rows = matching(asked, day)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "day": day, "ranks": Expertise.Rank.choices, "asked": asked}
    context["rows"] = [(post, names(post), post.holds_on(day)) for post in page]
    return render(request, "experts/list.html", context)


def matching(asked: dict[str, str], day: date) -> list[Post]:
    """Return the experts that the words, the class and the rank of an address leave."""
    rows = experts.everybody() if asked["all"] else experts.on(day)
    if words := asked["q"].replace("\0", ""):
        rows = rows.filter(Q(person__name__contains=words) | Q(organization__name__contains=words))
    if asked["rank"] in Expertise.Rank.values:
        rows = rows.filter(expertise__rank=asked["rank"])
    found: QuerySet[Post] = rows.annotate(bound=Count("ties", filter=Q(ties__withdrawn_on=None)))
    code = asked["code"]
    return [post for post in found if not code or (known(post) and known(post).covers(code))]


def known(post: Post) -> Any:
    """Return an expert's expertise; a post entered at the console has none."""
    return getattr(post, "expertise", None)


def names(post: Post) -> list[tuple[str, str]]:
    """Return an expert's fields with their names in the language of the page, where known."""
    language = get_language() or "zh"
    codes = known(post).codes if known(post) else []
    named = [(code, classes.classification(code)) for code in codes]
    return [(code, one.name(language) if one else "") for code, one in named]


def expert(pk: int) -> Post:
    """Return an expert's post, or 404."""
    return get_object_or_404(experts.everybody(), pk=pk)


@office
def one_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one expert: fields, term, ties, where they were drawn."""
    return shown(request, expert(pk))


def shown(request: HttpRequest, post: Post, refused: forms.Form | None = None) -> HttpResponse:
    """Show an expert; the form that was refused stands open with what was typed in it."""
    day = timezone.localdate()
    acts: dict[str, forms.Form] = {
        "renew": RenewForm(prefix="renew"),
        "release": ReleaseForm(prefix="release", initial={"until": day}),
        "tie": TieForm(prefix="tie"),
    }
    if refused is not None:
        acts[str(refused.prefix)] = refused
    ties = Tie.objects.filter(post__person=post.person).select_related("organization", "person")
    context = acts | {
        "post": post,
        "fields": names(post),
        "day": day,
        "held": post.holds_on(day),
        "ties": ties,
        "draws": drawn(post),
        "lines": journal.lines_of(post),
        "form": refused,
    }
    return render(request, "experts/one.html", context, status=409 if refused else 200)


def drawn(post: Post) -> list[tuple[Draw, bool]]:
    """Return the latest draws in which an expert was drawn, and whether they sit."""
    rows = Draw.objects.exclude(seed="").defer("lots", "grounds", "sealed")[:DRAWS_LOOKED_AT]
    return [
        (draw, any(one["post"] == post.pk for one in draw.seated))
        for draw in rows
        if any(one["post"] == post.pk for one in (*draw.drawn, *draw.seated))
    ]


@officer
def new_page(request: HttpRequest) -> HttpResponse:
    """Engage an expert."""
    form = ExpertForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            post = engage(request, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已聘任：{post}。").format(post=post))
            return redirect("expert", post.pk)
    return render(request, "experts/new.html", {"form": form}, status=409 if form.errors else 200)


@transaction.atomic
def engage(request: HttpRequest, said: dict[str, Any]) -> Post:
    """Hand what a form says to the acts; all of it holds, or nothing."""
    by: dict[str, Any] = {"actor": request.actor, "day": timezone.localdate()}
    person = Person.objects.filter(username=said["account"]).first()
    if person and person.name != said["name"]:
        raise Refused(
            _("账号“{account}”是{person}的。").format(account=person.username, person=person)
        )
    unit = said["unit"]
    if isinstance(unit, str):
        if not said["kind"]:
            raise Refused(_("没有登记过“{name}”；新单位请选择单位类别。").format(name=unit))
        unit = units.enter(unit, said["kind"], **by)
    if person is None:
        person = appointments.enroll(
            said["account"], said["name"], None, demonstration=request.actor.demonstration, **by
        )
    proof = next(uploaded(request, "proof"), None)
    fields = Fields(tuple(said["ics"]), tuple(said["ccs"]), said["title"], said["rank"], proof)
    term = Term(said["since"], said["until"], said["basis"], said["basis_on"])
    return experts.enroll(person, unit, fields, term, **by)


def _done(request: HttpRequest, pk: int, form: forms.Form, act: Any) -> HttpResponse:
    """Do an act with what a form says, and go back to the expert, or show what is in the way."""
    post = expert(pk)
    if form.is_valid():
        try:
            act(post, **form.cleaned_data, actor=request.actor, day=timezone.localdate())
        except Refused as refused:
            form.add_error(None, str(refused))
    if form.errors:
        return shown(request, post, form)
    messages.success(request, _("已登记。"))
    return redirect("expert", post.pk)


@officer
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Engage an expert for longer."""
    return _done(request, pk, RenewForm(request.POST, prefix="renew"), experts.renew)


@officer
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """End an engagement."""
    return _done(request, pk, ReleaseForm(request.POST, prefix="release"), experts.release)


@officer
@require_POST
def tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what binds an expert to a unit or a person."""
    return _done(request, pk, TieForm(request.POST, prefix="tie"), experts.declare_tie)
