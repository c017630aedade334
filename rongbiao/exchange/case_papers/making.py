"""Long papers are made beside the page (后台生成), kept by the hash of what they are made of.

A paper is derived: whatever is lost is made again. So there is no queue and no table, only
files in ``var/papers``: the paper, how far it is, and a lock of the operating system that
says who is at it and is freed however that ends. What is asked for with other rows has
another hash; what nobody asked for in a day goes.
"""

import fcntl
import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings

KEPT = 24 * 3600  # seconds
Render = Callable[..., bytes]


def folder() -> Path:
    """Return where papers are kept for a while; only their owner reads there."""
    made: Path = settings.VAR / "papers"
    made.mkdir(mode=0o700, parents=True, exist_ok=True)
    return made


def place(given: Any, kind: str) -> Path:
    """Return where the paper of such data stands: every word of them is in its name's hash."""
    said = hashlib.sha256(repr(given).encode("utf-8", "surrogatepass"))
    return folder() / f"{said.hexdigest()}.{kind}"


def made(given: Any, kind: str, render: Render) -> bytes | None:
    """Return a paper that is made; if it is not, let it be made beside and return nothing."""
    path = place(given, kind)
    with suppress(FileNotFoundError):
        os.utime(path)
        return path.read_bytes()
    threading.Thread(target=work, args=(path, given, render), daemon=True).start()
    return None


def progress(given: Any, kind: str) -> tuple[int, int]:
    """Return how many rows of how many are done; 0, 0 before the first are."""
    with suppress(FileNotFoundError, ValueError):
        done, _of, total = place(given, kind).with_suffix(".told").read_text().partition(" ")
        return int(done), int(total)
    return 0, 0


def work(path: Path, given: Any, render: Render) -> bool:
    """Make a paper; false where somebody else is at it, or has just made it."""
    with _alone(path) as alone:
        if not alone or path.exists():
            return False
        told = path.with_suffix(".told")
        content = render(given, lambda done, total: _put(told, f"{done} {total}".encode()))
        _put(path, content)
        told.unlink(missing_ok=True)
    tidy()
    return True


def tidy() -> None:
    """Remove what nobody asked for in a day."""
    for path in folder().iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - KEPT:
                path.unlink()


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    with path.with_suffix(".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        draft.write(content)
    Path(draft.name).replace(path)
