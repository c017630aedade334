"""Apart (分工): processes beside the main one, which check portions and make parts ready.

Nothing here may import a model: that is only possible after ``prepare``.
"""

import os
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

HELPERS = 2
LOOK = 1.0  # seconds between two looks at the parent


def helpers(*, at_once: bool = False) -> ProcessPoolExecutor:
    """Return processes that begin at once, or when they are first asked for something."""
    pool = ProcessPoolExecutor(HELPERS, get_context("spawn"), prepare, (os.getpid(),))
    for _one in range(HELPERS if at_once else 0):
        pool.submit(os.getpid)
    return pool


def prepare(parent: int) -> None:
    """Make a process ready for models, and let it end when its parent is gone, even killed."""
    import django

    end_with(parent)
    django.setup()


def end_with(parent: int) -> None:
    """Let this process end when its parent is gone, even killed."""
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)
