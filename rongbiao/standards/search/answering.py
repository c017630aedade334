"""Engine (检索引擎): what every engine does alike, around the finding that each does its own way."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence

from rongbiao.standards.search import named, suggesting, unindexed
from rongbiao.standards.search.finding import Asked, Found
from rongbiao.standards.search.indexer import Watch
from rongbiao.standards.search.query import (
    FACETS,
    Difference,
    Hit,
    Order,
    Page,
    Query,
    Suggestion,
    Told,
)
from rongbiao.standards.search.typed import Phrase, Typed, plain, read_typed

FURTHEST = 100_000_000  # no result is paged beyond
LARGEST = 100_000  # hits of one page; downloads take so many at once


class Engine(ABC):
    """A search engine; its finding is in ``find``, ``beginning`` and ``abbreviated``."""

    name = ""

    def __init__(self) -> None:
        self.watch = Watch()

    @abstractmethod
    def find(self, asked: Asked) -> Found | None:
        """Find editions, None without an index. ``start`` and ``size`` skip the named ones."""

    @abstractmethod
    def beginning(self, phrase: Phrase, size: int) -> list[int]:
        """Return editions whose titles begin so."""

    @abstractmethod
    def abbreviated(self, letters: str, size: int) -> list[int]:
        """Return editions whose titles begin with these initials."""

    @abstractmethod
    def nearest(self, phrase: Phrase) -> list[int]:
        """Return editions whose titles share most with a phrase that nothing holds."""

    @abstractmethod
    def generation(self) -> str:
        """Return which state of the index answers; empty when there is none."""

    @abstractmethod
    def apply(self, pks: Iterable[int]) -> None: ...

    @abstractmethod
    def rebuild(self, told: Told = bool) -> int: ...

    @abstractmethod
    def difference(self, told: Told = bool) -> Difference: ...

    @abstractmethod
    def ready(self) -> bool: ...

    def search(self, query: Query) -> Page:
        """Answer a question; see ``SearchBackend``."""
        self.watch.when_nobody_follows(self)
        typed = read_typed(query.words)
        filters = {
            facet: tuple(dict.fromkeys(plain(str(value)) for value in values))
            for facet, values in query.filters.items()
            if facet in FACETS and values
        }
        start = min(max(query.start, 0), FURTHEST)
        size = min(max(query.size, 1), LARGEST)
        first = self._named(typed, filters)
        head = first[start : start + size] if query.order is Order.RELEVANCE else ()
        asked = Asked(
            wanted=typed.wanted,
            unwanted=typed.unwanted,
            filters=filters,
            facets=tuple(facet for facet in query.facets if facet in FACETS),
            order=Order(query.order),
            start=max(0, start - len(first)) if query.order is Order.RELEVANCE else start,
            size=max(1, size - len(head)),
            named=tuple(first),
        )
        found = self.find(asked) or unindexed.find(asked)
        hits = [Hit(pk, by_number=True) for pk in head]
        hits += [Hit(pk, pk in first) for pk in found.pks[: size - len(head)]]
        total = found.total + (len(first) if query.order is Order.RELEVANCE else 0)
        known = found.generation or typed.number is not None  # words are compared by the index
        meant = suggesting.meant(self, typed) if known and not total and not start else ""
        return Page(hits, total, found.facets, typed.marks, meant, found.generation)

    def _named(self, typed: Typed, filters: Mapping[str, tuple[str, ...]]) -> list[int]:
        """Return the editions that the number typed names; the database knows, always."""
        if typed.number:
            return named.editions(typed.number, filters)
        return named.numbered(*typed.serial, filters) if typed.serial else []

    def suggest(self, words: str, size: int = 8) -> Sequence[Suggestion]:
        """Return what somebody who typed this may go on to type; see ``SearchBackend``."""
        self.watch.when_nobody_follows(self)
        return suggesting.suggest(self, words, min(max(size, 1), 50))
