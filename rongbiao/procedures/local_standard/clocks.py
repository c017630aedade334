"""The clock of a local standard (制定周期): from the plan notice to the publication.

The policy target is twelve months (Opinion 榕政综〔2023〕157号); the plan names a day of
its own. The forecast adds to this day what each stage still to come usually takes: the
median of past projects, or the least that the law wants, where there is no past.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from rongbiao.cases.models import Case
from rongbiao.law import NoSuchRule
from rongbiao.law.periods import months_after
from rongbiao.stages.kinds import Consultation, Notice
from rongbiao.stages.stays import Course, Stay, usual_days

FIRST, LAST = "plan", "approval"


def course(
    stays: Sequence[Stay],
    day: date,
    *,
    path: Sequence[str],
    usual: Mapping[str, int],
    least: Mapping[str, int],
    **known: Any,
) -> Course | None:
    """Return the course of a project, or None before its plan was published.

    ``path``: the stages in order; ``usual`` and ``least``: days a stage usually takes, and
    takes by law at least; ``known``: limit, law and promised day as the course shows them.
    """
    planned = next(
        (stay for stay in stays if stay.stage == FIRST and stay.action == "approve"), None
    )
    if planned is None or planned.until is None:
        return None
    since = planned.until
    running = [stay for stay in stays[stays.index(planned) + 1 :] if stay.stage in path]
    for place, stay in enumerate(running):
        if stay.stage == LAST and stay.action == "approve" and stay.until:
            parts = tuple(running[: place + 1])
            return Course(since, parts, ended=True, finish=stay.until, sure=True, **known)
    if not running or running[-1].until is not None:  # stopped on the way
        last = max((stay.until for stay in running if stay.until), default=since)
        return Course(since, tuple(running), ended=True, finish=last, sure=True, **known)
    now = running[-1]
    ahead = path[path.index(now.stage) : path.index(LAST) + 1] if now.stage in path else ()
    left, sure = 0, True
    for stage in ahead:
        days = usual.get(stage, least.get(stage))
        sure = sure and days is not None
        gone = now.days(day) if stage == now.stage else 0
        left += max((days or 0) - gone, 0)
    finish = day + timedelta(days=left)
    return Course(since, tuple(running), ended=False, finish=finish, sure=sure, **known)


def course_of(case: Case, stays: Sequence[Stay], day: date) -> Course | None:
    """Return the course of a project as its dossier tells it; four queries at most."""
    told = case.entries.filter(Q(stage_key=FIRST, action_key="approve") | Q(action_key="change"))
    planned = None
    promised = ""
    for entry in told.order_by("seq"):
        planned = entry.day if entry.action_key == "approve" else planned
        promised = entry.answers.get("finish_on") or promised
    if planned is None:
        return None
    limit, law = _limit(case, planned)
    return course(
        stays,
        day,
        path=[stage.key for stage in case.procedure.stages],
        usual=usual_days(case.procedure),
        least=_least(case),
        limit=limit,
        law=law,
        promised=date.fromisoformat(promised) if promised else None,
    )


def _limit(case: Case, planned: date) -> tuple[date | None, str]:
    """Return the day by which the policy wants the standard published, and who says so."""
    try:
        months = int(case.law.policy_months)
    except NoSuchRule:
        return None, ""
    source = case.law.rules["policy_months"].at(case.opened_on).source
    return months_after(planned, months), source


def _least(case: Case) -> dict[str, int]:
    """Return the days that the law itself gives to stages that must run their time."""
    return {
        stage.key: int(getattr(case.law, stage.rule))
        for stage in case.procedure.stages
        if stage.rule and isinstance(stage, Consultation | Notice)
    }
