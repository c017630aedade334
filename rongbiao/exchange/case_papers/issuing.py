"""Papers of an issued standard (公告、备案、复审): announcement, filing, review, abolition."""

from django.conf import settings

from rongbiao.cases.models import Entry
from rongbiao.exchange.papers.announcements import (
    Abolished,
    Abolition,
    Approval,
    Issued,
    Reviewed,
    ReviewOutcome,
)
from rongbiao.exchange.papers.filings import AbolitionForm, FilingForm
from rongbiao.exchange.papers.reviews import Review
from rongbiao.procedures.local_standard_review import OUTCOMES, TRIGGERS
from rongbiao.procedures.local_standard_review import Abolition as Abolishing
from rongbiao.standards.models import Standard

from .dossier import Dossier, day_of, unit_of
from .drafting import patents
from .remarks import summary

ENDS = {"approve": "confirm", "revise": "revise", "abolish": "abolish"}


def approval(dossier: Dossier) -> Approval | None:
    """Return the announcement by which the standard was issued."""
    issued, standard = dossier.last("approval", "approve"), dossier.case.standard
    if issued is None or standard is None:
        return None
    begins = day_of(issued.answers["implemented_on"]) or issued.day
    return Approval(
        issuer=dossier.bureau,
        city=dossier.project.city,
        number=issued.answers["number"],
        day=issued.day,
        portal=str(settings.CITY["portal"]),
        standards=(
            Issued(
                number=standard.shown,
                title=dossier.project.title,
                implemented_on=begins,
                replaces=dossier.project.replaces,
                drafters=dossier.drafters,
            ),
        ),
    )


def filing_form(dossier: Dossier) -> FilingForm | None:
    """Return the form of the filing; authors and contacts are for the pen."""
    issued, announced = dossier.last("approval", "approve"), approval(dossier)
    if issued is None or announced is None:
        return None
    project, (listed,) = dossier.project, announced.standards
    sent = dossier.said("filing", "send")
    return FilingForm(
        city=project.city,
        number=listed.number,
        title=listed.title,
        title_en=project.title_en,
        issuer=dossier.bureau,
        announcement=announced.number,
        issued_on=issued.day,
        implemented_on=listed.implemented_on,
        ics=project.ics,
        ccs=project.ccs,
        replaces=project.replaces,
        proposer=project.proposer,
        drafters=project.drafters,
        patents=patents(dossier),
        day=day_of(sent.get("sent_on")),
    )


def review_form(dossier: Dossier) -> Review | None:
    """Return the form of a review as it was proposed."""
    proposed, standard = dossier.last("proposal", "submit"), dossier.case.standard
    if proposed is None or standard is None:
        return None
    said = proposed.answers
    triggers, advice = dict(TRIGGERS), dict(OUTCOMES)
    table = summary(dossier)
    return Review(
        city=dossier.project.city,
        number=standard.shown,
        title=standard.title,
        unit=unit_of(proposed),
        trigger=str(triggers[said["trigger"]]),
        issued_on=standard.issued_on,
        implemented_on=standard.implemented_on,
        reviewed_on=_reviewed_before(dossier, standard),
        proposer=standard.proposer,
        drafters=tuple(standard.participations.order_by("place").values_list("name", flat=True)),
        usage=said["effect"],
        heard=f"{table.asked}收到意见{len(table.rows)}条。",
        conclusion=str(advice[said["advice"]]),
        reason=said["need"],
        day=proposed.day,
    )


def _reviewed_before(dossier: Dossier, standard: Standard):
    """Return when the standard was last confirmed, unless this review is what confirmed it."""
    ended = _decided(dossier)
    if ended and ended.action_key == "approve" and standard.confirmed_on == ended.day:
        return None
    return standard.confirmed_on


def _decided(dossier: Dossier) -> Entry | None:
    found = [dossier.last("decision", key) for key in ENDS]
    return next((one for one in found if one), None)


def review_outcome(dossier: Dossier) -> ReviewOutcome | None:
    """Return the announcement of what the review came to."""
    decided, standard = _decided(dossier), dossier.case.standard
    if decided is None or standard is None:
        return None
    conclusion = str(dict(OUTCOMES)[ENDS[decided.action_key]])
    return ReviewOutcome(
        issuer=dossier.bureau,
        city=dossier.project.city,
        number=decided.answers["number"],
        day=decided.day,
        year=decided.day.year,
        standards=(
            Reviewed(
                number=standard.shown,
                title=standard.title,
                conclusion=conclusion,
                note=_onward(decided),
            ),
        ),
    )


def _onward(decided: Entry | None) -> str:
    """Return what comes of an abolished standard, or is used instead."""
    said = decided.answers if decided else {}
    route = said.get("transfer", "none")
    words = str(dict(Abolishing.TRANSFERS).get(route, route)) if route != "none" else ""
    instead = f"执行{said['instead']}" if said.get("instead") else ""
    return "；".join(filter(None, (words, instead)))


def abolition(dossier: Dossier) -> Abolition | None:
    """Return the announcement that the standard is abolished."""
    decided, standard = dossier.last("decision", "abolish"), dossier.case.standard
    if decided is None or standard is None:
        return None
    return Abolition(
        issuer=dossier.bureau,
        city=dossier.project.city,
        number=decided.answers["number"],
        day=decided.day,
        since=decided.day,
        standards=(
            Abolished(number=standard.shown, title=standard.title, reason=decided.answers["words"]),
        ),
    )


def abolition_form(dossier: Dossier) -> AbolitionForm | None:
    """Return the form by which the abolition is filed; contacts are for the pen."""
    announced, standard = abolition(dossier), dossier.case.standard
    if announced is None or standard is None:
        return None
    (listed,) = announced.standards
    return AbolitionForm(
        city=announced.city,
        number=listed.number,
        title=listed.title,
        issuer=announced.issuer,
        announcement=announced.number,
        abolished_on=announced.since,
        reason=listed.reason,
        into=_onward(dossier.last("decision", "abolish")),
        issued_on=standard.issued_on,
        implemented_on=standard.implemented_on,
        filing=standard.filing,
        proposer=standard.proposer,
        day=day_of(dossier.said("filing", "send").get("sent_on")),
    )
