"""Ready (备妥): parts read, or written for the database, by others while it takes the one before."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl
from django.db import connection
from django.utils import timezone

from . import sql, staging
from .fresh import Mark, Units, tables_of
from .staging import AHEAD, Part, once, part_rows
from .telling import recent


class Ready(NamedTuple):
    """A part of which the register has nothing, as ``sql.pour`` takes it."""

    path: Path
    first: int  # primary key
    rows: int
    twice: int
    recent: pl.DataFrame  # those that are news


def make_ready(
    folder: Path, part: Part, path: Path, first: int, mark: Mark, units: Units, day: date
) -> Ready:
    """Write a part for the database; runs in a process of its own."""
    kept = once(part_rows(folder, part))
    sql.lay(path, tables_of(kept, first, mark, units))
    return Ready(path, first, kept.height, part.height - kept.height, recent(kept, day))


def in_turn(
    folder: Path, parts: Sequence[Part], helpers: Executor, mark: Mark, units: Units, *, write: bool
) -> Iterator[tuple[Part, Ready | pl.DataFrame]]:
    """Give part after part: ready where the register has nothing of it, else its rows.

    Helpers make parts ready for loads of many rows, outside of any transaction.
    """
    many = sum(part.height for part in parts) >= staging.MANY
    apart = write and many and not connection.in_atomic_block
    rows = sum(part.height for part in parts if part.kind == "rows")
    first = sql.reserve_apart(sql.STANDARD, rows) if apart else 0
    under_way: deque[tuple[Part, Future]] = deque()
    with ThreadPoolExecutor(1) as reader:
        for number, part in enumerate(parts):
            if len(under_way) >= AHEAD:
                yield _next(under_way)
            coming: Future
            if apart and part.kind == "rows" and not sql.any_between(part.low, part.high):
                path = folder / f"ready-{os.getpid()}-{number}"
                given = folder, part, path, first, mark, units, timezone.localdate()
                coming = helpers.submit(make_ready, *given)
                first += part.height
            else:
                coming = reader.submit(part_rows, folder, part)
            under_way.append((part, coming))
        while under_way:
            yield _next(under_way)


def _next(under_way: deque[tuple[Part, Future]]) -> tuple[Part, Ready | pl.DataFrame]:
    part, coming = under_way.popleft()
    return part, coming.result()
