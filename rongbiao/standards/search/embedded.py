"""The embedded engine: a tantivy index beside the database, derived from it.

Web processes open it read-only and look at ``meta.json`` before each answer, so that what
the indexer commits is seen at once. One process at a time writes (``indexer``).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tantivy
from django.conf import settings
from tantivy import Query

from rongbiao.standards.garbage import uncollected
from rongbiao.standards.search import generations, rows
from rongbiao.standards.search.answering import Engine
from rongbiao.standards.search.embedded_fields import PK, schema
from rongbiao.standards.search.embedded_finding import Finding
from rongbiao.standards.search.embedded_queries import any_of, edge_query, edition_query
from rongbiao.standards.search.entry import entry
from rongbiao.standards.search.finding import Asked, Found
from rongbiao.standards.search.preparing import prepared, ready
from rongbiao.standards.search.query import Difference, Told
from rongbiao.standards.search.typed import Phrase

HEAP = 64_000_000  # bytes in which a writer gathers entries of a change
REBUILD_HEAP = 256_000_000
SPAN = 50_000  # primary keys compared at a time
Mark = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class Opened:
    """One state of the index, as a reader sees it."""

    path: Path
    mark: Mark
    index: tantivy.Index
    searcher: tantivy.Searcher
    whole: bool  # no entry is marked as removed: counts of terms are exact
    counts: dict[Any, Any] = field(
        default_factory=dict
    )  # of facets and totals; they live as long as this

    @property
    def generation(self) -> str:
        return f"{self.path.name}-{self.mark[1]}"


class Tantivy(Engine):
    """Search in the embedded index."""

    name = "tantivy"

    def __init__(self) -> None:
        super().__init__()
        self._opened: Opened | None = None
        self._lock = threading.Lock()

    # Reading

    def opened(self) -> Opened | None:
        """Return the newest state of the index; None when there is no index yet."""
        seen = self._opened
        try:
            if seen and _mark(seen.path) == seen.mark:
                return seen
        except OSError:
            pass  # a new generation is taking over
        with self._lock:
            for _ in range(3):
                try:
                    return self._open()
                except (OSError, ValueError):  # it was replaced under our hands
                    continue
        return None

    def _open(self) -> Opened | None:
        path = generations.current()
        if path is None:
            self._opened = None
            return None
        mark = _mark(path)
        if generations.current() != path:
            raise ValueError(path)  # it was replaced between the two looks: the mark is another's
        seen = self._opened
        if seen and seen.path == path and seen.mark == mark:
            return seen
        index = seen.index if seen and seen.path == path else tantivy.Index.open(str(path))
        index.config_reader("manual")
        index.reload()
        whole = '"deletes": {' not in (path / "meta.json").read_text()
        self._opened = Opened(path, mark, index, index.searcher(), whole)
        return self._opened

    def ready(self) -> bool:
        return self.opened() is not None

    def generation(self) -> str:
        opened = self.opened()
        return opened.generation if opened else ""

    def find(self, asked: Asked) -> Found | None:
        opened = self.opened()
        return Finding(opened, asked).found() if opened else None

    def beginning(self, phrase: Phrase, size: int) -> list[int]:
        return self._first(edge_query(phrase), size)

    def abbreviated(self, letters: str, size: int) -> list[int]:
        return self._first(Query.term_query(schema(), "initials", letters, "basic"), size)

    def _first(self, query: Query, size: int) -> list[int]:
        opened = self.opened()
        if opened is None:
            return []
        found = opened.searcher.search(query, size, count=False, order_by_field="rank")
        return [rank & PK for rank, _ in found.hits]

    def nearest(self, phrase: Phrase) -> list[int]:
        opened = self.opened()
        if opened is None:
            return []
        shared: list[Query] = []
        for token in (*phrase.tokens, *phrase.units):
            if token.isascii() and token.isalpha() and len(token) > 3:  # a year has no slips
                shared.append(Query.fuzzy_term_query(schema(), "text", token, 1))
            else:
                shared.append(Query.term_query(schema(), "text", token))
        hits = opened.searcher.search(any_of(shared), 20, count=False).hits
        return _keys(opened.searcher, [at for _, at in hits])

    # Writing, with the lock of ``generations`` held

    def apply(self, pks: Iterable[int]) -> None:
        path = generations.current()
        if path is None:
            return
        asked = list(dict.fromkeys(pks))
        writer = tantivy.Index.open(str(path)).writer(HEAP, 1)
        writer.delete_documents_by_query(edition_query(asked))
        for row in rows.some_rows(asked):
            writer.add_json(ready(row))
        writer.commit()
        writer.wait_merging_threads()

    def rebuild(self, told: Told = bool) -> int:
        path = generations.begin()
        writer = tantivy.Index(schema(), str(path)).writer(REBUILD_HEAP, 1)
        written = 0
        with uncollected():
            for stretch in prepared(rows.columns()):
                for one in stretch:
                    writer.add_json(one)
                written += len(stretch)
                told(written)
        writer.commit()
        writer.wait_merging_threads()
        generations.use(path)
        return written

    def difference(self, told: Told = bool) -> Difference:
        opened = self.opened()
        if opened is None:
            return Difference(lacking=rows.count())
        lacking = stale = met = seen = 0
        for stretch in rows.stretches():
            stamps = _stamps(opened.searcher, stretch[0].pk, stretch[-1].pk)
            told(seen := seen + len(stretch))
            for row in stretch:
                stamp = stamps.get(row.pk)
                lacking += stamp is None
                stale += stamp is not None and stamp != entry(row).stamp
                met += stamp is not None
        return Difference(lacking, opened.searcher.num_docs - met, stale)


def _mark(path: Path) -> Mark:
    """Return what changes with every commit and with another generation's taking over."""
    said = os.stat(path / "meta.json")  # noqa: PTH116  before every answer: the quickest way
    used = os.stat(f"{settings.VAR}/search/CURRENT")  # noqa: PTH116
    return said.st_ino, said.st_mtime_ns, said.st_size, used.st_ino, used.st_mtime_ns


def _keys(searcher: tantivy.Searcher, places: list[tantivy.DocAddress]) -> list[int]:
    return [int(pk or 0) for pk in searcher.fast_field_values("pk", places)]


def _stamps(searcher: tantivy.Searcher, first: int, last: int) -> dict[int, int]:
    """Return the stamps of the entries between two primary keys."""
    found: dict[int, int] = {}
    span = Query.range_query(schema(), "pk", tantivy.FieldType.Unsigned, first, last)
    places = [at for _, at in searcher.search(span, SPAN, count=False).hits]
    stamps = searcher.fast_field_values("stamp", places)
    for pk, stamp in zip(_keys(searcher, places), stamps, strict=True):
        found[pk] = int(stamp or 0)
    return found
