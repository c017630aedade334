"""The ledger of numbers (编号台账): every serial with its editions, every gap with its reason."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.exchange.tables import csv_lines
from rongbiao.parties.refused import Refused
from rongbiao.standards import ledger
from rongbiao.standards.ledger import Ledger, Stretch, padded
from rongbiao.standards.models import Gap, Standard
from rongbiao.web.doors import officer, published
from rongbiao.web.states import state_on

PAGE = 30
SHOWN = {  # what an address asks for
    "": gettext_lazy("全部"),
    "held": gettext_lazy("已用的号"),
    "gaps": gettext_lazy("空号"),
    "open": gettext_lazy("尚未说明的空号"),
}
KEPT = {
    "held": lambda one: one.held,
    "gaps": lambda one: not one.held,
    "open": lambda one: not one.held and not one.told,
}
SERIAL: dict[str, Any] = {"min_value": 1, "max_value": 10**ledger.MOST_FIGURES - 1}


class GapForm(forms.Form):
    """Which serials nobody holds, and why."""

    first = forms.IntegerField(label=gettext_lazy("起号"), **SERIAL)
    last = forms.IntegerField(label=gettext_lazy("止号"), **SERIAL)
    reason = forms.ChoiceField(label=gettext_lazy("原因"), choices=[("", "—"), *Gap.Reason.choices])
    words = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=ledger.MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("对外公开；原因选“其他”的必须填写。"),
    )
    basis = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=ledger.MOST_BASIS,
        help_text=gettext_lazy("文件、档案或者会议纪要的名称和文号。"),
    )
    basis_on = forms.DateField(
        label=gettext_lazy("依据日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def asked(request: HttpRequest) -> dict[str, Any]:
    """Return which serials an address asks for, in which order; what it cannot is left out."""
    show, serial = request.GET.get("show", ""), request.GET.get("serial", "").strip()
    known = serial.isascii() and serial.isdigit() and len(serial) <= ledger.MOST_FIGURES
    return {
        "show": show if show in SHOWN else "",
        "order": "low" if request.GET.get("order") == "low" else "",
        "serial": int(serial) if known else None,
    }


def wanted(book: Ledger, given: dict[str, Any]) -> list[Stretch]:
    """Return the stretches that are asked for, the highest first unless asked otherwise."""
    rows: Iterable[Stretch] = book.stretches
    if keeps := KEPT.get(given["show"]):
        rows = filter(keeps, rows)
    if (serial := given["serial"]) is not None:
        rows = (one for one in rows if one.first <= serial <= one.last)
    return sorted(rows, key=lambda one: one.first, reverse=given["order"] != "low")


def editions_of(stretches: Iterable[Stretch]) -> dict[int, Standard]:
    """Return the editions that some stretches name, by their primary keys."""
    pks = [pk for one in stretches for pk in one.editions]
    return Standard.objects.defer("abstract", "drafted_by").in_bulk(pks)


def newest_first(one: Stretch, known: dict[int, Standard]) -> list[Standard]:
    """Return the editions of a serial, the newest first."""
    rows = [known[pk] for pk in one.editions if pk in known]
    return sorted(rows, key=lambda row: (row.year or 0, row.sorting), reverse=True)


@published
def page(request: HttpRequest) -> HttpResponse:
    """Show the serials of the city's local standards, a page at a time."""
    day, book, given = timezone.localdate(), ledger.read(), asked(request)
    rows = Paginator(wanted(book, given), PAGE).get_page(request.GET.get("page"))
    known = editions_of(rows)
    context = {
        "asked": given,
        "book": book,
        "day": day,
        "page": rows,
        "rows": [
            (one, padded(one.first), padded(one.last), [
                (row, state_on(row, day)) for row in newest_first(one, known)
            ])
            for one in rows
        ],
        "shown": SHOWN.items(),
        "filtered": given["show"] or given["serial"] is not None,
    }  # fmt: skip
    return render(request, "registers/numbers.html", context)


@published
def rows_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the whole ledger: one line for each edition and for each run of gaps."""
    day, book = timezone.localdate(), ledger.read()
    headings = [
        _("标准代号"), _("起号"), _("止号"), _("个数"), _("情形"), _("标准编号"), _("标准名称"),
        _("状态"), _("发布日期"), _("原因"), _("说明"), _("依据"), _("依据日期"), _("说明日期"),
    ]  # fmt: skip
    lines = csv_lines(headings, lines_of(book, day))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"numbers-{day}.csv")
    return answer


def lines_of(book: Ledger, day: date) -> Iterator[list[Any]]:
    """Yield the ledger line by line; a serial is counted in the line of its newest edition."""
    known = editions_of(book.stretches)
    for one in book.stretches:
        place = [book.code, padded(one.first), padded(one.last)]
        for n, row in enumerate(newest_first(one, known)):
            about = [row.shown, row.title, state_on(row, day).word, row.issued_on]
            yield [*place, 0 if n else 1, _("已用"), *about, *[""] * 5]
        if not one.held:
            kind = _("空号，已说明") if one.reason else _("空号，尚未说明")
            yield [*place, one.count, kind, *[""] * 4, *_why(one.reason)]


def _why(said: Gap | None) -> list[Any]:
    if said is None:
        return [""] * 5
    return [said.get_reason_display(), said.words, said.basis, said.basis_on, said.day]


@officer
def explain_page(request: HttpRequest) -> HttpResponse:
    """Explain why nobody holds some serials; the address may name them."""
    first = {name: request.GET.get(name, "")[:8] for name in ("first", "last")}
    form = GapForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            row = ledger.explain(**form.cleaned_data, actor=request.actor, day=timezone.localdate())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            said = _("已说明 {first} 至 {last} 号空号。")
            messages.success(request, said.format(first=padded(row.first), last=padded(row.last)))
            return redirect("numbers")
    context = {"form": form, "code": ledger.code_here()}
    return render(request, "registers/gap.html", context, status=409 if form.errors else 200)
