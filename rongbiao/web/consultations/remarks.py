"""Remarks (意见) as everybody reads them: on which clause, what they change, what became of them.

Nothing that somebody said about themselves is read here. A unit is named unless it wished
not to be; a person never is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from rongbiao.cases.models import Case, Entry
from rongbiao.stages import reading
from rongbiao.stages.answers import Disposition, Opinion
from rongbiao.web.consultations.differing import Marks, proposed
from rongbiao.web.consultations.drafts import Draft
from rongbiao.web.consultations.rounds import Round

TONES = {"adopted": "ok", "partly": "info", "declined": "", "": "warn"}


@dataclass(frozen=True)
class Light:
    """What is known of each opinion of a round without its words: enough to count and to sort."""

    pk: int
    seq: int
    number: int  # its place among all opinions on the case, in the order in which they came
    clause: str
    kind: str
    unit: str
    taken: str


@dataclass(frozen=True)
class Remark:
    """One opinion in full."""

    light: Light
    day: date
    kind: str
    who: str
    proposed: str
    marks: Marks
    reason: str
    taken: str
    tone: str
    answer: str
    same_as: int | None
    agreed: int = 0
    mine: bool = False  # this browser agrees


def lights(case: Case, here: Round | None, *, inner: bool = False) -> list[Light]:
    """Return the opinions of a round in the order in which they came, by three queries.

    Clauses are read as text (``KT``): read as JSON the clause 5.10 would come back as 5.1.

    The numbers go through all rounds and count what is not shown too, so that they stay.
    """
    rows = reading.entries(case, inner=inner)
    seen = rows.filter(action_key="comment").select_related(None).order_by("seq")
    seen = seen.filter(here.here) if here else seen
    answered = dispositions(case)
    every = {pk: n for n, pk in enumerate(_every(case), start=1)}
    fields = ("pk", "seq", KT("answers__clause"), KT("answers__kind"), KT("answers__unit"))
    return [
        Light(pk, seq, every[pk], clause or "", kind or "", unit or "", answered.get(pk, ""))
        for pk, seq, clause, kind, unit in seen.values_list(*fields)
    ]


def _every(case: Case) -> QuerySet[Entry, int]:
    rows = case.entries.filter(action_key="comment").order_by("seq")
    return rows.values_list("pk", flat=True)


def dispositions(case: Case) -> dict[int, str]:
    """Return what became of each opinion: the last word counts."""
    rows = last_words().filter(case=case).values_list("about", KT("answers__taken"))
    return {about: str(taken) for about, taken in rows if about}


def last_words() -> QuerySet[Entry]:
    """Return the last disposition of each opinion."""
    later = Entry.objects.filter(
        about=OuterRef("about"), action_key="dispose", seq__gt=OuterRef("seq")
    )
    return Entry.objects.filter(~Exists(later), action_key="dispose")


def counted(rows: Iterable[Light]) -> Counter[str]:
    """Return how many opinions each clause has."""
    return Counter(light.clause for light in rows)


@dataclass(frozen=True)
class Sum:
    """How many opinions there are, from how many units and persons, and what became of them."""

    total: int
    units: int
    persons: int
    taken: list[tuple[str, str, str, int]]  # key, words, tone, how many

    @property
    def settled(self) -> int:
        return sum(n for key, _words, _tone, n in self.taken if key)

    @property
    def percent(self) -> int:
        return self.settled * 100 // self.total if self.total else 100


def summed(rows: Sequence[Light]) -> Sum:
    """Return the sum of some opinions."""
    units = {light.unit for light in rows if light.unit}
    counts = Counter(light.taken for light in rows)
    words = [*Disposition.TAKEN, ("", _("待处理"))]
    taken = [(key, str(said), TONES[key], counts[key]) for key, said in words]
    return Sum(len(rows), len(units), sum(not light.unit for light in rows), taken)


def remarks(
    case: Case, rows: Sequence[Light], draft: Draft, agreed: Mapping[int, tuple[int, bool]]
) -> list[Remark]:
    """Return some opinions in full, by two queries; ``agreed``: how many share each, and who asks."""
    entries = case.entries.in_bulk([light.pk for light in rows])
    answers = dict(last_words().filter(about__in=list(entries)).values_list("about", "answers"))
    whole = [_remark(light, entries[light.pk], answers.get(light.pk, {}), draft) for light in rows]
    shared = ((one, *agreed.get(one.light.pk, (0, False))) for one in whole)
    return [replace(one, agreed=n, mine=mine) for one, n, mine in shared]


def _remark(light: Light, entry: Entry, answer: dict[str, Any], draft: Draft) -> Remark:
    said = entry.answers
    part, proposal = draft.named(light.clause), str(said.get("proposed", ""))
    wanted = proposal if said.get("kind") != "add" else ""
    return Remark(
        light=light,
        day=entry.day,
        kind=kind_words(light.kind),
        who=shown_as(said),
        proposed=proposal,
        marks=proposed(part.words, wanted) if part and wanted else [],
        reason=str(said.get("reason", "")),
        taken=str(dict(Disposition.TAKEN).get(light.taken, "")),
        tone=TONES.get(light.taken, ""),
        answer=str(answer.get("reason", "")),
        same_as=answer.get("same_as"),
    )


def kind_words(kind: str) -> str:
    """Return what an opinion wants, in a word."""
    return str(dict(Opinion.KINDS).get(kind, kind))


def shown_as(said: dict[str, Any]) -> str:
    """Return what everybody may know of who made an opinion."""
    unit = str(said.get("unit", ""))
    if unit and not said.get("hidden"):
        return unit
    return _("某单位") if unit else _("某人")
