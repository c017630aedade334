"""Who cites (谁引用): what the page of a standard and the page of a unit tell of citing documents."""

from typing import Any

from django.db.models import Count, Q

from rongbiao.parties.models import Organization, Post
from rongbiao.standards.citing import registering, who
from rongbiao.standards.models import CitingDocument, KeptCitation, Standard

MOST = 10
KEPT = Q(citations__state=KeptCitation.State.CONFIRMED)
OWED = Count("duties", filter=Q(duties__closed_on=None), distinct=True)


def citers(standard: Standard, actor: Post | None) -> dict[str, Any]:
    """Return the documents that cite any edition of a standard and that a reader may read.

    ``others`` counts, for the office alone, what the public does not see.
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
    rows = rows.annotate(cited=Count("citations", filter=KEPT, distinct=True), owed=OWED)
    return list(rows.order_by("-owed", "-pk")[:MOST])
