"""The list of cases (项目列表): by procedure and stage, filtered, paged, as an Excel table."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.cases.models import Case, Entry, Seat
from rongbiao.cases.procedure import Procedure, procedures
from rongbiao.exchange.tables import excel
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.stages import reach
from rongbiao.web.cases.dossier import counts
from rongbiao.web.doors import public
from rongbiao.web.sheets import XLSX
from rongbiao.web.templatetags.rb import local

A_PAGE = 20
MOST = 5000  # rows of one Excel table
CLOSED = "closed"


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    procedure: type[Procedure] | None
    stage: str
    words: str
    late: bool

    @property
    def filtered(self) -> bool:
        return bool(self.words or self.late)


@dataclass(frozen=True)
class Row:
    """One case in the list."""

    case: Case
    owner: str
    drafters: str
    days: int
    left: int | None
    opinions: int


@dataclass(frozen=True)
class Tab:
    """A stage with how many cases are there."""

    key: str
    name: str
    n: int


@dataclass
class Found:
    """The cases that are asked for, and how many are at each stage."""

    rows: QuerySet[Case]
    tabs: list[Tab] = field(default_factory=list)


def asked(request: HttpRequest) -> Asked:
    """Return what ``?procedure=&stage=&q=&late=`` ask for; 404 for what there is not."""
    key, stage = request.GET.get("procedure", ""), request.GET.get("stage", "")
    procedure = procedures.get(key)
    if key and procedure is None:
        raise Http404(_("没有这个事项。"))
    known = {CLOSED, *(one.key for one in procedure.stages)} if procedure else {CLOSED}
    if stage and stage not in known:
        raise Http404(_("没有这个环节。"))
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    return Asked(procedure, stage, words, bool(request.GET.get("late")))


def found(actor: Post | None, wanted: Asked, day: date) -> Found:
    """Return the cases that an actor may read and asked for, with the tabs beside them."""
    rows = reach.readable(actor)
    if wanted.procedure:
        rows = rows.filter(procedure_key=wanted.procedure.key)
    if wanted.words:
        like = Q(title__icontains=wanted.words) | Q(number__icontains=wanted.words)
        rows = rows.filter(like | Q(applicant__name__icontains=wanted.words))
    if wanted.late:
        rows = rows.filter(closed_on=None, due_on__lt=day)
    tabs = _tabs(rows, wanted.procedure)
    if wanted.stage == CLOSED:
        rows = rows.exclude(closed_on=None).order_by("-closed_on", "-pk")
    else:
        here = Q(stage_key=wanted.stage) if wanted.stage else Q()
        rows = rows.filter(here, closed_on=None).order_by(F("due_on").asc(nulls_last=True), "-pk")
    return Found(rows.select_related("applicant"), tabs)


def _tabs(rows: QuerySet[Case], procedure: type[Procedure] | None) -> list[Tab]:
    open_now = Q(closed_on=None)
    counted = rows.order_by().values("stage_key")
    counted = counted.annotate(n=Count("pk", filter=open_now), ended=Count("pk", filter=~open_now))
    running = {row["stage_key"]: row["n"] for row in counted}
    closed = sum(row["ended"] for row in counted)
    tabs = [Tab("", _("在办"), sum(running.values()))]
    if procedure:
        stages = procedure.stages
        tabs += [Tab(one.key, str(one.name), running.get(one.key, 0)) for one in stages]
    return [*tabs, Tab(CLOSED, _("已办结"), closed)]


def rows_of(cases: list[Case], day: date) -> list[Row]:
    """Return cases as lines of the list, by four queries."""
    owners = _owners(cases)
    drafters: dict[int, list[str]] = {}
    seated = Seat.objects.filter(case__in=cases, capacity="drafter").select_related("organization")
    for seat in seated:
        drafters.setdefault(seat.case_id, []).append(local(seat.organization or seat.post))
    said = counts(cases)
    return [
        Row(
            case,
            owners.get(case.pk, ""),
            _("、").join(drafters.get(case.pk, [])),
            ((case.closed_on or day) - case.opened_on).days,
            (case.due_on - day).days if case.due_on else None,
            said.get(case.pk, 0),
        )
        for case in cases
    ]


def _owners(cases: list[Case]) -> dict[int, str]:
    """Return the unit that a plan put in charge of each case (归口单位)."""
    told = Entry.objects.filter(case__in=cases, answers__has_key="owner").order_by("seq")
    named = dict(told.values_list("case", KT("answers__owner")))  # text: a number stays as written
    units = Organization.objects.filter(name__in=set(named.values()))
    known = {unit.name: local(unit) for unit in units}
    return {case: known.get(name or "", name or "") for case, name in named.items()}


def name_of_stage(case: Case) -> str:
    """Return where a case is, in a word."""
    return _("已办结") if case.closed_on else str(case.stage.name)


@public
def page(request: HttpRequest) -> HttpResponse:
    """List the cases that this actor may read."""
    day, wanted = timezone.localdate(), asked(request)
    got = found(request.actor, wanted, day)
    shown = Paginator(got.rows, A_PAGE).get_page(request.GET.get("page"))
    lines = rows_of(list(shown.object_list), day)
    context: dict[str, Any] = {
        "asked": wanted, "tabs": got.tabs, "page": shown, "rows": lines, "day": day,
        "procedures": list(procedures.values()),
    }  # fmt: skip
    return render(request, "cases/list.html", context)


@public
def sheet(request: HttpRequest) -> HttpResponse:
    """Give what the list shows, all its pages, as an Excel table."""
    day, wanted = timezone.localdate(), asked(request)
    rows = found(request.actor, wanted, day).rows
    if (n := rows.count()) > MOST:
        raise Refused(
            _("共 {n} 件，超过一次导出 {most} 件的上限，请缩小范围。").format(n=n, most=MOST)
        )
    title = str(wanted.procedure.name) if wanted.procedure else _("办件")
    note = _("数据截至 {day}，共 {n} 件，用时和余量单位：天").format(day=day, n=n)
    answer = HttpResponse(excel(title, note, headings(), cells(list(rows), day)), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, f"cases-{day}.xlsx")
    return answer


def headings() -> list[str]:
    """Return the headings of the Excel table."""
    return [
        _("项目号"), _("名称"), _("提出单位"), _("归口单位"), _("起草单位"), _("环节"),
        _("收件日期"), _("已用天数"), _("期限"), _("余量"), _("意见数"),
    ]  # fmt: skip


def cells(cases: list[Case], day: date) -> list[list[Any]]:
    """Return the rows of the Excel table."""
    return [
        [
            row.case.number,
            row.case.title,
            str(row.case.applicant or ""),
            row.owner,
            row.drafters,
            name_of_stage(row.case),
            row.case.opened_on,
            row.days,
            row.case.due_on,
            "" if row.left is None else row.left,
            row.opinions,
        ]
        for row in rows_of(cases, day)
    ]
