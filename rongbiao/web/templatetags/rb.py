"""The tags and filters of every page: icons, lamps, dates, numbers."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rongbiao.strategy.lamps import Lamp
from rongbiao.web import headings
from rongbiao.web.headings import heading, marked
from rongbiao.web.verbs import VERBS

register = template.Library()
WAN = 100_000  # from here on numbers are told in 万


@cache
def drawing(name: str) -> str:
    """Return the paths of an icon; a missing one says what to run."""
    path = settings.ASSETS / "icons" / f"{name}.svg"
    if not path.exists():
        raise ImproperlyConfigured(
            f"没有图标“{name}”：请在 rongbiao/web/icons.toml 列出后运行 make setup。"
        )
    text = path.read_text()
    inner = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
    return " ".join(inner.split())


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; it says nothing by itself, words stand beside it."""
    return mark_safe(  # noqa: S308 — the drawing comes from our own asset folder
        '<svg class="ic" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        f"{drawing(name)}</svg>"
    )


@register.simple_tag
def lamp(state: str, words: str = "") -> SafeString:
    """Draw a lamp with its word; ``words`` says more than the plain word."""
    shown = Lamp(state)
    return format_html(
        '<span class="tag {0}"><span class="lamp {0}" aria-hidden="true"></span>{1}</span>',
        shown.value,
        words or shown.word,
    )


@register.filter
def zhdate(day: date | None) -> str:
    """Write a day as officials do: 2025年9月30日; in English 30 Sep 2025."""
    if not day:
        return ""
    return date_format(day, "j M Y" if get_language() == "en" else "Y年n月j日")


@register.filter
def issued(standard) -> str:
    """Write when a standard was issued, no finer than its source says: 2020年3月, 2020年."""
    day, fine = standard.issued_on, standard.issued_precision
    if not day or fine == "day":
        return zhdate(day)
    forms = {"month": ("M Y", "Y年n月"), "year": ("Y", "Y年")}[fine]
    return date_format(day, forms[0] if get_language() == "en" else forms[1])


def tenths(number: Decimal) -> Decimal:
    """Round to one decimal, halves away from zero, as official tables do."""
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)


@register.filter
def figure(value: Decimal | float | None) -> str:
    """Write a number: whole where it is whole, else one decimal; in 万 from 100000 on."""
    if value is None:
        return "—"
    number = Decimal(value)
    if abs(number) >= WAN and get_language() != "en":
        return f"{tenths(number / 10000)}万"
    if number == number.to_integral_value():
        return str(int(number))
    return str(tenths(number))


@register.simple_tag
def num(value: Decimal | float | None, unit: str = "") -> SafeString:
    """Write a number with its unit."""
    return format_html('<span class="num">{}</span>{}', figure(value), f" {unit}" if unit else "")


@register.filter
def zhquarter(quarter) -> str:
    """Write a quarter: 2025年三季度; in English Q3 2025."""
    return str(quarter)


@register.filter
def verb(key: str) -> str:
    """Write what was done, from the journal's word for it."""
    return str(VERBS.get(key, _("办理")))


@register.filter
def local(thing) -> str:
    """Return a thing's English name where the page is English and there is one."""
    english = next(
        (value for name in ("title_en", "name_en") if (value := getattr(thing, name, ""))), ""
    )
    if get_language() == "en" and english:
        return english
    return getattr(thing, "title", "") or getattr(thing, "name", "") or str(thing)


@register.filter
def titled(words: str) -> str:
    """Return a plan's heading in the language of the page."""
    return marked(words)


@register.filter
def titled_plain(words: str) -> str:
    """Return a plan's heading where no mark-up may stand, as in a list to choose from."""
    return heading(words)


@register.filter
def numbered(task) -> str:
    """Return a task's number; where an English page could not read it, its key: S1 for 一."""
    number = task.number
    return number if get_language() != "en" or number.isascii() else task.key.upper()


@register.filter
def narrow(unit) -> str:
    """Return a unit's name for narrow columns."""
    return headings.narrow(unit)
