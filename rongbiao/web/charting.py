"""Charting (作图): figures and series of the strategy floor as drawings with their tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongbiao.strategy import course as courses
from rongbiao.strategy import figures
from rongbiao.strategy.figures import Figure
from rongbiao.strategy.models import Target
from rongbiao.strategy.spread import UNKNOWN, Spread
from rongbiao.web.drawings.bullet import Bar, bullet
from rongbiao.web.drawings.course import Course, data, draw
from rongbiao.web.drawings.spread import Column, Line, columns
from rongbiao.web.templatetags.rb import figure as written
from rongbiao.web.templatetags.rb import local, zhdate


@dataclass(frozen=True)
class Row:
    """One target as a row with its bar."""

    figure: Figure
    bar: SafeString
    note: str


@dataclass(frozen=True)
class Trajectory:
    """One target over time: its drawing, the data of the live chart, and the table of both."""

    figure: Figure
    drawing: SafeString
    data: dict[str, Any]
    table: list[tuple[date, float, float | None]]
    decided: bool


def bar(figure: Figure) -> SafeString:
    """Draw a figure's bar with what a listener hears."""
    target, ahead = figure.target, figure.forecast
    value = None if figure.value is None else float(figure.value)
    words = _("%(name)s：现值 %(value)s，目标 %(goal)s %(unit)s，%(state)s") % {
        "name": local(target),
        "value": written(figure.value),
        "goal": written(target.value),
        "unit": target.unit_label,
        "state": figure.judgement,
    }
    drawn = Bar(
        value=value,
        target=float(target.value),
        planned=figure.planned,
        low=ahead.low if ahead else None,
        high=ahead.high if ahead else None,
    )
    return bullet(drawn, words)


def note(figure: Figure) -> str:
    """Return what stands under the judgement: the forecast, or what is missing."""
    unit = figure.target.unit_label
    if figure.value is None:
        return _("名录尚无数据")
    if figure.forecast:
        ahead = figure.forecast
        return _("预测期末 %(middle)s %(unit)s（%(low)s—%(high)s）") % {
            "middle": written(ahead.middle),
            "low": written(ahead.low),
            "high": written(ahead.high),
            "unit": unit,
        }
    if figure.gap:
        over = figure.target.direction == Target.Direction.AT_MOST
        words = _("超出 %(gap)s %(unit)s") if over else _("差 %(gap)s %(unit)s")
        return words % {"gap": written(figure.gap), "unit": unit}
    return _("截至 %(day)s") % {"day": zhdate(figure.day)}


def bars_by_section(measured: Sequence[Figure]) -> list[tuple[str, list[Row]]]:
    """Return the rows of all targets under the headings that the office gave."""
    sections: dict[str, list[Row]] = {}
    for figure in measured:
        row = Row(figure, bar(figure), note(figure))
        sections.setdefault(figure.target.section, []).append(row)
    return list(sections.items())


def trajectory(figure: Figure) -> Trajectory:
    """Return a target's course over time up to the figure's day."""
    target = figure.target
    known = figures.series(target, figure.day)
    decided = figures.decided_course(target)
    start = known[0][1] if known and target.basis == Target.Basis.TOTAL else 0.0
    planned = courses.points(target, start, decided)
    ahead = None
    if figure.forecast:
        fore = figure.forecast
        ahead = ((target.plan.until, fore.middle), fore.low, fore.high)
    drawn = Course(
        actual=known,
        planned=planned,
        forecast=ahead,
        target=float(target.value),
        unit=target.unit_label,
    )
    table = [(day, value, courses.planned(planned, day)) for day, value in known]
    words = _("%(name)s逐月轨迹") % {"name": target.name}
    return Trajectory(figure, draw(drawn, words), data(drawn), table, bool(decided))


@dataclass(frozen=True)
class Histogram:
    """The spread behind a mean: its drawing, and its table of (months, how many, over, address)."""

    spread: Spread
    drawing: SafeString
    table: list[tuple[str, int, bool, str]]
    all_rows: str
    unknown_rows: str


def histogram(spread: Spread) -> Histogram:
    """Return the drawing and the table of a spread; every figure in them opens its rows."""
    figure = spread.figure
    address = f"{figure.target.get_absolute_url()}?asof={figure.day}"

    def rows(asked: object = "") -> str:
        return f"{address}&cycle={asked}#rows" if asked else f"{address}#rows"

    table = [
        (_took(month.number, longest=month.longest), month.count, month.over, rows(month.number))
        for month in spread.months
    ]
    drawn = [
        Column(
            month.number,
            month.count,
            month.over,
            href,
            _("%(span)s个月：%(n)s 项") % {"span": span, "n": count},
        )
        for month, (span, count, _over, href) in zip(spread.months, table, strict=True)
    ]
    mean, cap = float(figure.value or 0), float(figure.target.value)
    drawing = columns(
        drawn,
        Line(mean, _("平均 %(value)s") % {"value": written(figure.value)}),
        Line(cap, _("上限 %(value)s 个月") % {"value": written(figure.target.value)}),
        _("制定周期分布：%(n)s 项，平均 %(mean)s 个月，%(over)s 项超过 %(cap)s 个月")
        % {
            "n": spread.total,
            "mean": written(figure.value),
            "over": spread.over,
            "cap": written(figure.target.value),
        },
    )
    return Histogram(spread, drawing, table, rows(), rows(UNKNOWN))


def _took(number: int, *, longest: bool) -> str:
    """Return how long a month of the spread stands for: 11—12."""
    return f"> {number - 1}" if longest else f"{number - 1}—{number}"
