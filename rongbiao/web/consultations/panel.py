"""The panel (评审页): who was asked, who stands aside, who has voted; after the count, how it came out.

Before the count nobody learns how anybody voted. After it the office and the members of the
panel read who said what; the other parties read the sums and the words without names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rongbiao.cases.models import Attachment, Case, Entry, Seat
from rongbiao.cases.procedure import Action
from rongbiao.exchange.case_papers.dossier import day_of
from rongbiao.exchange.case_papers.offering import offers
from rongbiao.law.profiles import papers_by
from rongbiao.law.voting import WORDS, read_profile
from rongbiao.parties import rules
from rongbiao.parties.models import Post
from rongbiao.procedures import recusal
from rongbiao.procedures.local_standard.opinions import ANSWER, Opinion, opinions_of
from rongbiao.stages import reach
from rongbiao.stages.answers import VOTES, Disposition
from rongbiao.stages.panel import Panel
from rongbiao.web.cases.dossier import Button, Must, buttons, musts
from rongbiao.web.cases.filling import form_of, new_token
from rongbiao.web.cases.one import reader_of, seen
from rongbiao.web.cases.papers import dossier_of
from rongbiao.web.cases.words import Reader
from rongbiao.web.consultations import rounds, seating
from rongbiao.web.consultations.remarks import TONES
from rongbiao.web.doors import public
from rongbiao.web.templatetags.rb import zhdate

OWN = ("vote", "recuse")  # what an expert does
PAPERS = {
    "review": ("signatures", "minutes", "opinions"),
    "appraisal": ("appraisal_signatures", "appraisal_minutes"),
}


@dataclass(frozen=True)
class Member:
    """One who was asked to the panel."""

    post: Post
    seat: Seat
    voted: bool
    tied: tuple[str, ...] = ()  # what they declared that touches the case; for the office


@dataclass(frozen=True)
class Rule:
    """How the panel concludes, in words, and by what."""

    name: str
    words: list[str]
    source: str
    verified: bool
    late: bool = False  # the experts were asked when the papers should have been there


def stage_asked(request: HttpRequest, case: Case) -> Panel:
    """Return the panel that the address asks for, else the present one or the last that sat."""
    panels = [stage for stage in case.procedure.stages if isinstance(stage, Panel)]
    wanted = request.GET.get("stage", "")
    if found := next((one for one in panels if one.key == wanted), None):
        return found
    if here := next((one for one in panels if one.key == case.stage_key), None):
        return here
    keys = [one.key for one in panels]
    last = case.entries.filter(stage_key__in=keys).order_by("-seq").first()
    if last is None:
        raise Http404(_("本件还没有评审。"))
    return next(one for one in panels if one.key == last.stage_key)


@public
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a panel to the parties of a case."""
    case = seen(request, number)
    reader = reader_of(request, case)
    if not reader.inner:
        raise Http404(_("没有这个办件。"))
    return render(request, "consultations/panel.html", around(request, reader))


def around(request: HttpRequest, reader: Reader) -> dict[str, Any]:
    """Return everything that the page of a panel shows."""
    case, stage = reader.case, stage_asked(request, reader.case)
    sittings = rounds.sittings(case, stage.key)
    asked = request.GET.get("sitting", "")
    here = next((one for one in sittings if str(one.number) == asked), sittings[-1])
    acts = list(case.entries.filter(here.here, stage_key=stage.key).order_by("seq"))
    last = {entry.action_key: entry for entry in acts}  # the last of each kind
    members = members_of(case, stage, acts) if here is sittings[-1] else []
    if reader.office:
        members = flagged(members, case)
    mine = next((one for one in members if one.post == request.actor), None)
    counted = last.get("count")
    offered = {action.key: action for action in reach.offered(case, request.actor)}
    convened = last.get("convene")
    return {
        "case": case, "stage": stage, "sittings": sittings, "here": here, "reader": reader,
        "members": members, "mine": mine, "convened": convened,
        "meets_on": day_of(convened.answers.get("meets_on")) if convened else None,
        "rule": rule_of(case, convened) if convened else None,
        "counted": counted,
        "ballots": ballots(counted, opinions_of(case), named=reader.office or mine is not None),
        "answer": offered.get(ANSWER) if stage.key == "review" else None,
        "papers": papers(case, here), "made": made(reader, stage),
        "minutes": next((last[key] for key in ("pass", "again", "return") if key in last), None),
        "musts": waiting(case, stage), "office": office_acts(request, case, stage),
        "forms": forms(request, case, offered), "token": new_token(),
        **seating.block(request, case, stage, convened, offered.get("convene")),
        "seen": case.entered.seq if case.entered else 0, "day": timezone.localdate(),
    }  # fmt: skip


def members_of(case: Case, stage: Panel, acts: list[Entry]) -> list[Member]:
    """Return the experts who were asked, with who has voted; not how."""
    voted = {entry.actor_id for entry in acts if entry.action_key == "vote"}
    seats = case.seats.filter(stage=stage.key, capacity="expert").order_by("place", "pk")
    rows = seats.select_related("post__person", "post__organization")
    return [Member(seat.post, seat, seat.post_id in voted) for seat in rows if seat.post]


def flagged(members: list[Member], case: Case) -> list[Member]:
    """Return the members with what they declared that touches the case."""
    against = recusal.against([one.post for one in members], case, timezone.localdate())
    return [replace(one, tied=tuple(against.get(one.post.pk, ()))) for one in members]


def spoken(share: Fraction) -> str:
    """Return a share as papers write it; in English as a fraction."""
    return str(share) if get_language() == "en" else WORDS.get(share, str(share))


def rule_of(case: Case, convened: Entry) -> Rule:
    """Return the rule by which the panel concludes, as it stood when the case was opened."""
    rule = rules.table("review_profiles").rules[convened.answers["profile"]]
    value = rule.at(case.opened_on)
    profile = read_profile(rule.name, value.value)
    words = []
    if profile.least > 1:
        odd = _("，单数") if profile.odd else ""
        words.append(_("专家不少于 {n} 人{odd}").format(n=profile.least, odd=odd))
    shares = (
        (profile.quorum, _("表决人数不少于应到的{share}")),
        (profile.passing, _("同意不少于表决人数的{share}")),
        (profile.against, _("反对不超过表决人数的{share}")),
    )
    words += [said.format(share=spoken(share)) for share, said in shares if share]
    meets = day_of(convened.answers.get("meets_on"))
    by = papers_by(value.value, meets) if meets else None
    if by:
        words.append(_("评审材料不迟于{day}送达专家").format(day=zhdate(by)))
    late = by is not None and convened.day > by
    return Rule(str(rule.name), words, str(value.source), bool(value.verified), late)


def ballots(
    counted: Entry | None, opinions: Sequence[Opinion], *, named: bool
) -> list[Mapping[str, str]]:
    """Return the opened ballots, and what became of the opinions where that is recorded.

    Without names for whoever has no part in the panel, and in an order that tells none.
    """
    votes = {key: str(words) for key, words in VOTES}
    taken = {key: str(words) for key, words in Disposition.TAKEN}
    known = {one.seq: one for one in opinions}
    found: list[Mapping[str, str]] = []
    for one in counted.answers["ballots"] if counted else ():
        opinion = known.get(one["seq"])
        found.append(
            {
                "name": str(one["name"]) if named else "",
                "vote": votes.get(one["vote"], ""),
                "opinion": str(one.get("opinion", "")),
                "number": str(opinion.number) if opinion else "",
                "taken": taken.get(opinion.taken, _("未处理")) if opinion else "",
                "tone": TONES[opinion.taken] if opinion else "",
                "reason": opinion.reason if opinion else "",
            }
        )
    return found if named else sorted(found, key=lambda one: (one["vote"], one["opinion"]))


def papers(case: Case, here: rounds.Round) -> list[Attachment]:
    """Return what the experts read: the last file of each kind that was handed in before."""
    rows = Attachment.objects.filter(entry__case=case, entry__receipt=None)
    if here.opening:
        rows = rows.filter(entry__seq__lte=here.opening.seq)
    rows = rows.exclude(Q(entry__stage_key__in=[one.key for one in _panels(case)]))
    last: dict[str, Attachment] = {}
    for one in rows.select_related("file", "entry").order_by("entry__seq", "pk"):
        last[one.field] = one
    return list(last.values())


def _panels(case: Case) -> list[Panel]:
    return [stage for stage in case.procedure.stages if isinstance(stage, Panel)]


def made(reader: Reader, stage: Panel) -> list[Any]:
    """Return the papers of the panel that this reader may have."""
    wanted = PAPERS.get(stage.key, ())
    return [one for one in offers(dossier_of(reader)) if one.key in wanted]


def waiting(case: Case, stage: Panel) -> list[Must]:
    """Return what must hold before the panel concludes."""
    if case.closed_on or case.stage_key != stage.key:
        return []
    actions = [one for one in stage.actions() if one.key in {"count", "pass"}]
    return musts(case, actions, timezone.localdate())


def office_acts(request: HttpRequest, case: Case, stage: Panel) -> list[Button]:
    """Return what an officer may do while the panel sits, and why not yet."""
    if case.closed_on or case.stage_key != stage.key:
        return []
    found = buttons(case, request.actor, timezone.localdate())
    return [one for one in found if one.action.key not in OWN]


def forms(request: HttpRequest, case: Case, offered: Mapping[str, Action]) -> list[dict[str, Any]]:
    """Return what an expert may do here, each with its form or why it is closed."""
    day = timezone.localdate()
    return [
        {
            "action": offered[key],
            "form": form_of(offered[key], case, request),
            "why": reach.hindrance(case, offered[key], day),
        }
        for key in OWN
        if key in offered
    ]
