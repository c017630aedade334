"""The kinds of stage (环节): the grammar in which every procedure is written.

Filing 申报 · Check 审查 · Panel 评审 · Consultation 征求意见 · Notice 公示 · Work 起草、建设 ·
Inspection 验收、检查 · Decision 决定. A ninth needs a decision record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from rongbiao.cases.procedure import CLOSED, NEXT, STAY, Action, Answers, Effect, Guard, Stage
from rongbiao.cases.who import Who, never
from rongbiao.stages.people import anyone, applicant, drafter, invited, officer, pending

from .answers import Comment, Disposition, Opinion, Words
from .countersigning import SIGNED, countersigning
from .guards import answered, done, elapsed, not_done, within
from .panel import Panel

ACCEPT, DECLINE = _("受理"), _("不予受理")
ASKED = invited & never(_("尚未回复"), "comment", "no_comment", again=True)
SUBMIT, APPROVE, FAILED = _("提交"), _("批准"), _("不合格")


# An officer keeps an opinion from the public, or lets it out: the last word counts.
HIDE = Action("hide", _("不予公开"), officer, to=STAY, form=Words, about="comment")
RELEASE = Action("release", _("予以公开"), officer, to=STAY, about="comment")


@dataclass(frozen=True, kw_only=True)
class Filing(Stage):
    """申报: somebody fills in a form."""

    form: type[Answers]
    by: Who = applicant
    guards: tuple[Guard, ...] = ()
    effect: Effect | None = None
    receipt: bool = False
    public: bool = False

    def own(self) -> tuple[Action, ...]:
        submit = Action(
            "submit",
            _("提交"),
            self.by,
            form=self.form,
            guards=self.guards,
            effect=self.effect,
            receipt=self.receipt,
            public=self.public,
        )
        return (
            submit,
            Action("withdraw", _("撤回"), applicant, to=CLOSED, form=Words),
        )


@dataclass(frozen=True, kw_only=True)
class Check(Stage):
    """审查: an officer accepts, returns for correction, or declines."""

    back: str
    to: str = NEXT
    by: Who = officer
    form: type[Answers] | None = None
    guards: tuple[Guard, ...] = ()
    effect: Effect | None = None
    accept: Any = ACCEPT
    decline: Any = DECLINE

    def own(self) -> tuple[Action, ...]:
        return (
            Action(
                "accept",
                self.accept,
                self.by,
                to=self.to,
                form=self.form,
                guards=self.guards,
                effect=self.effect,
            ),
            Action("return", _("退回补正"), self.by, to=self.back, form=Words),
            Action("decline", self.decline, self.by, to=CLOSED, form=Words),
        )


@dataclass(frozen=True, kw_only=True)
class Consultation(Stage):
    """征求意见: anyone may speak; it ends when its days have run."""

    by: Who = drafter | applicant | officer
    form: type[Answers] = Comment
    guards: tuple[Guard, ...] = ()

    def own(self) -> tuple[Action, ...]:
        return (
            Action(
                "comment", _("提意见"), anyone, to=STAY, form=self.form, public=True, receipt=True,
                guards=(within(self.rule),),
            ),
            HIDE,
            RELEASE,
            Action("no_comment", _("回复无意见"), invited, to=STAY, waits=ASKED),
            Action("close", _("结束"), self.by, guards=(elapsed(self.rule), *self.guards)),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Notice(Stage):
    """公示: objections may be lodged and are answered; it ends when its days have run."""

    form: type[Answers] = Opinion

    def own(self) -> tuple[Action, ...]:
        settled = answered("object", ("reply",), _("答复异议"))
        return (
            Action(
                "object", _("提异议"), anyone, to=STAY, form=self.form, public=True, receipt=True
            ),
            Action(
                "reply", _("答复异议"), officer, to=STAY, form=Words, about="object", public=True
            ),
            Action("close", _("结束"), officer, guards=(elapsed(self.rule), settled)),
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
    public: bool = False

    def own(self) -> tuple[Action, ...]:
        guards = self.guards
        more: tuple[Action, ...] = ()
        if self.disposes:
            guards += (answered(self.disposes, ("dispose",), _("逐条处理意见")),)
            dispose = Action(
                "dispose", _("处理意见"), self.by, to=STAY, form=Disposition, about=self.disposes,
                public=True,
            )  # fmt: skip
            more = (dispose, HIDE, RELEASE)
        submit = Action(
            "submit", self.finish, self.by, form=self.form, guards=guards, effect=self.effect,
            public=self.public,
        )  # fmt: skip
        return (submit, *more)


@dataclass(frozen=True, kw_only=True)
class Inspection(Stage):
    """验收、检查: what was found is recorded; then passed, to be put right, or failed.

    Who records may be another than who concludes (``judge``). ``passes`` and ``fails`` say
    where these lead; without ``fails`` nothing can fail here.
    """

    form: type[Answers]
    back: str
    by: Who = officer
    judge: Who | None = None
    passes: str = NEXT
    fails: str = CLOSED
    failed: Any = FAILED
    order: type[Answers] = Words
    passing: tuple[Guard, ...] = ()
    ordering: tuple[Guard, ...] = ()
    noted: Effect | None = None
    effect: Effect | None = None
    ordered: Effect | None = None
    lost: Effect | None = None

    def own(self) -> tuple[Action, ...]:
        recorded = done("record", _("检查记录"), _("还没有检查记录，不能作出结论。"))
        who = self.judge or self.by
        actions = (
            Action(
                "record", _("记录"), self.by, to=STAY, form=self.form, effect=self.noted,
                waits=self.by & pending(_("尚未记录"), "record"),
            ),
            Action(
                "pass", _("合格"), who, to=self.passes, guards=(recorded, *self.passing),
                effect=self.effect,
            ),
            Action(
                "rectify", _("限期整改"), who, to=self.back, form=self.order,
                guards=(recorded, *self.ordering), effect=self.ordered,
            ),
        )  # fmt: skip
        if not self.fails:
            return actions
        fail = Action(
            "fail", self.failed, who, to=self.fails, form=Words, guards=(recorded, *self.ordering),
            effect=self.lost,
        )  # fmt: skip
        return (*actions, fail)

    def awaited(self) -> tuple[Who, ...]:
        """Return for whom a case waits, who concludes first: that is told without a question."""
        who = self.judge or self.by
        return tuple(sorted(super().awaited(), key=lambda one: one is not who))


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
        return (
            Action(
                "approve",
                self.approve,
                self.by,
                to=self.to,
                form=self.form,
                guards=(*self.guards, SIGNED),
                effect=self.effect,
            ),
            *countersigning(self.by),
            Action("return", _("退回"), self.by, to=self.back, form=Words),
            Action("refuse", _("不予批准"), self.by, to=CLOSED, form=Words),
        )


__all__ = [
    "Check", "Consultation", "Decision", "Filing", "Inspection", "Notice", "Panel", "Work",
    "answered", "done", "elapsed", "never", "not_done", "within",
]  # fmt: skip
