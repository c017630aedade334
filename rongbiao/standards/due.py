"""Due (复审期限): until when the law lets a local standard go without being looked at again."""

from datetime import date

from rongbiao.law import NoSuchRule, Value
from rongbiao.parties.rules import table
from rongbiao.standards.standard import Standard

LOCAL = {Standard.Level.PROVINCIAL, Standard.Level.MUNICIPAL}
LIVING = {Standard.Status.CURRENT, Standard.Status.UPCOMING}


def years_after(day: date, years: int) -> date:
    """Return the same day some years on; 29 February becomes 28 February.

    >>> years_after(date(2024, 2, 29), 5)
    datetime.date(2029, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def rule_on(day: date) -> Value | None:
    """Return what the law says on a day about the time between two reviews."""
    try:
        return table("standards").rules["review_years"].at(day)
    except NoSuchRule:
        return None


def review_due(standard: Standard, day: date) -> date | None:
    """Return when a local standard in force must have been reviewed, as the law stands on a day."""
    since = standard.confirmed_on or standard.issued_on
    rule = rule_on(day)
    if rule is None or since is None or standard.level not in LOCAL:
        return None
    return years_after(since, rule.value) if standard.status in LIVING else None
