"""Torture the platform and leave a report: ``python scripts/torture.py [kills cuts …]``.

Minutes, and bounded; ``TIMES=20`` asks for fewer. The report stands in var/torture.md.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.machine import PostgreSQL  # noqa: E402
from scripts.torturing.cuts import cuts  # noqa: E402
from scripts.torturing.full import full  # noqa: E402
from scripts.torturing.kills import kills  # noqa: E402
from scripts.torturing.mutating import mutating  # noqa: E402
from scripts.torturing.rush import rush  # noqa: E402

Torture = Callable[[Path, int, str], Iterator[str]]
TIMES = int(os.environ.get("TIMES", "0"))


def on_postgresql(torture: Torture, folder: Path, times: int) -> Iterator[str]:
    """Torture on a PostgreSQL of its own."""
    server = PostgreSQL(folder)
    if not server.start():
        yield f"已跳过：{server.why}"
        return
    try:
        yield from torture(folder / "work", times, server.url)
    finally:
        server.stop()


TORTURES = {
    "kills": ("杀进程（SQLite）", lambda folder: kills(folder, TIMES or 100)),
    "kills-postgresql": (
        "杀进程（PostgreSQL）",
        lambda folder: on_postgresql(kills, folder, TIMES or 100),
    ),
    "cuts": ("断电（SQLite）", lambda folder: cuts(folder, TIMES or 200)),
    "rush": ("同时提交（SQLite）", lambda folder: rush(folder, TIMES or 200)),
    "rush-postgresql": (
        "同时提交（PostgreSQL）",
        lambda folder: on_postgresql(rush, folder, TIMES or 200),
    ),
    "mutants": ("变异文件（G10）", lambda folder: mutating(folder, TIMES or 1000)),
    "full": ("磁盘满、读写出错（SQLite）", lambda folder: full(folder, TIMES or 200)),
}


def main(names: list[str]) -> int:
    """Run tortures and write the report; status 1 when something did not hold."""
    if unknown := [name for name in names if name not in TORTURES]:
        print(f"没有“{unknown[0]}”，可选：{'、'.join(TORTURES)}。", file=sys.stderr)
        return 2
    report, failed = ["# 可靠性折磨报告", ""], False
    for name in names or list(TORTURES):
        title, run = TORTURES[name]
        print(f"\n━━ {title}", flush=True)
        report += [f"## {title}", ""]
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="rongbiao-torture-") as folder:
            for words in run(Path(folder)):
                print(f"   {words}", flush=True)
                report.append(f"- {words}")
        failed |= "问题 0 处" not in report[-1] and "跳过" not in report[-1]
        report += [f"- 用时 {time.monotonic() - started:.0f} 秒", ""]
    (ROOT / "var").mkdir(exist_ok=True)
    (ROOT / "var" / "torture.md").write_text("\n".join(report))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
