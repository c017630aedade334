"""The kinds of stage (环节): the grammar in which every procedure is written.

Filing 申报 · Check 审查 · Panel 评审 · Consultation 征求意见 · Notice 公示 · Work 起草、建设 ·
Inspection 验收、检查 · Decision 决定. A ninth needs a decision record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.parties.models import Post

from .answers import Ballot, Convening, Counting, Disposition, Opinion, Words, ask_quorum
from .models import Case, Entry, Seat
from .procedure import CLOSED, STAY, Action, Answers, Guard, Refused, Stage
from .who import Who, anyone, applicant, drafter, expert, never, officer, signer

Effect = Callable[[Case, Entry], None]


def elapsed(rule: str, name: Any = gettext_lazy("期限届满")) -> Guard:
    """Return the guard that the period of this stage has run to the end of its last day."""

    def test(case: Case, day: date) -> None:
        last = case.ends_on(rule)
        if day <= last:
            of = case.procedure.law_words(rule, case.opened_on)
            raise Refused(
                _("“{stage}”期限至 {last} 24 时届满（{law}），届满前不能结束。").format(
                    stage=case.stage.name, last=last, law=of
                )
            )

    return Guard(name=name, test=test, rule=rule)


def answered(about: str, by: tuple[str, ...], name: Any) -> Guard:
    """Return the guard that every entry of one action has an answer by one of others."""

    def test(case: Case, day: date) -> None:
        open_ones = case.entries.filter(action_key=about).exclude(answered__action_key__in=by)
        if left := open_ones.count():
            raise Refused(
                _("还有 {n} 条未处理，全部处理后才能继续（{name}）。").format(n=left, name=name)
            )

    return Guard(name=name, test=test)


def done(key: str, name: Any, why: Any) -> Guard:
    """Return the guard that an action was done in this round."""

    def test(case: Case, day: date) -> None:
        if not case.this_round(key).exists():
            raise Refused(str(why))

    return Guard(name=name, test=test)


def not_done(key: str, name: Any, why: Any) -> Guard:
    """Return the guard that an action was not done in this round."""

    def test(case: Case, day: date) -> None:
        if case.this_round(key).exists():
            raise Refused(str(why))

    return Guard(name=name, test=test)


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
    accept: Any = gettext_lazy("受理")
    decline: Any = gettext_lazy("不予受理")

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


def _seat(case: Case, entry: Entry) -> None:
    """Seat the experts who were convened; who is no longer asked and has not voted leaves."""
    wanted = [int(pk) for pk in entry.answers["experts"]]
    seats = case.seats.filter(stage=case.stage_key, capacity="expert")
    seats.exclude(post__in=wanted).filter(recused_on=None).delete()
    known = set(seats.values_list("post", flat=True))
    Seat.objects.bulk_create(
        Seat(
            case=case,
            stage=case.stage_key,
            capacity="expert",
            post=post,
            place=place,
            invited_on=entry.day,
            demonstration=case.demonstration,
        )
        for place, post in enumerate(Post.objects.filter(pk__in=wanted).order_by("pk"), start=1)
        if post.pk not in known
    )


def _recuse(case: Case, entry: Entry) -> None:
    """Take an expert out of this stage; a vote that was cast no longer counts."""
    seat = case.seats.get(stage=case.stage_key, capacity="expert", post=entry.actor)
    seat.recused_on, seat.reason = entry.day, entry.answers["words"][:300]
    seat.save(update_fields=["recused_on", "reason"])


def _carried(case: Case, day: date) -> None:
    counted = case.this_round("count").last()
    if counted and not counted.answers["carried"]:
        raise Refused(counted.answers["why"])


CONVENED = done("convene", gettext_lazy("已邀请专家"), gettext_lazy("还没有邀请专家，不能表决。"))
UNCOUNTED = not_done("count", gettext_lazy("尚未开票"), gettext_lazy("本轮已经开票，不能再办理。"))
COUNTED = done("count", gettext_lazy("已开票"), gettext_lazy("还没有开票，不能作出结论。"))


@dataclass(frozen=True, kw_only=True)
class Panel(Stage):
    """评审: experts vote under seal; an officer opens the ballots and records the conclusion."""

    back: str
    guards: tuple[Guard, ...] = ()
    form: type[Answers] | None = None  # what is recorded with the conclusion: minutes
    effect: Effect | None = None

    def own(self) -> tuple[Action, ...]:
        enough = Guard(
            name=gettext_lazy("表决人数符合审查方式的规定"), test=ask_quorum, rule="quorum"
        )
        carried = Guard(name=gettext_lazy("表决获得通过"), test=_carried, rule="passing")
        return (
            Action(
                key="convene",
                name=gettext_lazy("邀请专家"),
                by=officer,
                to=STAY,
                form=Convening,
                guards=(UNCOUNTED,),
                effect=_seat,
                waits=True,
            ),
            Action(
                key="vote",
                name=gettext_lazy("表决"),
                by=expert,
                to=STAY,
                form=Ballot,
                guards=(CONVENED, UNCOUNTED),
                sealed=True,
                waits=True,
            ),
            Action(
                key="recuse",
                name=gettext_lazy("申请回避"),
                by=expert,
                to=STAY,
                form=Words,
                guards=(UNCOUNTED,),
                effect=_recuse,
            ),
            Action(
                key="count",
                name=gettext_lazy("开票"),
                by=officer,
                to=STAY,
                form=Counting,
                guards=(CONVENED, UNCOUNTED, enough),
                waits=True,
            ),
            Action(
                key="pass",
                name=gettext_lazy("通过"),
                by=officer,
                form=self.form,
                guards=(COUNTED, carried, *self.guards),
                effect=self.effect,
            ),
            Action(key="again", name=gettext_lazy("重新审查"), by=officer, to=self.key, form=Words),
            Action(key="return", name=gettext_lazy("退回"), by=officer, to=self.back, form=Words),
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
                public=True,
                receipt=True,
            ),
            Action(
                key="hide",
                name=gettext_lazy("不予公开"),
                by=officer,
                to=STAY,
                form=Words,
                about="comment",
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
                waits=True,
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
    finish: Any = gettext_lazy("提交")

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
                waits=True,
            )
            more = (dispose,)
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
                waits=True,
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
    form: type[Answers] | None = None
    guards: tuple[Guard, ...] = ()
    by: Who = officer
    approve: Any = gettext_lazy("批准")

    def own(self) -> tuple[Action, ...]:
        signed = Guard(name=gettext_lazy("会签完成"), test=_all_signed)
        return (
            Action(
                key="approve",
                name=self.approve,
                by=self.by,
                form=self.form,
                guards=(*self.guards, signed),
                effect=self.effect,
            ),
            Action(
                key="sign", name=gettext_lazy("会签"), by=signer, to=STAY, form=Words, waits=True
            ),
            Action(key="return", name=gettext_lazy("退回"), by=self.by, to=self.back, form=Words),
            Action(key="refuse", name=gettext_lazy("不予批准"), by=self.by, to=CLOSED, form=Words),
        )


__all__ = [
    "Check", "Consultation", "Decision", "Filing", "Inspection", "Notice", "Panel", "Work",
    "answered", "done", "elapsed", "never", "not_done",
]  # fmt: skip
