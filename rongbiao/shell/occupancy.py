"""Occupancy (占用): a server works in ``var`` with others; a restore works there alone."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rongbiao.shell.complaint import Complaint

NAME = "in-use.lock"


@contextmanager
def _held(var: Path, how: int, words: str) -> Iterator[None]:
    """Hold the lock of a ``var`` folder; the system frees it when the process ends, however."""
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (var / NAME).open("a") as lock:
        try:
            fcntl.flock(lock, how | fcntl.LOCK_NB)
        except OSError as taken:
            raise Complaint(words) from taken
        yield


def with_others(var: Path):
    """Work in ``var`` beside other servers and backups; refused while a restore runs."""
    return _held(var, fcntl.LOCK_SH, "正在恢复备份，请等它完成后再启动。")


def alone(var: Path):
    """Work in ``var`` alone; refused while a server or a backup runs there."""
    words = "平台或备份正在使用这些数据，请先停止它（Ctrl-C 或 systemctl stop）再恢复。"
    return _held(var, fcntl.LOCK_EX, words)
