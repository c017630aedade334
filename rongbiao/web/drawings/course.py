"""Courses (轨迹): actual, planned and forecast over time, as a drawing that needs no JavaScript.

``rb/charts.js`` may replace the drawing with one that answers to the pointer; it
draws from ``data``, which holds the same numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongbiao.web.drawings.scales import between, plain, ticks
from rongbiao.web.languages import shown

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 58, 92, 24, 30
HALF_YEARS = 3  # courses up to this many years name July as well

Point = tuple[date, float]


def names() -> dict[str, str]:
    """Return the words beside the lines, in the language of the page."""
    return {"now": _("现值"), "plan": _("计划轨迹"), "forecast": _("预测"), "target": _("目标")}


@dataclass(frozen=True)
class Course:
    """Three lines and a target, all in the unit of the figure.

    ``forecast`` is ((day, middle), low, high) at the end of the period.
    """

    actual: Sequence[Point]
    planned: Sequence[Point]
    forecast: tuple[Point, float, float] | None
    target: float
    unit: str = ""
    words: dict[str, str] = field(default_factory=names)

    @property
    def fan(self) -> list[tuple[date, float, float, float]]:
        """The forecast as (day, low, middle, high), joined to the last amount counted."""
        if not self.forecast or not self.actual:
            return []
        start, now = max(self.actual)
        (end, middle), low, high = self.forecast
        return [(start, now, now, now), (end, low, middle, high)]


def data(course: Course) -> dict:
    """Return the numbers of a course for ``json_script``; days are ISO, amounts floats."""

    def line(points: Sequence[Point]) -> list[list]:
        return [[day.isoformat(), float(value)] for day, value in sorted(points)]

    sheet = Sheet(course)
    return {
        "actual": line(course.actual),
        "planned": line(course.planned),
        "fan": [[day.isoformat(), *map(float, row)] for day, *row in course.fan],
        "target": float(course.target),
        "unit": shown(course.unit),
        "words": {key: shown(word) for key, word in course.words.items()},
        "axis": [sheet.marks[0], sheet.marks[-1], sheet.marks[1] - sheet.marks[0]],
    }


class Sheet:
    """The surface: where a day and an amount stand on it."""

    def __init__(self, course: Course) -> None:
        points = [*course.actual, *course.planned]
        amounts = [float(value) for _day, value in points] + [float(course.target)]
        amounts += [float(value) for _day, *row in course.fan for value in row]
        self.days = [day for day, _value in points] + [day for day, *_row in course.fan]
        never = date.min  # an empty course is not drawn at all
        self.first, self.last = min(self.days, default=never), max(self.days, default=never)
        self.marks = ticks(min(amounts), max(amounts))

    def x(self, day: date) -> float:
        whole = max((self.last - self.first).days, 1)
        return round(LEFT + (day - self.first).days / whole * (WIDTH - LEFT - RIGHT), 1)

    def y(self, amount: float) -> float:
        low, high = self.marks[0], self.marks[-1]
        return round(TOP + (high - float(amount)) / (high - low) * (HEIGHT - TOP - BOTTOM), 1)

    def path(self, points: Sequence[Point]) -> str:
        return " ".join(f"{plain(self.x(day))},{plain(self.y(v))}" for day, v in sorted(points))


def draw(course: Course, words: str) -> SafeString:
    """Draw a course; ``words`` is what a listener hears instead. Nothing to draw: nothing."""
    sheet = Sheet(course)
    if not sheet.days:
        return SafeString("")
    parts = (
        _grid(sheet),
        _months(sheet),
        _fan(course, sheet),
        _target(course, sheet),
        _planned(course, sheet),
        _actual(course, sheet),
    )
    return format_html(
        '<svg class="course" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        HEIGHT,
        words,
        SafeString("".join(parts)),
    )


def _grid(sheet: Sheet) -> SafeString:
    """Draw a line across for every round amount."""
    return format_html_join(
        "",
        '<path class="c-grid" d="M{} {}H{}"/><text class="c-tick" x="{}" y="{}" '
        'text-anchor="end">{}</text>',
        (
            (LEFT, sheet.y(mark), WIDTH - RIGHT, LEFT - 8, sheet.y(mark) + 4, plain(mark))
            for mark in sheet.marks
        ),
    )


def _months(sheet: Sheet) -> SafeString:
    """Name the years, and the Julys where there is room, below the drawing."""
    years = range(sheet.first.year, sheet.last.year + 1)
    months = (1, 7) if len(years) <= HALF_YEARS else (1,)
    days = [date(year, month, 1) for year in years for month in months]
    return format_html_join(
        "",
        '<text class="c-tick" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (sheet.x(day), HEIGHT - 9, day.year if day.month == 1 else f"{day.year}.{day.month}")
            for day in days
            if sheet.first <= day <= sheet.last
        ),
    )


def _fan(course: Course, sheet: Sheet) -> str:
    """Draw the forecast: its interval as an area, its middle as dots, its end named."""
    fan = course.fan
    if not fan:
        return ""
    around = [(day, high) for day, _low, _middle, high in fan]
    back = [(day, low) for day, low, _middle, _high in reversed(fan)]
    points = " ".join(f"{plain(sheet.x(day))},{plain(sheet.y(v))}" for day, v in around + back)
    end, _low, middle, _high = fan[-1]
    return format_html(
        '<polygon class="c-band" points="{}"/><polyline class="c-forecast" points="{}"/>'
        '<text class="c-name c-name-forecast" x="{}" y="{}">{} {}</text>',
        points,
        sheet.path([(day, middle) for day, _low, middle, _high in fan]),
        sheet.x(end) + 6,
        sheet.y(middle) + 5,
        course.words["forecast"],
        plain(middle),
    )


def _target(course: Course, sheet: Sheet) -> SafeString:
    """Draw the target across, named at its left end."""
    y = sheet.y(course.target)
    return format_html(
        '<path class="c-target" d="M{} {}H{}"/>'
        '<text class="c-name c-name-target" x="{}" y="{}">{} {}{}</text>',
        LEFT,
        y,
        WIDTH - RIGHT,
        LEFT + 4,
        y - 6,
        course.words["target"],
        plain(course.target),
        f" {course.unit}" if course.unit else "",
    )


def _planned(course: Course, sheet: Sheet) -> SafeString | str:
    """Draw the planned course, named about a third along it."""
    points = sorted(course.planned)
    if not points:
        return ""
    (since, low), (until, high) = points[0], points[-1]
    day = since + (until - since) / 3
    x, y = sheet.x(day), sheet.y(float(low) + (float(high) - float(low)) / 3)
    return format_html(
        '<polyline class="c-planned" points="{}"/>'
        '<text class="c-name" x="{}" y="{}" text-anchor="end">{}</text>',
        sheet.path(points),
        max(x - 8, LEFT + 64),
        between(y - 8, TOP, HEIGHT - BOTTOM),
        course.words["plan"],
    )


def _actual(course: Course, sheet: Sheet) -> SafeString | str:
    """Draw what was counted, its last amount named."""
    if not course.actual:
        return ""
    day, value = max(course.actual)
    return format_html(
        '<polyline class="c-actual" points="{}"/><circle class="c-last" cx="{}" cy="{}" r="4.5"/>'
        '<text class="c-name c-name-now" x="{}" y="{}">{} {}</text>',
        sheet.path(course.actual),
        sheet.x(day),
        sheet.y(value),
        sheet.x(day) + 4,
        between(sheet.y(value) + 20, TOP + 12, HEIGHT - BOTTOM - 4),
        course.words["now"],
        plain(value),
    )
