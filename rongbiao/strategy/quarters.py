"""Reporting periods (填报期): laid out for a whole plan, moved by the office on a ground."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from rongbiao.parties import journal
from rongbiao.parties.fitting import fitted
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.parties.rules import table

from . import who
from .models import Assignment, Plan, Quarter

MONTHS = 3
LAST = 4


def bounds(year: int, number: int) -> tuple[date, date]:
    """Return first and last day of a quarter."""
    first = date(year, (number - 1) * MONTHS + 1, 1)
    following = date(year + number // LAST, number % LAST * MONTHS + 1, 1)
    return first, following - timedelta(days=1)


def lay(plan: Plan) -> list[Quarter]:
    """Lay out every quarter that ends within the plan's period; what is there stays.

    A quarter in which the plan has run for less than a month is left out: nothing
    could have been done in it. Days come from the table “reporting”.
    """
    laid: list[Quarter] = []
    year, number = plan.since.year, (plan.since.month - 1) // MONTHS + 1
    while True:
        first, last = bounds(year, number)
        if first > plan.until:
            return laid
        ends = min(last, plan.until)
        law = table("reporting").at(first)
        if (ends - max(first, plan.since)).days + 1 >= law.shortest_quarter:
            quarter, _new = Quarter.objects.get_or_create(
                plan=plan,
                year=year,
                number=number,
                defaults={
                    "starts_on": max(first, plan.since),
                    "ends_on": ends,
                    "opens_on": ends - timedelta(days=law.opens_days_before_end),
                    "due_on": ends + timedelta(days=law.due_days_after_end),
                    "basis": "平台默认，待联席会议办公室确定",
                },
            )
            laid.append(quarter)
        year, number = year + number // LAST, number % LAST + 1


def due_for(unit: Organization | None, day: date) -> list[Quarter]:
    """Return the quarters that are not yet due on a day, the next first.

    Of a ``unit`` only those on whose last day it has an assignment of the plan; one query.
    """
    rows = Quarter.objects.filter(due_on__gte=day).select_related("plan").order_by("due_on", "pk")
    if unit is not None:
        mine = Assignment.objects.filter(
            Q(since=None) | Q(since__lte=OuterRef("ends_on")),
            Q(until=None) | Q(until__gte=OuterRef("ends_on")),
            task__plan=OuterRef("plan"),
            organization=unit,
        )
        rows = rows.filter(Exists(mine))
    return list(rows)


def current(plan: Plan, day: date) -> Quarter | None:
    """Return the quarter that pages show on a day: the last that has opened, else the first."""
    opened = plan.quarters.filter(opens_on__lte=day).order_by("-year", "-number").first()
    return opened or plan.quarters.order_by("year", "number").first()


@transaction.atomic
def move(
    quarter: Quarter, opens_on: date, due_on: date, basis: str, *, actor: Post, day: date
) -> Quarter:
    """Set when a quarter opens and is due; refused without a ground or out of order."""
    who.ask_officer(actor, day, _("填报期由联席会议办公室经办人调整。"))
    if not basis.strip():
        raise Refused(_("调整填报期应写明依据。"))
    Plan.objects.select_for_update().get(pk=quarter.plan_id)  # its quarters are compared
    row = Quarter.objects.select_related("plan").get(pk=quarter.pk)
    _check_order(row, opens_on, due_on)
    was = {"opens_on": str(row.opens_on), "due_on": str(row.due_on), "basis": row.basis}
    row.opens_on, row.due_on, row.basis = opens_on, due_on, basis.strip()
    fitted(row).save(update_fields=["opens_on", "due_on", "basis"])
    now = {"opens_on": str(opens_on), "due_on": str(due_on), "basis": row.basis}
    journal.write(actor, "move", row, day=day, was=was, now=now)
    return row


def _check_order(row: Quarter, opens_on: date, due_on: date) -> None:
    if due_on < opens_on:
        raise Refused(
            _("截止日{due}早于开放日{opens}，请核对。").format(due=due_on, opens=opens_on)
        )
    if opens_on < row.starts_on:
        raise Refused(
            _("开放日{opens}早于季度初{starts}，还没有可报的进展。").format(
                opens=opens_on, starts=row.starts_on
            )
        )
    if due_on < row.ends_on:
        raise Refused(
            _("截止日{due}早于季度末{ends}，单位还没有做完就要报。").format(
                due=due_on, ends=row.ends_on
            )
        )
    for other in row.plan.quarters.exclude(pk=row.pk):
        before = (other.year, other.number) < (row.year, row.number)
        if before and opens_on <= other.opens_on:
            raise Refused(
                _("开放日{opens}不晚于上一期{other}的开放日{day}。").format(
                    opens=opens_on, other=other, day=other.opens_on
                )
            )
        if not before and opens_on >= other.opens_on:
            raise Refused(
                _("开放日{opens}不早于下一期{other}的开放日{day}。").format(
                    opens=opens_on, other=other, day=other.opens_on
                )
            )
