"""Paging (逐页): by number, from where the last page ended, whatever came in between.

A cursor names the last standard that was given, by what orders it: (sorting, id). What is
entered or removed before it moves no later page.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from rongbiao.exchange.export.walking import after
from rongbiao.standards import search
from rongbiao.standards.models import Standard
from rongbiao.standards.search import Order, Page, Query

from .problems import Problem

LARGEST = 2**63 - 1
NEAR = 5  # hits read to find one whose row still stands


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last standard given, and where it stood in the list then."""

    sorting: str = ""
    pk: int = 0
    place: int = 0

    def __str__(self) -> str:
        said = json.dumps([self.sorting, self.pk, self.place], ensure_ascii=False)
        return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """Return a cursor that we wrote; raises Problem for anything else."""
    if not text:
        return Cursor()
    try:
        said = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        sorting, pk, place = said
        good = isinstance(sorting, str) and type(pk) is type(place) is int
        if good and 0 <= pk <= LARGEST and 0 <= place <= LARGEST and "\x00" not in sorting:
            sorting.encode()
            return Cursor(sorting, pk, place)
    except (ValueError, TypeError, RecursionError, binascii.Error):
        pass
    raise Problem("parameters", _("游标无法识别，请用上一页给出的 next 网址。"))


def stretch(query: Query, cursor: Cursor, limit: int) -> tuple[Page, list[Standard], Cursor | None]:
    """Return the answer about the whole, the rows after a cursor, and the cursor after them."""
    query = replace(query, order=Order.NUMBER)
    engine = search.engine()
    whole = engine.search(replace(query, start=0, size=1))
    rows = Standard.objects.prefetch_related("participations")
    if not query.words and not query.filters:
        found = list(after(rows, cursor.sorting, cursor.pk)[: limit + 1])
        place = cursor.place
    else:
        place = first_after(engine, query, cursor, whole.total)
        page = engine.search(replace(query, start=place, size=limit + 1, facets=()))
        found = in_order(rows, [hit.pk for hit in page.hits])
    kept = found[:limit]
    if len(found) <= limit:
        return whole, kept, None
    return whole, kept, Cursor(kept[-1].sorting, kept[-1].pk, place + limit)


def in_order(rows, pks: Sequence[int]) -> list[Standard]:
    """Return rows in the order of their primary keys given; those gone are left out."""
    found = {row.pk: row for row in rows.filter(pk__in=pks)}
    return [found[pk] for pk in pks if pk in found]


def first_after(engine, query: Query, cursor: Cursor, total: int) -> int:
    """Return the place of the first hit after a cursor: usually where it was, else near it."""
    if not cursor.pk:
        return 0

    def passed(place: int) -> bool:
        """Tell whether the hit at a place was given already."""
        page = engine.search(replace(query, start=place, size=NEAR, facets=()))
        near = in_order(Standard.objects.only("sorting"), [hit.pk for hit in page.hits])
        return bool(near) and (near[0].sorting, near[0].pk) <= (cursor.sorting, cursor.pk)

    # All before ``low`` were given, none from ``high`` on; steps double until both are known.
    low, high, step = 0, total, 1
    probe, given, new = cursor.place - 1, False, False
    while low < high:
        probe = min(max(probe, low), high - 1)
        if passed(probe):
            low, given = probe + 1, True
        else:
            high, new = probe, True
        if given and new:
            probe = (low + high) // 2
        else:
            probe = low + step - 1 if given else high - step
            step *= 2
    return low
