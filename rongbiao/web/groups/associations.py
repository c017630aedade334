"""Associations (团体标准组织): who makes group standards, and what each has made."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from rongbiao.awards.models import Recognition
from rongbiao.cases.models import Case
from rongbiao.parties.models import Post
from rongbiao.procedures.association_account import AssociationAccount
from rongbiao.procedures.conversion import Conversion
from rongbiao.procedures.fostering import FosteringPlan
from rongbiao.procedures.group_standard import GroupDeclaration, GroupStandard
from rongbiao.stages import reach
from rongbiao.standards import societies
from rongbiao.standards.models import Association, Disclosure
from rongbiao.web.cases.matters import may_open
from rongbiao.web.doors import published

PAGE, SHOWN = 30, 50
MATTERS = (AssociationAccount, GroupStandard, GroupDeclaration, FosteringPlan, Conversion)
MAKING = (GroupStandard.key, FosteringPlan.key, Conversion.key)


def offered(actor: Post | None) -> list[Any]:
    """Return the matters of group standards that somebody may begin."""
    if actor is None:
        return []
    return [one for one in MATTERS if may_open(one, actor)]


def running(actor: Post | None) -> QuerySet[Case]:
    """Return the group standards on their way that somebody may read."""
    rows = reach.readable(actor).filter(procedure_key=GroupStandard.key, closed_on=None)
    return rows.select_related("applicant").order_by("-pk")


def listed(words: str) -> QuerySet[Association]:
    """Return the associations whose name or letters hold some words, with what is public of each."""
    rows = Association.objects.select_related("organization").annotate(made=Count("disclosures"))
    if words:
        code = words.upper().removeprefix("T/")
        rows = rows.filter(Q(organization__name__icontains=words) | Q(code__startswith=code))
    return rows.order_by("code")


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """Show the associations of the register and the group standards on their way."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:60]
    on_the_way = running(request.actor)
    context = {
        "page": Paginator(listed(words), PAGE).get_page(request.GET.get("page")),
        "q": words,
        "day": timezone.localdate(),
        "all": Association.objects.count(),
        "made": Disclosure.objects.count(),
        "running": on_the_way[:SHOWN],
        "n_running": on_the_way.count(),
        "newest": newest(),
        "matters": offered(request.actor),
    }
    return render(request, "groups/associations.html", context)


def newest(association: Association | None = None) -> QuerySet[Disclosure]:
    """Return what was made public last, with the standard and the declaration of each."""
    rows = Disclosure.objects.select_related("standard", "declaration", "association__organization")
    rows = rows.filter(association=association) if association else rows
    return rows.order_by("-declaration__declared_on", "-pk")[:SHOWN]


def states(rows: QuerySet[Disclosure], day: date) -> list[tuple[Disclosure, Any, int]]:
    """Return each with the state of its declaration and how much was found in it; one query more."""
    found = {}
    for one in rows.prefetch_related("declaration__statements"):
        said = list(one.declaration.statements.all())
        found[one] = sum(len(statement.findings) for statement in said if statement.until is None)
    return [(one, one.declaration.state_on(day), n) for one, n in found.items()]


@published
def one_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one association: what it is, what it made, what is on its way, what it was given."""
    rows = Association.objects.select_related("organization", "rules")
    one, day = get_object_or_404(rows, code=code.replace("\0", "")), timezone.localdate()
    cases = reach.readable(request.actor).filter(
        applicant=one.organization, procedure_key__in=MAKING
    )
    declared = Disclosure.objects.filter(association=one).values("standard")
    context = {
        "one": one,
        "day": day,
        "rows": states(newest(one), day),
        "others": societies.standards_of(one)
        .exclude(pk__in=declared)
        .order_by("-issued_on")[:SHOWN],
        "cases": cases.select_related("applicant").order_by("-pk")[:SHOWN],
        "given": Recognition.objects.filter(organization=one.organization, kind="fostered"),
        "matters": offered(request.actor) if own(request.actor, one) else [],
    }
    return render(request, "groups/association.html", context)


def own(actor: Post | None, one: Association) -> bool:
    return bool(actor and actor.organization_id == one.organization_id)
