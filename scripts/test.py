"""Run everything that can fail, and say plainly what was skipped and why.

Order: quick checks first, then the suite on SQLite and, beside it, on PostgreSQL; whichever is
done takes browser tests from one heap until none is left.
Ends with one line ``N passed, N failed, N skipped`` over all pytest runs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
sys.path.insert(0, str(ROOT))

from scripts.machine import PostgreSQL, chromium, have_packages  # noqa: E402

DEBIAN = ["chromium", "fonts-noto-cjk", "postgresql", "libreoffice-writer-nogui"]
totals = {"passed": 0, "failed": 0, "skipped": 0}
skipped: list[str] = []
failures: list[str] = []
talking = threading.Lock()  # one suite speaks at a time


def say(words: str) -> None:
    print(f"\n━━ {words}", flush=True)


@contextmanager
def timed(words: str):
    """Name a step and tell how long it took."""
    say(words)
    started = time.monotonic()
    yield
    print(f"   {words}：{time.monotonic() - started:.0f} 秒", flush=True)


def check(words: str, *arguments: str) -> None:
    """Run one checker; its failure is noted and the others still run."""
    with timed(words):
        if subprocess.run([BIN / arguments[0], *arguments[1:]], cwd=ROOT, check=False).returncode:  # noqa: S603
            failures.append(words)


class Run(NamedTuple):
    """One run of pytest: its name, which tests (``-m``), and settings of its own."""

    words: str
    which: str
    environment: dict[str, str] = {}


def suite(run: Run) -> None:
    """Run pytest once, print what it says as it comes, and add up what it counted."""
    with talking:
        say(run.words)
        count(run, pytest(run, lambda line: print(line, end="", flush=True)))


def silent_suites(*runs: Run) -> None:
    """Run pytest beside other runs; what it says is printed whole when the others are silent."""
    ended = []
    for run in runs:
        lines: list[str] = []
        ended.append((run, lines, pytest(run, lines.append)))
    with talking:
        for run, lines, end in ended:
            say(run.words)
            print("".join(lines), end="", flush=True)
            count(run, end)


def pytest(asked: Run, tell: Callable[[str], object]) -> tuple[int, str, float]:
    """Run pytest; return its status, its line of sums and how many seconds it took."""
    started = time.monotonic()
    run = subprocess.Popen(  # noqa: S603
        [BIN / "python", "-m", "pytest", "-q", "-rs", "--durations=12", "-m", asked.which],
        cwd=ROOT,
        env=os.environ | asked.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    sums = ""
    for line in run.stdout:
        tell(line)
        sums = line if re.search(r"\d+ (passed|failed|error|skipped)", line) else sums
    return run.wait(), sums, time.monotonic() - started


def count(run: Run, ended: tuple[int, str, float]) -> None:
    """Add what a run of pytest counted to the sums of all runs."""
    status, sums, seconds = ended
    print(f"   {run.words}：{seconds:.0f} 秒", flush=True)
    counted = {kind: int(n) for n, kind in re.findall(r"(\d+) (\w+)", sums)}
    totals["passed"] += counted.get("passed", 0)
    totals["failed"] += sum(counted.get(kind, 0) for kind in ("failed", "error", "errors"))
    totals["skipped"] += counted.get("skipped", 0)
    if status:
        failures.append(run.words)


@contextmanager
def on_postgresql(which: str, *then: Run):
    """Run the suite on a PostgreSQL of its own while others run here; wait for it at the end.

    ``then``: what follows on it, without the server.
    """
    with tempfile.TemporaryDirectory(prefix="rongbiao-pg-") as folder:
        server = PostgreSQL(Path(folder))
        if not server.start():
            skipped.append(f"PostgreSQL 测试：{server.why}")
            yield
            return
        try:
            first = Run(
                f"测试（PostgreSQL {server.version}）", which, {"RONGBIAO_DATABASE": server.url}
            )
            beside = threading.Thread(target=silent_suites, args=(first, *then))
            beside.start()
            yield
            beside.join()
        finally:
            server.stop()


def main() -> int:
    """Check, test, and close with the sums."""
    have_packages(DEBIAN)
    check("规范（ruff）", "ruff", "check", "-q", ".")
    check("格式（ruff format）", "ruff", "format", "--check", "-q", ".")
    check("楼层（import-linter）", "lint-imports", "--no-cache")
    check("类型（mypy）", "mypy")
    with tempfile.TemporaryDirectory(prefix="rongbiao-heap-") as heap:
        browsers = []
        if chromium():
            words, share = "浏览器测试（Chromium）", {"RONGBIAO_HEAP": heap}
            browsers = [Run(f"{words}，之{part}", "browser", share) for part in "一二"]
        else:
            skipped.append("浏览器测试：本机没有 Chromium，也不能安装（需要 root 和 apt-get）。")
        with on_postgresql("not browser", *browsers[1:]):  # two cores, two suites
            for run in (Run("测试（SQLite）", "not browser"), *browsers[:1]):
                suite(run)
    for words in skipped:
        print(f"跳过 {words}")
    for words in failures:
        print(f"未通过 {words}")
    extra = max(len(failures) - (1 if totals["failed"] else 0), 0) if not totals["failed"] else 0
    print(
        f"{totals['passed']} passed, {totals['failed'] + extra} failed, {totals['skipped']} skipped"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    shutil.rmtree(ROOT / ".import_linter_cache", ignore_errors=True)
    sys.exit(main())
