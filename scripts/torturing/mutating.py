"""G10: files that are nearly good are read by the thousand; each ends in a document or one sentence.

A process reads many of them under the limits of the real reader, and says before each which one
it takes up: what makes it fall is known by its number, is given to the real reader, and must end
there in a sentence and in time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from .installation import ROOT

PORTION = 200  # files of one process: their limits of the processor are those of them together
SLOW = 5.0  # seconds of the processor for one file; beyond it the real reader is asked
MOST = 30.0  # seconds in which the real reader must have ended: its own limit is 20
MINUTES = 6  # of all together


def mutating(folder: Path, times: int) -> Iterator[str]:
    """Yield a sentence for every seed and for whatever did not end as it should."""
    sys.path.insert(0, str(ROOT))
    from tests.texts.documents.mutants import SEEDS

    bad = done = 0
    for seed in SEEDS:
        read = refused = slowest = stopped = 0
        until = time.monotonic() + MINUTES * 60 / len(SEEDS)
        found: list[str] = []
        for first in range(0, times, PORTION):
            if time.monotonic() > until:
                break
            said = portion(seed, first, min(first + PORTION, times))
            read, refused = read + said["read"], refused + said["refused"]
            slowest, stopped = max(slowest, said["slowest"]), stopped + said["stopped"]
            found += said["found"]
        done += read + refused + stopped
        bad += len(found)
        ends = "；".join(found[:5]) or "没有别的结果"
        yield f"{seed}：读出 {read} 份，一句话拒绝 {refused} 份，到上限中止 {stopped} 份，最慢 {slowest:.1f} 秒；{ends}"
    yield f"共读变异文件 {done} 份，问题 {bad} 处。"


def portion(seed: str, first: int, last: int) -> dict:
    """Read some mutants in a process; one that makes it fall is a finding, and the rest go on."""
    total = {"read": 0, "refused": 0, "stopped": 0, "slowest": 0.0, "found": []}
    while first < last:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "scripts.torturing.reading", seed, str(first), str(last)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        for line in lines:
            total["slowest"] = max(total["slowest"], line.get("seconds", 0))
            if "end" in line:
                total[line["end"]] += 1
            if why := line.get("found"):
                total["found"].append(f"{seed}:{line['number']} {why}")
        if not done.returncode:
            break
        begun = lines[-1]["number"] if lines else first
        if why := apart(seed, begun):
            total["found"].append(f"{seed}:{begun} {why}（{done.returncode}）")
        else:
            total["stopped"] += 1
        first = begun + 1
    return total


def apart(seed: str, number: int) -> str:
    """Let the real reader take a mutant that made ours fall or took too long; return what is wrong."""
    from rongbiao.texts.documents import Unreadable, read_apart
    from tests.texts.documents.mutants import mutants

    _number, data, name = next(mutants(seed, number, number + 1))
    began = time.monotonic()
    try:
        read_apart(data, name)
    except Unreadable as why:
        said = str(why)
        if not said.endswith("。") or "\n" in said:
            return f"不是一句话：{said[:80]!r}"
    seconds = time.monotonic() - began
    return f"读取用了 {seconds:.0f} 秒" if seconds > MOST else ""
