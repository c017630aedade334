"""A search engine for tests of what stands around it: brute force over the database."""

from itertools import count

from django.db.models import Count, Max

from rongbiao.standards.models import Participation, Standard
from rongbiao.standards.search import Hit, Order, Page, Query

COUNTED = ("level", "status", "nature", "region")
ENGINES = count(1)  # unlike id(), never given twice: answers are kept by generation


class PlainEngine:
    """Finds by substring of number or title; exact, slow, and without an index."""

    name = "plain"

    def __init__(self):
        self.asked = []
        self.place = next(ENGINES)

    @property
    def generation(self) -> str:
        rows = Standard.objects.aggregate(n=Count("id"), last=Max("id"))
        return f"{self.place}-{rows['n']}-{rows['last']}"

    def search(self, query: Query) -> Page:
        self.asked.append(query)
        rows = [row for row in Standard.objects.all() if self.fits(row, query, query.filters)]
        if query.order is Order.NUMBER:
            rows.sort(key=lambda row: (row.sorting, row.pk))
        else:
            rows.sort(key=lambda row: (str(row.issued_on or ""), row.pk), reverse=True)
        stretch = rows[query.start : query.start + query.size]
        return Page(
            hits=[Hit(row.pk) for row in stretch],
            total=len(rows),
            facets={name: self.counts(name, query) for name in query.facets},
            generation=self.generation,
        )

    def fits(self, row, query, filters) -> bool:
        text = f"{row.number} {row.title}".lower()
        words = all(word in text for word in query.words.lower().split())
        return words and all(self.holds(row, name, values) for name, values in filters.items())

    def holds(self, row, name, values) -> bool:
        if name in {"ics", "ccs"}:
            return any(part.startswith(tuple(values)) for part in getattr(row, name).split())
        if name == "year":
            return row.issued_on is not None and str(row.issued_on.year) in values
        if name == "organization":
            return Participation.objects.filter(standard=row, name__in=values).exists()
        if name == "section":
            return False
        return getattr(row, name) in values

    def counts(self, name, query) -> list[tuple[str, int]]:
        others = {key: values for key, values in query.filters.items() if key != name}
        found = {}
        for row in Standard.objects.all():
            if name in COUNTED and self.fits(row, query, others) and getattr(row, name):
                found[getattr(row, name)] = found.get(getattr(row, name), 0) + 1
        return sorted(found.items())

    def suggest(self, words, size=8):
        return []
