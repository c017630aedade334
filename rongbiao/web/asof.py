"""As of (数据截至): which plan, which day and which quarter a page shows, from its address."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from rongbiao.strategy import quarters
from rongbiao.strategy.models import Plan, Quarter


@dataclass(frozen=True)
class View:
    """What a page shows. ``plan`` is None only in an installation without any plan."""

    plan: Plan
    plans: list[Plan]
    day: date
    quarter: Quarter
    quarters: list[Quarter]
    settled: bool


def view_of(request: HttpRequest, key: str = "") -> View:
    """Return what ``?plan=``, ``?asof=`` and ``?quarter=`` ask for; 404 with a sentence if there is none.

    Without ``asof`` it is today, or the last day of a plan whose period is over (收官).
    """
    plans = list(Plan.objects.all())
    if not plans:
        nothing: Any = None  # pages ask for a plan before they show one
        return View(nothing, [], timezone.localdate(), nothing, [], settled=False)
    plan = _plan(plans, key or request.GET.get("plan", ""))
    every = list(plan.quarters.order_by("year", "number"))
    # A plan that is over is shown as it stood when its last reports were due.
    last = max([plan.until, *(quarter.due_on for quarter in every[-1:])])
    day = _day(request.GET.get("asof", ""), plan, min(timezone.localdate(), last))
    quarter = _quarter(every, request.GET.get("quarter", "")) or quarters.current(plan, day)
    settled = day >= plan.until
    return View(plan, plans, day, cast("Quarter", quarter), every, settled)


def _plan(plans: list[Plan], key: str) -> Plan:
    if not key:
        return plans[0]
    found = next((plan for plan in plans if plan.key == key), None)
    if found is None:
        raise Http404(_("没有这一规划代次，请从“规划代次”页进入。"))
    return found


def _day(text: str, plan: Plan, default: date) -> date:
    if not text:
        return default
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404(_("数据截至日期无法识别，应写作 2025-09-30。")) from None
    if day > timezone.localdate():
        raise Http404(_("数据截至日期还没有到。"))
    if day < plan.since:
        raise Http404(_("数据截至日期早于规划起始日。"))
    return day


def _quarter(every: list[Quarter], key: str) -> Quarter | None:
    if not key:
        return None
    found = next((quarter for quarter in every if quarter.key == key), None)
    if found is None:
        raise Http404(_("没有这一填报期，应写作 2025Q3。"))
    return found
