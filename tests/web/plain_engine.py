"""A search engine without an index, for tests of pages: it reads every edition each time."""

from collections import Counter

from rongbiao.standards.models import Standard
from rongbiao.standards.search import Hit, Page, Query, Suggestion


def values(row: Standard, facet: str) -> list[str]:
    """Return the values of one facet of an edition."""
    if facet == "ics":
        return list(dict.fromkeys(code[:2] for code in row.ics.split()))
    if facet == "ccs":
        return list(dict.fromkeys(code[:1] for code in row.ccs.split()))
    if facet == "year":
        return [str(row.issued_on.year)] if row.issued_on else []
    if facet == "organization":
        return [part.name for part in row.participations.all()]
    return [str(getattr(row, facet, ""))] if getattr(row, facet, "") else []


def holds(row: Standard, facet: str, wanted) -> bool:
    """Tell whether an edition has one of some values; classes hold all beneath them."""
    if facet in {"ics", "ccs"}:
        return any(one.startswith(want) for one in getattr(row, facet).split() for want in wanted)
    return any(value in wanted for value in values(row, facet))


class PlainEngine:
    """Words are found as substrings of number and titles; all of them must be there."""

    name = "plain"

    def search(self, query: Query) -> Page:
        """Answer a question."""
        rows = [row for row in self._rows() if self._found(row, query.words)]
        kept = [row for row in rows if self._kept(row, query.filters)]
        facets = {
            facet: Counter(
                value
                for row in rows
                if self._kept(row, {k: v for k, v in query.filters.items() if k != facet})
                for value in values(row, facet)
            ).most_common()
            for facet in query.facets
        }
        orders = {"newest": lambda r: str(r.issued_on), "number": lambda r: r.sorting}
        if query.order in orders:
            kept.sort(key=orders[query.order], reverse=query.order == "newest")
        hits = [Hit(row.pk) for row in kept[query.start : query.start + query.size]]
        meant = "茉莉花茶" if not kept and query.words == "茉丽花茶" else ""
        return Page(hits, len(kept), facets, tuple(query.words.split()), meant)

    def suggest(self, words: str, size: int = 8):
        """Return the first editions that words find."""
        found = [row for row in self._rows() if self._found(row, words)][:size]
        return [Suggestion(row.pk, row.number, row.title) for row in found]

    def _rows(self):
        return Standard.objects.prefetch_related("participations").order_by("-issued_on", "sorting")

    def _found(self, row: Standard, words: str) -> bool:
        text = f"{row.number} {row.key} {row.title} {row.title_en}".casefold()
        return all(word.casefold() in text for word in words.split())

    def _kept(self, row: Standard, filters) -> bool:
        return all(holds(row, facet, wanted) for facet, wanted in filters.items())
