"""Comments of a case as rows of D.2 (征求意见汇总处理表): numbered as received, names as they may stand.

A unit that wished it so, and every person, stands under a number of its own, so that who
spoke twice counts once. What an officer withheld, and what waits for an officer, is left
out of the public's table; the numbers of the others stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.fields.json import KT

from rongbiao.cases.models import Agreement, Personal
from rongbiao.exchange.papers.comments import WITHHELD, Disposed, Remark, Summary, disposed

from .dossier import Dossier

TAKEN = {"adopted": "采纳", "partly": "部分采纳", "declined": "不采纳"}
READ = ("comment", "dispose", "hide", "release")
FIELDS = ("pk", "action_key", "about_id", "answers", "actor__organization__name")


@dataclass
class _Comment:
    """A comment with the last word on it: what became of it, and whether the public reads it."""

    pk: int
    number: int
    said: dict[str, Any]
    unit: str
    answer: dict[str, Any]
    hidden: bool = False
    released: bool = False
    why: str = ""

    @property
    def public(self) -> bool:
        return not self.hidden and (self.released or not self.said.get("held"))


def rows(dossier: Dossier) -> tuple[list[Disposed], int]:
    """Return the rows of D.2 for a reader, and how many were left out; by three queries."""
    names = _Names(dossier)
    every = [(one, names.of(one)) for one in _comments(dossier)]
    shown = [(one, name) for one, name in every if dossier.inner or one.public]
    rows = Agreement.objects.filter(entry__case=dossier.case).order_by().values_list("entry")
    agreed = dict(rows.annotate(Count("pk")))
    return [_row(one, name, agreed.get(one.pk, 0)) for one, name in shown], len(every) - len(shown)


def summary(dossier: Dossier) -> Summary:
    """Return the table of dispositions of a case, as a reader may see it."""
    found, withheld = rows(dossier)
    first, *again = dossier.rounds
    handed_in = dossier.last("disposition", "submit")
    return Summary(
        project=dossier.project,
        rows=tuple(found),
        since=first.since,
        until=first.until,
        again=tuple((one.since, one.until) for one in again),
        withheld=withheld,
        sent=len(dossier.invited) or None,
        replied=replied(dossier) if dossier.invited else None,
        made_on=handed_in.day if handed_in else None,
    )


def replied(dossier: Dossier) -> int:
    """Return how many of the bodies that were asked have answered, or said that they agree."""
    entries = dossier.case.entries.filter(action_key__in=("comment", "no_comment"))
    said = entries.values_list(KT("answers__unit"), "actor__organization__name")
    heard = {name for pair in said for name in pair if name}
    return len(heard.intersection(dossier.invited))


def _comments(dossier: Dossier) -> Iterator[_Comment]:
    found: dict[int, _Comment] = {}
    entries = dossier.case.entries.filter(action_key__in=READ).order_by("seq")
    for pk, action, about, answers, unit in entries.values_list(*FIELDS):
        one = found.get(about)
        if action == "comment":
            of = str(answers.get("unit") or unit or "")
            found[pk] = _Comment(pk, len(found) + 1, answers, of, {})
        elif one is None:
            continue
        elif action == "dispose":
            one.answer = answers
        else:
            one.hidden, one.released = action == "hide", action == "release"
            one.why = answers.get("words", "")
    yield from found.values()


class _Names:
    """What may stand for who made a comment."""

    def __init__(self, dossier: Dossier) -> None:
        said = Personal.objects.filter(
            entry__case=dossier.case, entry__action_key="comment"
        ).values_list("entry", "words")
        self.persons = {entry: tuple(sorted(words.items())) for entry, words in said}
        self.numbers: dict[str, dict[Any, int]] = {"某单位": {}, "个人": {}}

    def of(self, one: _Comment) -> str:
        if one.unit and not one.said.get("hidden"):
            return one.unit
        kind = "某单位" if one.unit else "个人"
        who: Any = one.unit or self.persons.get(one.pk, one.pk)
        numbers = self.numbers[kind]
        return f"{kind}{numbers.setdefault(who, len(numbers) + 1)}"


def _row(one: _Comment, name: str, agreed: int) -> Disposed:
    taken = TAKEN.get(one.answer.get("taken", ""), "")
    why = [one.answer.get("reason", "")]
    if same := one.answer.get("same_as"):
        why.append(f"与第{same}号意见相同。")
    if not taken and one.hidden:
        taken, why = WITHHELD, [one.why]
    because = "\n".join(filter(None, why))
    return disposed(remark(one.said), name, taken, because, one.number, agreed)


def remark(said: dict[str, Any]) -> Remark:
    """Return what a comment wants and why, in the columns of D.1.

    >>> remark({"clause": "5.1", "kind": "delete", "reason": "重复。"})
    Remark(clause='5.1', words='建议删除。', proposal='', reason='重复。')
    >>> remark({"kind": "question", "reason": "如何检验？"})
    Remark(clause='', words='如何检验？', proposal='', reason='')
    """
    clause, proposed = str(said.get("clause", "")), str(said.get("proposed", ""))
    reason = str(said.get("reason", ""))
    match said.get("kind"):
        case "add" if proposed:
            return Remark(clause, f"建议增加：{proposed}", "", reason)
        case "delete":
            return Remark(clause, f"建议删除。{proposed}", "", reason)
        case _ if proposed:
            return Remark(clause, "", proposed, reason)
    return Remark(clause, reason)
