"""Panels (评审): experts are asked, vote under seal, and the ballots are opened once.

They meet, or reply by letter by a last day (``replies``): the profile that the case names says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from rongbiao.cases import message
from rongbiao.cases.models import Case, Entry, Seat
from rongbiao.cases.procedure import STAY, Action, Answers, Effect, Guard, Stage
from rongbiao.cases.who import Who, never
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.stages.people import expert, officer

from .answers import Ballot, Convening, Counting, Recusal, Words, ask_quorum
from .guards import done, not_done
from .replies import IN_TIME, ask_lead, ask_returned, letter_of

VOTERS = expert & never(_("尚未表决"), "vote", again=True)


def _seat(case: Case, entry: Entry) -> None:
    """Seat the experts who were convened; who is no longer asked and has not voted leaves."""
    ask_lead(case, entry)
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
    _dated(case, entry)
    _invite(case, entry)


def _invite(case: Case, entry: Entry) -> None:
    """Tell the experts who are asked by when; who was told the same before is not told again."""
    said = entry.answers
    earlier = case.this_round("convene").exclude(pk=entry.pk).order_by("seq").last()
    before = earlier.answers if earlier else {}
    same = all(before.get(key) == said[key] for key in ("profile", "meets_on"))
    told = before["experts"] if same else ()
    seats = case.seats.filter(stage=case.stage_key, capacity="expert", recused_on=None)
    posts = Post.objects.filter(pk__in=seats.exclude(post__in=told).values("post"))
    day = said["meets_on"]
    asks = f"函审，请于 {day} 24 时以前回函" if case.due_on else f"{day} 审查"
    words = f"请您参加“{case.title}”的“{case.stage.name}”：{asks}。"
    message.tell(case, entry, words, posts.select_related("person").order_by("pk"))


def _dated(case: Case, entry: Entry) -> None:
    """Set the last day of the replies, or take it away: they are opened, or the panel meets."""
    del entry
    case.due_on = case.stage.ends(case)


def _recuse(case: Case, entry: Entry) -> None:
    """Take an expert out of this stage; a vote that was cast no longer counts."""
    seat = case.seats.get(stage=case.stage_key, capacity="expert", post=entry.actor)
    seat.recused_on, seat.reason = entry.day, entry.answers["words"][:300]
    seat.save(update_fields=["recused_on", "reason"])


def _enough(case: Case, day: date) -> None:
    ask_returned(case, day)
    ask_quorum(case, day)


def _carried(case: Case, day: date) -> None:
    counted = case.this_round("count").last()
    if counted and not counted.answers["carried"]:
        raise Refused(counted.answers["why"])


CONVENED = done("convene", _("已邀请专家"), _("还没有邀请专家，不能表决。"))
UNCOUNTED = not_done("count", _("尚未开票"), _("本轮已经开票，不能再办理。"))
COUNTED = done("count", _("已开票"), _("还没有开票，不能作出结论。"))


@dataclass(frozen=True, kw_only=True)
class Panel(Stage):
    """评审: experts vote under seal; an officer opens the ballots and records the conclusion."""

    back: str
    guards: tuple[Guard, ...] = ()
    by: Who = officer  # who asks the experts, opens the ballots and concludes
    convening: type[Convening] = Convening
    ballot: type[Ballot] = Ballot
    form: type[Answers] | None = None  # what is recorded with the conclusion: minutes
    effect: Effect | None = None

    def begins(self, case: Case) -> date:
        """Return the day on which the experts of this round were asked first, or it began."""
        convened = case.this_round("convene").order_by("seq").first()
        return convened.day if convened else case.stage_since

    def ends(self, case: Case) -> date | None:
        """Return the last day of the replies to a review by letter, until they are opened."""
        letter = None if case.this_round("count").exists() else letter_of(case)
        return letter.until if letter else None

    def own(self) -> tuple[Action, ...]:
        enough = Guard(_("表决人数符合审查方式的规定"), test=_enough, rule="quorum")
        carried = Guard(_("表决获得通过"), test=_carried, rule="passing")
        return (
            Action(
                "convene",
                _("邀请专家"),
                self.by,
                to=STAY,
                form=self.convening,
                guards=(UNCOUNTED,),
                effect=_seat,
            ),
            Action(
                "vote",
                _("表决"),
                expert,
                to=STAY,
                form=self.ballot,
                guards=(CONVENED, UNCOUNTED, IN_TIME),
                sealed=True,
                waits=VOTERS,
            ),
            Action(
                "recuse",
                _("申请回避"),
                expert,
                to=STAY,
                form=Recusal,
                guards=(UNCOUNTED,),
                effect=_recuse,
            ),
            Action(
                "count",
                _("开票"),
                self.by,
                to=STAY,
                form=Counting,
                guards=(CONVENED, UNCOUNTED, enough),
                effect=_dated,
            ),
            Action(
                "pass",
                _("通过"),
                self.by,
                form=self.form,
                guards=(COUNTED, carried, *self.guards),
                effect=self.effect,
            ),
            Action("again", _("重新审查"), self.by, to=self.key, form=Words),
            Action("return", _("退回"), self.by, to=self.back, form=Words),
        )
