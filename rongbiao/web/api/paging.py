"""Paging (逐页): by number, from where the last page ended, whatever came in between.

A cursor names the last standard that was given, by what orders it in the database:
(sorting, id). What is entered or removed before it moves no later page. The engine says
which editions a question finds, the database in which order: an engine's own order by
number is approximate.
"""

import base64
import binascii
import json
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from django.utils.translation import gettext as _

from rongbiao.exchange.export.walking import FIRST, MOST, Seen, after
from rongbiao.standards import search
from rongbiao.standards.models import Standard
from rongbiao.standards.search import Order, Page, Query, SearchBackend

from .problems import Problem

LARGEST = 2**63 - 1
FEW = 10_000  # found: so many are asked for by their primary keys
SCANNED = 1_000, 50_000  # rows looked at in one step, first and at most
REMEMBERED = 16  # questions whose answers a process keeps, half a megabyte each at most


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last standard given."""

    sorting: str = ""
    pk: int = 0

    def __str__(self) -> str:
        said = json.dumps([self.sorting, self.pk], ensure_ascii=False)
        return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """Return a cursor that we wrote; raises Problem for anything else."""
    if not text:
        return Cursor()
    try:
        sorting, pk = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if isinstance(sorting, str) and type(pk) is int and 0 <= pk <= LARGEST:
            sorting.encode()
            if "\x00" not in sorting:
                return Cursor(sorting, pk)
    except (ValueError, TypeError, RecursionError, binascii.Error):
        pass
    raise Problem("parameters", _("游标无法识别，请用上一页给出的 next 网址。"))


def stretch(query: Query, cursor: Cursor, limit: int) -> tuple[Page, list[Standard], Cursor | None]:
    """Return the answer about the whole, the rows after a cursor, and the cursor after them."""
    engine = search.engine()
    whole = engine.search(replace(query, start=0, size=1))
    rows = Standard.objects.prefetch_related("participations")
    if query.words or query.filters:
        members = KEPT.members(engine, query, whole)
        found = few(rows, members, cursor, limit + 1)
    else:
        found = list(after(rows, cursor.sorting, cursor.pk)[: limit + 1])
        if not whole.generation:  # no index yet: the register itself knows
            whole = replace(whole, total=Standard.objects.count())
    kept = found[:limit]
    last = Cursor(kept[-1].sorting, kept[-1].pk) if len(found) > limit else None
    return whole, kept, last


def few(rows: Any, members: Seen, cursor: Cursor, size: int) -> list[Standard]:
    """Return the first rows after a cursor that are among some members."""
    if members.count <= FEW:
        among = rows.filter(pk__in=list(members))
        return list(after(among, cursor.sorting, cursor.pk)[:size])
    pks: list[int] = []
    step, most = SCANNED
    sorting, pk = cursor.sorting, cursor.pk
    while len(pks) < size:
        ends = after(Standard.objects, sorting, pk).values_list("sorting", "pk")[:step]
        scanned = list(ends)
        pks += [one for _sorting, one in scanned if one in members]
        if len(scanned) < step:
            break
        (sorting, pk), step = scanned[-1], min(4 * step, most)
    found = {row.pk: row for row in rows.filter(pk__in=pks[:size])}
    return [found[one] for one in pks[:size] if one in found]


class Kept:
    """Which editions a question finds, kept for as long as the index stays as it is."""

    def __init__(self) -> None:
        self.found: OrderedDict[Any, Seen] = OrderedDict()
        self.lock = Lock()

    def members(self, engine: SearchBackend, query: Query, whole: Page) -> Seen:
        """Return the editions that a question finds."""
        filters = tuple(sorted((name, tuple(values)) for name, values in query.filters.items()))
        key = (engine.name, whole.generation, query.words, filters)
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
                return self.found[key]
        members = Seen()
        for pk in every(engine, query):
            members.add(pk)
        if whole.generation:
            with self.lock:
                self.found[key] = members
                while len(self.found) > REMEMBERED:
                    self.found.popitem(last=False)
        return members


def every(engine: SearchBackend, query: Query) -> Iterator[int]:
    """Yield the primary key of every edition that a question finds, in any order."""
    start, size = 0, FIRST
    while True:
        asked = replace(query, start=start, size=size, order=Order.NEWEST, facets=())
        hits = engine.search(asked).hits
        yield from (hit.pk for hit in hits)
        if len(hits) < size:
            return
        start, size = start + size, MOST


KEPT = Kept()
