"""Campaigns (抽查计划): their list; one of them with its population, draws, progress and figures."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.parties import rules
from rongbiao.parties.models import Post
from rongbiao.procedures.supervision import campaigns as desk
from rongbiao.standards.models import Campaign, Inspection
from rongbiao.standards.supervising import counting, population
from rongbiao.standards.supervising.population import Wanted
from rongbiao.standards.supervising.sheet import names
from rongbiao.web.doors import published

PAGE, OBJECTS = 30, 50
Step = Campaign.Step
# A draw of ten thousand lots weighs megabytes: pages of campaigns read who was drawn, and no lots.
HEAVY = [
    f"{draw}__{column}"
    for draw in ("objects_draw", "people_draw")
    for column in ("lots", "grounds", "sealed")
]
RULES = ("basis", "draws", "inspection_days", "correction_days", "publication_days")


def inside(request: HttpRequest) -> bool:
    """Tell whether results are shown before they are published: to officers and auditors."""
    actor = request.actor
    return bool(actor and (actor.is_officer or actor.role == Post.Role.AUDITOR))


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """Show every campaign, the newest first."""
    rows = Campaign.objects.select_related("objects_draw", "people_draw").defer(*HEAVY)
    rows = rows.annotate(
        held=Count("inspections"),
        public=Count("inspections", filter=Q(inspections__published_on__isnull=False)),
    )
    page = Paginator(rows.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    law = rules.table("supervision").at(timezone.localdate())
    context = {
        "page": page, "day": timezone.localdate(),
        "rules": [law.rule(key) for key in RULES],
    }  # fmt: skip
    return render(request, "supervision/list.html", context)


def campaign_of(number: str) -> Campaign:
    """Return a campaign, or 404."""
    rows = Campaign.objects.select_related(
        "objects_draw",
        "people_draw",
        "population",
        "planned_by__person",
        "planned_by__organization",
    )
    return get_object_or_404(rows.defer(*HEAVY), number=number)


@published
def one_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a campaign; while something is worked off beside the page, only how far it is."""
    row = campaign_of(number)
    if request.htmx:
        answer = render(request, "supervision/_run.html", {"row": row})
        if not row.order:
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "supervision/one.html", seen(request, row))


def seen(request: HttpRequest, row: Campaign) -> dict[str, Any]:
    """Return what the page of a campaign shows."""
    own = inside(request)
    told = counting.bulletin(row) if row.opened_on and (own or row.reported_on) else None
    return {
        "row": row,
        "day": timezone.localdate(),
        "inside": own,
        "steps": steps(row),
        "conditions": list(population.conditions(Wanted(**row.asked))),
        "told": told,
        "headings": counting.headings(),
        "most": max((n for _name, n in told.items), default=0) if told else 0,
        "people": row.people_draw.seated if row.people_draw else [],
        "first": objects(row, own=own)[:8] if row.opened_on else [],
        "objects": row.objects_draw.seated[:8] if row.objects_draw else [],
        "ready": desk.ready(row).count() if own and row.opened_on else 0,
        "left": row.inspections.filter(inspected_on=None).count() if own else 0,
    }


def steps(row: Campaign) -> list[tuple[str, str, Any]]:
    """Return each step with its state and its day."""
    order = list(Step)
    here = order.index(row.step)
    draws = (row.objects_draw, row.people_draw)
    days = [
        row.planned_on, draws[0] and draws[0].frozen_on, draws[0] and draws[0].revealed_on,
        draws[1] and draws[1].revealed_on, row.opened_on, row.reported_on,
    ]  # fmt: skip
    return [
        (
            str(step.label),
            "done" if place < here else "now" if place == here else "ahead",
            days[place],
        )
        for place, step in enumerate(order)
    ]


def objects(row: Campaign, *, own: bool) -> list[tuple[Inspection, str, str]]:
    """Return the objects, each with what was found and its result; in public once published."""
    held = row.inspections.select_related("declaration__organization").order_by("place")
    shown = []
    for one in held:
        open_now = own or one.published_on
        found = names(one.found) if open_now else ""
        shown.append((one, found, one.get_result_display() if open_now else _("检查中")))
    return shown


@published
def objects_page(request: HttpRequest, number: str) -> HttpResponse:
    """List every drawn object with what became of it."""
    row, own = campaign_of(number), inside(request)
    if not row.opened_on:
        raise Http404(_("还没有抽取检查对象。"))
    page = Paginator(objects(row, own=own), OBJECTS).get_page(request.GET.get("page"))
    context = {"row": row, "page": page, "inside": own, "day": timezone.localdate()}
    return render(request, "supervision/objects.html", context)


@published
def population_file(request: HttpRequest, number: str) -> HttpResponse:
    """Give the frozen population, byte for byte what its SHA-256 was taken of."""
    row = campaign_of(number)
    if row.population is None:
        raise Http404(_("抽查总体还没有冻结。"))
    answer = HttpResponse(row.population.read(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, row.population.name)
    return answer
