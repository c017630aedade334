"""Figures (现值): where every target of a plan stands on a day, and how that is judged."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from rongbiao.standards.models import Standard

from .course import planned as planned_on
from .course import points
from .forecast import Forecast, forecast
from .measures import MEASURES, Measure, entering, mean_months
from .models import CoursePoint, Plan, Target

Point = tuple[date, float]
CLOSE = Decimal("1.1")  # an upper limit missed by no more than a tenth is tight, not short
NEAR = 0.9  # without a forecast: this share of the planned course is tight, less is short
STATES = {
    "reached": _("已达成"),
    "on_course": _("可达成"),
    "tight": _("偏紧"),
    "short": _("有缺口"),
    "done": _("完成"),
    "missed": _("未完成"),
}
TONES = {
    "reached": "ok",
    "on_course": "ok",
    "done": "ok",
    "tight": "warn",
    "short": "bad",
    "missed": "bad",
}


@dataclass(frozen=True)
class Figure:
    """One target on one day."""

    target: Target
    value: Decimal | None
    day: date
    planned: float | None
    baseline: Decimal | None
    state: str
    settled: bool
    forecast: Forecast | None
    gap: Decimal | None  # what is missing, or what is too much; 0 when it is reached

    @property
    def judgement(self) -> Any:
        """The word for the state."""
        return STATES[self.state]

    @property
    def tone(self) -> str:
        """The status color of the state."""
        return TONES[self.state]

    @property
    def measure(self) -> Measure | None:
        """How the target is counted, or None while nobody has said."""
        return MEASURES.get(self.target.measure)


def measure_of(target: Target) -> Measure | None:
    """Return how a target is counted, or None while nobody has said."""
    return MEASURES.get(target.measure)


def period_end(plan: Plan, day: date) -> date:
    """Return the day as of which a plan's figures are counted: never after its end."""
    return min(day, plan.until)


def figures(plan: Plan, day: date) -> list[Figure]:
    """Return every target of a plan as of a day; as many queries as targets and two more."""
    targets = list(plan.targets.select_related("plan"))
    decided = defaultdict(list)
    rows = CoursePoint.objects.filter(target__plan=plan).order_by("on")
    for pk, on, value in rows.values_list("target", "on", "value"):
        decided[pk].append((on, float(value)))
    return [_figure(target, day, decided[target.pk]) for target in targets]


def figure(target: Target, day: date) -> Figure:
    """Return one target as of a day."""
    return _figure(target, day, decided_course(target))


def decided_course(target: Target) -> list[Point]:
    """Return the points of the planned course that decisions set."""
    rows = target.course.order_by("on").values_list("on", "value")
    return [(on, float(value)) for on, value in rows]


def _figure(target: Target, day: date, decided: Sequence[Point]) -> Figure:
    plan = target.plan
    until = period_end(plan, day)
    settled = plan.settled_on(day) or day == plan.until
    known = series(target, until)
    value = Decimal(str(known[-1][1])) if known else None
    start = known[0][1] if known and target.basis == Target.Basis.TOTAL else 0.0
    course = points(target, start, decided)
    at = planned_on(course, until)
    ahead = None
    if not settled and target.direction == Target.Direction.AT_LEAST:
        ahead = forecast(known, plan.until)
    return Figure(
        target=target,
        value=value,
        day=until,
        planned=at,
        baseline=target.baseline,
        state=_state(target, value, at, ahead, settled=settled),
        settled=settled,
        forecast=ahead,
        gap=_gap(target, value),
    )


def _state(  # noqa: PLR0911 — one rule after the other, as the page tells them
    target: Target,
    value: Decimal | None,
    at: float | None,
    ahead: Forecast | None,
    *,
    settled: bool,
) -> str:
    goal = target.value
    capped = target.direction == Target.Direction.AT_MOST
    met = value is not None and (value <= goal if capped else value >= goal)
    if settled:
        return "done" if met else "missed"
    if met:
        return "on_course" if capped else "reached"
    if value is None:
        return "short"
    if capped:
        return "tight" if value <= goal * CLOSE else "short"
    if ahead:
        if ahead.middle >= goal:
            return "on_course"
        return "tight" if ahead.high >= goal else "short"
    if at is None or float(value) >= at:
        return "on_course"
    return "tight" if float(value) >= at * NEAR else "short"


def _gap(target: Target, value: Decimal | None) -> Decimal | None:
    if value is None:
        return None
    capped = target.direction == Target.Direction.AT_MOST
    return max(value - target.value if capped else target.value - value, Decimal(0))


def month_ends(since: date, until: date) -> list[date]:
    """Return the day before the period, every month's end within it, and its last day."""
    ends = [since - timedelta(days=1)]
    year, month = since.year, since.month
    while True:
        year, month = year + month // 12, month % 12 + 1
        end = date(year, month, 1) - timedelta(days=1)
        if end >= until:
            return [*ends, until]
        ends.append(end)


def series(target: Target, day: date) -> list[Point]:
    """Return (month end, value) of a target up to a day; a mean has no point before its first row.

    One query. The first point of a count is the eve of the period.
    """
    measure = measure_of(target)
    if measure is None:
        return []
    since, until = target.plan.since, period_end(target.plan, day)
    if until < since:
        return []
    ends = month_ends(since, until)
    if measure.mean:
        return _means(measure, since, ends)
    changes: Counter[date] = Counter()
    for start, end, count in entering(measure, since, until):
        changes[start] += count
        if end and end <= until:
            changes[end] -= count
    ordered = sorted(changes.items())
    found, total, at = [], 0, 0
    for end in ends:
        while at < len(ordered) and ordered[at][0] <= end:
            total += ordered[at][1]
            at += 1
        found.append((end, float(total)))
    return found


def _means(measure: Measure, since: date, ends: Sequence[date]) -> list[Point]:
    rows = measure.rows(since, ends[-1]).prefetch_related(None)
    spans = sorted(rows.values_list("issued_on", "planned_on"), key=lambda span: span[0])
    found = []
    for end in ends:
        mean = mean_months((start, issued) for issued, start in spans if issued <= end)
        if mean is not None:
            found.append((end, float(mean)))
    return found


def rows(target: Target, day: date) -> QuerySet | None:
    """Return the register rows that a figure counts, or None while there is no measure."""
    measure = measure_of(target)
    if measure is None:
        return None
    return measure.rows(target.plan.since, period_end(target.plan, day))


def by_district(target: Target, day: date) -> list[tuple[str, int]]:
    """Return how many of the counted rows belong to each region, most first; “” is none known."""
    measure = measure_of(target)
    counted = rows(target, day)
    if measure is None or counted is None:
        return []
    name = f"{measure.region}__name"
    plain = counted.prefetch_related(None).order_by()
    if measure.register == "standards":  # units of other places have no region here
        plain = plain.filter(participations__organization__isnull=False)
    grouped = plain.values_list(name).annotate(n=Count("pk", distinct=True))
    return sorted(((region or "", n) for region, n in grouped), key=lambda row: (-row[1], row[0]))


@dataclass(frozen=True)
class Parts:
    """The part of this city in the standards that a figure counts: the three add up to it."""

    lead: int
    join: int
    published: int  # group standards that only its associations published


def parts(target: Target, day: date) -> Parts | None:
    """Return how many of the counted standards the city led and joined; three queries, or None."""
    measure = measure_of(target)
    counted = rows(target, day)
    if measure is None or counted is None or not measure.by_part:
        return None
    plain = Standard.objects.filter(pk__in=counted.prefetch_related(None).order_by().values("pk"))
    led = plain.led_by_the_city().count()
    drafted = plain.of_the_city().count()
    return Parts(lead=led, join=drafted - led, published=plain.count() - drafted)
