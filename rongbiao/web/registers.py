"""Registers (名录): what is in force, as page, CSV, Excel and JSON; batches come in here."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.exchange import batches
from rongbiao.exchange.registers import REGISTERS, Register
from rongbiao.exchange.tables import csv_lines, excel, plain
from rongbiao.parties.refused import Refused
from rongbiao.web.doors import officer, published
from rongbiao.web.uploads import uploaded

PAGE = 20
MOST_EXCEL = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BatchForm(forms.Form):
    """A table and the basis on which it is entered."""

    table = forms.FileField(
        label=gettext_lazy("明细表"), help_text=gettext_lazy("CSV 或 xlsx，不超过 20 MB。")
    )
    basis = forms.CharField(
        label=gettext_lazy("依据文号"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("只试读时可以不填。"),
    )
    basis_on = forms.DateField(
        label=gettext_lazy("依据日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


def asked(key: str) -> Register:
    """Return a register by its key or answer 404."""
    if key not in REGISTERS:
        raise Http404(_("没有这个名录。"))
    return REGISTERS[key]


def rows_of(register: Register, request: HttpRequest) -> QuerySet:
    """Return the rows that the filters of an address leave, newest first."""
    rows = register.model.objects.order_by(f"-{register.since}", "pk")
    if words := request.GET.get("q", "").replace("\x00", "").strip()[:100]:
        found = Q()
        for name in register.search:
            found |= Q(**{f"{name}__icontains": words})
        rows = rows.filter(found)
    for name, _label in register.facets:
        if value := request.GET.get(name, "").replace("\x00", ""):
            rows = rows.filter(**{name: value})
    if any(field.name == "organization" for field in register.model._meta.get_fields()):
        return rows.select_related("organization")
    return rows.prefetch_related("participations__organization")


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """Show every register with how many rows it has."""
    rows = [(register, register.model.objects.count()) for register in REGISTERS.values()]
    return render(request, "registers/list.html", {"rows": rows, "day": timezone.localdate()})


@published
def one_page(request: HttpRequest, key: str) -> HttpResponse:
    """Show one register: filters, pages, downloads of what is filtered."""
    register = asked(key)
    page = Paginator(rows_of(register, request), PAGE).get_page(request.GET.get("page"))
    facets = [
        (name, label, _choices(register, name), request.GET.get(name, ""))
        for name, label in register.facets
    ]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "register": register,
        "page": page,
        "facets": facets,
        "q": request.GET.get("q", ""),
        "query": query.urlencode(),
        "headings": [heading for heading, _read in register.out],
        "rows": [(row, [read(row) for _heading, read in register.out]) for row in page],
        "filtered": bool(query),
        "day": timezone.localdate(),
    }
    return render(request, "registers/one.html", context)


def _choices(register: Register, name: str) -> Any:
    return getattr(register.model._meta.get_field(name), "choices", ())


def _cells(register: Register, rows: QuerySet):
    for row in rows.iterator(chunk_size=2000):
        yield [read(row) for _heading, read in register.out]


def _named(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@published
def download(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """Give what is filtered as CSV, Excel or JSON."""
    register = asked(key)
    rows = rows_of(register, request)
    headings = [heading for heading, _read in register.out]
    day = timezone.localdate()
    if kind == "csv":
        lines = csv_lines(headings, _cells(register, rows))
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        return _named(answer, f"{key}-{day}.csv")
    if kind == "xlsx":
        note = _("截止日期 {day}").format(day=day)
        content = excel(str(register.name), note, headings, _cells(register, rows[:MOST_EXCEL]))
        return _named(HttpResponse(content, content_type=XLSX), f"{key}-{day}.xlsx")
    return StreamingHttpResponse(_json(register, rows), content_type="application/json")


def _json(register: Register, rows: QuerySet):
    headings = [str(heading) for heading, _read in register.out]
    yield "["
    for number, cells in enumerate(_cells(register, rows)):
        said = dict(zip(headings, (plain(cell) for cell in cells), strict=True))
        yield (",\n" if number else "") + json.dumps(said, ensure_ascii=False)
    yield "]"


@published
def template(request: HttpRequest, key: str) -> HttpResponseBase:
    """Give an empty table with the headings of a register."""
    register = asked(key)
    headings = batches.template(register.key)[0]
    content = excel(str(register.name), _("从第四行起填写，表头不要改动。"), headings, [])
    return _named(HttpResponse(content, content_type=XLSX), f"{key}-template.xlsx")


@officer
def batch_page(request: HttpRequest, key: str) -> HttpResponse:
    """Try a table, then enter it: what would change is shown before anything does."""
    register = asked(key)
    form = BatchForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        try:
            report = carry_out(request, register, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if "enter" in request.POST:
                messages.success(request, _said(report))
                return redirect("register", key)
    status = 409 if form.errors else 200
    context = {"register": register, "form": form, "report": report}
    return render(request, "registers/batch.html", context, status=status)


def carry_out(request: HttpRequest, register: Register, said: dict) -> batches.BatchReport:
    """Try or enter, whichever button was pressed."""
    content, name = next(uploaded(request, "table"))
    if "enter" not in request.POST:
        return batches.dry_run(register.key, content, name)
    return batches.enter(
        register.key,
        content,
        name,
        basis=said["basis"],
        basis_on=said["basis_on"],
        actor=request.actor,
        day=timezone.localdate(),
    )


def _said(report: batches.BatchReport) -> str:
    return _("已登记：新增 {new} 行，变更 {changed} 行，相同 {same} 行。").format(
        new=report.new, changed=report.changed, same=report.same
    )
