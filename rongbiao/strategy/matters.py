"""Matters (需要处置): what needs somebody to act, the most urgent first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from rongbiao.parties.models import Organization

from . import figures
from .board import Board, Lit, load
from .lamps import Lamp, Standing
from .models import Plan, Quarter, Step, Task
from .numerals import numeral

SOON_DAYS = 15
NAMED_UNITS = 3


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to act on: what, who and why, how far over, and the page it opens."""

    lamp: Lamp
    title: str
    detail: str
    measure: str  # “逾期 9 天”, “差 20 个百分点”, “有缺口”
    weight: int  # the greater the sooner, among matters of one lamp and kind
    href_name: str
    args: dict[str, Any] = field(default_factory=dict)
    kind: str = "task"


KINDS = ("task", "target", "step")


def urgent(
    plan: Plan,
    quarter: Quarter | None,
    day: date,
    limit: int | None = None,
    *,
    inside: bool = False,
    seen: Board | None = None,
    measured: Iterable["figures.Figure"] | None = None,
) -> list[Matter]:
    """Return what needs action, at most ``limit`` of it.

    Overdue and lagging assignments are gathered by task, then come targets with
    a gap and steps of decisions whose day has passed or is near. ``inside``
    words it for units and the office, who may know that a report was returned.
    """
    seen = seen or load(plan, quarter, day)
    measured = figures.figures(plan, day) if measured is None else measured
    found = [
        *_of_assignments(seen, inside=inside),
        *_of_targets(plan, measured),
        *_of_steps(plan, day),
    ]
    order = (Lamp.BAD, Lamp.WARN)
    found.sort(key=lambda one: (order.index(one.lamp), KINDS.index(one.kind), -one.weight))
    return found[:limit]


def _of_assignments(seen: Board, *, inside: bool) -> Iterable[Matter]:
    returned = Standing.RETURNED
    for task in seen.tasks:
        rows = seen.by_task[task.pk]
        overdue = [one for one in rows if one.lamp is Lamp.BAD]
        back = [one for one in overdue if one.stands is returned]
        if inside and back:
            overdue = [one for one in overdue if one.stands is not returned]
            yield _overdue(seen, task, back, _("退回后未再报送"))
        if overdue:
            said = _("{quarter}进展未按期报送").format(quarter=seen.quarter)
            yield _overdue(seen, task, overdue, said)
        if behind := [one for one in rows if _behind(one, seen)]:
            yield _lagging(seen, task, behind)


def _behind(one: Lit, seen: Board) -> bool:
    """Tell whether what was accepted for the quarter is too far behind time."""
    asked = seen.terms
    return (
        asked is not None
        and one.lamp is Lamp.WARN
        and one.stands is Standing.ACCEPTED
        and one.share < asked.expected - asked.lagging
    )


def _overdue(seen: Board, task: Task, rows: list[Lit], said: str) -> Matter:
    days = max(one.days_over for one in rows)
    measure = _("逾期 {n} 天").format(n=days)
    return _matter(seen, task, rows, lamp=Lamp.BAD, said=said, measure=measure, weight=days)


def _lagging(seen: Board, task: Task, rows: list[Lit]) -> Matter:
    gap = max(seen.terms.expected - one.share for one in rows) if seen.terms else 0
    measure, said = _("差 {n} 个百分点").format(n=gap), _("完成比例落后于时间进度")
    return _matter(seen, task, rows, lamp=Lamp.WARN, said=said, measure=measure, weight=gap)


def _matter(
    seen: Board, task: Task, rows: list[Lit], *, lamp: Lamp, said: str, measure: str, weight: int
) -> Matter:
    return Matter(
        lamp=lamp,
        title=_("任务 {number} {title}").format(number=task.number, title=task.label),
        detail=f"{_names(seen.units[one.organization_id] for one in rows)}・{said}",
        measure=measure,
        weight=weight,
        href_name="task",
        args={"plan": seen.plan.key, "key": task.key},
    )


def _names(units: Iterable[Organization]) -> str:
    names = [unit.local for unit in units]
    said = _("、").join(names[:NAMED_UNITS])
    if len(names) > NAMED_UNITS:
        return _("{names}等 {n} 个单位").format(names=said, n=len(names))
    return said


# What a state of a target means here, and how it is said.
GAPS: dict[str, tuple[Lamp, Callable[[], str]]] = {
    "short": (Lamp.BAD, lambda: _("有缺口")),
    "missed": (Lamp.BAD, lambda: _("未完成")),
    "tight": (Lamp.WARN, lambda: _("偏紧")),
}


def _of_targets(plan: Plan, measured: Iterable["figures.Figure"]) -> Iterable[Matter]:
    for figure in measured:
        if figure.state not in GAPS:
            continue
        lamp, said = GAPS[figure.state]
        target = figure.target
        yield Matter(
            lamp=lamp,
            title=_("指标：{name}").format(name=target.label),
            detail=_("现值 {value}，目标 {goal}（{unit}）").format(
                value=_number(figure.value), goal=_number(target.value), unit=target.unit_label
            ),
            measure=said(),
            weight=-target.place,
            href_name="target",
            args={"plan": plan.key, "key": target.key},
            kind="target",
        )


def _number(value: Decimal | None) -> str:
    return _("暂无") if value is None else numeral(value)


def _of_steps(plan: Plan, day: date) -> Iterable[Matter]:
    """Give the steps of decisions taken by a day that are due soon or over, and not done."""
    steps = Step.objects.filter(
        Q(done_on=None) | Q(done_on__gt=day),
        decision__plan=plan,
        decision__decided_on__lte=day,
        due_on__lte=day + timedelta(days=SOON_DAYS),
    )
    for step in steps.select_related("decision", "task", "organization").order_by("due_on", "pk"):
        left = (step.due_on - day).days if step.due_on else 0
        over = left < 0
        who = f"{step.organization.local}・" if step.organization else ""
        yield Matter(
            lamp=Lamp.BAD if over else Lamp.WARN,
            title=_("举措：{title}").format(title=step.title),
            detail=f"{who}{step.decision.number}",
            measure=(_("逾期 {n} 天") if over else _("余 {n} 天")).format(n=abs(left)),
            weight=-left,
            href_name="task",
            args={"plan": plan.key, "key": step.task.key},
            kind="step",
        )
