"""The indexer (索引进程): takes changes of the register into the index, one writer at a time.

A change stands in the table ``Change`` since the transaction that made it. The indexer reads
a batch, applies it (remove and add, so twice does no harm), commits the index, and only then
deletes the batch. Killed at any moment, the next one begins with the same batch again.

Who does it: ``rongbiao serve`` starts ``rongbiao index --follow``, which looks every 200 ms.
Where none follows, a process that searches looks once a second and does it itself
(``when_nobody_follows``), so a desk, a script or a test needs no second process; of a large
register it takes up only a few changes at a time, since somebody waits for the answer.
"""

from __future__ import annotations

import logging
import time
from array import array
from collections.abc import Callable
from itertools import takewhile
from threading import Lock

from django.db import DatabaseError, connection

from rongbiao.standards.change import EVERYTHING, Change
from rongbiao.standards.search import generations, rows
from rongbiao.standards.search.query import SearchBackend, Told

BATCH = 5_000
EVERY = 0.2  # seconds between two looks of a follower
MUCH = 20_000  # waiting changes, a quarter of the register or more: a rebuild is quicker
SMALL = 20_000  # a register of so many editions is indexed while somebody waits
FEW = 200  # changes of a larger one that are taken up while somebody waits
CALM = 20.0  # seconds without another part of a load that fills the register
FOLLOWING = "following.lock"
UNDONE = (DatabaseError, OSError, ValueError)  # the database is away or busy, the disk is full
log = logging.getLogger(__name__)


def waiting() -> int:
    """Return how many changes wait to be taken up."""
    return Change.objects.count()


def catch_up(engine: SearchBackend, wait: float = 0.0, told: Told = bool) -> int | None:
    """Take up everything that waits; return how many changes, None if another one is writing.

    ``wait`` is for how many seconds to stand in line; ``told`` hears after each batch how
    many changes are done. An index that is missing, or made by another version, is made anew,
    and so it is after a load of many.
    """
    with generations.held(wait=wait) as ours:
        if not ours:
            return None
        done = _anew(engine, told) if not engine.ready() or _much() else 0
        while taken := _batch(engine, BATCH) or _told_anew(engine, told):
            done += taken
            told(done)
        return done


def _batch(engine: SearchBackend, most: int) -> int:
    """Take up the changes that have waited longest; return how many.

    One that tells of everything is not taken up here, nor what came after it.
    """
    waits = Change.objects.order_by("id").values_list("id", "standard_id")[:most]
    batch = list(takewhile(lambda change: change[1] != EVERYTHING, waits))
    if batch:
        engine.apply(pk for _, pk in batch)
        Change.objects.filter(pk__in=[number for number, _ in batch]).delete()
    return len(batch)


def _told_anew(engine: SearchBackend, told: Told) -> int:
    """Make the index anew where a change tells of everything: it came while another was made."""
    everything = Change.objects.filter(standard_id=EVERYTHING).exists()
    return max(_anew(engine, told), 1) if everything else 0


def _much() -> bool:
    """Tell whether so much of the register waits that an index made anew is sooner done."""
    waits = waiting()
    if not waits:
        return False
    told_so = Change.objects.filter(standard_id=EVERYTHING).exists()
    return told_so or (waits >= MUCH and waits * 4 >= rows.count())


def _anew(engine: SearchBackend, told: Told) -> int:
    """Make the index anew; return how many changes that took up: those that stood before."""
    seen = array("q", Change.objects.values_list("id", flat=True).iterator())
    everything = Change.objects.filter(standard_id=EVERYTHING).exists()
    written = engine.rebuild(told)
    for start in range(0, len(seen), BATCH):
        Change.objects.filter(pk__in=seen[start : start + BATCH].tolist()).delete()
    return written if everything else len(seen)


def rebuild(engine: SearchBackend, wait: float = 0.0, told: Told = bool) -> int | None:
    """Make the index anew and take up what changed meanwhile; None if another one is writing."""
    with generations.held(wait=wait) as ours:
        written = engine.rebuild(told) if ours else None
    if ours:
        catch_up(engine, wait)
    return written


def follow(engine: SearchBackend, alive: Callable[[], bool]) -> None:
    """Take up changes as they come until ``alive`` says no; behind another follower, stand by.

    A load that fills the register tells of everything with each part; the index is made
    anew once, when no more parts come. It is with this process that the platform starts:
    the index is read from a cold disk here, before somebody waits for an answer.
    """
    if path := generations.current():
        generations.read_through(path)
    calm = Calm()
    while alive():
        with generations.held(FOLLOWING, wait=1) as ours:
            while ours and alive():
                try:
                    if calm.come():
                        catch_up(engine)
                except UNDONE as bad:  # the changes wait
                    log.warning("索引没有写成，稍后再试：%s", bad)
                    connection.close()
                    time.sleep(2)
                time.sleep(EVERY)


class Calm:
    """Sees whether a load that fills the register still goes on, by the parts that come."""

    def __init__(self) -> None:
        self.newest, self.since = 0, 0.0

    def come(self) -> bool:
        """Tell whether no part has come for a while; it is so at once where none waits."""
        parts = Change.objects.filter(standard_id=EVERYTHING).order_by("-id")
        newest, now = parts.values_list("id", flat=True).first(), time.monotonic()
        if newest is not None and newest != self.newest:
            self.newest, self.since = newest, now
        return newest is None or now - self.since >= CALM


class Watch:
    """Looks after the index in processes that search, at most once in a second."""

    def __init__(self) -> None:
        self.lock, self.seen = Lock(), 0.0

    def when_nobody_follows(self, engine: SearchBackend) -> None:
        """Take up what waits if no follower runs; never inside somebody's transaction."""
        now = time.monotonic()
        if (
            now - self.seen < 1
            or connection.in_atomic_block
            or not self.lock.acquire(blocking=False)
        ):
            return
        try:
            self.seen = now
            with generations.held(FOLLOWING) as nobody:
                pass  # only a look: a follower that starts must not find it taken
            if nobody:
                self._look(engine)
        except UNDONE as bad:  # who asked is answered from what the index holds
            log.warning("索引没有写成：%s", bad)
        finally:
            self.lock.release()

    @staticmethod
    def _look(engine: SearchBackend) -> None:
        """Do what is soon done: all of a small register, a few changes of a large one."""
        ready = engine.ready()
        if ready and not Change.objects.exists():
            return
        if not rows.more_than(SMALL):
            catch_up(engine)
        elif ready:
            with generations.held() as ours:
                if ours:
                    _batch(engine, FEW)
