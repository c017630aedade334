"""The kinds of stage (环节): the grammar in which every procedure is written.

Filing 申报 · Check 审查 · Panel 评审 · Consultation 征求意见 · Notice 公示 · Work 起草、建设 ·
Inspection 验收、检查 · Decision 决定. A ninth needs a decision record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .answers import Disposition, Opinion, Words
from .guards import answered, done, elapsed, not_done, within
from .models import Case
from .panel import Panel
from .procedure import CLOSED, NEXT, STAY, Action, Answers, Effect, Guard, Refused, Stage
from .who import Who, anyone, applicant, drafter, invited, never, officer, signer

ACCEPT, DECLINE = gettext_lazy("受理"), gettext_lazy("不予受理")
SIGNERS = signer & never(gettext_lazy("尚未会签"), "sign", again=True)
ASKED = invited & never(gettext_lazy("尚未回复"), "comment", "no_comment", again=True)
SUBMIT, APPROVE = gettext_lazy("提交"), gettext_lazy("批准")


def shown_or_not(about: str) -> tuple[Action, Action]:
    """Return the two acts by which an officer keeps an opinion from the public, or lets it out."""
    hide = Action(
        key="hide",
        name=gettext_lazy("不予公开"),
        by=officer,
        to=STAY,
        form=Words,
        about=about,
    )
    release = Action(key="release", name=gettext_lazy("予以公开"), by=officer, to=STAY, about=about)
    return hide, release


@dataclass(frozen=True, kw_only=True)
class Filing(Stage):
    """申报: somebody fills in a form."""

    form: type[Answers]
    by: Who = applicant
    guards: tuple[Guard, ...] = ()
    effect: Effect | None = None
    receipt: bool = False

    def own(self) -> tuple[Action, ...]:
        submit = Action(
            key="submit",
            name=gettext_lazy("提交"),
            by=self.by,
            form=self.form,
            guards=self.guards,
            effect=self.effect,
            receipt=self.receipt,
        )
        return (
            submit,
            Action(key="withdraw", name=gettext_lazy("撤回"), by=applicant, to=CLOSED, form=Words),
        )


@dataclass(frozen=True, kw_only=True)
class Check(Stage):
    """审查: an officer accepts, returns for correction, or declines."""

    back: str
    by: Who = officer
    form: type[Answers] | None = None
    guards: tuple[Guard, ...] = ()
    effect: Effect | None = None
    accept: Any = ACCEPT
    decline: Any = DECLINE

    def own(self) -> tuple[Action, ...]:
        return (
            Action(
                key="accept",
                name=self.accept,
                by=self.by,
                form=self.form,
                guards=self.guards,
                effect=self.effect,
            ),
            Action(
                key="return", name=gettext_lazy("退回补正"), by=self.by, to=self.back, form=Words
            ),
            Action(key="decline", name=self.decline, by=self.by, to=CLOSED, form=Words),
        )


@dataclass(frozen=True, kw_only=True)
class Consultation(Stage):
    """征求意见: anyone may speak; it ends when its days have run."""

    by: Who = drafter | applicant | officer
    form: type[Answers] = Opinion
    guards: tuple[Guard, ...] = ()

    def own(self) -> tuple[Action, ...]:
        return (
            Action(
                key="comment",
                name=gettext_lazy("提意见"),
                by=anyone,
                to=STAY,
                form=self.form,
                guards=(within(self.rule),) if self.rule else (),
                public=True,
                receipt=True,
            ),
            *shown_or_not("comment"),
            Action(
                key="no_comment",
                name=gettext_lazy("回复无意见"),
                by=invited,
                to=STAY,
                waits=invited
                & never(gettext_lazy("尚未回复"), "comment", "no_comment", again=True),
            ),
            Action(
                key="close",
                name=gettext_lazy("结束"),
                by=self.by,
                guards=(elapsed(self.rule), *self.guards),
            ),
        )


@dataclass(frozen=True, kw_only=True)
class Notice(Stage):
    """公示: objections may be lodged and are answered; it ends when its days have run."""

    form: type[Answers] = Opinion

    def own(self) -> tuple[Action, ...]:
        settled = answered("object", ("reply",), gettext_lazy("答复异议"))
        return (
            Action(
                key="object",
                name=gettext_lazy("提异议"),
                by=anyone,
                to=STAY,
                form=self.form,
                public=True,
                receipt=True,
            ),
            Action(
                key="reply",
                name=gettext_lazy("答复异议"),
                by=officer,
                to=STAY,
                form=Words,
                about="object",
                public=True,
            ),
            Action(
                key="close",
                name=gettext_lazy("结束"),
                by=officer,
                guards=(elapsed(self.rule), settled),
            ),
        )


@dataclass(frozen=True, kw_only=True)
class Work(Stage):
    """起草、建设: work is done and reported, then handed in."""

    form: type[Answers]
    by: Who = drafter | applicant
    guards: tuple[Guard, ...] = ()
    effect: Effect | None = None
    disposes: str = ""  # the action whose entries are answered here one by one
    finish: Any = SUBMIT

    def own(self) -> tuple[Action, ...]:
        guards = self.guards
        more: tuple[Action, ...] = ()
        if self.disposes:
            guards = (
                *guards,
                answered(self.disposes, ("dispose", "hide"), gettext_lazy("逐条处理意见")),
            )
            dispose = Action(
                key="dispose",
                name=gettext_lazy("处理意见"),
                by=self.by,
                to=STAY,
                form=Disposition,
                about=self.disposes,
                public=True,
            )
            more = (dispose, *shown_or_not(self.disposes))
        submit = Action(
            key="submit",
            name=self.finish,
            by=self.by,
            form=self.form,
            guards=guards,
            effect=self.effect,
        )
        return (submit, *more)


@dataclass(frozen=True, kw_only=True)
class Inspection(Stage):
    """验收、检查: what was found is recorded; then passed, to be put right, or failed."""

    form: type[Answers]
    back: str
    by: Who = officer
    effect: Effect | None = None

    def own(self) -> tuple[Action, ...]:
        recorded = done(
            "record", gettext_lazy("检查记录"), gettext_lazy("还没有检查记录，不能作出结论。")
        )
        return (
            Action(
                key="record",
                name=gettext_lazy("记录"),
                by=self.by,
                to=STAY,
                form=self.form,
            ),
            Action(
                key="pass",
                name=gettext_lazy("合格"),
                by=self.by,
                guards=(recorded,),
                effect=self.effect,
            ),
            Action(
                key="rectify",
                name=gettext_lazy("限期整改"),
                by=self.by,
                to=self.back,
                form=Words,
                guards=(recorded,),
            ),
            Action(
                key="fail",
                name=gettext_lazy("不合格"),
                by=self.by,
                to=CLOSED,
                form=Words,
                guards=(recorded,),
            ),
        )


def _all_signed(case: Case, day: date) -> None:
    asked = case.seats.filter(stage=case.stage_key, capacity="signer", recused_on=None)
    signed = set(case.this_round("sign").values_list("actor__organization", flat=True))
    if left := [str(seat.organization) for seat in asked if seat.organization_id not in signed]:
        raise Refused(_("会签尚未完成，还缺：{units}。").format(units="、".join(left)))


@dataclass(frozen=True, kw_only=True)
class Decision(Stage):
    """决定: an officer who did not make the check decides; approval writes the registers."""

    effect: Effect
    back: str
    to: str = NEXT
    form: type[Answers] | None = None
    guards: tuple[Guard, ...] = ()
    by: Who = officer
    approve: Any = APPROVE

    def own(self) -> tuple[Action, ...]:
        signed = Guard(name=gettext_lazy("会签完成"), test=_all_signed)
        return (
            Action(
                key="approve",
                name=self.approve,
                by=self.by,
                to=self.to,
                form=self.form,
                guards=(*self.guards, signed),
                effect=self.effect,
            ),
            Action(
                key="sign", name=gettext_lazy("会签"), by=signer, to=STAY, form=Words, waits=SIGNERS
            ),
            Action(key="return", name=gettext_lazy("退回"), by=self.by, to=self.back, form=Words),
            Action(key="refuse", name=gettext_lazy("不予批准"), by=self.by, to=CLOSED, form=Words),
        )


__all__ = [
    "Check", "Consultation", "Decision", "Filing", "Inspection", "Notice", "Panel", "Work",
    "answered", "done", "elapsed", "never", "not_done", "within",
]  # fmt: skip
