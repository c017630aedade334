"""Walking (逐条取出): the standards that a question finds, all of them, in the order of its page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db.models import Q

from rongbiao.standards import search
from rongbiao.standards.models import Standard
from rongbiao.standards.search import Query

FIRST, MOST = 2_000, 100_000  # hits asked for at once: first few, for a quick start, then many
ROWS = 1_000  # rows read at once
SWEEPS = 3


class Seen:
    """A set of primary keys in one bit each."""

    def __init__(self) -> None:
        self.bits = bytearray()
        self.count = 0

    def add(self, pk: int) -> bool:
        """Note a key; tell whether it is new."""
        place, bit = pk >> 3, 1 << (pk & 7)
        if place >= len(self.bits):
            self.bits.extend(bytes(place - len(self.bits) + 4096))
        fresh = not self.bits[place] & bit
        self.bits[place] |= bit
        self.count += fresh
        return fresh

    def __contains__(self, pk: int) -> bool:
        place = pk >> 3
        return place < len(self.bits) and bool(self.bits[place] & 1 << (pk & 7))

    def __iter__(self) -> Iterator[int]:
        for place, byte in enumerate(self.bits):
            if byte:
                yield from (place << 3 | bit for bit in range(8) if byte & 1 << bit)


def walk(query: Query) -> Iterator[Standard]:
    """Yield every standard that a question finds, in the order in which its page shows them.

    No standard comes twice. When the index moved on meanwhile, what was passed over is
    made up for at the end, so that none that stood all the while is missing.
    """
    seen, engine = Seen(), search.engine()
    for _sweep in range(SWEEPS):
        start, size, generations = 0, FIRST, set()
        while True:
            page = engine.search(replace(query, start=start, size=size, facets=()))
            generations.add(page.generation)
            yield from rows_in_order([hit.pk for hit in page.hits if seen.add(hit.pk)])
            if len(page.hits) < size:
                break
            start, size = start + size, min(2 * size, MOST)
        if len(generations) == 1:
            return


def rows_in_order(pks: Sequence[int]) -> Iterator[Standard]:
    """Yield standards by their primary keys, in the order given; those gone are left out."""
    for start in range(0, len(pks), ROWS):
        portion = pks[start : start + ROWS]
        rows = Standard.objects.filter(pk__in=portion).prefetch_related("participations")
        found = {row.pk: row for row in rows}
        yield from (found[pk] for pk in portion if pk in found)


def after(rows, sorting: str, pk: int):
    """Return the rows that come after one in the order of numbers, in that order."""
    if sorting or pk:
        later = Q(sorting__gt=sorting) | Q(sorting=sorting, pk__gt=pk)
        rows = rows.filter(later, sorting__gte=sorting)
    return rows.order_by("sorting", "pk")


def by_number() -> Iterator[Standard]:
    """Yield every standard in the order of numbers, read in portions."""
    sorting, pk = "", 0
    rows = Standard.objects.prefetch_related("participations")
    while portion := list(after(rows, sorting, pk)[:ROWS]):
        yield from portion
        sorting, pk = portion[-1].sorting, portion[-1].pk
