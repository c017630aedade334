"""Beside the server (伴随进程): commands that run while the platform is served."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PROGRAM = "from rongbiao.shell import main; main()"
AGAIN = 1.0  # seconds before one that ended is started again
KEEPER = "KEEPER"  # in the environment of a command: who keeps it running
PATIENCE = 10.0  # seconds that one has to end by itself


def keeper() -> int:
    """Return the process that keeps this one, which may be gone before this one is up."""
    return int(os.environ.get(KEEPER, os.getppid()))


@contextmanager
def beside(*words: str) -> Iterator[None]:
    """Keep ``rongbiao WORDS`` running in a process of its own; it ends with the server.

    One that ends before its time is started again. The commands themselves end when they
    see that whoever started them is gone, so that a killed server leaves nobody behind.
    """
    ended = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep_running() -> None:
        while not ended.is_set():
            running[:] = [
                subprocess.Popen(  # noqa: S603
                    [sys.executable, "-c", PROGRAM, *words],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    start_new_session=True,  # Ctrl-C is for the server, which tells us
                    env=os.environ | {KEEPER: str(ours)},
                )
            ]
            running[0].wait()
            ended.wait(AGAIN)

    ours = os.getpid()
    watch = threading.Thread(target=keep_running, daemon=True)
    watch.start()
    try:
        yield
    finally:
        if os.getpid() == ours:  # and not a worker that ends
            ended.set()
            for one in running:
                one.terminate()
            watch.join(PATIENCE)
            for one in running:
                if one.poll() is None:
                    one.kill()
