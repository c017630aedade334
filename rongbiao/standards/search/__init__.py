"""Search (检索): one small interface, several engines behind it.

``asked`` turns what somebody typed and chose into a ``Query``; ``engine().search(query)``
answers it with a ``Page`` of primary keys, the exact total, and counts; rows are read from
the database. ``engine().suggest("gbt 1.")`` returns what may be typed next. ``catch_up`` and
``rebuild`` of ``indexer`` keep the index in step with the register.
"""

from functools import cache

from .asked import address_of, asked
from .query import (
    FACETS,
    Difference,
    Hit,
    Order,
    Page,
    Query,
    SearchBackend,
    Suggestion,
)

__all__ = [
    "FACETS", "Difference", "Hit", "Order", "Page", "Query", "SearchBackend", "Suggestion",
    "address_of", "asked", "engine", "warm",
]  # fmt: skip


def engine() -> SearchBackend:
    """Return the engine that this installation chose by ``RONGBIAO_SEARCH``."""
    from django.conf import settings

    return _made(settings.SEARCH)


def warm() -> None:
    """Read the tables that the first question needs, before it is asked; no database is touched."""
    from rongbiao.texts.folding import other_wording

    from .typed import read_typed

    engine()
    for words in ("軟體品質", "GB/T 1.1-2020", "标准 quality"):
        read_typed(words)
        other_wording(words)


@cache
def _made(name: str) -> SearchBackend:
    """Make an engine once for this process; each loads its library only when chosen."""
    if name == "postgresql":
        from .postgresql import PostgreSQL

        return PostgreSQL()
    from .embedded import Tantivy

    return Tantivy()
