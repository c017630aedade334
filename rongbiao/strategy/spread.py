"""The spread (分布): how long each row of a mean took, counted by month.

A month n holds what took more than n−1 and at most n months, so that the cap of a
target always falls between two months. Days become months as in the measure.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet

from .figures import Figure, rows
from .measures import YEAR_DAYS, YEAR_MONTHS, months

MOST = 24  # months that are told apart; what took longer stands in one more
UNKNOWN = "none"  # rows without a day on which they were planned


@dataclass(frozen=True)
class Month:
    """One month of the spread: how many rows took so long, and whether that is too long."""

    number: int
    count: int
    over: bool

    @property
    def longest(self) -> bool:
        """Whether this one holds everything that took longer than can be told apart."""
        return self.number > MOST


@dataclass(frozen=True)
class Spread:
    """The rows of a mean by month, with the mean and the cap that the target sets."""

    figure: Figure
    months: list[Month]
    unknown: int

    @property
    def total(self) -> int:
        """How many rows the mean is of."""
        return sum(month.count for month in self.months)

    @property
    def over(self) -> int:
        """How many rows took longer than the cap."""
        return sum(month.count for month in self.months if month.over)


def month_of(start: date, end: date) -> int:
    """Return the month in which a span falls; the same day is the first."""
    return min(max(ceil(months(start, end)), 1), MOST + 1)


def spread(figure: Figure) -> Spread | None:
    """Return the spread behind a figure that is a mean; None for a count or without rows."""
    counted = rows(figure.target, figure.day)
    if counted is None or figure.measure is None or not figure.measure.mean:
        return None
    spans = list(counted.prefetch_related(None).order_by().values_list("planned_on", "issued_on"))
    found = Counter(month_of(start, end) for start, end in spans if start)
    if not found:
        return None
    cap = figure.target.value
    reach = range(min(found), max(*found, min(ceil(cap), MOST)) + 1)
    return Spread(
        figure=figure,
        months=[Month(number, found[number], Decimal(number) > cap) for number in reach],
        unknown=sum(1 for start, _end in spans if not start),
    )


def in_month(counted: QuerySet, asked: str) -> QuerySet:
    """Return the rows of one month of a spread, or those that have no month (``none``)."""
    if asked == UNKNOWN:
        return counted.filter(planned_on__isnull=True)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= len("25") else 0
    if not 1 <= number <= MOST + 1:
        return counted.none()
    took = ExpressionWrapper(F("issued_on") - F("planned_on"), output_field=DurationField())
    spanned = counted.filter(planned_on__isnull=False).annotate(took=took)
    if number > 1:
        spanned = spanned.filter(took__gt=_days(number - 1))
    return spanned if number > MOST else spanned.filter(took__lte=_days(number))


def _days(number: int) -> timedelta:
    """Return the most whole days that are not more than so many months."""
    return timedelta(days=number * YEAR_DAYS // YEAR_MONTHS)
