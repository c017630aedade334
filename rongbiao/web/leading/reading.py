"""What the pages of leaders show (展示): plans with where they are, lists, rankings as tables."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.awards.models import Leader, LeaderList, LeaderPlan
from rongbiao.cases.models import Case
from rongbiao.procedures.leader_list import LeaderRanking, left_out, record_in
from rongbiao.procedures.leader_plan import LeaderPlanning
from rongbiao.texts.ranking import OUT, WHYS, Better, Plan, lines_of, read_plan
from rongbiao.texts.ranking.plans import SHARES, WORDS, Between, key_of, plain
from rongbiao.web.drawings.gauge import Part, gauge

ASPECTS = {
    "level": gettext_lazy("水平先进性"),
    "complete": gettext_lazy("指标全面性"),
    "drafting": gettext_lazy("编写规范性"),
}
KINDS = {"level": "past", "complete": "now", "drafting": "ahead"}
PUBLIC = ("commit", "notice", "decision")  # stages at which a ranking is before the public


@dataclass(frozen=True)
class State:
    """Where a plan is, in words, with the tone of its tag."""

    words: str
    tone: str = ""


@dataclass(frozen=True)
class Row:
    """One indicator of one standing as a cell shows it."""

    declared: str
    points: str
    why: str


@dataclass(frozen=True)
class Line:
    """One standing as the table shows it."""

    said: dict[str, Any]
    cells: list[Row]
    bar: SafeString
    left_out: bool

    @property
    def out(self) -> str:
        """Return why it is not ranked."""
        found = [(one["name"], one["out"]) for one in self.said["items"] if one["out"]]
        return _("、").join(f"“{name}”{OUT[key]}" for name, key in found)


def under_notice(number: str) -> Plan | None:
    """Return a plan that is before the public and not frozen yet."""
    case = Case.objects.filter(procedure_key=LeaderPlanning.key, number=number).first()
    if case is None or case.public_since is None or case.outcome == "refuse":
        return None
    said = case.said("submit").get("plan")
    return read_plan(said) if said else None


class Shown:
    """One plan with its lists and its ranking, on a day."""

    def __init__(self, number: str, day: date) -> None:
        self.day = day
        self.row = LeaderPlan.objects.filter(number=number).first()
        plan = self.row.plan if self.row else under_notice(number)
        if plan is None:
            raise Http404(_("没有这个评估方案。"))
        self.plan = plan

    @cached_property
    def lists(self) -> list[LeaderList]:
        """The lists of the plan, newest first."""
        return list(self.row.lists.all()) if self.row else []

    @cached_property
    def running(self) -> Case | None:
        """The ranking that is before the public now."""
        rows = Case.objects.filter(procedure_key=LeaderRanking.key, closed_on=None)
        rows = rows.filter(origin__number=self.plan.number, stage_key__in=PUBLIC)
        return rows.first()

    @cached_property
    def ranking(self) -> tuple[str, dict[str, Any], list[str]] | None:
        """The number, record and left out of the ranking to be shown: before the public, or the last."""
        if self.running:
            return self.running.number, record_in(self.running), left_out(self.running)
        if self.lists:
            last = self.lists[0]
            return last.number, last.record, last.left_out
        return None

    @cached_property
    def leaders(self) -> list[Leader]:
        """Who stands on the last list, with those who were removed."""
        if not self.lists:
            return []
        rows = self.lists[0].leaders.select_related("organization", "declaration")
        return list(rows.prefetch_related("declaration__standing_losses"))

    @property
    def state(self) -> State:
        """Where the plan is."""
        return state_of(self.row, self.lists, self.running, self.day)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the plan says beside its indicators."""
        plan = self.plan
        between = {
            Between.STEPS: _("取所达到的分级线的得分"),
            Between.LINEAR: _("在两条分级线之间按比例计分"),
        }
        deducted = _("每处应当改正的发现扣 {must} 分，每处请核对的发现扣 {note} 分").format(
            **{name: plain(value) for name, value in plan.deductions.items()}
        )
        return [
            (_("产品或者服务"), plan.field),
            (_("申请期"), f"{plan.opens_on:%Y-%m-%d} – {plan.closes_on:%Y-%m-%d}"),
            (_("名单有效期"), _("{n} 个月").format(n=plan.months)),
            (_("名额"), _("{n} 项，并列的一并入围").format(n=plan.places)),
            (_("入围总分"), _("不低于 {n} 分").format(n=plain(plan.least_total))),
            (
                _("三项占比"),
                _("，").join(f"{ASPECTS[name]} {plain(plan.shares[name])}%" for name in SHARES),
            ),
            (_("分级线之间"), between[plan.between]),
            (_("编写规范性"), deducted),
            (_("补充申请"), _("名单有效期内可以") if plan.later else _("不接受")),
            (_("费用"), _("不收取任何费用")),
        ]

    @property
    def items(self) -> list[tuple[Any, str, str]]:
        """Every indicator with its direction and its lines in words."""
        ways = {
            Better.HIGHER: _("越高越好"),
            Better.LOWER: _("越低越好"),
            Better.GRADE: _("按等级"),
        }
        return [(one, ways[one.better], lines_of(one)) for one in self.plan.items]

    @property
    def lines(self) -> list[Line]:
        """The ranking as its table shows it."""
        if self.ranking is None:
            return []
        _number, record, gone = self.ranking
        return [
            Line(one, cells(self.plan, one), bar(self.plan, one), f"{one['key']} {one['number']}" in gone)
            for one in record["standings"]
        ]  # fmt: skip


def state_of(
    row: LeaderPlan | None, lists: list[LeaderList], running: Case | None, day: date
) -> State:
    """Return where a plan is on a day."""
    if row is None:
        return State(_("方案公示"), "info")
    if running:
        words = _("入围企业提交承诺") if running.stage_key == "commit" else _("名单公示")
        return State(words, "info")
    if lists:
        held = lists[0].since <= day <= lists[0].until
        return State(_("名单有效"), "ok") if held else State(_("名单已到期"))
    if row.ended_on:
        return State(_("已终止"))
    if day < row.opens_on:
        return State(_("待申请"), "info")
    return State(_("受理申请"), "ok") if day <= row.closes_on else State(_("评估中"), "info")


def cells(plan: Plan, one: dict[str, Any]) -> list[Row]:
    """Return what a standing declares and gets for each indicator of a plan."""
    found = []
    for item, got in zip(plan.items, one["items"], strict=True):
        said = [row for row in one["indicators"] if key_of(row[0]) == item.key]
        declared = _("；").join(" ".join(filter(None, row[1:3])) for row in said)
        found.append(Row(declared, got["points"], WHYS.get(got["why"], "")))
    return found


def bar(plan: Plan, one: dict[str, Any]) -> SafeString:
    """Draw of which parts a total is made."""
    parts, at, words = [], Decimal(0), []
    for name in SHARES:
        part = plan.shares[name] * Decimal(one[name]) / 10_000
        told = f"{ASPECTS[name]} {one[name]} × {plain(plan.shares[name])}%"
        if part:
            parts.append(Part(float(at), float(at + part), KINDS[name], told))
        at += part
        words.append(told)
    return gauge(
        parts, _("{total} 分：{parts}").format(total=one["total"], parts=_("；").join(words))
    )


__all__ = ["ASPECTS", "KINDS", "WORDS", "Shown", "State", "state_of", "under_notice"]
