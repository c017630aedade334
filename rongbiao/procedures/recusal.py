"""Recusal (回避) that follows from a declaration: who declares a tie leaves the panels that it touches.

The expert leaves by an act of their own in each dossier; a panel whose ballots are open is
left as it is. The dossier does not say what the tie is: it is read by more people than the tie.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Seat
from rongbiao.parties.models import Organization, Post, Tie
from rongbiao.stages import reach
from rongbiao.standards import edits

from .local_standard.effects import lines

WORDS = "本人申报了与本件有关单位的利害关系。"


def units_of(case: Case) -> set[int]:
    """Return the units that a case concerns: who applied, who drafts, who is to draft."""
    drafting = case.seats.filter(capacity="drafter").exclude(organization=None)
    named = edits.units_named(lines(str(case.said("submit").get("drafters", ""))))
    units = {*drafting.values_list("organization", flat=True), *(one.pk for one in named.values())}
    return {unit for unit in (*units, case.applicant_id) if unit}


def touched(tie: Tie, units: Iterable[int], day: date) -> bool:
    """Tell whether a tie binds to one of some units, or to somebody who works there."""
    if tie.organization_id:
        return tie.organization_id in set(units)
    posts = Post.objects.on(day).filter(person=tie.person_id, organization__in=list(units))
    return posts.exclude(role=Post.Role.EXPERT).exists()


def stand_aside(tie: Tie, day: date) -> list[Case]:
    """Let the expert leave every panel that sits now and that a tie touches; return the cases."""
    seats = Seat.objects.filter(
        post__person=tie.post.person_id, capacity="expert", recused_on=None,
        stage=F("case__stage_key"), case__closed_on=None,
    )  # fmt: skip
    left: list[Case] = []
    if not tie.holds_on(day):
        return left
    for seat in seats.select_related("case", "post__person", "post__organization"):
        case, recuse = seat.case, seat.case.stage.action("recuse")
        if seat.post is None or recuse is None or not seat.post.holds_on(day):
            continue
        if reach.hindrance(case, recuse, day) or not touched(tie, units_of(case), day):
            continue
        desk.act(case, "recuse", actor=seat.post, day=day, answers={"words": WORDS})
        left.append(case)
    return left


def against(posts: Iterable[Post], case: Case, day: date) -> dict[int, list[str]]:
    """Return what experts declared that touches a case, by post; for the office."""
    units = Organization.objects.filter(pk__in=units_of(case))
    rows = Tie.objects.on(day).filter(post__person__in=[post.person_id for post in posts])
    rows = rows.filter(withdrawn_on=None, organization__in=units)
    found: dict[int, list[str]] = {}
    for tie in rows.select_related("organization", "post"):
        found.setdefault(tie.post.person_id, []).append(f"{tie.get_kind_display()}（{tie.other}）")
    return {post.pk: found[post.person_id] for post in posts if post.person_id in found}
