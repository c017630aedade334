"""Decisions of the joint conference: what they add is theirs, with number and day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rongbiao.archive.kinds import Unacceptable, kind_of, plain_name
from rongbiao.archive.models import File
from rongbiao.parties import journal
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused

from . import assignments
from .models import Charge, CoursePoint, Decision, Plan, Step, Target, Task


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A unit that leads or supports a task."""

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


@transaction.atomic
def enter(
    plan: Plan,
    *,
    number: str,
    title: str,
    decided_on: date,
    file: tuple[bytes, str] | None = None,
    charges: Sequence[ChargeLine] = (),
    steps: Sequence[StepLine] = (),
    course: Sequence[CourseLine] = (),
    actor: Post,
    day: date,
) -> Decision:
    """Enter a decision with everything it adds; refused whole when a line is wrong.

    ``file`` is content and name. A later course point for the same day takes the place
    of the earlier one; a unit named lead keeps its assignment and gains the part.
    """
    _check(plan, number, title, decided_on, actor, day)
    _check_lines(plan, charges, steps, course, decided_on)
    mark = actor.demonstration
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                plan=plan,
                number=number.strip(),
                title=title.strip(),
                decided_on=decided_on,
                file=_kept(file, mark),
                demonstration=mark,
            )
    except IntegrityError as taken:
        raise Refused(
            _("文号“{number}”的决定已经录入，不能重复录入。").format(number=number)
        ) from taken
    Charge.objects.bulk_create(
        Charge(
            task=line.task,
            name=line.organization.name,
            organization=line.organization,
            part=line.part,
            place=1000 + place,
            since=decided_on,
            decision=decision,
            demonstration=mark,
        )
        for place, line in enumerate(charges)
    )
    Step.objects.bulk_create(
        Step(
            decision=decision,
            task=line.task,
            title=line.title.strip(),
            organization=line.organization,
            due_on=line.due_on,
            demonstration=mark,
        )
        for line in steps
    )
    for line in course:
        CoursePoint.objects.update_or_create(
            target=line.target,
            on=line.on,
            defaults={"value": line.value, "decision": decision, "demonstration": mark},
        )
    counts = {"charges": len(charges), "steps": len(steps), "course": len(course)}
    journal.write(actor, "decide", decision, day=day, number=number, **counts)
    assignments.settle(plan, day=day)
    return decision


@transaction.atomic
def finish_step(step: Step, done_on: date, *, actor: Post, day: date) -> Step:
    """Note that a step is done."""
    row = Step.objects.select_for_update().select_related("decision").get(pk=step.pk)
    if not actor.is_officer:
        raise Refused(_("举措的完成由联席会议办公室经办人登记。"))
    if row.done_on:
        raise Refused(_("“{step}”已于{day}登记完成。").format(step=row, day=row.done_on))
    if done_on < row.decision.decided_on:
        raise Refused(
            _("完成日期{done}早于决定日期{decided}，请核对。").format(
                done=done_on, decided=row.decision.decided_on
            )
        )
    row.done_on = done_on
    row.save(update_fields=["done_on"])
    journal.write(actor, "finish", row, day=day, done_on=str(done_on))
    return row


def _check(plan: Plan, number: str, title: str, decided_on: date, actor: Post, day: date) -> None:
    if not actor.is_officer:
        raise Refused(_("联席会议决定由联席会议办公室经办人录入。"))
    if not number.strip() or not title.strip():
        raise Refused(_("录入决定应填写文号和名称。"))
    if decided_on < plan.signed_on:
        raise Refused(
            _("决定日期{decided}早于“{plan}”的成文日期{signed}，请核对。").format(
                decided=decided_on, plan=plan.title, signed=plan.signed_on
            )
        )
    if decided_on > day:
        raise Refused(_("决定日期{decided}还没有到。").format(decided=decided_on))


def _check_lines(plan: Plan, charges, steps, course, decided_on: date) -> None:
    if not (charges or steps or course):
        raise Refused(_("这份决定没有填写任何内容：牵头和配合单位、举措、计划进度至少填一项。"))
    for line in (*charges, *steps):
        if line.task.plan_id != plan.pk:
            raise Refused(_("任务“{task}”不属于这一规划代次。").format(task=line.task))
    for line in charges:
        if line.part not in {Charge.Part.LEAD, Charge.Part.SUPPORT}:
            raise Refused(_("{unit}的职责应为牵头或配合。").format(unit=line.organization))
    seen = set()
    for line in charges:
        if line.part == Charge.Part.LEAD and line.task.pk in seen:
            raise Refused(_("任务“{task}”写了两个牵头单位。").format(task=line.task))
        if line.part == Charge.Part.LEAD:
            seen.add(line.task.pk)
    for line in steps:
        if line.due_on and line.due_on < decided_on:
            raise Refused(
                _("举措“{step}”的时限{due}早于决定日期。").format(step=line.title, due=line.due_on)
            )
    for line in course:
        if line.target.plan_id != plan.pk:
            raise Refused(_("指标“{target}”不属于这一规划代次。").format(target=line.target))
        if not plan.since <= line.on <= plan.until:
            raise Refused(
                _("指标“{target}”的计划日期{on}不在实施期内。").format(
                    target=line.target, on=line.on
                )
            )


def _kept(file: tuple[bytes, str] | None, mark: bool) -> File | None:
    if file is None:
        return None
    content, name = file
    try:
        kind = kind_of(content, name)
    except Unacceptable as why:
        raise Refused(str(why)) from why
    return File.objects.keep(content, plain_name(name), kind.media, demonstration=mark)
