"""Search (检索): one small interface, several engines behind it.

``asked`` turns what somebody typed and chose into a ``Query``; ``engine()`` answers it with
a ``Page`` of primary keys, the exact total, and counts. Rows are read from the database.
"""

from .query import FACETS, Hit, Order, Page, Query, SearchBackend, Suggestion

__all__ = ["FACETS", "Hit", "Order", "Page", "Query", "SearchBackend", "Suggestion"]
