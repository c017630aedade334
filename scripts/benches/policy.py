"""The policy reader: a megabyte beside a tenth of it, the damaged Opinion beside the mended."""

from __future__ import annotations

from pathlib import Path

from rongbiao.texts.policies import read_policy
from rongbiao.texts.policies.repairs import repaired
from scripts.benches import Line, side_by_side

TITLE = "政策解读（时间应与长度成正比：比值约为 10）"
OPINION = Path(__file__).resolve().parents[2] / "cities" / "fuzhou" / "plan.txt"
MEGABYTE = 1_000_000


def measure() -> list[Line]:
    """Measure reading of long papers, made by repeating the Opinion."""
    text = OPINION.read_text(encoding="utf-8")
    mended = repaired(text)[0].text + "\n"
    size = len(mended.encode())
    long, short = mended * (MEGABYTE // size // 10 * 10), mended * (MEGABYTE // size // 10)
    grown = side_by_side(lambda: read_policy(long), lambda: read_policy(short), turns=3)
    damaged = text * (MEGABYTE // len(text.encode()))
    worst = side_by_side(lambda: read_policy(damaged), lambda: read_policy(long), turns=3)
    whole = side_by_side(lambda: read_policy(text), lambda: read_policy(mended), turns=5)
    megabytes = len(long.encode()) / MEGABYTE
    return [
        Line(f"{megabytes:.2f} MB", grown[0], "其十分之一", grown[1], "应不超过 2 秒"),
        Line("1 MB，处处缺损", worst[0], "完好的", worst[1], "应不超过 2 秒"),
        Line("《意见》收到时的样子", whole[0], "补正以后", whole[1]),
    ]
