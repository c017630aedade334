"""Lines of a decision (决定条目): what is wrong with them, before and after they are entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused

from .models import Charge, Decision, Plan, Target, Task


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A unit that leads or supports a task, or, with an empty part, answers for it as well."""

    task: Task
    organization: Organization
    part: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A sub-task, or a date for one."""

    task: Task
    title: str
    organization: Organization | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class CourseLine:
    """What a target should have reached on a day."""

    target: Target
    on: date
    value: Decimal


def check(
    plan: Plan,
    decided_on: date,
    charges: Sequence[ChargeLine],
    steps: Sequence[StepLine],
    course: Sequence[CourseLine],
) -> None:
    """Refuse a decision that says nothing, or of which a line cannot be."""
    if not (charges or steps or course):
        raise Refused(_("这份决定没有填写任何内容：牵头和配合单位、举措、计划进度至少填一项。"))
    for task in (*(line.task for line in charges), *(line.task for line in steps)):
        if task.plan_id != plan.pk:
            raise Refused(_("任务“{task}”不属于这一规划代次。").format(task=task))
    _check_charges(plan, decided_on, charges)
    _check_steps(decided_on, steps)
    _check_course(plan, course)


def _check_charges(plan: Plan, decided_on: date, lines: Sequence[ChargeLine]) -> None:
    if lines and decided_on > plan.until:
        raise Refused(
            _("“{plan}”的实施期已于{until}结束，不能再确定责任单位。").format(
                plan=plan.title, until=plan.until
            )
        )
    named, led = set(), set()
    for line in lines:
        task, unit = line.task, line.organization
        if line.part not in Charge.Part.values:
            raise Refused(_("{unit}的职责应为牵头、配合或责任单位。").format(unit=unit))
        if unit.kind == Organization.Kind.COLLECTIVE:
            raise Refused(_("“{unit}”是集合名称，请写明具体单位。").format(unit=unit))
        if (task.pk, unit.pk) in named:
            raise Refused(_("任务“{task}”把{unit}写了两次。").format(task=task, unit=unit))
        if line.part == Charge.Part.LEAD and task.pk in led:
            raise Refused(_("任务“{task}”写了两个牵头单位。").format(task=task))
        named.add((task.pk, unit.pk))
        led |= {task.pk} if line.part == Charge.Part.LEAD else set()


def _check_steps(decided_on: date, lines: Sequence[StepLine]) -> None:
    for line in lines:
        if not line.title.strip():
            raise Refused(_("任务“{task}”的举措没有写内容。").format(task=line.task))
        if line.due_on and line.due_on < decided_on:
            raise Refused(
                _("举措“{step}”的时限{due}早于决定日期。").format(step=line.title, due=line.due_on)
            )


def _check_course(plan: Plan, lines: Sequence[CourseLine]) -> None:
    seen = set()
    for line in lines:
        if line.target.plan_id != plan.pk:
            raise Refused(_("指标“{target}”不属于这一规划代次。").format(target=line.target))
        if not plan.since <= line.on <= plan.until:
            raise Refused(
                _("指标“{target}”的计划日期{on}不在实施期内。").format(
                    target=line.target, on=line.on
                )
            )
        if (line.target.pk, line.on) in seen:
            raise Refused(
                _("指标“{target}”在{on}写了两个计划值。").format(target=line.target, on=line.on)
            )
        if not Decimal(line.value).is_finite() or line.value < 0:
            raise Refused(_("指标“{target}”的计划值应是不小于0的数。").format(target=line.target))
        seen.add((line.target.pk, line.on))


def check_leads(decision: Decision) -> None:
    """Refuse a decision after which two papers would have two units lead one task.

    Whoever names a new lead says in the same decision what becomes of the one before.
    """
    tasks = decision.charges.values("task")
    rows = Charge.objects.filter(task__in=tasks, organization__isnull=False)
    if not decision.demonstration:
        rows = rows.filter(demonstration=False)
    newest: dict[tuple[int, int | None], Charge] = {}
    for row in rows.select_related("task", "organization", "decision").order_by("place", "pk"):
        key = (row.task_id, row.organization_id)
        if key not in newest or _paper(row) > _paper(newest[key]):
            newest[key] = row
    leads: dict[int, Charge] = {}
    for row in newest.values():
        if row.part != Charge.Part.LEAD:
            continue
        other = leads.setdefault(row.task_id, row)
        if other.decision_id != row.decision_id:
            earlier = min(other, row, key=_paper)
            raise Refused(
                _(
                    "“{task}”已由{unit}牵头（{number}）；改由其他单位牵头的，"
                    "请在同一决定中写明{unit}的职责。"
                ).format(
                    task=row.task,
                    unit=earlier.organization,
                    number=earlier.decision.number if earlier.decision else decision.plan.number,
                )
            )


def _paper(row: Charge) -> tuple[date, int]:
    return (row.decision.decided_on, row.decision.pk) if row.decision else (date.min, 0)
