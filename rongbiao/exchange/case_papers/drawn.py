"""Records of the draws for a case (专家抽取记录); who was out, and why, is told to the office."""

from django.db.models import QuerySet
from django.utils import timezone

from rongbiao.exchange.papers.meetings import Draw as Record
from rongbiao.exchange.papers.meetings import Expert, Recused
from rongbiao.parties import draws
from rongbiao.parties.models import Draw

from .dossier import Dossier


def draws_of(dossier: Dossier) -> QuerySet[Draw]:
    """Return the draws for a case that were revealed, oldest first."""
    case = dossier.case
    rows = Draw.objects.filter(basis=case.number, demonstration=case.demonstration)
    return rows.exclude(seed="").order_by("pk")


def record(dossier: Dossier, number: str) -> Record:
    """Return the record of one draw: what anybody needs to come to the same names."""
    draw = draws_of(dossier).select_related("revealed_by__person").get(number=number)
    lots = draws.lots_of(draw)
    out = [one for one in lots if not one.eligible] if dossier.office else []
    return Record(
        project=dossier.project,
        purpose=draw.purpose,
        conditions="\n".join(draw.head["conditions"]),
        committed_at=f"{timezone.localtime(draw.frozen_at):%Y-%m-%d %H:%M}",
        commitment=draw.commitment,
        drawn_at=f"{timezone.localtime(draw.revealed_at):%Y-%m-%d %H:%M}",
        seed=draw.seed,
        aloud=draw.witness,
        candidates=tuple(Expert(one.name, one.unit) for one in lots if one.eligible),
        candidates_hash=draw.digest,
        drawn=tuple(Expert(one["name"], one["unit"]) for one in draw.drawn),
        reserves=tuple(Expert(one["name"], one["unit"]) for one in draw.reserves),
        excluded=tuple(Recused(one.name, "；".join(one.why)) for one in out),
        turn=draw.turn,
        why_again=draw.reason,
        officer=str(draw.revealed_by.person) if draw.revealed_by else "",
        day=draw.revealed_on,
    )
