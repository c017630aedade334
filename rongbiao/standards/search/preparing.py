"""Preparing (备料): what the embedded index takes up of each edition, made ready.

For a large register a second process does it, ahead of the one that writes. Making takes
longer than writing, so whoever writes makes a stretch itself while the other still has
enough to do: two cores work. The pipe between them is their bond: whichever end is killed,
the other one sees it closed, and ends or says so.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import chain, islice
from typing import IO, Any, NamedTuple

from rongbiao.standards.search.embedded_fields import document
from rongbiao.standards.search.entry import Row, entry
from rongbiao.standards.search.rows import Columns
from rongbiao.texts.folding import folded

MANY = 20  # stretches; from here on a second process
AHEAD = 2  # stretches that wait for the second process, before this one makes some itself
FURTHEST = 6  # stretches that are asked for or made, and not yet written
PROGRAM = "import django; django.setup(); from {} import make_ready; make_ready()"


class Pipes(NamedTuple):
    """What goes to the second process, and what comes back."""

    out: IO[bytes]
    back: IO[bytes]


def ready(row: Row) -> str:
    """Return the document of an edition, as JSON."""
    import rjieba  # thirty megabytes of dictionary, which who only searches does not need

    words = dict.fromkeys(word for word in rjieba.cut(folded(row.title)) if len(word) > 1)
    return document(entry(row), " ".join(words))


def prepared(stretches: Iterable[list[Columns]], many: int | None = None) -> Iterator[list[str]]:
    """Give the documents of each stretch, in order; of ``many`` stretches or more, made beside.

    Raises ``BrokenPipeError`` when the second process does not live to the end.
    """
    left, many = iter(stretches), many or MANY
    first = list(islice(left, many))
    if len(first) < many:
        yield from map(_made, first)
        return
    with _beside() as pipes, ThreadPoolExecutor(1) as at_the_pipe:
        coming: deque[Future[list[str]]] = deque()
        try:
            for stretch in chain(_emptied(first), left):
                if sum(not one.done() for one in coming) < AHEAD:
                    coming.append(at_the_pipe.submit(_asked, pipes, stretch))
                else:
                    coming.append(Future())
                    coming[-1].set_result(_made(stretch))
                while coming and (coming[0].done() or len(coming) > FURTHEST):
                    yield coming.popleft().result()
            for one in coming:
                yield one.result()
        finally:
            at_the_pipe.shutdown(cancel_futures=True)


def _asked(pipes: Pipes, stretch: list[Columns]) -> list[str]:
    """Have a stretch made by the second process."""
    try:
        _sent(pipes, stretch)
        done: list[str] = pickle.load(pipes.back)  # noqa: S301  from our own child
    except (EOFError, OSError, pickle.UnpicklingError):
        raise BrokenPipeError("为索引备料的进程中断了") from None
    return done


def _made(stretch: list[Columns]) -> list[str]:
    return [ready(Row(*one)) for one in stretch]


def _emptied(stretches: list[list[Columns]]) -> Iterator[list[Columns]]:
    while stretches:
        yield stretches.pop(0)


def _sent(pipes: Pipes, stretch: list[Any]) -> None:
    pickle.dump(stretch, pipes.out)
    pipes.out.flush()


@contextmanager
def _beside() -> Iterator[Pipes]:
    """Start the second process, which ends when its pipe is closed."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", PROGRAM.format(__name__)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    try:
        yield Pipes(process.stdin, process.stdout)
    finally:
        process.stdout.close()
        with suppress(OSError):
            process.stdin.close()
        process.wait()


def make_ready() -> None:
    """Make documents of what comes until nothing comes any more: the second process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started us
    gc.disable()  # entries make no cycles, by the million
    pipes = Pipes(os.fdopen(os.dup(1), "wb"), sys.stdin.buffer)
    with suppress(EOFError, OSError):
        while True:
            _sent(pipes, _made(pickle.load(pipes.back)))  # noqa: S301  from our own parent
