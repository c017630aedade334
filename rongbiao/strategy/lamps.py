"""Lamps (灯): how one assignment stands in one quarter, by one rule, from dates and reports.

The rule is written out in ``RULE`` and shown on pages. It reads nothing but the
facts it is given, so the lamp of any past day can be worked out again.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rongbiao.law import Table
from rongbiao.parties.rules import table

from .models import Plan, Quarter, Report

WHOLE = 100


class Lamp(StrEnum):
    """The six lamps; shape, colour and word say the same thing."""

    DONE = "done"
    OK = "ok"
    INFO = "info"
    WARN = "warn"
    BAD = "bad"
    IDLE = "idle"

    @property
    def sign(self) -> str:
        """The shape that can be told in black and white."""
        return SIGNS[self]

    @property
    def word(self) -> Promise:
        """The word that stands beside the shape."""
        return WORDS[self]


SIGNS = {
    Lamp.DONE: "✓",
    Lamp.OK: "●",
    Lamp.INFO: "○",
    Lamp.WARN: "▲",
    Lamp.BAD: "■",
    Lamp.IDLE: "–",
}
WORDS = {
    Lamp.DONE: _("已完成"),
    Lamp.OK: _("正常"),
    Lamp.INFO: _("待审核"),
    Lamp.WARN: _("滞后"),
    Lamp.BAD: _("逾期"),
    Lamp.IDLE: _("未到期"),
}
# From what asks for action first to what asks for none.
WORST_FIRST = (Lamp.BAD, Lamp.WARN, Lamp.INFO, Lamp.IDLE, Lamp.OK, Lamp.DONE)

RULE = {
    Lamp.DONE: _(
        "按期报送且审核通过，完成比例为100%；此后各期不再要求填报，均为已完成，"
        "除非又报送了低于100%的比例并通过审核。"
    ),
    Lamp.OK: _(
        "按期报送且审核通过，完成比例低于时间进度不超过{lagging}个百分点（含达到、高于时间进度）。"
    ),
    Lamp.INFO: _("按期报送，等待审核。"),
    Lamp.WARN: _(
        "审核通过，但完成比例低于时间进度超过{lagging}个百分点；"
        "或首次报送晚于截止日、退回后的补正晚于补正期限——该期始终显示滞后，补报、通过均不改变。"
    ),
    Lamp.BAD: _(
        "过了截止日仍未报送（草稿不算报送）；"
        "或退回后，过了截止日且过了退回之日起{correction_days}天仍未重新报送。"
    ),
    Lamp.IDLE: _("填报尚未开放；或尚未到截止日、补正期限，且没有待审核的填报。"),
}


def rule_on(day: date) -> list[tuple[Lamp, str]]:
    """Return the rule of every lamp with the figures in force on a day, for pages."""
    law = table("reporting").at(day)
    figures = {"lagging": law.lagging_share, "correction_days": law.correction_days}
    return [(lamp, str(words).format(**figures)) for lamp, words in RULE.items()]


@dataclass(frozen=True, slots=True)
class Terms:
    """What one quarter asks of everybody: days, and shares in percent."""

    opens_on: date
    last_day: date  # the due day plus what grace the rules give
    expected: int
    lagging: int
    correction_days: int


def expected_share(plan: Plan, quarter: Quarter) -> int:
    """Return how much of the plan's time has run by the quarter's end, in percent, rounded down."""
    whole = (plan.until - plan.since).days + 1
    run = (min(quarter.ends_on, plan.until) - plan.since).days + 1
    return max(0, run) * WHOLE // whole


def terms(plan: Plan, quarter: Quarter, rules: Table | None = None) -> Terms:
    """Return what a quarter asks, by the rules in force on the day it opened.

    ``rules`` is the table ``reporting``, for whoever asks about many quarters at once.
    """
    law = (rules or table("reporting")).at(quarter.opens_on)
    return Terms(
        opens_on=quarter.opens_on,
        last_day=quarter.due_on + timedelta(days=law.grace_days),
        expected=expected_share(plan, quarter),
        lagging=law.lagging_share,
        correction_days=law.correction_days,
    )


@dataclass(frozen=True, slots=True)
class Filing:
    """What the row of a report says of itself; the names are those of ``Report``."""

    state: str
    share: int
    first_filed_on: date | None = None
    filed_on: date | None = None
    reviewed_on: date | None = None
    returned_on: date | None = None
    overran_on: date | None = None


def filing_of(report: Report) -> Filing:
    """Return the facts of one report."""
    return Filing(*(getattr(report, name) for name in Filing.__slots__))


class Standing(StrEnum):
    """Where a report stood on a day."""

    NOTHING = "nothing"
    FILED = "filed"
    RETURNED = "returned"
    ACCEPTED = "accepted"


def standing(filing: Filing | None, day: date) -> Standing:
    """Return where a report stood at the end of a day, from its dates.

    Of several returns the dates keep the last one; between an earlier return
    and the next filing the report counts as filed.
    """
    if filing is None or filing.first_filed_on is None or filing.first_filed_on > day:
        return Standing.NOTHING
    if filing.state == Report.State.ACCEPTED and filing.reviewed_on and filing.reviewed_on <= day:
        return Standing.ACCEPTED
    if filing.returned_on and filing.returned_on <= day:
        refiled_on = None if filing.state == Report.State.RETURNED else filing.filed_on
        if refiled_on is None or refiled_on > day:
            return Standing.RETURNED
    return Standing.FILED


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rule looks at, for one assignment in one quarter on one day."""

    day: date
    terms: Terms
    filing: Filing | None = None
    carried: int = 0  # share last accepted in an earlier quarter, percent


def correction_ends(filing: Filing, terms: Terms) -> date:
    """Return the last day on which a returned report may be filed again in time."""
    if filing.returned_on is None:
        return terms.last_day
    return max(terms.last_day, filing.returned_on + timedelta(days=terms.correction_days))


def came_late(filing: Filing, terms: Terms, day: date) -> bool:
    """Tell whether, as seen on a day, the report or a correction of it had come too late."""
    first = filing.first_filed_on
    return (first is not None and terms.last_day < first <= day) or (
        filing.overran_on is not None and filing.overran_on <= day
    )


def lamp(facts: Facts) -> Lamp:
    """Return the lamp of one assignment in one quarter on one day; ``RULE`` says it in words."""
    day, asked, filing = facts.day, facts.terms, facts.filing
    if day < asked.opens_on:
        return Lamp.IDLE
    stands = standing(filing, day)
    if filing is None or stands is Standing.NOTHING:
        if facts.carried == WHOLE:
            return Lamp.DONE
        return Lamp.BAD if day > asked.last_day else Lamp.IDLE
    if stands is Standing.RETURNED and day > correction_ends(filing, asked):
        return Lamp.BAD
    if came_late(filing, asked, day):
        return Lamp.WARN
    return _in_time(stands, filing.share, asked)


def _in_time(stands: Standing, share: int, asked: Terms) -> Lamp:
    if stands is Standing.RETURNED:
        return Lamp.IDLE
    if stands is Standing.FILED:
        return Lamp.INFO
    if share == WHOLE:
        return Lamp.DONE
    return Lamp.OK if share >= asked.expected - asked.lagging else Lamp.WARN


def days_over(facts: Facts) -> int:
    """Return for how many days an overdue assignment has been overdue; 0 if it is not."""
    if lamp(facts) is not Lamp.BAD:
        return 0
    last = facts.terms.last_day
    if facts.filing and standing(facts.filing, facts.day) is Standing.RETURNED:
        last = correction_ends(facts.filing, facts.terms)
    return (facts.day - last).days
