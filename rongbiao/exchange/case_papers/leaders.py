"""Papers of leaders: the announcement of a list, and of a removal."""

from django.conf import settings

from rongbiao.awards import leading
from rongbiao.awards.models import Leader, LeaderPlan
from rongbiao.awards.models import LeaderList as List
from rongbiao.exchange.papers.leaders import LeaderList, LeaderRemoval, Listed

from .dossier import Dossier


def announced(dossier: Dossier) -> LeaderList | None:
    """Return the announcement of the list that the case came to."""
    row = List.objects.filter(number=dossier.case.number).select_related("plan").first()
    if row is None:
        return None
    rows = leading.shortlisted(row.record, row.left_out)
    return LeaderList(
        issuer=dossier.bureau,
        city=str(settings.CITY["name"]),
        number=row.paper,
        day=row.since,
        portal=str(settings.CITY["portal"]),
        field=row.plan.field,
        plan=row.plan.number,
        sha256=row.plan.sha256,
        until=row.until,
        leaders=tuple(
            Listed(
                rank=one["rank"], unit=one["unit"], number=one["number"], title=one["title"],
                total=one["total"],
            )
            for one in rows
        ),
    )  # fmt: skip


def removed(dossier: Dossier) -> LeaderRemoval | None:
    """Return the announcement of the removal that the case came to."""
    proposed, decided = dossier.last("facts", "submit"), dossier.last("decision", "approve")
    if proposed is None or decided is None:
        return None
    row = Leader.objects.select_related("organization", "declaration", "list__plan").get(
        pk=proposed.answers["leader"]
    )
    plan: LeaderPlan = row.list.plan
    return LeaderRemoval(
        issuer=dossier.bureau,
        city=str(settings.CITY["name"]),
        number=decided.answers["paper"],
        day=decided.day,
        field=plan.field,
        unit=row.organization.name,
        standard=row.declaration.number,
        title=row.declaration.title,
        reason=row.reason,
        since=decided.day,
    )
