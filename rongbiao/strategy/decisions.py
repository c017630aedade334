"""Decisions of the joint conference: what they add is theirs, with number and day."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rongbiao.archive.kinds import Unacceptable, kind_of, plain_name
from rongbiao.archive.models import File
from rongbiao.parties import journal
from rongbiao.parties.fitting import fitted
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused

from . import assignments, decision_lines, who
from .decision_lines import ChargeLine, CourseLine, StepLine
from .models import Charge, CoursePoint, Decision, Plan, Step

__all__ = ["ChargeLine", "CourseLine", "StepLine", "enter", "finish_step"]

AFTER_THE_POLICY = 1000  # places of a decision's charges, behind every list of the paper


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

    ``file`` is content and name. A later decision's point for the same day takes the place
    of the earlier one, and its word on a unit's part holds from then on.
    """
    who.ask_officer(actor, day, _("联席会议决定由联席会议办公室经办人录入。"))
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    _check_dates(plan, decided_on, day)
    decision_lines.check(plan, decided_on, charges, steps, course)
    decision = _created(plan, number, title, decided_on, file, actor)
    _enter_charges(decision, charges)
    _enter_steps(decision, steps)
    replaced = _enter_course(decision, course)
    decision_lines.check_leads(decision)
    counts = {"charges": len(charges), "steps": len(steps), "course": len(course)}
    journal.write(
        actor, "decide", decision, day=day, number=decision.number, replaced=replaced, **counts
    )
    assignments.settle(plan, day=day)
    return decision


@transaction.atomic
def finish_step(step: Step, done_on: date, *, actor: Post, day: date) -> Step:
    """Note that a step is done."""
    who.ask_officer(actor, day, _("举措的完成由联席会议办公室经办人登记。"))
    row = Step.objects.select_for_update(of=("self",)).select_related("decision").get(pk=step.pk)
    if row.done_on:
        raise Refused(_("“{step}”已于{day}登记完成。").format(step=row, day=row.done_on))
    if done_on < row.decision.decided_on:
        raise Refused(
            _("完成日期{done}早于决定日期{decided}，请核对。").format(
                done=done_on, decided=row.decision.decided_on
            )
        )
    if done_on > day:
        raise Refused(_("完成日期{done}还没有到。").format(done=done_on))
    row.done_on = done_on
    row.save(update_fields=["done_on"])
    journal.write(actor, "finish", row, day=day, done_on=str(done_on))
    return row


def _check_dates(plan: Plan, decided_on: date, day: date) -> None:
    if decided_on < plan.signed_on:
        raise Refused(
            _("决定日期{decided}早于“{plan}”的成文日期{signed}，请核对。").format(
                decided=decided_on, plan=plan.title, signed=plan.signed_on
            )
        )
    if decided_on > day:
        raise Refused(_("决定日期{decided}还没有到。").format(decided=decided_on))


def _created(
    plan: Plan,
    number: str,
    title: str,
    decided_on: date,
    file: tuple[bytes, str] | None,
    actor: Post,
) -> Decision:
    if not number.strip() or not title.strip():
        raise Refused(_("录入决定应填写文号和名称。"))
    mark = actor.demonstration
    row = Decision(
        plan=plan,
        number=number.strip(),
        title=title.strip(),
        decided_on=decided_on,
        file=_kept(file, mark),
        demonstration=mark,
    )
    try:
        with transaction.atomic():
            fitted(row).save()
    except IntegrityError as taken:
        raise Refused(
            _("文号“{number}”的决定已经录入，不能重复录入。").format(number=row.number)
        ) from taken
    return row


def _kept(file: tuple[bytes, str] | None, mark: bool) -> File | None:
    if file is None:
        return None
    content, name = file
    try:
        kind = kind_of(content, name)
    except Unacceptable as why:
        raise Refused(str(why)) from why
    return File.objects.keep(content, plain_name(name), kind.media, demonstration=mark)


def _enter_charges(decision: Decision, lines: Sequence[ChargeLine]) -> None:
    Charge.objects.bulk_create(
        fitted(
            Charge(
                task=line.task,
                name=line.organization.name,
                organization=line.organization,
                part=line.part,
                place=AFTER_THE_POLICY + place,
                since=decision.decided_on,
                decision=decision,
                demonstration=decision.demonstration,
            ),
            str(line.task),
        )
        for place, line in enumerate(lines)
    )


def _enter_steps(decision: Decision, lines: Sequence[StepLine]) -> None:
    Step.objects.bulk_create(
        fitted(
            Step(
                decision=decision,
                task=line.task,
                title=line.title.strip(),
                organization=line.organization,
                due_on=line.due_on,
                demonstration=decision.demonstration,
            ),
            str(line.task),
        )
        for line in lines
    )


def _enter_course(decision: Decision, lines: Sequence[CourseLine]) -> list[dict[str, str]]:
    """Enter the course; return the points of earlier decisions that these take the place of."""
    replaced = []
    for line in lines:
        row = CoursePoint.objects.filter(target=line.target, on=line.on).first()
        if row is None:
            row = CoursePoint(target=line.target, on=line.on)
        else:
            _check_newer(row, decision)
            was = {"target": line.target.key, "on": str(row.on), "value": str(row.value)}
            replaced.append(was | {"decision": row.decision.number})
        row.value, row.decision = line.value, decision
        row.demonstration = decision.demonstration
        fitted(row, str(line.target)).save()
    return replaced


def _check_newer(row: CoursePoint, decision: Decision) -> None:
    if row.demonstration != decision.demonstration:
        raise Refused(
            _("指标“{target}”在{on}已有{number}的计划值，演示与正式的计划不能互相替换。").format(
                target=row.target, on=row.on, number=row.decision.number
            )
        )
    if row.decision.decided_on > decision.decided_on:
        raise Refused(
            _("指标“{target}”在{on}的计划值已由较晚的{number}确定，不能由较早的决定改动。").format(
                target=row.target, on=row.on, number=row.decision.number
            )
        )
