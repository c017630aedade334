"""The import of a made-up table, from file to register, beside reading the same file alone.

``N`` in the environment sets the rows (20,000 by default, 3500000 for all); with
``RONGBIAO_DATABASE`` it runs on PostgreSQL. ``DRAFTERS=0`` leaves the drafting units out,
``ONCE=1`` the second loading.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from pathlib import Path

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
        done = loads.work(order)
        seconds = time.perf_counter() - started
        note = (
            f"每秒 {N / seconds:,.0f} 行，处理器 {_used() - used:.1f} 秒，"
            f"常驻内存最高 {_peak():.0f} MB；新增 {done.counts['new']}，"
            f"相同 {done.counts['same']}，共 {Standard.objects.count()} 条、"
            f"起草单位 {Participation.objects.count()} 个；{connection.vendor}"
        )
        yield Line(what, seconds, "只读文件", alone, note)


def _used() -> float:
    """Return the processor's seconds of this process and those it has waited for."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    spent = [resource.getrusage(kind) for kind in kinds]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def _peak() -> float:
    """Return the most memory that this process held, and the two largest of its helpers, in MB."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + 2 * helpers) / 1024
