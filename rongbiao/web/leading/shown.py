"""What everybody reads (公开页): leaders by field, plans and their rankings."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rongbiao.awards.models import Leader, LeaderList, LeaderPlan, NationalLeader
from rongbiao.cases.models import Case
from rongbiao.procedures.leader_adjustment import LeaderAdjustment
from rongbiao.procedures.leader_list import LeaderRanking
from rongbiao.procedures.leader_plan import LeaderPlanning
from rongbiao.web.doors import published
from rongbiao.web.leading.reading import KINDS, PUBLIC, Shown, state_of

NATIONAL = 200  # rows of national leaders on the page


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """Show the city's leaders by field, the plans under way, and apart from them the nation's."""
    return render(request, "leading/list.html", seen(request))


def seen(request: HttpRequest) -> dict[str, Any]:
    """Return what the list shows; each question is asked once."""
    day = timezone.localdate()
    leaders = Leader.objects.select_related("organization", "declaration")
    asked = LeaderPlan.objects.prefetch_related(
        Prefetch("lists", LeaderList.objects.defer("record")),
        Prefetch("lists__leaders", leaders),
    )
    plans = list(asked)
    cases = Case.objects.filter(closed_on=None).select_related("origin")
    running = {
        one.origin.number: one
        for one in cases.filter(procedure_key=LeaderRanking.key, stage_key__in=PUBLIC)
        if one.origin
    }
    rows = [
        (row, state_of(row, list(row.lists.all()), running.get(row.number), day)) for row in plans
    ]
    drafts = cases.filter(
        procedure_key=LeaderPlanning.key, public_since__isnull=False, stage_key__in=PUBLIC
    )
    national = NationalLeader.objects.select_related("organization")[:NATIONAL]
    return {
        "day": day,
        "held": [(row, held) for row in plans for held in _holding(row, day)],
        "rows": rows,
        "drafts": drafts,
        "national": national,
        "tasks": _tasks(request),
    }


def _holding(row: LeaderPlan, day: Any) -> list[tuple[LeaderList, list[Leader], int]]:
    """Return the list of a plan that holds, with who stands on it today and how many days are left."""
    return [
        (
            one,
            [leader for leader in one.leaders.all() if not (leader.removed_on and leader.removed_on <= day)],
            (one.until - day).days,
        )
        for one in row.lists.all()
        if one.since <= day <= one.until and not (one.replaced_on and one.replaced_on <= day)
    ]  # fmt: skip


def _tasks(request: HttpRequest) -> int:
    """Return how many leaders an officer has to look after."""
    if not (request.actor and request.actor.is_officer):
        return 0
    return Case.objects.filter(procedure_key=LeaderAdjustment.key, closed_on=None).count()


@published
def plan_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one plan: its text and digest, the ranking with how to recompute it, the list."""
    day = timezone.localdate()
    shown = Shown(number, day)
    context = {
        "shown": shown, "row": shown.row, "plan": shown.plan, "day": day, "keys": KINDS,
        "adjusted": Case.objects.filter(
            procedure_key=LeaderAdjustment.key, origin__number=number, public_since__isnull=False
        ).order_by("-pk"),
    }  # fmt: skip
    return render(request, "leading/plan.html", context)
