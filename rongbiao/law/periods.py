"""Periods (期限): on which day a period of law ends.

The counting rule is that of the Civil Code, arts. 201 to 203 (民法典第二百零一条至第二百零三条;
both the table ``counting`` and the page /law/ give its words): the day of the event is not
counted; a period of months or years ends on the same day of the last month, or on that
month's last day where there is none; a last day on which offices rest moves to the next
working day. The Code rules civil periods; the platform counts statutory periods of
administration alike where their own law says nothing else.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .rules import Unit

if TYPE_CHECKING:
    from .rules import Value
    from .workdays import Calendar


@dataclass(frozen=True, slots=True)
class End:
    """The last day of a period; ``sure`` is false where ``why`` tells what is not known yet."""

    day: date
    sure: bool = True
    why: str = ""


def months_after(day: date, months: int) -> date:
    """Return the same day some months on, or the last of the month where there is none.

    >>> months_after(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def ends(start: date, value: Value, calendar: Calendar) -> End:
    """Return the last day of a period that an event on ``start`` sets running.

    Raises ValueError when the value is not a period.
    """
    if value.unit is Unit.WORKING_DAYS:
        last = calendar.add(start, value.value)
        return _end(start + timedelta(days=1), last, calendar)
    if value.unit is Unit.DAYS:
        last = start + timedelta(days=value.value)
    elif value.unit is Unit.MONTHS:
        last = months_after(start, value.value)
    elif value.unit is Unit.YEARS:
        last = months_after(start, value.value * 12)
    else:
        raise ValueError(f"“{value.name}”（{value.amount}）不是期限。")
    return _end(last, calendar.next_working(last), calendar)


def _end(first: date, last: date, calendar: Calendar) -> End:
    """Return an end that rests on the standing of each day from ``first`` to ``last``."""
    day = first
    while day <= last:
        if not calendar.sure(day):
            return End(last, sure=False, why=_why(day, calendar))
        day += timedelta(days=1)
    return End(last)


def _why(day: date, calendar: Calendar) -> str:
    year = day.year if not calendar.known(day.year) else day.year + 1
    lead = "" if year == day.year else f"{day.year}年末几天是否调休要看{year}年的安排，而"
    return f"{lead}{year}年的放假安排尚未录入，期限暂按周一至周五为工作日推算，录入后可能变动。"
