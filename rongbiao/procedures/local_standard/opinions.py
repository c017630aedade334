"""Experts' opinions (专家意见) on the draft for review: each is answered by itself before approval.

They are numbered in the order of their words, not of the votes: a number that everybody who
reads the dossier may know must not give away who spoke.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.models import Case
from rongbiao.cases.procedure import Answers, Guard
from rongbiao.parties.refused import Refused
from rongbiao.stages.answers import Disposition

ANSWER = "answer_experts"
SHOWN = 200  # letters of an opinion that name its field; the whole stands on the panel's page


@dataclass(frozen=True)
class Opinion:
    """One opinion of an expert; ``seq`` is the place of the ballot, for who may know whose it is."""

    number: int
    seq: int
    words: str
    taken: str = ""  # a key of Disposition.TAKEN; nothing while it is not answered
    reason: str = ""


def opinions_of(case: Case) -> list[Opinion]:
    """Return the opinions of the last technical review that was counted, with the last answer to each.

    Two queries. Nothing before the ballots are opened.
    """
    counted = case.entries.filter(stage_key="review", action_key="count").order_by("-seq").first()
    if counted is None:
        return []
    said = ((one.get("opinion", "").strip(), one["seq"]) for one in counted.answers["ballots"])
    given = sorted(one for one in said if one[0])
    answers: dict[int, tuple[str, str]] = {}
    for entry in case.entries.filter(action_key=ANSWER, seq__gt=counted.seq).order_by("seq"):
        for number in range(1, len(given) + 1):
            if taken := entry.answers.get(f"taken_{number}"):
                answers[number] = (taken, entry.answers.get(f"reason_{number}", ""))
    return [
        Opinion(number, seq, words, *answers.get(number, ()))
        for number, (words, seq) in enumerate(given, start=1)
    ]


class ExpertAnswers(Answers):
    """专家意见的处理: what is left empty can be answered later."""

    def fit(self) -> None:
        """Ask about every opinion by itself."""
        self.opinions = opinions_of(self.case) if self.case else []
        for one in self.opinions:
            self.fields[f"taken_{one.number}"] = forms.ChoiceField(
                label=_("专家意见 {n}：{words}").format(n=one.number, words=one.words[:SHOWN]),
                choices=Disposition.TAKEN,
                required=False,
                initial=one.taken,
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{one.number}"] = forms.CharField(
                label=_("对专家意见 {n} 的处理理由").format(n=one.number),
                max_length=2000,
                required=False,
                initial=one.reason,
                widget=forms.Textarea,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse an answer that lacks its reason, and a form without any."""
        said = super().clean() or {}
        for one in self.opinions:
            taken, reason = said.get(f"taken_{one.number}"), said.get(f"reason_{one.number}")
            if taken in {"partly", "declined"} and not reason:
                self.add_error(f"reason_{one.number}", _("部分采纳或者不采纳的，应当说明理由。"))
            elif reason and not taken:
                self.add_error(f"taken_{one.number}", _("写了理由的，请选择处理意见。"))
        if not any(said.get(f"taken_{one.number}") for one in self.opinions) and not self.errors:
            raise forms.ValidationError(_("请至少处理一条专家意见。"))
        return said


def _given(case: Case, day: date) -> None:
    if not opinions_of(case):
        raise Refused(_("技术审查中专家没有提出书面意见，不需要处理。"))


def _answered(case: Case, day: date) -> None:
    if left := [str(one.number) for one in opinions_of(case) if not one.taken]:
        raise Refused(
            _("还有 {n} 条专家意见未处理（第 {numbers} 条），逐条处理后才能报批。").format(
                n=len(left), numbers=_("、").join(left)
            )
        )


GIVEN = Guard(name=gettext_lazy("专家提出了书面意见"), test=_given)
ANSWERED = Guard(name=gettext_lazy("逐条处理专家意见"), test=_answered)
