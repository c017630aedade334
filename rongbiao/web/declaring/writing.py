"""Writing (填写声明): one standard with its indicators, and what the precheck found beside them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rongbiao.parties import rules
from rongbiao.parties.refused import Refused
from rongbiao.standards import declaring
from rongbiao.standards.checks.finding import GRADES
from rongbiao.standards.checks.running import check
from rongbiao.standards.declaring import MOST_INDICATORS, Said
from rongbiao.standards.models import Declaration, Indicator, Statement
from rongbiao.texts.indicators import NotALimit, read_limit
from rongbiao.web.declaring.desk import TONES
from rongbiao.web.doors import declarer
from rongbiao.web.uploads import uploaded

EMPTY = 3  # lines for more indicators
AREA = forms.Textarea(attrs={"rows": 2})


class StatementForm(forms.Form):
    """One standard."""

    own = forms.ChoiceField(
        label=gettext_lazy("类别"),
        choices=[("own", gettext_lazy("企业标准")), ("other", gettext_lazy("执行的标准"))],
        help_text=gettext_lazy("执行国家标准、行业标准、地方标准或者团体标准的，选“执行的标准”。"),
    )
    number = forms.CharField(label=gettext_lazy("标准编号"), max_length=80)
    title = forms.CharField(label=gettext_lazy("标准名称"), max_length=300)
    products = forms.CharField(
        label=gettext_lazy("产品或者服务"), max_length=2000, required=False, widget=AREA
    )
    references = forms.CharField(
        label=gettext_lazy("对照的标准编号"), max_length=1000, required=False, widget=AREA,
        help_text=gettext_lazy("本标准对应的强制性标准和推荐性标准，每行一个；预检按它们比对指标。"),
    )  # fmt: skip
    notice = forms.CharField(
        label=gettext_lazy("明示"), max_length=2000, required=False, widget=AREA,
        help_text=gettext_lazy("指标项目少于或者低于推荐性标准的，在这里写明，声明后一并公开。"),
    )  # fmt: skip
    replaces = forms.ModelChoiceField(
        label=gettext_lazy("代替本企业已公开的标准"),
        queryset=Declaration.objects.none(),
        required=False,
    )
    text = forms.FileField(
        label=gettext_lazy("标准文本"), required=False, widget=forms.FileInput,
        help_text=gettext_lazy("docx 或者 pdf，单个不超过 20 MB；已上传的，不选即保留。"),
    )  # fmt: skip
    text_public = forms.BooleanField(
        label=gettext_lazy("公开标准文本"), required=False,
        help_text=gettext_lazy("不勾选的，文本只用于预检，不对外公开。"),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        held = Declaration.objects.filter(organization=actor.organization, withdrawn_on=None)
        self.fields["replaces"].queryset = held  # type: ignore[attr-defined]


class IndicatorForm(forms.Form):
    """One indicator; a line without a name is left out."""

    name = forms.CharField(label=gettext_lazy("指标名称"), max_length=100, required=False)
    limit = forms.CharField(label=gettext_lazy("指标值"), max_length=300, required=False)
    unit = forms.CharField(label=gettext_lazy("单位"), max_length=40, required=False)
    method = forms.CharField(label=gettext_lazy("试验方法"), max_length=300, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("指标类别"), choices=Indicator.Kind.choices)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self.fields.values():
            field.widget.attrs["class"] = "sel" if field is self.fields["kind"] else "inp"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("name"):
            if said.get("limit"):
                self.add_error("name", _("有指标值而没有指标名称。"))
            return said
        try:
            read_limit(said.get("limit", ""), said.get("unit", ""))
        except NotALimit:
            self.add_error("limit", _("不能识别，写作“≥90”“5～10”“10±0.5”或者文字。"))
        return said


Indicators = forms.formset_factory(
    IndicatorForm, extra=EMPTY, absolute_max=MOST_INDICATORS + EMPTY, max_num=MOST_INDICATORS
)


@declarer
def new_page(request: HttpRequest) -> HttpResponse:
    """Write a standard, or the next version of one that is public (``?from=``)."""
    source = None
    if (pk := request.GET.get("from", "")).isdigit():
        rows = Statement.objects.filter(organization=request.actor.organization)
        source = get_object_or_404(rows, declaration=pk[:18], until=None, since__isnull=False)
    return shown(request, None, source)


@declarer
def edit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft right, with what was found beside it."""
    return shown(request, draft(request, pk), None)


def draft(request: HttpRequest, pk: int) -> Statement:
    """Return a draft of the enterprise, or 404."""
    return get_object_or_404(Statement.objects.preparing(request.actor.organization), pk=pk)


def shown(request: HttpRequest, row: Statement | None, source: Statement | None) -> HttpResponse:
    """Show the form, or write what it says and look it through."""
    first, lines = initial(row or source)
    post = request.POST if request.method == "POST" else None
    form = StatementForm(post, request.FILES or None, initial=first, actor=request.actor)
    formset = Indicators(post, initial=None if post else lines, prefix="i")
    if post is not None and form.is_valid() and formset.is_valid():
        try:
            written = write(request, form, formset, row)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已保存并预检。"))
            return redirect("declaring_edit", written.pk)
    wrong = post is not None
    context = {"form": form, "formset": formset, "row": row, "found": told(row)}
    return render(request, "declaring/write.html", context, status=409 if wrong else 200)


def initial(row: Statement | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what a form begins with."""
    if row is None:
        return {"own": "own"}, []
    names = ("number", "title", "products", "references", "notice", "replaces", "text_public")
    first = {name: getattr(row, name) for name in names} | {"own": "own" if row.own else "other"}
    return first, [one.content() for one in row.indicators.all()]


def write(request: HttpRequest, form: Any, formset: Any, row: Statement | None) -> Statement:
    """Hand what a form says to the act, and look the draft through at once."""
    said = form.cleaned_data | {"text": next(uploaded(request, "text"), None)}
    said["own"] = said["own"] == "own"
    lines = [one.cleaned_data for one in formset if one.cleaned_data.get("name")]
    day = timezone.localdate()
    written = declaring.prepare(
        Said(**said, indicators=lines), actor=request.actor, day=day, row=row
    )
    check([written], day)
    return written


def told(row: Statement | None) -> list[dict[str, Any]]:
    """Return the findings of a draft with their words, tones and articles of law."""
    if row is None or not row.findings:
        return []
    law = rules.table("self_declaration").at(timezone.localdate())
    return [
        one
        | {"tone": TONES[one["grade"]], "of": GRADES[one["grade"]], "law": law.rule(one["rule"])}
        for one in row.findings
    ]


@declarer
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a draft."""
    row = draft(request, pk)
    declaring.discard(row, actor=request.actor, day=timezone.localdate())
    messages.success(request, _("已删除“{number}”。").format(number=row.number))
    return redirect("declaring")
