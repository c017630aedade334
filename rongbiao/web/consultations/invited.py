"""Invited bodies (定向征求意见的单位): who has answered, who has not, and a word to those."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from rongbiao.cases import message
from rongbiao.cases.models import Case
from rongbiao.parties import journal
from rongbiao.parties.allowance import spend
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.web.consultations.rounds import Round

DAY = 86_400  # seconds: nobody is reminded twice within them


@dataclass(frozen=True)
class Body:
    """One body that was asked; ``unit`` is None where it has no account and was asked by letter."""

    name: str
    unit: Organization | None
    answer: str  # nothing while it has not answered


def bodies(case: Case, here: Round, stage: str) -> list[Body]:
    """Return who was asked in a round, and what came back; by three queries."""
    seats = case.seats.filter(stage=stage, capacity="invited", recused_on=None)
    units = {
        str(seat.organization): seat.organization for seat in seats.select_related("organization")
    }
    said = here.opening.answers.get("invited", "") if here.opening else ""
    lines = (line.strip() for line in str(said).splitlines())
    asked = list(dict.fromkeys([*units, *filter(None, lines)]))
    answered: dict[str, str] = {}
    rows = case.entries.filter(here.here, action_key__in=("comment", "no_comment")).order_by("seq")
    for key, unit, name in rows.values_list(
        "action_key", KT("answers__unit"), "actor__organization__name"
    ):
        words = _("已提意见") if key == "comment" else _("无意见")
        if (who := unit or name) and answered.get(who) != _("已提意见"):
            answered[who] = words
    return [Body(name, units.get(name), answered.get(name, "")) for name in asked]


@transaction.atomic
def remind(case: Case, here: Round, stage: str, *, actor: Post, day: date) -> int:
    """Tell the bodies that have not answered; return how many. Each at most once a day."""
    if case.entered is None or case.stage_key != stage or case.closed_on:
        raise Refused(_("征求意见已经结束，不再催办。"))
    silent = [body for body in bodies(case, here, stage) if body.unit and not body.answer]
    due = [body for body in silent if _not_yet(case, body, day)]
    if not due:
        raise Refused(_("没有可以催办的单位：都已回复，或者今天已经催办过。"))
    posts = _posts([body.unit for body in due if body.unit], case, day)
    words = _("请于{day}前回复“{title}”的征求意见。").format(day=case.due_on, title=case.title)
    message.tell(case, case.entered, words, posts)
    journal.write(actor, "remind-invited", case, day=day, units=[body.name for body in due])
    return len(due)


def _not_yet(case: Case, body: Body, day: date) -> bool:
    assert body.unit
    return spend(f"remind:{case.pk}:{body.unit.pk}:{day}", limit=1, seconds=DAY)


def _posts(units: Sequence[Organization], case: Case, day: date) -> list[Post]:
    rows = Post.objects.on(day).filter(organization__in=units, demonstration=case.demonstration)
    return list(rows.exclude(role=Post.Role.EXPERT).select_related("person", "organization"))
