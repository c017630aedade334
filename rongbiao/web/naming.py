"""Naming (代码的名称): what the codes in addresses and counts are called on a page."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import get_language

from rongbiao.parties.models import Region
from rongbiao.standards.models import Standard
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


NAMERS: dict[str, Callable[[Iterable[str]], Names]] = {
    "level": chosen(Standard.Level),
    "status": chosen(Standard.Status),
    "nature": chosen(Standard.Nature),
    "region": regions,
}


def names(facet: str, values: Iterable[str]) -> Names:
    """Return what values of a facet are called; a value without a name stands for itself."""
    namer = NAMERS.get(facet)
    return namer(values) if namer else {}
