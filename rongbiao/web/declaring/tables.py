"""Tables (表格): import with a report by line, the template, and what is public for hand-over."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy

from rongbiao.exchange import declaring_excel
from rongbiao.parties.refused import Refused
from rongbiao.standards.checks import running
from rongbiao.web.doors import declarer
from rongbiao.web.uploads import uploaded

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200  # lines of the report on the page


class ImportForm(forms.Form):
    """A table."""

    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("xlsx 或者 CSV，不超过 20 MB；每行一项指标。"),
    )


@declarer
def import_page(request: HttpRequest) -> HttpResponse:
    """Take a table in and say of every line that was not taken why; look the rest through."""
    form = ImportForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        try:
            report = taken_in(request)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "report": report, "refused": report.refused[:SHOWN] if report else ()}
    return render(request, "declaring/import.html", context, status=409 if form.errors else 200)


def taken_in(request: HttpRequest) -> declaring_excel.Report:
    """Prepare what a table says and order its precheck."""
    content, name = next(uploaded(request, "file"))
    by = {"actor": request.actor, "day": timezone.localdate()}
    report = declaring_excel.take_in(content, name, **by)
    running.order(request.actor.organization, **by)
    return report


def table_file(content: bytes, name: str) -> HttpResponse:
    """Answer with an Excel file."""
    answer = HttpResponse(content, content_type=MEDIA)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@declarer
def template_file(request: HttpRequest) -> HttpResponse:
    """Give the empty table."""
    return table_file(declaring_excel.template(), "企业标准声明导入模板.xlsx")


@declarer
def public_file(request: HttpRequest) -> HttpResponse:
    """Give what the enterprise has public today."""
    unit, day = request.actor.organization, timezone.localdate()
    return table_file(declaring_excel.handed_over(unit, day), f"自我声明公开-{day}.xlsx")
