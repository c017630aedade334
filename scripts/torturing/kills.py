"""G6: a process at work is killed at random moments; what it had answered is there, nothing is half done."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from .installation import ROOT, asked, prepared, surroundings

LONGEST = 1.2  # seconds of work before a kill, at most


def kills(folder: Path, times: int, database: str = "") -> Iterator[str]:
    """Yield a sentence for every tenth kill and for whatever does not hold."""
    random.seed(6)
    var = prepared(folder, waiting=max(10, times // 2), database=database)
    acks = folder / "acks"
    bad = 0
    for number in range(1, times + 1):
        strike(var, acks, number, database)
        if number % 10 == 0 or number == times:
            found = asked(var, acks, database)
            bad += len(found)
            count = len(acks.read_text().splitlines()) if acks.exists() else 0
            yield f"第 {number} 次：已答复 {count} 件，{'；'.join(found) or '无一丢失，无一半成'}"
    yield f"共杀进程 {times} 次，问题 {bad} 处。"


def strike(var: Path, acks: Path, number: int, database: str) -> None:
    """Start a worker, let it work for a random while, kill it."""
    worker = subprocess.Popen(  # noqa: S603
        [sys.executable, str(ROOT / "scripts/torturing/worker.py"), str(number)],
        cwd=ROOT,
        env=surroundings(var, database) | {"ACKS": str(acks)},
        stdout=subprocess.PIPE,
    )
    assert worker.stdout is not None
    worker.stdout.readline()
    time.sleep(random.uniform(0, LONGEST))
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
