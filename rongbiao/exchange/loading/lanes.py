"""Lanes (并行登记): parts entered side by side by several connections, kept in their order.

A part is kept, with the cursor of its load, only after the one before it is: whatever ends a
load, what the register holds is the first so many parts.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from django.db import connection

from . import sql
from .outcome import Outcome

Entry = tuple[Path | None, Callable[[], Outcome]]  # what must stand beside, and what enters
Keep = Callable[[Outcome], None]  # within the transaction that entered it


def in_lanes(entries: Iterator[Entry], keep: Keep, lanes: int) -> Iterator[None]:
    """Enter part after part, each in one transaction; yield after each that is committed.

    More than one lane needs a database that several connections may write at once. Whatever
    a part raises is raised here, and nothing after it is kept.
    """
    if lanes == 1:
        for beside, enter in entries:
            _enter(beside, enter, keep)
            yield
        return
    before: Future[None] = Future()
    before.set_result(None)
    under_way: deque[Future[None]] = deque()
    with ThreadPoolExecutor(lanes) as pool:
        for beside, enter in entries:
            if len(under_way) == lanes:
                yield under_way.popleft().result()
            in_turn = partial(_keep_after, before, keep)
            before = pool.submit(_enter_by_own, beside, enter, in_turn)
            under_way.append(before)
        while under_way:
            yield under_way.popleft().result()


def _enter(beside: Path | None, enter: Callable[[], Outcome], keep: Keep) -> None:
    with sql.beside(beside), sql.one_part():
        keep(enter())


def _enter_by_own(beside: Path | None, enter: Callable[[], Outcome], keep: Keep) -> None:
    """Enter a part by a connection of this thread's own."""
    try:
        with sql.roomy():
            _enter(beside, enter, keep)
    finally:
        connection.close()


def _keep_after(before: Future[None], keep: Keep, outcome: Outcome) -> None:
    before.result()  # committed, or it raises what went wrong
    keep(outcome)
