"""Engine (检索引擎): what every engine does alike, around the finding that each does its own way."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rongbiao.standards.search import named, suggesting
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


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be found: a question taken apart, with the editions that its number names."""

    wanted: tuple[tuple[Phrase, ...], ...]
    unwanted: tuple[Phrase, ...]
    filters: Mapping[str, tuple[str, ...]]
    facets: tuple[str, ...]
    order: Order
    start: int
    size: int
    named: tuple[int, ...] = field(default=())  # found whatever their words; they stand first


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine found: primary keys after the named ones, and the total without them."""

    pks: Sequence[int]
    total: int
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)


class Engine(ABC):
    """A search engine; its finding is in ``find``, ``beginning`` and ``abbreviated``."""

    name = ""

    def __init__(self) -> None:
        self.watch = Watch()

    @abstractmethod
    def find(self, asked: Asked) -> Found:
        """Find editions. ``start`` and ``size`` do not count the named ones."""

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
        first = self._named(typed, filters, query)
        head = first[start : start + size] if query.order is Order.RELEVANCE else ()
        if not self.ready():
            return Page([Hit(pk, True) for pk in head], len(first))
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
        found = self.find(asked)
        hits = [Hit(pk, by_number=True) for pk in head]
        hits += [Hit(pk, pk in first) for pk in found.pks[: size - len(head)]]
        total = found.total + (len(first) if query.order is Order.RELEVANCE else 0)
        meant = "" if total or start else suggesting.meant(self, typed)
        return Page(hits, total, found.facets, typed.marks, meant, self.generation())

    def _named(
        self, typed: Typed, filters: Mapping[str, tuple[str, ...]], query: Query
    ) -> list[int]:
        """Return the editions that the number typed names; the database knows, always."""
        return named.editions(typed.number, filters) if typed.number else []

    def suggest(self, words: str, size: int = 8) -> Sequence[Suggestion]:
        """Return what somebody who typed this may go on to type; see ``SearchBackend``."""
        self.watch.when_nobody_follows(self)
        return suggesting.suggest(self, words, min(max(size, 1), 50))
