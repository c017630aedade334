"""Editing (更正名录): an officer puts one edition right, or enters one by hand, with its basis."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.forms.models import fields_for_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.parties import journal
from rongbiao.parties.refused import Refused
from rongbiao.procedures.correction import correct
from rongbiao.standards import edits
from rongbiao.standards.edits import EDITABLE, Basis, Overtaken, Wanted
from rongbiao.standards.models import Relation, Standard
from rongbiao.web.changes import changes_of, label_of, value_of
from rongbiao.web.doors import officer
from rongbiao.web.standard import key_of
from rongbiao.web.uploads import uploaded

DAY = {"type": "date"}
LONG = {"drafted_by", "abstract"}
DAYS = [name for name in EDITABLE if name.endswith("_on")]


class EditionForm(forms.Form):
    """The columns of an edition, its drafting units, its text, and on what the edit rests."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    drafters = forms.CharField(
        label=gettext_lazy("起草单位"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("一行一个，按标准文本列出的顺序；列首位的为主导。"),
    )
    text = forms.FileField(
        label=gettext_lazy("标准文本"),
        required=False,
        help_text=gettext_lazy("PDF、docx 等，不超过 20 MB；不选则不变。"),
    )
    basis = forms.CharField(
        label=gettext_lazy("依据文号"),
        max_length=200,
        help_text=gettext_lazy("例如发布公告、复审结论或来函的文号。"),
    )
    basis_on = forms.DateField(label=gettext_lazy("依据日期"), widget=forms.DateInput(attrs=DAY))
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        widgets = {name: forms.DateInput(attrs=DAY, format="%Y-%m-%d") for name in DAYS}
        widgets |= {name: forms.Textarea(attrs={"rows": 3}) for name in LONG}
        columns = fields_for_model(Standard, EDITABLE, widgets=widgets)
        if "number" in self.fields:  # the number decides the level
            columns.pop("level")
        self.fields = columns | self.fields
        self.columns = [name for name in EDITABLE if name in self.fields]

    def wanted(self, relations: Iterable[dict], request: HttpRequest) -> Wanted:
        """Return what the edition is to be."""
        said = self.cleaned_data
        return Wanted(
            columns={name: said[name] for name in self.columns},
            drafters=said["drafters"].splitlines(),
            relations=[
                (row["kind"], row["number"])
                for row in relations
                if row.get("kind") and row.get("number")
            ],
            text=next(uploaded(request, "text"), None),
        )

    def basis_said(self) -> Basis:
        """Return on what the edit rests."""
        said = self.cleaned_data
        return Basis(said["basis"], said["basis_on"], said["reason"])

    def groups(self) -> list[tuple[Any, list]]:
        """Return the fields as the page groups them."""
        parts = (
            (_("名称"), ("number", "title", "title_en", "title_original")),
            (_("性质和状态"), ("level", "nature", "form", "status", "stage", "filing")),
            (_("日期"), DAYS),
            (_("分类"), ("ics", "ccs")),
            (_("单位"), ("publisher", "authority", "owner", "proposer", "drafters", "drafted_by")),
            (_("内容"), ("abstract", "text")),
        )
        return [
            (name, [self[field] for field in fields if field in self.fields])
            for name, fields in parts
        ]


class NewForm(EditionForm):
    """A new edition: its number decides its level."""

    number = forms.CharField(
        label=gettext_lazy("标准编号"),
        max_length=200,
        help_text=gettext_lazy("怎样写都可以，例如 DB3501/T 12-2026；层级由编号得出。"),
    )


class RelationForm(forms.Form):
    """One relation to another standard; without a number it is removed."""

    kind = forms.ChoiceField(
        label=gettext_lazy("关系"), choices=Relation.Kind.choices, required=False
    )
    number = forms.CharField(label=gettext_lazy("相关标准编号"), max_length=200, required=False)


Relations = forms.formset_factory(RelationForm, extra=2, max_num=400, absolute_max=500)


@officer
def edit_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Put one edition right."""
    row = get_object_or_404(Standard.objects.select_related("text"), key=key_of(slug))
    form, lines = forms_for(request, row)
    overtaken: list = []
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        try:
            return saved(request, row, form, lines)
        except Overtaken as refused:
            form.add_error(None, str(refused))
            overtaken = differing(row, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"row": row, "form": form, "lines": lines, "overtaken": overtaken}
    context["history"] = history(row)
    return answered(request, "editing/edit.html", context)


def forms_for(request: HttpRequest, row: Standard) -> tuple[EditionForm, Any]:
    """Return the forms as the edition stands now, or as they were filled in."""
    initial = {name: getattr(row, name) for name in EDITABLE}
    initial |= {
        "drafters": "\n".join(edits.drafters_of(row)),
        "version": edits.version_of(row),
    }
    now = [{"kind": kind, "number": number} for kind, number in edits.relations_of(row)]
    form = EditionForm(request.POST or None, request.FILES or None, initial=initial)
    return form, Relations(request.POST or None, initial=now, prefix="relations")


def saved(request: HttpRequest, row: Standard, form: EditionForm, lines: Any) -> HttpResponse:
    """Hand what was filled in to the act."""
    correct(
        row,
        form.wanted(lines.cleaned_data, request),
        form.basis_said(),
        version=form.cleaned_data["version"],
        actor=request.actor,
        day=timezone.localdate(),
    )
    messages.success(request, _("已更正：{standard}").format(standard=row.shown))
    return redirect("standard_edit", row.slug)


def differing(row: Standard, form: EditionForm) -> list[tuple[Any, str, str]]:
    """Return (heading, what stands now, what was typed), and let the next save go through.

    What was typed stays in the form; only its mark of the version is renewed.
    """
    row = Standard.objects.get(pk=row.pk)
    data: Any = form.data.copy()
    data["version"] = edits.version_of(row)
    form.data = data
    typed = form.cleaned_data | {"drafters": form.cleaned_data["drafters"].split("\r\n")}
    now = {name: getattr(row, name) for name in form.columns} | {"drafters": edits.drafters_of(row)}
    return [
        (label_of(name), value_of(name, was), value_of(name, typed[name]))
        for name, was in now.items()
        if (was or "") != (typed[name] or "")
    ]


def history(row: Standard) -> list[tuple[Any, list]]:
    """Return what officers did to an edition, newest first, with before and after."""
    acts = journal.lines_of(row).filter(verb__in=(edits.EDIT, edits.ENTER)).order_by("-pk")
    return [(act, changes_of(act.words)) for act in acts.select_related("post__organization")]


@officer
def new_page(request: HttpRequest) -> HttpResponse:
    """Enter an edition by hand."""
    form = NewForm(request.POST or None, request.FILES or None, initial=request.GET.dict())
    lines = Relations(request.POST or None, prefix="relations")
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        try:
            return entered(request, form, lines)
        except Refused as refused:
            form.add_error(None, str(refused))
    return answered(request, "editing/new.html", {"form": form, "lines": lines})


def entered(request: HttpRequest, form: NewForm, lines: Any) -> HttpResponse:
    """Hand what was filled in to the act."""
    row = correct(
        None,
        form.wanted(lines.cleaned_data, request),
        form.basis_said(),
        number=form.cleaned_data["number"],
        actor=request.actor,
        day=timezone.localdate(),
    )
    messages.success(request, _("已登记：{standard}").format(standard=row.shown))
    return redirect("standard_edit", row.slug)


def answered(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """Show the page; 409 when what was sent could not be carried out."""
    return render(request, template, context, status=409 if context["form"].errors else 200)
