"""What an address asks (查询串): one reading of it, for pages, downloads and the API alike.

The names in an address are those of ``Query``: ``q`` for the words, one name for each facet
(given again for each further value), ``order``, ``page``. ``address_of`` writes what
``asked`` reads.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from .query import FACETS, Order, Query

MOST_WORDS = 200  # characters
MOST_VALUES = 50  # values of one facet
LONGEST_VALUE = 200
MOST_PAGES = 10_000_000
SIZE = 20


def asked(said: Mapping[str, Sequence[str]], *, size: int = SIZE, facets=()) -> Query:
    """Return the question that an address asks; what cannot be meant is left out.

    ``said`` maps each name to the list of its values, as ``dict(request.GET.lists())``.

    >>> asked({"q": [" 茶 "], "level": ["national", ""], "page": ["3"]}).start
    40
    """
    filters = {name: values for name in FACETS if (values := _values(said.get(name, ())))}
    order = _last(said, "order")
    return Query(
        words=_plain(_last(said, "q"))[:MOST_WORDS],
        filters=filters,
        facets=tuple(facets),
        order=Order(order) if order in set(Order) else Order.RELEVANCE,
        start=(_page(_last(said, "page")) - 1) * size,
        size=size,
    )


def address_of(query: Query, *, page: int = 1) -> str:
    """Return a question as the query string of an address; what needs no saying is left out.

    >>> address_of(asked({"q": ["茶"], "status": ["current"]}))
    'q=%E8%8C%B6&status=current'
    """
    pairs = [("q", query.words)] if query.words else []
    pairs += [(name, value) for name in FACETS for value in query.filters.get(name, ())]
    if query.order != Order.RELEVANCE:
        pairs.append(("order", query.order.value))
    if page > 1:
        pairs.append(("page", str(page)))
    return urlencode(pairs)


def _plain(text: str) -> str:
    """Return what somebody typed on one line, without characters that nobody types.

    Half a pair of surrogates can reach an address and no database.
    """
    kept = "".join(" " if letter < " " or letter == "\x7f" else letter for letter in text)
    return " ".join(kept.encode(errors="ignore").decode().split())


def _last(said: Mapping[str, Sequence[str]], name: str) -> str:
    values = said.get(name, ())
    return values[-1] if values else ""


def _values(values: Sequence[str]) -> tuple[str, ...]:
    kept = (_plain(value) for value in values[:MOST_VALUES])
    return tuple(dict.fromkeys(value[:LONGEST_VALUE] for value in kept if value))


def _page(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= 8:
        return min(max(int(text), 1), MOST_PAGES)
    return 1
