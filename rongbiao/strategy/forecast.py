"""Forecasts (预测): where a count will stand at the end of its period, with an 80 % interval.

Method: the mean of the monthly increments of the last twelve months goes on; the
interval widens with the square root of the months left, by the spread of those
increments (normal approximation, 80 %: ±1.2816 standard deviations).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import fmean, stdev

from django.utils.translation import gettext_lazy as _

NORMAL_80 = 1.2816  # standard normal quantile of 0.9
WINDOW = 12  # months looked back on
FEWEST = 6  # months without which nothing is forecast
METHOD = _("近12个月月均增量外推，区间为80%（按月增量的离散程度随剩余月数扩大）")


@dataclass(frozen=True, slots=True)
class Forecast:
    """The end of the period: middle, and the bounds of the 80 % interval."""

    low: float
    middle: float
    high: float
    method: str


def forecast(series: Sequence[tuple[date, float]], until: date) -> Forecast | None:
    """Return the forecast for ``until`` of a cumulated monthly series, or None with too few months.

    ``series`` holds (month end, value) in order of time; its last point is today's.
    """
    if len(series) <= FEWEST:
        return None
    values = [value for _day, value in series[-WINDOW - 1 :]]
    steps = [later - earlier for earlier, later in zip(values, values[1:], strict=False)]
    last_day, last = series[-1]
    left = max((until - last_day).days, 0) / 30.4375
    middle = last + fmean(steps) * left
    spread = NORMAL_80 * stdev(steps) * sqrt(left)
    floor = last if min(steps) >= 0 else 0.0  # what only grows does not fall back
    return Forecast(
        low=round(max(middle - spread, floor)),
        middle=round(max(middle, floor)),
        high=round(max(middle + spread, floor)),
        method=str(METHOD),
    )
