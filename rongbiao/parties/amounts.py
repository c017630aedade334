"""Amounts (取值的写法): a rule's value with its unit, in the language of whoever reads."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rongbiao.law import ROUTES, Unit, Value


def counted(n: int, unit: Unit) -> str:
    """Return a number with its unit."""
    told = {
        Unit.DAYS: ngettext("{n}个自然日", "{n}个自然日", n),
        Unit.WORKING_DAYS: ngettext("{n}个工作日", "{n}个工作日", n),
        Unit.MONTHS: ngettext("{n}个月", "{n}个月", n),
        Unit.YEARS: ngettext("{n}年", "{n}年", n),
        Unit.POINTS: ngettext("{n}个百分点", "{n}个百分点", n),
        Unit.PEOPLE: ngettext("{n}人", "{n}人", n),
        Unit.TIMES: ngettext("{n}次", "{n}次", n),
    }
    return told[unit].format(n=n)


def routed(code: str) -> str:
    """Return where a topic goes."""
    told = {
        "national": _("国家标准"),
        "industry": _("行业标准"),
        "provincial": _("省级地方标准"),
        "group": _("团体标准"),
        "enterprise": _("企业标准"),
    }
    return told.get(code, ROUTES.get(code, code))


def in_any_language(value: Value) -> bool:
    """Tell whether a value is a number or a choice, and not a paper's own words."""
    if value.unit is Unit.VOTE:
        return False
    return bool(value.unit) or isinstance(value.value, bool)


def told(value: Value) -> str:
    """Return a value with its unit; a paper's own words stay as they are."""
    said = value.value
    if isinstance(said, bool):
        return _("是") if said else _("否")
    if value.unit is Unit.ROUTE:
        return _("、").join(routed(code) for code in (said if isinstance(said, list) else [said]))
    if value.unit is None or value.unit in {Unit.SHARE, Unit.VOTE}:
        return value.amount
    return counted(said, value.unit)
