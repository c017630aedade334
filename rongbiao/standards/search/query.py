"""What is asked of a search engine and what it answers, whichever engine it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

# What a result can be narrowed by and counted for: the values are those of the columns of
# ``Standard``; ics and ccs count their top classes and filter by any class beneath; region
# counts six-digit codes and filters by two, four or six digits; year is the year of issue;
# organization is the name of a drafting, owning or issuing unit; section is a field of the
# Opinion (a key of the city's sections.toml).
FACETS = ("level", "status", "nature", "ics", "ccs", "region", "year", "organization", "section")
Told = Callable[[int], object]  # hears how many rows are done
COUNTED = 50  # values of one facet that are counted, the most frequent


class Order(StrEnum):
    """How results are sorted."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Query:
    """One question: words as typed, filters by facet, and which stretch of the answer.

    ``words`` may hold several words (all must be found), "a phrase", and -word (must not).
    ``filters`` maps a name of ``FACETS`` to the values of which one must hold.
    ``facets`` names what is counted; each count leaves its own filter out, so that a page
    can offer the other values.
    """

    words: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facets: Sequence[str] = ()
    order: Order = Order.RELEVANCE
    start: int = 0
    size: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: the primary key of an edition and whether its number was what matched."""

    pk: int
    by_number: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of type-ahead: a number, its title, and the primary key of the edition."""

    pk: int
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: the hits of the stretch, the exact total, counts, what to mark, what was meant."""

    hits: Sequence[Hit]
    total: int
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    marks: Sequence[str] = ()  # the words found, for ``texts.marking.marked``
    meant: str = ""  # “did you mean”, when nothing was found
    generation: str = ""  # which state of the index answered; empty: there is no index yet


@dataclass(frozen=True, slots=True)
class Difference:
    """How an index differs from the register, in editions."""

    lacking: int = 0  # the register holds them, the index does not
    gone: int = 0  # the index holds them, the register does not any more
    stale: int = 0  # both hold them, with different content

    def __bool__(self) -> bool:
        return bool(self.lacking or self.gone or self.stale)


class SearchBackend(Protocol):
    """What every engine can do. Methods are safe to call from several threads and processes."""

    name: str

    def search(self, query: Query) -> Page:
        """Answer a question; never raises for what a person may type."""
        ...

    def suggest(self, words: str, size: int = 8) -> Sequence[Suggestion]:
        """Return what somebody who typed this may go on to type."""
        ...

    def apply(self, pks: Iterable[int]) -> None:
        """Take up the present state of some editions, removed ones included, and commit.

        Doing it twice does no harm. Only ``indexer`` calls this, while it holds the lock.
        """
        ...

    def rebuild(self, told: Told = bool) -> int:
        """Make the index anew beside the one in use, switch to it, and return its rows.

        ``told`` hears now and then how many rows are done. Only ``indexer`` calls this.
        """
        ...

    def difference(self, told: Told = bool) -> Difference:
        """Compare the index with the register, edition by edition; ``told`` as above."""
        ...

    def ready(self) -> bool:
        """Tell whether there is an index that this version can read."""
        ...
