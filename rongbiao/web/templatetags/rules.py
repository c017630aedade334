"""How pages say a rule's value: number and unit in the language of the page."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rongbiao.law import Value
from rongbiao.parties.amounts import in_any_language, told

register = template.Library()


@register.filter
def amount(value: Value) -> str | SafeString:
    """Write a value with its unit; a paper's own words stay in Chinese."""
    words = told(value)
    return words if in_any_language(value) else chinese(words)


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
