"""The import of a made-up table, from file to register, beside reading the same file alone.

``N`` in the environment sets the rows (20,000 by default, 3500000 for all); with
``RONGBIAO_DATABASE`` it runs on PostgreSQL. ``DRAFTERS=0`` leaves the drafting units out,
``ONCE=1`` the second loading.
"""

from __future__ import annotations

import os
import resource
import tempfile
import threading
import time
from pathlib import Path
from typing import Self

import polars as pl
from django.conf import settings
from django.db import connection

from rongbiao.exchange.loading import loads
from rongbiao.standards.load import Load
from rongbiao.standards.models import Participation, Standard
from scripts.benches import Line
from scripts.benches.corpus import write

N = int(os.environ.get("N", "20000"))
DRAFTERS = os.environ.get("DRAFTERS", "1") != "0"
TITLE = f"导入标准（{N} 行 CSV，校验、登记、待索引；旁为只读这个文件）"


def measure() -> list[Line]:
    """Load a table twice into a test database: all new, then all the same."""
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings.VAR = Path(folder)
            path = Path(folder) / "table.csv"
            write(path, N)
            return list(_lines(path))
    finally:
        connection.creation.destroy_test_db(made, verbosity=0)


def _lines(path: Path):
    started = time.perf_counter()
    pl.read_csv(path, infer_schema=False)
    alone = time.perf_counter() - started
    mapping = {} if DRAFTERS else {"drafters": ""}
    for what in ("全部新增",) if os.environ.get("ONCE") else ("全部新增", "再导入一次"):
        started, used = time.perf_counter(), _used()
        order = loads.order(path, aim=Load.Aim.ENTER, basis="量测", mapping=mapping)
        with Held() as held:
            done = loads.work(order)
        seconds = time.perf_counter() - started
        note = (
            f"每秒 {N / seconds:,.0f} 行，处理器 {_used() - used:.1f} 秒，"
            f"内存最高 {held.peak:.0f} MB（共用的按份计）；新增 {done.counts['new']}，"
            f"相同 {done.counts['same']}，共 {Standard.objects.count()} 条、"
            f"起草单位 {Participation.objects.count()} 个；{connection.vendor}"
        )
        yield Line(what, seconds, "只读文件", alone, note)


def _used() -> float:
    """Return the processor's seconds of this process and those it has waited for."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    spent = [resource.getrusage(kind) for kind in kinds]
    return sum(one.ru_utime + one.ru_stime for one in spent)


class Held(threading.Thread):
    """Looks twice a second how much memory this process and those beneath it hold together.

    What several of them share counts once, in parts (PSS); the most seen is ``peak``, in MB.
    A server of PostgreSQL is not beneath it.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak, self.over = 0.0, threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.over.set()
        self.join()

    def run(self) -> None:
        """Look until it is over."""
        while not self.over.wait(0.5):
            self.peak = max(self.peak, sum(map(_share, _family(os.getpid()))) / 1024)


def _family(pid: int) -> list[int]:
    """Return a process and all beneath it."""
    try:
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        kin = [child for one in threads for child in one.read_text().split()]
    except OSError:  # it has just ended
        return []
    return [pid, *(one for child in kin for one in _family(int(child)))]


def _share(pid: int) -> int:
    """Return the memory of a process in KB, what it shares divided among those that share it."""
    try:
        return int(Path(f"/proc/{pid}/smaps_rollup").read_text().split("Pss:")[1].split()[0])
    except (OSError, IndexError):
        return 0
