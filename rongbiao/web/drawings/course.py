"""Courses (轨迹): actual, planned and forecast over time, as a drawing that needs no JavaScript."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 18, 28
STEPS = (1, 2, 2.5, 5, 10)

Point = tuple[date, float]


@dataclass(frozen=True)
class Course:
    """Three lines and a target, all in the unit of the figure."""

    actual: Sequence[Point]
    planned: Sequence[Point]
    forecast: tuple[Point, float, float] | None  # (day, middle), low, high
    target: float


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Return round numbers that span a range."""
    span = max(high - low, 1e-9) / count
    size = 10 ** (len(str(int(span))) - 1) if span >= 1 else 1
    step = next((size * s for s in STEPS if size * s >= span), size * 10)
    first = int(low // step)
    marks = [first * step]
    while marks[-1] < high:
        marks.append(marks[-1] + step)
    return marks


def draw(course: Course, words: str) -> SafeString:
    """Draw a course; ``words`` is what a listener hears instead."""
    days = [day for day, _value in (*course.actual, *course.planned)]
    values = [value for _day, value in (*course.actual, *course.planned)] + [course.target]
    if course.forecast:
        (day, _middle), low, high = course.forecast
        days.append(day)
        values += [low, high]
    if not days:
        return SafeString("")
    first, last = min(days), max(days)
    marks = ticks(min(values), max(values))

    def x(day: date) -> float:
        return LEFT + (day - first).days / max((last - first).days, 1) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        share = (value - marks[0]) / max(marks[-1] - marks[0], 1e-9)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    def path(points: Sequence[Point]) -> str:
        return " ".join(f"{x(day):.1f},{y(value):.1f}" for day, value in sorted(points))

    axis = format_html_join(
        "",
        '<path class="c-grid" d="M{} {}H{}"/><text class="c-tick" x="{}" y="{}" '
        'text-anchor="end">{}</text>',
        (
            (LEFT, f"{y(mark):.1f}", WIDTH - RIGHT, LEFT - 8, f"{y(mark) + 4:.1f}", f"{mark:g}")
            for mark in marks
        ),
    )
    years = range(first.year, last.year + 1)
    below = format_html_join(
        "",
        '<text class="c-tick" x="{}" y="{}" text-anchor="{}">{}</text>',
        (
            (f"{x(max(date(year, 1, 1), first)):.1f}", HEIGHT - 8, "start", year)
            for year in years
            if (last - max(date(year, 1, 1), first)).days > 30  # noqa: PLR2004 — room for a label
        ),
    )
    lines = [format_html('<polyline class="c-planned" points="{}"/>', path(course.planned))]
    if course.forecast and course.actual:
        (day, middle), low, high = course.forecast
        start = max(course.actual)
        band = f"{path([start])} {x(day):.1f},{y(high):.1f} {x(day):.1f},{y(low):.1f}"
        lines.append(format_html('<polygon class="c-band" points="{}"/>', band))
        points = path([start, (day, middle)])
        lines.append(format_html('<polyline class="c-forecast" points="{}"/>', points))
    lines.append(format_html('<polyline class="c-actual" points="{}"/>', path(course.actual)))
    goal = y(course.target)
    lines.append(format_html('<path class="c-target" d="M{} {}H{}"/>', LEFT, goal, WIDTH - RIGHT))
    return format_html(
        '<svg class="course" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        words,
        axis,
        below,
        SafeString("".join(lines)),
    )
