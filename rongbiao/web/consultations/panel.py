"""The panel (评审页): who was asked, who stands aside, who has voted; after the count, how it came out.

Before the count nobody learns how anybody voted. After it the office and the members of the
panel read who said what; the other parties read the sums and the words without names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rongbiao.cases.models import Attachment, Case, Entry
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
from rongbiao.stages.answers import VOTES, Disposition, profile_of
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
    "review": ("signatures", "minutes", "letter_conclusion", "opinions"),
    "appraisal": ("appraisal_signatures", "appraisal_minutes", "appraisal_conclusion"),
}


@dataclass(frozen=True)
class Member:
    """One who was asked to the panel."""

    post: Post
    voted: bool
    recused_on: date | None = None
    reason: str = ""  # why they stand aside
    tied: tuple[str, ...] = ()  # what they declared that touches the case; for the office


@dataclass(frozen=True)
class Replies:
    """How a review by letter stands: its last day, how many were asked, how many replied."""

    until: date
    asked: int
    came: int

    @property
    def missing(self) -> int:
        """Return how many have not replied."""
        return self.asked - self.came


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
    convened, is_last = last.get("convene"), here is sittings[-1]
    members = members_of(case, acts, convened, is_last=is_last) if convened else []
    if reader.office and is_last:
        members = flagged(members, case)
    mine = next((one for one in members if is_last and one.post == request.actor), None)
    counted = last.get("count")
    offered = {action.key: action for action in reach.offered(case, request.actor)}
    return {
        "case": case, "stage": stage, "sittings": sittings, "here": here, "reader": reader,
        "members": members, "mine": mine, "convened": convened,
        "meets_on": day_of(convened.answers.get("meets_on")) if convened else None,
        "rule": rule_of(case, convened) if convened else None,
        "letter": replies_of(case, convened, members) if convened else None,
        "counted": counted,
        "ballots": ballots(counted, opinions_of(case), named=reader.office or mine is not None),
        "answer": offered.get(ANSWER) if stage.key == "review" else None,
        "papers": papers(case, here), "made": made(reader, stage),
        "ended": here.ending, "ended_by": name_of(stage, here.ending),
        "musts": waiting(case, stage), "office": office_acts(request, case, stage),
        "forms": forms(request, case, offered), "token": new_token(),
        **seating.block(request, case, stage, convened, offered.get("convene")),
        "seen": case.entered.seq if case.entered else 0, "day": timezone.localdate(),
    }  # fmt: skip


def members_of(case: Case, acts: list[Entry], convened: Entry, *, is_last: bool) -> list[Member]:
    """Return the experts who were asked, with who has voted; not how.

    Seats are those of the last sitting; who sat in one before it is told by the journal.
    """
    voted = {entry.actor_id for entry in acts if entry.action_key == "vote"}
    if is_last:
        seats = case.seats.filter(stage=convened.stage_key, capacity="expert")
        rows = seats.select_related("post__person", "post__organization").order_by("place", "pk")
        return [
            Member(seat.post, seat.post_id in voted, seat.recused_on, seat.reason)
            for seat in rows
            if seat.post
        ]
    gone = {entry.actor_id: entry for entry in acts if entry.action_key == "recuse"}
    asked = Post.objects.filter(pk__in=convened.answers["experts"]).order_by("pk")
    return [
        Member(post, post.pk in voted, gone[post.pk].day, gone[post.pk].answers["words"])
        if post.pk in gone
        else Member(post, post.pk in voted)
        for post in asked.select_related("person", "organization")
    ]


def replies_of(case: Case, convened: Entry, members: list[Member]) -> Replies | None:
    """Return how a review by letter stands; None where the panel meets."""
    if not profile_of(case, convened.answers["profile"]).by_letter:
        return None
    asked = [one for one in members if not one.recused_on]
    until = date.fromisoformat(convened.answers["meets_on"])
    return Replies(until, len(asked), sum(one.voted for one in asked))


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
        (profile.quorum, _("表决人数不少于应到的{share}"), _("回函不少于应回函的{share}")),
        (profile.passing, _("同意不少于表决人数的{share}"), _("同意不少于回函的{share}")),
        (profile.against, _("反对不超过表决人数的{share}"), _("反对不超过回函的{share}")),
    )
    words += [
        (by_letter if profile.by_letter else said).format(share=spoken(share))
        for share, said, by_letter in shares
        if share
    ]
    meets = date.fromisoformat(convened.answers["meets_on"])
    by = papers_by(profile.papers, meets)
    if by:
        words.append(_("评审材料不迟于{day}送达专家").format(day=zhdate(by)))
    if profile.by_letter:
        words.append(
            _("回函至{day} 24 时截止，截止以后或者全部回函以后开票").format(day=zhdate(meets))
        )
    late = by is not None and convened.day > by and not profile.binding  # else it was refused
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


def name_of(stage: Panel, entry: Entry | None) -> str:
    """Return what ended a sitting, in words."""
    action = stage.action(entry.action_key) if entry else None
    return str(action.name) if action else ""


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
