"""The planned course (计划进度): where a target should stand on a day."""

from collections.abc import Sequence
from datetime import date

from .models import Target

Point = tuple[date, float]


def points(target: Target, start: float, decided: Sequence[Point]) -> list[Point]:
    """Return the course as points: from the start, over what decisions set, to the target.

    Without a decision it is a straight line, and pages say so. An upper limit has no course.
    """
    if target.direction == Target.Direction.AT_MOST:
        return []
    plan = target.plan
    ends = [] if decided and decided[-1][0] >= plan.until else [(plan.until, float(target.value))]
    return [(plan.since, start), *decided, *ends]


def planned(course: Sequence[Point], day: date) -> float | None:
    """Return where a course stands on a day, between its points in a straight line."""
    if not course or day < course[0][0]:
        return None
    for (start, low), (end, high) in zip(course, course[1:], strict=False):
        if start <= day <= end:
            run = (day - start).days / max((end - start).days, 1)
            return low + (high - low) * run
    return course[-1][1]
