"""The office's pages: what a standard requires of indicators, and the precheck of all that is public."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.exchange import requirements_excel
from rongbiao.parties.refused import Refused
from rongbiao.standards import requirements
from rongbiao.standards.checks import running
from rongbiao.standards.models import Precheck, Requirement, Standard
from rongbiao.web.doors import officer
from rongbiao.web.standard import key_of
from rongbiao.web.uploads import uploaded

from .tables import table_file

RECENT = 20
KINDS = {
    "with": gettext_lazy("有发现"),
    "below-mandatory": gettext_lazy("低于强制性标准"),
    "lower-without-notice": gettext_lazy("低于推荐性标准未明示"),
    "no-method": gettext_lazy("指标没有试验方法"),
    "not-in-force": gettext_lazy("标准已废止、被代替"),
    "name-differs": gettext_lazy("名称不一致"),
    "copied": gettext_lazy("照抄地方标准"),
}


class RequirementsForm(forms.Form):
    """Requirements, one a line, as they are pasted from a table."""

    lines = forms.CharField(
        label=gettext_lazy("技术要求"), max_length=40_000, required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "每行一项：指标名称、指标值、单位、试验方法、条款，用制表符分开，可以从 Excel 直接粘贴。"
        ),
    )  # fmt: skip
    basis = forms.CharField(label=gettext_lazy("依据"), max_length=200)

    def clean_lines(self) -> list[dict[str, str]]:
        """Return the rows that the lines say."""
        found = []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            cells = line.split("\t")
            if not line.strip():
                continue
            if len(cells) < 2:
                raise forms.ValidationError(
                    _("第 {n} 行没有用制表符分开指标名称和指标值。").format(n=number)
                )
            found.append(dict(zip(requirements.FIELDS, cells, strict=False)))
        return found


def as_lines(rows: Any) -> str:
    """Return requirements as the form takes them."""
    return "\n".join(
        "\t".join(getattr(row, name) for name in requirements.FIELDS).rstrip() for row in rows
    )


@officer
def requirements_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter what a standard requires, with the basis; what stood before is replaced."""
    standard = get_object_or_404(Standard, key=key_of(slug))
    held = Requirement.objects.filter(standard=standard)
    first = {"lines": as_lines(held), "basis": held[0].basis if held else ""}
    form = RequirementsForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said, by = form.cleaned_data, {"actor": request.actor, "day": timezone.localdate()}
        try:
            made = requirements.enter(standard, said["lines"], said["basis"], **by)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已登记 {n} 项技术要求。").format(n=len(made)))
            return redirect("standard_requirements", slug)
    context = {"form": form, "standard": standard, "held": held}
    return render(
        request, "declaring/requirements.html", context, status=409 if form.errors else 200
    )


class TableForm(forms.Form):
    """Requirements of many standards."""

    file = forms.FileField(
        label=gettext_lazy("文件"), help_text=gettext_lazy("xlsx 或者 CSV，不超过 20 MB；每行一项要求。"),
    )  # fmt: skip
    basis = forms.CharField(label=gettext_lazy("依据"), max_length=200)


@officer
def table_page(request: HttpRequest) -> HttpResponse:
    """Enter what many standards require by one table, and say what was not taken and why."""
    form = TableForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        content, name = next(uploaded(request, "file"))
        by = {"actor": request.actor, "day": timezone.localdate()}
        try:
            report = requirements_excel.take_in(content, name, form.cleaned_data["basis"], **by)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "report": report}
    status = 409 if form.errors else 200
    return render(request, "declaring/requirements_table.html", context, status=status)


@officer
def table_template(request: HttpRequest) -> HttpResponse:
    """Give the empty table."""
    return table_file(requirements_excel.template(), "技术要求导入模板.xlsx")


@officer
def prechecks_page(request: HttpRequest) -> HttpResponse:
    """Order the precheck of everything public, and show how far it is and what it found."""
    if request.method == "POST":
        running.order(None, actor=request.actor, day=timezone.localdate())
        return redirect("prechecks")
    runs = Precheck.objects.filter(organization=None).select_related("actor__person")[:RECENT]
    under_way = any(run.state != Precheck.State.DONE for run in runs)
    template = "declaring/_prechecks.html" if request.htmx else "declaring/prechecks.html"
    names = list(KINDS.items())
    rows = [(run, [(words, run.counts.get(key, 0)) for key, words in names]) for run in runs]
    return render(request, template, {"rows": rows, "names": names, "under_way": under_way})
