"""The embedded engine in a process of its own: how it opens cold, and what memory it takes."""

from __future__ import annotations

import json
import os
import pickle
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.benches.corpus import TRADE


def main() -> None:
    """Open the index of ``RONGBIAO_VAR``, ask what comes pickled, and print figures as JSON."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    from rongbiao.standards.search import Query, generations, warm
    from rongbiao.standards.search.embedded import Tantivy

    asked, typed = pickle.load(sys.stdin.buffer)  # noqa: S301  our own parent's
    setup_test_environment()
    connection.ensure_connection()
    warm()
    said = {"plain_mb": anonymous(), "load": os.getloadavg()[0]}
    os.sync()
    for path in generations.folder().rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    engine = Tantivy()
    for name, act in (
        ("open", engine.ready),
        ("first", lambda: engine.search(Query("茶"))),
        ("second", lambda: engine.search(Query("标准"))),
    ):
        began = time.perf_counter()
        act()
        said[name] = time.perf_counter() - began
    for one in asked:
        engine.search(one)
    for words in typed:
        engine.suggest(words)
    said["whole_mb"] = anonymous()
    json.dump(said | {"worker_mb": worker()}, sys.stdout)


def worker() -> float:
    """Return what this process takes once it is all that a worker of the platform is.

    Every page is loaded, and as many threads as a worker has count all facets at once.
    """
    from django.db import connection
    from django.urls import get_resolver

    from rongbiao.shell.serve import THREADS, spare_memory
    from rongbiao.standards.search import FACETS, Query
    from rongbiao.standards.search.embedded import Tantivy

    spare_memory()
    _ = get_resolver().url_patterns
    engine = Tantivy()
    asked = [Query(words, facets=FACETS) for words in ("", "茶", *TRADE[:8])]

    def count(turn: int) -> None:
        for place in range(len(asked)):
            if opened := engine.opened():
                opened.counts.clear()
            engine.search(asked[(place + turn) % len(asked)])
        connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(count, range(THREADS)))
    return anonymous()


def anonymous() -> float:
    """Return the anonymous memory of this process in MB; the index itself is mapped, not taken."""
    status = Path("/proc/self/status").read_text().split("RssAnon:")[1]
    return int(status.split()[0]) / 1024


if __name__ == "__main__":
    main()
