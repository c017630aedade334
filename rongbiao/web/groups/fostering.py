"""The fostering plan (团体标准培优): a year's criteria, who applied, with what score, what followed."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rongbiao.awards.models import Fostering
from rongbiao.cases.models import Case, Entry
from rongbiao.parties.models import Post
from rongbiao.procedures.fostering import FosteringCriteria, FosteringPlan
from rongbiao.stages import reach
from rongbiao.web.cases.matters import may_open
from rongbiao.web.doors import published

FOLLOWED = ("first_report", "second_report")


@dataclass(frozen=True)
class Applied:
    """One application: its score, whether it was chosen, how many yearly reports came."""

    case: Case
    total: Decimal | None
    chosen: bool
    reports: int


@published
def page(request: HttpRequest) -> HttpResponse:
    """Show one year, the newest where none is asked for."""
    years = list(Fostering.objects.all())
    wanted = request.GET.get("year", "")
    here = next((one for one in years if str(one.year) == wanted), years[0] if years else None)
    day = timezone.localdate()
    context = {
        "years": years,
        "here": here,
        "day": day,
        "open": here.open_on(day) if here else False,
        "criteria": here.criteria.all() if here else (),
        "rows": applications(here, request.actor) if here else [],
        "matters": [
            one for one in (FosteringCriteria, FosteringPlan) if may_open(one, request.actor)
        ],
    }
    return render(request, "groups/fostering.html", context)


def applications(year: Fostering, actor: Post | None) -> list[Applied]:
    """Return the applications of a year that somebody may read, best first; two queries."""
    cases = reach.readable(actor).filter(
        procedure_key=FosteringPlan.key, entries__stage_key="application",
        entries__answers__year=str(year.year),
    )  # fmt: skip
    rows = {case.pk: case for case in cases.select_related("applicant", "standard").distinct()}
    said: dict[int, list[Entry]] = {}
    for entry in Entry.objects.filter(case__in=list(rows)).order_by("seq"):
        said.setdefault(entry.case_id, []).append(entry)
    found = [_applied(case, said.get(pk, [])) for pk, case in rows.items()]
    return sorted(found, key=lambda one: (not one.chosen, -(one.total or 0), one.case.pk))


def _applied(case: Case, entries: list[Entry]) -> Applied:
    totals = [
        e.answers["total"] for e in entries if e.stage_key == "scoring" and "total" in e.answers
    ]
    return Applied(
        case, Decimal(totals[-1]) if totals else None,
        any(e.stage_key == "decision" and e.action_key == "approve" for e in entries),
        sum(e.stage_key in FOLLOWED and e.action_key == "submit" for e in entries),
    )  # fmt: skip
