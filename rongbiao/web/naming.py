"""Naming (代码的名称): what the codes in addresses and counts are called on a page."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from rongbiao.parties.models import Region
from rongbiao.standards.models import Standard
from rongbiao.standards.search.sections import sections as sections_of_city
from rongbiao.texts import classes
from rongbiao.texts.numbers.codes import region_name
from rongbiao.web.templatetags.rb import local

Names = dict[str, Any]


def regions(codes: Iterable[str]) -> Names:
    """Return the names of regions: those of this city, then those of GB/T 2260."""
    wanted = set(codes)
    ours = {row.code: local(row) for row in Region.objects.filter(code__in=wanted)}
    if get_language() == "en":
        return ours
    return {code: name for code in wanted if (name := _national(code))} | ours


def _national(code: str) -> str:
    return region_name(code[:2] if code.endswith("0000") else code)


def chosen(choices: type) -> Callable[[Iterable[str]], Names]:
    """Return a namer for the choices of a column."""
    return lambda codes: dict(choices.choices)


def class_name(code: str) -> str:
    """Return the name of a class of ICS or CCS in the language of the page; empty if unknown."""
    found = classes.classification(code)
    return found.name(get_language() or classes.CHINESE) if found else ""


def class_address(scheme: str, code: str) -> str:
    """Return where a class leads: its page, or for a code of no table the search within it."""
    found = classes.classification(code)
    if found is not None:
        return reverse("class", args=[scheme, found.slug])
    return f"{reverse('standards')}?{urlencode({scheme: code})}"


def sections(keys: Iterable[str]) -> Names:
    """Return the names of fields of the Opinion."""
    known = sections_of_city()
    return {key: str(known[key]) for key in keys if key in known}


def classes_named(codes: Iterable[str]) -> Names:
    """Return the names of classes by their codes."""
    return {code: name for code in codes if (name := class_name(code))}


NAMERS: dict[str, Callable[[Iterable[str]], Names]] = {
    "level": chosen(Standard.Level),
    "status": chosen(Standard.Status),
    "nature": chosen(Standard.Nature),
    "region": regions,
    "section": sections,
    "ics": classes_named,
    "ccs": classes_named,
}


def names(facet: str, values: Iterable[str]) -> Names:
    """Return what values of a facet are called; a value without a name stands for itself."""
    namer = NAMERS.get(facet)
    return namer(values) if namer else {}
