"""Loading (导入标准): upload, report of the dry run, entry, progress, result; for officers."""

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.exchange.loading import background
from rongbiao.exchange.loading.columns import HEADINGS, heading_of, lacking
from rongbiao.exchange.loading.outcome import Outcome
from rongbiao.exchange.tables import csv_lines
from rongbiao.parties.refused import Refused
from rongbiao.standards.load import Load
from rongbiao.standards.sources import sources
from rongbiao.web.doors import officer
from rongbiao.web.uploads import uploaded

RECENT = 30


class UploadForm(forms.Form):
    """A file and whose it is."""

    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy(
            "CSV、Excel、JSONL、Parquet 或国家标准平台的网页，不超过 20 MB；更大的文件由管理员用命令导入。"
        ),
    )
    source = forms.ChoiceField(label=gettext_lazy("来源"), required=False)

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        by_format = ("", _("由格式判定"))
        self.fields["source"].choices = [by_format, *((s.key, str(s)) for s in sources().values())]


class EntryForm(forms.Form):
    """The basis on which a file is entered."""

    basis = forms.CharField(label=gettext_lazy("依据文号"), max_length=200)
    basis_on = forms.DateField(
        label=gettext_lazy("依据日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    skip_refused = forms.BooleanField(
        label=gettext_lazy("略过不能接收的行，登记其余"), required=False
    )


def recent() -> QuerySet[Load]:
    """Return the last loads with their people."""
    return Load.objects.select_related("actor__person")[:RECENT]


@officer
def list_page(request: HttpRequest) -> HttpResponse:
    """Take a file in and read it on trial; list what came in before."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("load", taken_in(request, form.cleaned_data["source"]).pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "loads": recent(), "day": timezone.localdate()}
    return render(request, "loading/list.html", context, status=409 if form.errors else 200)


def taken_in(request: HttpRequest, source: str) -> Load:
    """Start the dry run of what a form sent."""
    content, name = next(uploaded(request, "file"))
    day = timezone.localdate()
    return background.start(content, name, actor=request.actor, day=day, source=source)


@officer
def one_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a load is or what it came to; enter it, or understand its headings anew."""
    load = get_object_or_404(Load.objects.select_related("file", "actor__person"), pk=pk)
    form = EntryForm(request.POST if "enter" in request.POST else None)
    if request.method == "POST":
        try:
            if "map" in request.POST or form.is_valid():
                return redirect("load", ordered(request, load, form).pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    template = "loading/_state.html" if request.htmx else "loading/one.html"
    status = 409 if form.errors else 200
    answer = render(request, template, seen(load) | {"form": form}, status=status)
    if request.htmx and not load.under_way:
        answer["HX-Refresh"] = "true"  # the whole page: now there is something to decide
    return answer


def seen(load: Load) -> dict:
    """Return what the page of a load shows."""
    names = [(name, str(heading_of(name))) for name in HEADINGS]
    mapped = load.file and (load.state == Load.State.READ or lacking(load.headings))
    found = Outcome.of(load.counts, [])
    offered = load.state == Load.State.READ and load.file and found.lines > found.refused
    return {
        "load": load,
        "found": found,
        "source": sources().get(load.source, load.source),
        "headings": load.headings if mapped else (),
        "names": names,
        "offered": offered,
        "entered": entered(load) if offered else None,
        "day": timezone.localdate(),
    }


def entered(load: Load) -> Load | None:
    """Return the load by which what was read on trial has been entered, if it has."""
    later = Load.objects.filter(file=load.file, aim=Load.Aim.ENTER, pk__gt=load.pk)
    return later.exclude(state=Load.State.REFUSED).order_by("pk").first()


def ordered(request: HttpRequest, load: Load, form: EntryForm) -> Load:
    """Order the entry, or another dry run, whichever button was pressed."""
    if load.file is None:
        raise Refused(_("这个文件由命令导入，请用命令接着办。"))
    who = {"actor": request.actor, "day": timezone.localdate()}
    if "map" in request.POST:
        said = request.POST.getlist("column")
        named = [name if name in HEADINGS else "" for name in said]
        pairs = zip((heading for heading, _name in load.headings), named, strict=False)
        return background.again(load, dict(pairs), **who)
    return background.enter(load, **form.cleaned_data, **who)


@officer
def refused(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give everything that was refused as CSV."""
    load = get_object_or_404(Load, pk=pk)
    lines = csv_lines([_("行"), _("列"), _("原因")], background.refused(load))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"refused-{pk}.csv")
    return answer
