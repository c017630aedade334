"""The table of opinions (意见表) of the office and the drafters: every one, in the order of the clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from rongbiao.cases.models import Case, Entry
from rongbiao.stages.answers import Disposition
from rongbiao.web.consultations.agreed import counts
from rongbiao.web.consultations.alike import alike
from rongbiao.web.consultations.drafts import Draft
from rongbiao.web.consultations.remarks import TONES, dispositions, kind_words, shown_as
from rongbiao.web.consultations.rounds import Round

TODO, HELD, HIDDEN = "todo", "held", "hidden"
MOST_HERE = 200  # opinions on one clause that are compared with each other


@dataclass(frozen=True)
class Row:
    """One opinion, without its words."""

    pk: int
    seq: int
    number: int
    clause: str
    taken: str
    held: bool
    hidden: bool

    @property
    def state(self) -> str:
        return HIDDEN if self.hidden else self.taken or TODO


def states() -> dict[str, str]:
    """Return what an opinion may have come to, in words, as the filters name it."""
    words = {key: str(said) for key, said in Disposition.TAKEN}
    return {TODO: _("未处理"), **words, HELD: _("待核"), HIDDEN: _("不予公开")}


def tone(state: str) -> str:
    """Return the tone of a state's tag."""
    return "warn" if state in {TODO, HELD} else TONES.get(state, "")


def rows_of(case: Case, here: Round, draft: Draft) -> list[Row]:
    """Return every opinion of a round in the order of the clauses, by three queries."""
    taken = dispositions(case)
    words = case.entries.filter(action_key__in=("hide", "release")).order_by("seq")
    last = dict(words.values_list("about", "action_key"))
    every = case.entries.filter(action_key="comment").order_by("seq")
    fields = ("pk", "seq", KT("answers__clause"), KT("answers__held"))
    found = [
        Row(
            pk, seq, number, clause or "", taken.get(pk, ""),
            held == "true" and pk not in last, last.get(pk) == "hide",
        )
        for number, (pk, seq, clause, held) in enumerate(every.values_list(*fields), start=1)
        if seq > here.first and not (here.last and seq > here.last)
    ]  # fmt: skip
    places = {part.name: part.place for part in reversed(draft.parts)}
    end = len(draft.parts)
    return sorted(found, key=lambda row: (places.get(row.clause, end), row.clause, row.seq))


def wanted(case: Case, rows: Sequence[Row], state: str, clause: str, words: str) -> list[Row]:
    """Return the rows that were asked for: by state, by clause, by words in them."""
    kept = [row for row in rows if not clause or row.clause == clause]
    if state == HELD:
        kept = [row for row in kept if row.held]
    elif state:
        kept = [row for row in kept if row.state == state]
    if words:
        like = Q(answers__reason__icontains=words) | Q(answers__proposed__icontains=words)
        like |= Q(answers__unit__icontains=words)
        found = set(case.entries.filter(like, action_key="comment").values_list("pk", flat=True))
        kept = [row for row in kept if row.pk in found]
    return kept


@dataclass(frozen=True)
class Shown:
    """One opinion as the office and the drafters read it."""

    row: Row
    entry: Entry
    kind: str
    who: str
    gist: str
    state: str
    tone: str
    agreed: int


def shown(case: Case, rows: Sequence[Row], *, office: bool) -> list[Shown]:
    """Return rows with their words, by two queries; only the office reads a hidden unit's name."""
    entries = case.entries.in_bulk([row.pk for row in rows])
    words, agreed = states(), counts(entries)
    return [_shown(row, entries[row.pk], words, office, agreed.get(row.pk, 0)) for row in rows]


def _shown(row: Row, entry: Entry, words: dict[str, str], office: bool, agreed: int) -> Shown:
    said = entry.answers
    state = HELD if row.held and not row.taken else row.state
    return Shown(
        row,
        entry,
        kind_words(said.get("kind", "")),
        said.get("unit") or _("个人") if office else shown_as(said),
        said.get("proposed") or said.get("reason", ""),
        words[state],
        tone(state),
        agreed,
    )


def same(case: Case, rows: Sequence[Row], one: Row, *, office: bool) -> list[Shown]:
    """Return the opinions on the same clause that say nearly what one says, still to be settled."""
    near = [row for row in rows if row.clause == one.clause and row.state == TODO][:MOST_HERE]
    others = [row for row in near if row.pk != one.pk]
    seen = shown(case, [one, *others], office=office)
    texts = {place: _text(each.entry.answers) for place, each in enumerate(seen)}
    return [seen[place] for place in alike(texts.pop(0), texts)]


def _text(said: dict[str, Any]) -> str:
    """Return what two opinions are compared by: what they propose, else why."""
    return str(said.get("proposed") or said.get("reason", ""))
