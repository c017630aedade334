"""Replies (回函): a review by letter has a last day; ballots are cast until it and opened after it.

Whether a review is by letter, and how long before its last day the papers must be with the
experts, stands in the profile that the case names (table ``review_profiles``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Guard
from rongbiao.law.profiles import ahead, first_day
from rongbiao.law.voting import Profile
from rongbiao.parties import rules
from rongbiao.parties.refused import Refused

from .answers import ballots_of, profile_of


@dataclass(frozen=True, slots=True)
class Letter:
    """A review by letter that was convened: by which profile, and its last day."""

    profile: Profile
    until: date


def letter_of(case: Case) -> Letter | None:
    """Return the review by letter of this round, as it was convened last; None of a meeting."""
    convened = case.this_round("convene").order_by("seq").last()
    if convened is None:
        return None
    profile = profile_of(case, convened.answers["profile"])
    until = date.fromisoformat(convened.answers["meets_on"])
    return Letter(profile, until) if profile.by_letter else None


def law_words(case: Case) -> str:
    """Return by what the last day of the replies binds: the profile and its source, or nothing."""
    convened = case.this_round("convene").order_by("seq").last()
    if convened is None:
        return ""
    rule = rules.table("review_profiles").rules[convened.answers["profile"]]
    return _("“{name}”，{source}").format(name=rule.name, source=rule.at(case.opened_on).cited)


def sent_on(case: Case, experts: list[str]) -> date:
    """Return the day on which the last of some experts got the papers in this round.

    Whoever is asked again keeps the day of the first asking: so a last day may be put off
    without beginning anew.
    """
    first: dict[str, date] = {}
    for entry in case.this_round("convene").order_by("seq"):
        for pk in entry.answers["experts"]:
            first.setdefault(pk, entry.day)
    return max(first[pk] for pk in experts)


def ask_lead(case: Case, entry: Entry) -> None:
    """Refuse a convening whose papers come too late, or whose last day is over already."""
    profile = profile_of(case, entry.answers["profile"])
    day = date.fromisoformat(entry.answers["meets_on"])
    if profile.binding:
        sent = sent_on(case, entry.answers["experts"])
        if day < (first := max(entry.day, first_day(profile.papers, sent))):
            words = _(
                "“{name}”的评审材料应当提前{ahead}送达专家。所邀专家 {sent} 收齐材料，"
                "{what}最早为 {first}，请改期。"
            )
            what = _("回函截止日期") if profile.by_letter else _("审查日期")
            raise Refused(
                words.format(
                    name=profile.name, ahead=ahead(profile.papers), sent=sent, what=what, first=first
                )
            )  # fmt: skip
    elif profile.by_letter and day < entry.day:
        words = _("回函截止日期 {day} 已过，请填写 {today} 或者以后的日期。")
        raise Refused(words.format(day=day, today=entry.day))


def ask_returned(case: Case, day: date) -> None:
    """Refuse to open ballots while replies may still come; tell how many are missing, no more."""
    letter = letter_of(case)
    if letter is None or day > letter.until:
        return
    if left := missing(case):
        words = _("回函至 {day} 24 时截止，还有 {n} 人没有回函；截止以后或者全部回函以后才能开票。")
        raise Refused(words.format(day=letter.until, n=left))


def missing(case: Case) -> int:
    """Return how many of those who are asked and not recused have not voted in this round."""
    seats = case.seats.filter(stage=case.stage_key, capacity="expert", recused_on=None)
    return seats.count() - len(ballots_of(case))


def _in_time(case: Case, day: date) -> None:
    letter = letter_of(case)
    if letter and day > letter.until:
        words = _(
            "回函已于 {day} 24 时截止，逾期的表决不能登记。确需延期的，请经办人改用更晚的"
            "回函截止日期重新邀请，已经回函的仍然有效。"
        )
        raise Refused(words.format(day=letter.until))


IN_TIME = Guard(name=gettext_lazy("函审的，在回函截止以前"), test=_in_time)
