"""Who cites (谁引用): what the page of a standard and the page of a unit tell of citing documents."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from rongbiao.parties.models import Organization, Post
from rongbiao.standards.citing import registering, who
from rongbiao.standards.models import CitingDocument, Duty, KeptCitation, Standard

MOST = 10


def counted(documents: QuerySet[CitingDocument]) -> QuerySet[CitingDocument]:
    """Return documents with how many standards they cite and how many answers they owe."""

    def number(rows: QuerySet[Any]) -> Coalesce:
        own = rows.filter(document=OuterRef("pk")).order_by().values("document")
        return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)

    kept = KeptCitation.objects.filter(state=KeptCitation.State.CONFIRMED)
    owed = Duty.objects.filter(closed_on=None)
    return documents.annotate(cited=number(kept), owed=number(owed))


def citers(standard: Standard, actor: Post | None) -> dict[str, Any]:
    """Return the documents that cite any edition of a standard and that a reader may read.

    ``total`` and ``closed`` count, for the office alone, all of them and those not public.
    """
    cites = registering.citing(standard).values("document")
    documents = CitingDocument.objects.filter(pk__in=cites)
    seen = documents.filter(who.readable(actor)).select_related("organization")
    found = list(seen.order_by("-dated_on", "-pk")[: MOST + 1])
    office = bool(actor and actor.role in who.OFFICE)
    return {
        "rows": found[:MOST],
        "more": len(found) > MOST,
        "total": documents.count() if office else None,
        "closed": documents.filter(public=False).count() if office else None,
    }


def answering_for(unit: Organization, actor: Post | None) -> list[CitingDocument]:
    """Return the documents for which a unit answers, with what each cites and owes."""
    rows = CitingDocument.objects.filter(who.readable(actor), organization=unit, ended_on=None)
    found: Any = counted(rows)
    return list(found.order_by("-owed", "-pk")[:MOST])
