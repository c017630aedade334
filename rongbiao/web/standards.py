"""Standards (标准检索): the search page, and what is offered while somebody types."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from rongbiao.exchange.export import KINDS
from rongbiao.standards import search
from rongbiao.standards.models import Standard
from rongbiao.web import finding
from rongbiao.web.doors import published
from rongbiao.web.marking import marked
from rongbiao.web.states import state_on

OFFERED = 8
FIGURE = re.compile(r"\d")
KEPT = 60  # seconds that a browser may keep an offer
BRIEF = ("number", "key", "level", "year", "title", "title_en", "status", "source", "issued_on",
         "implemented_on", "withdrawn_on")  # fmt: skip


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """Show what a question finds, with what it can be narrowed by."""
    query = search.asked(dict(request.GET.lists()), facets=tuple(finding.FACETS))
    day = timezone.localdate()
    found = finding.found(query, search.engine().search(query), day)
    context = {"found": found, "query": query, "day": day, "kinds": KINDS.values()}
    return render(request, "standards/list.html", context)


@published
def suggest(request: HttpRequest) -> HttpResponse:
    """Give the lines of type-ahead as a fragment: at most eight."""
    words = search.asked({"q": request.GET.getlist("q")}).words
    offered = search.engine().suggest(words, size=OFFERED) if words else []
    rows = Standard.objects.only(*BRIEF).in_bulk([one.pk for one in offered])
    day = timezone.localdate()
    found = [] if FIGURE.search(words) else words.split()  # a number is not marked in titles
    lines = [
        (row, state_on(row, day), marked(row.title, found))
        for one in offered
        if (row := rows.get(one.pk))
    ]
    answer = render(request, "standards/_suggest.html", {"lines": lines, "words": words})
    patch_cache_control(answer, private=True, max_age=KEPT)
    return answer
