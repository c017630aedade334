"""One question put to one state of the embedded index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import tantivy
from tantivy import Occur, Query

from rongbiao.standards.search.embedded_fields import FIGURES, PK, schema, value
from rongbiao.standards.search.embedded_queries import (
    all_of,
    any_of,
    edge_query,
    edition_query,
    filter_query,
    phrase_query,
)
from rongbiao.standards.search.entry import EDGES
from rongbiao.standards.search.finding import Asked, Found
from rongbiao.standards.search.query import COUNTED, Order

if TYPE_CHECKING:
    from rongbiao.standards.search.embedded import Opened

FREQUENT = 8_000  # a word in more editions is answered in their fixed order
KEPT = 500  # counts that one state of the index keeps, of facets and of totals
Hits = tuple[list[int], int]


class Finding:
    """The steps from a question to the stretch of its answer."""

    def __init__(self, opened: Opened, asked: Asked) -> None:
        self.opened, self.asked = opened, asked
        self.searcher: Any = opened.searcher  # its stubs lack the count
        # What is skipped takes memory, whether or not it is found.
        self.start = min(asked.start, int(self.searcher.num_docs))
        self.words = [any_of([phrase_query(one) for one in group]) for group in asked.wanted]
        self.unwanted = [phrase_query(one) for one in asked.unwanted]

    def found(self) -> Found:
        """Return the stretch asked for, the total, and the counts."""
        asked = self.asked
        if asked.order is Order.RELEVANCE:
            pks, total = self._relevant()
        else:
            field, order = {
                Order.NEWEST: ("newest", tantivy.Order.Desc),
                Order.NUMBER: ("number", tantivy.Order.Asc),
            }[asked.order]
            pks, total = self._sorted(self._match(asked.filters), field, order)
        return Found(pks, total, self._facets(), self.opened.generation)

    def _match(self, filters: Mapping[str, Sequence[str]]) -> Query:
        """Return what finds the answer: words or named editions, within the filters."""
        found = all_of(self.words, self.unwanted) if self.words or self.unwanted else None
        if self.asked.named:
            found = any_of([found, edition_query(self.asked.named)]) if found else None
        within = [filter_query(facet, values) for facet, values in filters.items()]
        return all_of([*([found] if found else []), *within])

    def _relevant(self) -> Hits:
        asked = self.asked
        filters = [filter_query(facet, values) for facet, values in asked.filters.items()]
        unwanted = [*self.unwanted, *([edition_query(asked.named)] if asked.named else [])]
        match = all_of([*self.words, *filters], unwanted)
        if not self.words:
            return self._sorted(match, "rank")
        if self._frequency() > FREQUENT:
            return self._in_tiers(match, filters, unwanted)
        return self._weighed(match)

    def _frequency(self) -> int:
        """Return in how many editions the rarest token stands, at most."""
        freq = self.searcher.doc_freq
        return min(
            sum(
                min((freq("text", token) for token in one.tokens), default=FREQUENT + 1)
                for one in group
            )
            for group in self.asked.wanted
        )

    def _weighed(self, match: Query) -> Hits:
        """Sort by what the words weigh, times the worth of the edition."""
        better = [(Occur.Must, match)]
        for group in self.asked.wanted:
            phrase = group[0]
            edge = Query.term_query(schema(), "edge", "".join(phrase.units[:EDGES]), "basic")
            word = Query.term_query(schema(), "word", "".join(phrase.units), "basic")
            better.append((Occur.Should, Query.const_score_query(edge, 4.0)))
            better.append((Occur.Should, Query.const_score_query(word, 2.0)))
        found = self.searcher.search(
            Query.boolean_query(better),
            self.asked.size,
            offset=self.start,
            weight_by_field="worth",
        )
        places = [at for _, at in found.hits]
        pks = [int(pk or 0) for pk in self.searcher.fast_field_values("pk", places)]
        return pks, int(found.count)

    def _in_tiers(self, match: Query, filters: list[Query], unwanted: list[Query]) -> Hits:
        """Give titles that begin with the first word, then the rest, each in the fixed order."""
        phrase = self.asked.wanted[0][0]
        begun = edge_query(phrase)
        others = [*self.words[1:], *filters]
        foremost = [edge_query(phrase, "foremost_edge"), *others]
        pks, first = self._stretch(
            all_of(foremost, unwanted),
            all_of([begun, *others], unwanted),
            self.start,
            self.asked.size,
        )
        if len(pks) == self.asked.size:
            return pks, self._total(match)
        word = any_of([phrase_query(one, "foremost") for one in self.asked.wanted[0]])
        more, rest = self._stretch(
            all_of([word, *others], [*unwanted, begun]),
            all_of([match], [begun]),
            max(0, self.start - first),
            self.asked.size - len(pks),
        )
        return pks + more, first + rest if rest else self._total(match)

    def _stretch(self, foremost: Query, every: Query, start: int, size: int) -> Hits:
        """Return a stretch in the fixed order, and of how many: 0 where nobody had to count.

        What is foremost stands before all others, so a stretch that it fills is the one.
        """
        pks = self._ranked(foremost, start, size)[0] if start < FREQUENT else []
        return (pks, 0) if len(pks) == size else self._ranked(every, start, size)

    def _ranked(self, match: Query, start: int, size: int) -> Hits:
        found = self.searcher.search(match, size, True, "rank", start)
        return [rank & PK for rank, _ in found.hits], int(found.count)

    def _total(self, match: Query) -> int:
        asked = self.asked
        single = len(asked.wanted) == 1 and len(asked.wanted[0]) == 1
        if single and not (asked.filters or asked.unwanted or asked.named) and self.opened.whole:
            phrase = asked.wanted[0][0]
            if phrase.closed and len(phrase.tokens) == 1:
                return self.searcher.doc_freq("text", phrase.tokens[0])
        question = self._question((), asked.filters)
        return self._kept(question, lambda: int(self.searcher.search(match, 1).count))

    def _sorted(self, match: Query, field: str, order=tantivy.Order.Desc) -> Hits:
        found = self.searcher.search(match, self.asked.size, True, field, self.start, order)
        if field == "number":
            places = [at for _, at in found.hits]
            return [
                int(pk or 0) for pk in self.searcher.fast_field_values("pk", places)
            ], found.count
        return [rank & PK for rank, _ in found.hits], found.count

    def _facets(self) -> dict[str, list[tuple[str, int]]]:
        """Count values; each facet that filters is counted without its own filter."""
        filters = self.asked.filters
        own = [facet for facet in self.asked.facets if facet in filters]
        counts = self._counts([one for one in self.asked.facets if one not in own], filters)
        for facet in own:
            without = {name: values for name, values in filters.items() if name != facet}
            counts |= self._counts([facet], without)
        return {facet: counts[facet] for facet in self.asked.facets}

    def _counts(
        self, facets: Sequence[str], filters: Mapping[str, Sequence[str]]
    ) -> dict[str, list[tuple[str, int]]]:
        if not facets:
            return {}
        question = self._question(facets, filters)
        return dict(self._kept(question, lambda: self._aggregated(facets, filters)))

    def _kept(self, question: tuple, count: Callable[[], Any]) -> Any:
        """Return what was counted before in this state of the index, or count it and keep that."""
        kept = self.opened.counts
        found = kept.get(question)
        if found is None:
            found = count()
            if len(kept) >= KEPT:  # other threads keep answers here, too
                kept.clear()
            kept[question] = found
        return found

    def _question(self, facets: Sequence[str], filters: Mapping[str, Sequence[str]]) -> tuple:
        """Return what decides a count: the next page of an answer need not count again."""
        asked = self.asked
        within = tuple(sorted((facet, tuple(values)) for facet, values in filters.items()))
        return (asked.wanted, asked.unwanted, asked.named, tuple(facets), within)

    def _aggregated(
        self, facets: Sequence[str], filters: Mapping[str, Sequence[str]]
    ) -> dict[str, list[tuple[str, int]]]:
        asked = {facet: {"terms": {"field": facet, "size": COUNTED}} for facet in facets}
        found = self.searcher.aggregate(self._match(filters), asked)
        return {
            facet: [
                (
                    value(facet, int(one["key"])) if facet in FIGURES else one["key"],
                    one["doc_count"],
                )
                for one in found[facet]["buckets"]
            ]
            for facet in facets
        }
