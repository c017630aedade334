"""Voting (表决): whether enough have voted, and whether it is carried, by a review profile.

A profile is a row of the table ``review_profiles``: shares are written as fractions.
Shares are compared exactly; a share of nobody is never reached.

>>> meeting = Profile("会议审查", quorum=Fraction(2, 3), passing=Fraction(3, 4))
>>> tally(meeting, seats=6, votes=["yes", "yes", "yes", "no"]).carried
True
>>> tally(meeting, seats=7, votes=["yes", "yes", "yes", "yes"]).why
'应到 7 人，实际表决 4 人，不足三分之二，不能形成结论。'
>>> letter = Profile("函审", quorum=Fraction(2, 3), passing=Fraction(3, 4), by_letter=True)
>>> tally(letter, seats=5, votes=["yes", "yes", "no"]).why
'应回函 5 份，实际回函 3 份，不足三分之二，不能形成结论，应当再次函审。'
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

WORDS = {
    Fraction(1, 4): "四分之一",
    Fraction(1, 2): "二分之一",
    Fraction(2, 3): "三分之二",
    Fraction(3, 4): "四分之三",
    Fraction(1): "全体",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to review (审查方式)."""

    name: str
    quorum: Fraction = Fraction(0)  # of the seats, who must vote
    passing: Fraction = Fraction(1)  # of those who voted, who must agree
    against: Fraction | None = None  # of those who voted, who may be against at most
    least: int = 1  # experts at least
    odd: bool = False
    papers: str = ""  # by when they are sent before it: "7 days", "2 months"
    by_letter: bool = False  # experts reply by a day and do not meet
    binding: bool = False  # papers that come later than that stop it


@dataclass(frozen=True, slots=True)
class Tally:
    """How a vote went; ``why`` is empty when it is carried."""

    seats: int
    yes: int
    no: int
    abstain: int
    quorate: bool
    carried: bool
    why: str

    @property
    def voted(self) -> int:
        return self.yes + self.no + self.abstain


def read_profile(name: str, value: Mapping[str, Any]) -> Profile:
    """Return a profile from its row; shares stand as text such as ``2/3``."""
    against = value.get("against")
    return Profile(
        name,
        Fraction(str(value.get("quorum", "0"))),
        Fraction(str(value.get("passing", "1"))),
        Fraction(str(against)) if against is not None else None,
        int(value.get("least", 1)),
        bool(value.get("odd", False)),
        str(value.get("papers", "")),
        bool(value.get("by_letter", False)),
        bool(value.get("binding", False)),
    )


def convening(profile: Profile, experts: int) -> str:
    """Return why so many experts cannot be convened, or nothing."""
    if experts < profile.least:
        return f"“{profile.name}”至少需要 {profile.least} 名专家，现有 {experts} 名。"
    if profile.odd and experts % 2 == 0:
        return f"“{profile.name}”的专家人数应为单数，现有 {experts} 名。"
    return ""


def tally(profile: Profile, *, seats: int, votes: Iterable[str]) -> Tally:
    """Count votes (yes, no, abstain) of so many who were asked and are not recused."""
    cast = list(votes)
    yes, no, abstain = cast.count("yes"), cast.count("no"), cast.count("abstain")
    voted = yes + no + abstain
    quorate = bool(voted) and seats >= profile.least and voted >= profile.quorum * seats
    agreed = bool(voted) and yes >= profile.passing * voted
    tolerable = profile.against is None or no <= profile.against * voted
    return Tally(
        seats,
        yes,
        no,
        abstain,
        quorate,
        quorate and agreed and tolerable,
        _why(profile, seats, voted, yes, no, quorate, agreed, tolerable),
    )


def _why(
    profile: Profile,
    seats: int,
    voted: int,
    yes: int,
    no: int,
    quorate: bool,
    agreed: bool,
    tolerable: bool,
) -> str:
    if not quorate:
        if seats < profile.least:
            return f"参加审查的专家 {seats} 人，不足 {profile.least} 人，应当递补后再表决。"
        share = WORDS.get(profile.quorum, str(profile.quorum))
        if profile.by_letter:
            return (
                f"应回函 {seats} 份，实际回函 {voted} 份，不足{share}，不能形成结论，应当再次函审。"
            )
        return f"应到 {seats} 人，实际表决 {voted} 人，不足{share}，不能形成结论。"
    cast = f"回函 {voted} 份" if profile.by_letter else f"表决 {voted} 人"
    each = "份" if profile.by_letter else "人"
    if not agreed:
        share = WORDS.get(profile.passing, str(profile.passing))
        return f"{cast}，同意 {yes} {each}，未达到{share}，未获通过。"
    if not tolerable:
        share = WORDS.get(profile.against or Fraction(0), str(profile.against))
        return f"{cast}，反对 {no} {each}，超过{share}，未获通过。"
    return ""
