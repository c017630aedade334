"""Classes (标准分类): ICS and CCS as trees to walk through, with the standards of every class."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.standards.classes import Sums, sums
from rongbiao.standards.code_title import CodeTitle
from rongbiao.texts.classes import (
    SCHEMES,
    Classification,
    beginnings,
    find_class,
    line,
    scheme,
    within,
)
from rongbiao.web.doors import published

NEWEST = 20
NAMES = {
    "ics": gettext_lazy("国际标准分类（ICS）"),
    "ccs": gettext_lazy("中国标准文献分类（CCS）"),
}


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """Show one classification as a tree, or the classes that a search finds."""
    key, words = asked(request.GET.get("scheme") or "ics"), spoken(request)
    counted = sums(key, timezone.localdate())
    context = {
        "scheme": key,
        "q": words,
        "day": counted.day,
        "opened": "all" in request.GET,
        "tabs": [(one, NAMES[one], len(find_class(one, words))) for one in SCHEMES],
        "found": [(one, _n(counted, one), line(one.code)) for one in find_class(key, words)],
        "tree": [] if words else tree(scheme(key).top, counted),
    }
    return render(request, "classes/list.html", context)


@published
def one_page(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Show one class: where it stands, what is beneath it, its newest standards in force."""
    above = within(slug.replace("~", "/")) if asked(key) else ()
    if not above or above[-1].code not in scheme(key).every:
        raise Http404(_("没有这个分类号。"))
    one = above[-1]
    if one.slug != slug:  # written otherwise, of another edition, or of a name not established
        return redirect("class", key, one.slug)
    counted = sums(key, timezone.localdate())
    context = {"scheme": key, "scheme_name": NAMES[key], "one": one, "above": above[:-1]}
    context |= {"n": _n(counted, one), "tree": tree(one.children, counted), "day": counted.day}
    context["rows"] = [(row, _page_of(row)) for row in counted.newest(one.code, NEWEST)]
    context["all"] = _all_of(key, one)
    context["told"] = CodeTitle.objects.filter(scheme=key, code=one.code).first()
    return render(request, "classes/one.html", context)


def asked(key: str) -> str:
    """Return the key of a scheme or answer 404."""
    if key not in SCHEMES:
        raise Http404(_("没有这种分类法。"))
    return key


def spoken(request: HttpRequest) -> str:
    """Return the words of a search."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:100]


def tree(ones: tuple[Classification, ...], counted: Sums) -> list[tuple[Classification, int, list]]:
    """Return classes with how many standards they have, and the same of those beneath."""
    return [
        (one, _n(counted, one), [(child, _n(counted, child)) for child in one.children])
        for one in ones
    ]


def _n(counted: Sums, one: Classification) -> int:
    return counted.classes[one.code]


def _page_of(standard: Any) -> str:
    """Return the address of a standard's own page, empty while there is none."""
    try:
        return standard.get_absolute_url()
    except NoReverseMatch:
        return ""


def _all_of(key: str, one: Classification) -> str:
    """Return the address of the search for a class, or of the register while there is none."""
    try:
        return f"{reverse('standards')}?{urlencode({key: beginnings(one.code)}, doseq=True)}"
    except NoReverseMatch:
        return reverse("register", args=["standards"])
