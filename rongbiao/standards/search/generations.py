"""Generations (索引世代): the folders of a derived index, and who may write in them.

``<var>/search/`` holds one folder for each generation, ``CURRENT`` with the name of the one
in use, and a lock. A new generation is made beside the old one and taken into use by
renaming a file over ``CURRENT``: whoever reads sees the old one or the new one, whole.
"""

import fcntl
import json
import os
import shutil
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

from rongbiao.standards.search import sections

MEGABYTE = 2**20
VERSION = 3  # of entries and fields: another one means another index


def folder() -> Path:
    """Return where this installation keeps its indexes."""
    path = settings.VAR / "search"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def made_by() -> dict[str, int]:
    """Return what an index depends on: our version, the city's sections, which database."""
    said = connection.settings_dict
    database = "".join(f"{said[part]}/" for part in ("HOST", "PORT", "NAME"))
    return {
        "version": VERSION,
        "sections": sections.edition(),
        "database": zlib.crc32(database.encode()),
    }


def current() -> Path | None:
    """Return the generation in use, or None when there is none that this version reads."""
    with suppress(OSError, ValueError):
        root = folder()
        path = root / (root / "CURRENT").read_text().strip()
        if json.loads((path / "made_by.json").read_text()) == made_by():
            return path
    return None


def begin() -> Path:
    """Make the folder of a new generation; call it with the writing lock held."""
    for left in folder().glob("g*"):  # what a killed rebuild left
        if left != current():
            shutil.rmtree(left, ignore_errors=True)
    path = folder() / f"g{time.time_ns()}"
    path.mkdir(mode=0o700)
    return path


def use(path: Path) -> None:
    """Take a finished generation into use, safely on disk, and drop the one before."""
    (path / "made_by.json").write_text(json.dumps(made_by()))
    draft = folder() / "CURRENT.new"
    with draft.open("w") as file:
        file.write(path.name)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder() / "CURRENT")
    handle = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    for old in folder().glob("g*"):
        if old != path:  # readers that still have it open keep its files
            shutil.rmtree(old, ignore_errors=True)


def read_through(path: Path) -> None:
    """Read a generation once, so that the first question after a start finds it in memory."""
    kept = bytearray(MEGABYTE)
    for file in path.iterdir():
        with suppress(OSError), file.open("rb", buffering=0) as read:  # a merge may remove it
            while read.readinto(kept):
                pass


@contextmanager
def held(name: str = "writing.lock", wait: float = 0.0) -> Iterator[bool]:
    """Hold a lock of the index; yields whether it could be had within ``wait`` seconds.

    The system frees it when the process ends, however it ends.
    """
    with (folder() / name).open("a") as lock:
        until = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                if time.monotonic() >= until:
                    yield False
                    return
                time.sleep(0.05)
            else:
                break
        yield True
