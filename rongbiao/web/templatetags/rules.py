"""How pages say a rule's value: number and unit in the language of the page."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rongbiao.law import ROUTES, Unit, Value
from rongbiao.law.profiles import lines

register = template.Library()


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


@register.filter
def amount(value: Value) -> str | SafeString:
    """Write a value with its unit; a paper's own words stay in Chinese."""
    said = value.value
    if isinstance(said, bool):
        return _("是") if said else _("否")
    if value.unit is Unit.ROUTE:
        return _("、").join(routed(code) for code in (said if isinstance(said, list) else [said]))
    if value.unit is Unit.SHARE:
        return str(said)
    if value.unit is Unit.VOTE:
        return chinese("；".join(lines(said)))
    if value.unit:
        return counted(said, value.unit)
    return chinese("、".join(said) if isinstance(said, list) else str(said))


@register.filter
def monthday(day: date) -> str:
    """Write a day without its year: 10月1日; in English 1 Oct."""
    return date_format(day, "j M" if get_language() == "en" else "n月j日")


@register.filter
def chinese(words: str) -> str | SafeString:
    """Mark a paper's own words as Chinese where the page is in another language."""
    if get_language() != "en" or not words:
        return words
    return format_html('<span lang="zh-Hans">{}</span>', words)
