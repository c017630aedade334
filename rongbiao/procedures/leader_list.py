"""领跑者名单: the ranking by a frozen plan, commitments of the shortlisted, public notice, the list.

The ranking is computed from what is declared on the day on which it began and nothing else; its
table is public with everything from which anybody recomputes it (``rongbiao rank --check``).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.awards import leading
from rongbiao.awards.models import LeaderPlan
from rongbiao.cases.models import Case, Entry, Seat
from rongbiao.cases.procedure import CLOSED, STAY, Action, Answers, Guard, Procedure
from rongbiao.cases.who import never, seated
from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused
from rongbiao.stages.answers import Words
from rongbiao.stages.kinds import Decision, Notice, Work
from rongbiao.stages.people import auditor, nobody, officer, public

SEAT = "shortlisted"
shortlisted = seated(gettext_lazy("入围企业"), SEAT)
UNCOMMITTED = shortlisted & never(gettext_lazy("尚未提交承诺"), "commit", again=True)


def ranked_plan(case: Case) -> LeaderPlan:
    """Return the plan by which a case ranks."""
    return LeaderPlan.objects.get(number=case.origin.number if case.origin else "")


class Ranking(Answers):
    """Computes the ranking: what is journaled is the whole table."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.case is None or self.case.origin is None:
            return said
        record, out = leading.record_of(ranked_plan(self.case), self.case.stage_since)
        return {**said, "record": record, "not_ranked": out}


class Commitment(Answers):
    """承诺书和证明材料."""

    promise = forms.FileField(label=gettext_lazy("承诺书"))
    proof = forms.FileField(label=gettext_lazy("证明材料"))
    words = forms.CharField(
        label=gettext_lazy("说明"), max_length=2000, required=False, widget=forms.Textarea
    )


class Closing(Answers):
    """Who has not handed in a commitment is left out, and it says so."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.case is None:
            return said
        record, done = record_in(self.case), committed(self.case)
        units = _units(self.case)
        out = [
            leading.mark_of(one)
            for one in leading.shortlisted(record)
            if units[one["key"]] not in done
        ]
        return {**said, "left_out": out}


class Announcing(Answers):
    """公布名单."""

    paper = forms.CharField(label=gettext_lazy("公告文号"), max_length=60)


def record_in(case: Case) -> dict[str, Any]:
    """Return the last ranking that a case has, or nothing."""
    entry = case.entries.filter(stage_key="rank", action_key="submit").last()
    return dict(entry.answers["record"]) if entry else {}


def left_out(case: Case) -> list[str]:
    """Return who of the shortlisted did not commit, by their marks."""
    entry = case.entries.filter(stage_key="commit", action_key="submit").last()
    return list(entry.answers["left_out"]) if entry else []


def committed(case: Case) -> set[int]:
    """Return the organizations that handed in a commitment in this round."""
    return set(case.this_round("commit").values_list("actor__organization", flat=True))


def _units(case: Case) -> dict[str, int]:
    """Return the shortlisted organizations by the keys of the ranking."""
    rows = Organization.objects.filter(
        pk__in=case.seats.filter(capacity=SEAT).values("organization")
    )
    return {one.credit_code or one.name: one.pk for one in rows}


def shortlist(case: Case, entry: Entry) -> None:
    """The ranking is public; the shortlisted get their seats and are asked for their commitment."""
    case.public_since = case.public_since or entry.day
    keys = {one["key"] for one in leading.shortlisted(entry.answers["record"])}
    if not keys:
        raise Refused(_("没有一家达到入围条件，不能公布名单，请终止本次评估。"))
    case.seats.filter(capacity=SEAT).delete()
    asked = ranked_plan(case).applications.select_related("organization")
    units = {one.organization for one in asked}
    Seat.objects.bulk_create(
        Seat(
            case=case, stage="commit", capacity=SEAT, organization=unit, place=place,
            invited_on=entry.day, demonstration=case.demonstration,
        )
        for place, unit in enumerate(sorted(units, key=lambda one: one.pk), start=1)
        if (unit.credit_code or unit.name) in keys
    )  # fmt: skip


def leave_out(case: Case, entry: Entry) -> None:
    """Who did not commit is left out; nobody left is no list."""
    if not leading.shortlisted(record_in(case), entry.answers["left_out"]):
        raise Refused(_("没有一家入围企业提交承诺书和证明材料，不能公示名单。"))


def stop(case: Case, entry: Entry) -> None:
    """Nothing is ranked now; a plan that never came to a list ends with it."""
    row = ranked_plan(case)
    if not row.lists.exists():
        leading.end(row, entry.answers["words"], day=entry.day)


def publish(case: Case, entry: Entry) -> None:
    """The list stands in the register and replaces the one before."""
    gone = leading.ended_since(record_in(case), left_out(case), entry.day)
    if gone:
        words = _("入围的{names}已停止声明或者资格存疑，请退回重新排名。")
        raise Refused(words.format(names="、".join(gone)))
    leading.publish(
        ranked_plan(case), case.number, record_in(case), left_out(case),
        paper=entry.answers["paper"], day=entry.day,
    )  # fmt: skip


def _all_or_over(case: Case, day: date) -> None:
    asked = set(case.seats.filter(capacity=SEAT).values_list("organization", flat=True))
    left = asked - committed(case)
    last = case.end_of("commit_days").day
    if left and day <= last:
        words = _("还有 {n} 家入围企业没有提交承诺，提交期限至 {last} 24 时，届满前不能结束。")
        raise Refused(words.format(n=len(left), last=last))


STOP = Action(
    "stop", gettext_lazy("终止评估"), officer, to=CLOSED, form=Words, effect=stop, public=True
)


@dataclass(frozen=True, kw_only=True)
class Listing(Decision):
    """The decision on a list: to refuse it is to end the evaluation, which the plan must know."""

    def own(self) -> tuple[Action, ...]:
        return tuple(one for one in super().own() if one.key != "refuse")


class LeaderRanking(Procedure):
    """The opinion of eight departments on leaders (June 2018); the periods are the office's."""

    key = "leader_list"
    name = gettext_lazy("领跑者评估和名单")
    mark = "LM"
    law = "leader"
    opened_by = nobody
    readers = officer | auditor | public  # competitors do not read each other's proofs
    stages = (
        Work(
            key="rank", name=gettext_lazy("评估排名"), form=Ranking, by=officer,
            finish=gettext_lazy("计算排名"), effect=shortlist,
            more=(STOP,),
        ),
        Work(
            key="commit", name=gettext_lazy("提交承诺"), form=Closing, by=officer,
            rule="commit_days", finish=gettext_lazy("结束提交并公示"), effect=leave_out,
            guards=(
                Guard(gettext_lazy("入围企业都已提交，或者期限届满"), _all_or_over, "commit_days"),
            ),
            more=(
                Action(
                    "commit", gettext_lazy("提交承诺书和证明材料"), shortlisted, to=STAY,
                    form=Commitment, waits=UNCOMMITTED, receipt=True,
                ),
                Action("again", gettext_lazy("重新排名"), officer, to="rank", form=Answers),
            ),
        ),
        Notice(key="notice", name=gettext_lazy("名单公示"), rule="list_notice_days"),
        Listing(
            key="decision", name=gettext_lazy("公布名单"), back="rank", form=Announcing,
            effect=publish, approve=gettext_lazy("公布名单"), more=(STOP,),
            documents=(gettext_lazy("领跑者名单公告"),),
        ),
    )  # fmt: skip
