"""Finding without an index: the register itself is asked, plainly and within bounds.

So it is in the minutes after a large load, while the index is being made. Of the editions
that were entered last only so many are looked through, and facets are not counted. The
answer's empty generation says that it is not the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from rongbiao.standards.search.finding import Asked, Found
from rongbiao.standards.search.query import Order
from rongbiao.standards.search.sections import sections
from rongbiao.standards.search.typed import Phrase
from rongbiao.standards.standard import Standard
from rongbiao.texts.folding import chain

LOOKED = 10_000  # editions that are looked through
ORDERS = {
    Order.NEWEST: ("-issued_on", "-pk"),
    Order.NUMBER: ("sorting",),
}
SAID = ("number", "title", "title_en", "title_original", "abstract")


def find(asked: Asked) -> Found:
    """Return what is found among the editions entered last."""
    last = Standard.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = Standard.objects.filter(_within(asked.filters), pk__gt=last - LOOKED)
    named = set(asked.named)
    within = asked.order is not Order.RELEVANCE
    pks = [pk for pk in named if within]
    for pk, *texts in rows.values_list("pk", *SAID):
        if pk not in named and _says(asked, texts):
            pks.append(pk)
    if within:
        order = Standard.objects.filter(pk__in=pks).order_by(*ORDERS[asked.order])
        pks = list(order.values_list("pk", flat=True))
    else:
        pks.sort(reverse=True)
    counts: dict[str, list[tuple[str, int]]] = {facet: [] for facet in asked.facets}
    return Found(pks[asked.start : asked.start + asked.size], len(pks), counts)


def _says(asked: Asked, texts: Sequence[str]) -> bool:
    """Tell whether an edition holds what is wanted and nothing unwanted."""
    if not asked.wanted and not asked.unwanted:
        return True
    chained = [chain(text) for text in texts]

    def held(phrase: Phrase) -> bool:
        said = f" {' '.join(phrase.units)} "
        return any(said in one for one in chained)

    return all(any(map(held, group)) for group in asked.wanted) and not any(
        map(held, asked.unwanted)
    )


def _any(choices: Iterable[Q]) -> Q:
    made = Q()
    for one in choices:
        made |= one
    return made


def _within(filters: Mapping[str, Sequence[str]]) -> Q:
    """Return what passes every filter."""
    made = Q()
    for facet, values in filters.items():
        made &= _any(_holds(facet, value) for value in values)
    return made


def _holds(facet: str, value: str) -> Q:
    if facet == "organization":
        named = Q(participations__name=value)
        return Q(publisher=value) | Q(owner=value) | Q(pk__in=Standard.objects.filter(named))
    if facet in {"ics", "ccs"}:
        return Q(**{f"{facet}__startswith": value}) | Q(**{f"{facet}__contains": f" {value}"})
    if facet == "region":
        return Q(region__startswith=value)
    if facet == "year":
        return Q(issued_on__year=value) if value.isdecimal() else Q(pk=None)
    if facet == "section":
        return _section(value)
    return Q(**{facet: value})


def _section(key: str) -> Q:
    if (one := sections().get(key)) is None:
        return Q(pk=None)
    held = [_holds("ics", begun) for begun in one.ics] + [_holds("ccs", begun) for begun in one.ccs]
    return _any(held) if held else Q(pk=None)
