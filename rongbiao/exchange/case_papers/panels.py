"""Papers of a panel (评审文件): who was asked, what was counted, what the experts said.

They are of the last round that was convened; ballots are read only where the count has
opened them. Who said what is told to the office; others read the words.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from rongbiao.cases.models import Entry
from rongbiao.exchange.papers.comments import Disposed
from rongbiao.exchange.papers.letter_reviews import Conclusion
from rongbiao.exchange.papers.meetings import Expert, Minutes, Opinions, Recused, Signatures, Votes
from rongbiao.law import profiles
from rongbiao.parties import rules
from rongbiao.parties.models import Post
from rongbiao.procedures.local_standard.effects import lines
from rongbiao.procedures.local_standard.opinions import opinions_of
from rongbiao.stages.answers import profile_of

from .dossier import Dossier, day_of, unit_of
from .remarks import TAKEN

HELD = {"appraisal": ("论证", ""), "review": ("审查", "送审稿")}
RULES = ("quorum", "passing", "against")  # of a profile: by what a vote carries


@dataclass(frozen=True, slots=True)
class _Panel:
    """One round of a panel."""

    convened: Entry
    experts: tuple[Expert, ...]
    recused: tuple[Recused, ...]

    @property
    def day(self) -> date:
        """Return when it met, or by when the experts had to reply."""
        return date.fromisoformat(self.convened.answers["meets_on"])


def by_letter(dossier: Dossier, convened: Entry | None) -> bool:
    """Tell whether a panel was asked to reply by letter."""
    return convened is not None and profile_of(dossier.case, convened.answers["profile"]).by_letter


def sits(dossier: Dossier, stage: str) -> bool:
    """Tell whether the panel that passed a case last had met."""
    return not replies(dossier, stage)


def replies(dossier: Dossier, stage: str) -> bool:
    """Tell whether the panel that passed a case last had replied by letter."""
    passed = dossier.last(stage, "pass")
    return by_letter(dossier, dossier.last(stage, "convene", passed.seq if passed else 0))


def _panel(dossier: Dossier, stage: str, before: int = 0) -> _Panel | None:
    """Return the round that was convened last, before a place in the journal."""
    convened = dossier.last(stage, "convene", before)
    if convened is None:
        return None
    here = [one for one in dossier.acts if one.stage_key == stage and one.action_key == "recuse"]
    here = [one for one in here if one.seq > convened.seq and (not before or one.seq < before)]
    gone = {one.actor_id: one.answers["words"].rstrip("。") for one in here}
    asked = [int(pk) for pk in convened.answers["experts"]]
    posts = Post.objects.select_related("person", "organization").in_bulk(asked)
    sitting = [posts[pk] for pk in asked if pk in posts]
    return _Panel(
        convened,
        tuple(
            Expert(str(post.person), str(post.organization))
            for post in sitting
            if post.pk not in gone
        ),
        tuple(Recused(str(post.person), gone[post.pk]) for post in sitting if post.pk in gone),
    )


def signatures(dossier: Dossier, stage: str) -> Signatures | None:
    """Return the table that the experts sign, once they are asked."""
    panel = _panel(dossier, stage)
    if panel is None:
        return None
    held, draft = HELD[stage]
    return Signatures(
        project=dossier.project,
        experts=panel.experts,
        day=panel.day,
        recused=panel.recused,
        by_letter=by_letter(dossier, panel.convened),
        held=held,
        draft=draft,
    )


def _concluded(dossier: Dossier, stage: str) -> tuple[Entry, Entry, _Panel] | None:
    """Return the entries that passed a case last and that counted, with their panel."""
    passed = dossier.last(stage, "pass")
    counted = dossier.last(stage, "count", passed.seq) if passed else None
    panel = _panel(dossier, stage, counted.seq) if counted else None
    return (passed, counted, panel) if passed and counted and panel else None


def _sent_on(dossier: Dossier, convened: Entry) -> date:
    """Return the day of the first asking in the round of one."""
    sent = convened.day
    for one in reversed([one for one in dossier.acts if one.seq < convened.seq]):
        if one.stage_key != convened.stage_key or one.action_key == "again":
            break
        if one.action_key == "convene":
            sent = one.day
    return sent


def conclusion(dossier: Dossier, stage: str) -> Conclusion | None:
    """Return what a review by letter concluded, once it has."""
    if (found := _concluded(dossier, stage)) is None:
        return None
    passed, counted, panel = found
    held, draft = HELD[stage]
    return Conclusion(
        project=dossier.project,
        host=unit_of(panel.convened),
        sent_on=_sent_on(dossier, panel.convened),
        until=panel.day,
        experts=panel.experts,
        votes=_votes(dossier, panel.convened.answers["profile"], counted.answers),
        opinions=tuple(lines(passed.answers["minutes"])),
        conclusion=f"{dossier.case.procedure.stage(stage).name}通过。",
        day=passed.day,
        recused=panel.recused,
        held=held,
        draft=draft,
    )


def minutes(dossier: Dossier, stage: str) -> Minutes | None:
    """Return the minutes, once the panel has concluded; place and chair are for the pen."""
    if (found := _concluded(dossier, stage)) is None:
        return None
    passed, counted, panel = found
    held, draft = HELD[stage]
    return Minutes(
        project=dossier.project,
        day=panel.day,
        place="",
        host=unit_of(panel.convened),
        chair="",
        experts=panel.experts,
        opinions=tuple(lines(passed.answers["minutes"])),
        conclusion=f"{dossier.case.procedure.stage(stage).name}通过。",
        votes=_votes(dossier, panel.convened.answers["profile"], counted.answers),
        recused=panel.recused,
        held=held,
        draft=draft,
    )


def _votes(dossier: Dossier, profile: str, counted: dict[str, Any]) -> Votes:
    rule = rules.table("review_profiles").rules[profile]
    value = rule.at(dossier.case.opened_on).value
    asks = profiles.lines({key: value[key] for key in RULES if key in value})
    return Votes(
        present=counted["seats"],
        agreed=counted["yes"],
        against=counted["no"],
        abstained=counted["abstain"],
        rule=f"{rule.name}，{'，'.join(asks)}",
        carried=counted["carried"],
    )


def opinions(dossier: Dossier) -> Opinions | None:
    """Return the experts' opinions of the technical review with what became of each."""
    counted = dossier.last("review", "count")
    if counted is None:
        return None
    given = opinions_of(dossier.case)
    voted = dossier.case.entries.filter(seq__in=[one.seq for one in given])
    names = {
        one.seq: str(one.actor.person) for one in voted.select_related("actor__person") if one.actor
    }
    handed_in = dossier.last("submission", "submit")
    asked = dossier.last("review", "convene", counted.seq)
    return Opinions(
        project=dossier.project,
        rows=tuple(
            Disposed(
                "",
                one.words,
                names.get(one.seq, "") if dossier.office else f"专家{one.number}",
                TAKEN.get(one.taken, ""),
                one.reason,
            )
            for one in given
        ),
        day=day_of(asked.answers["meets_on"]) if asked else None,
        made_on=handed_in.day if handed_in else None,
        handled=handed_in.answers.get("experts", "") if handed_in else "",
        by_letter=by_letter(dossier, asked),
    )
