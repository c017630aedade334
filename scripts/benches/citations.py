"""Finding citations: beside one plain pattern, in sparse and in dense text, long beside short, the worst."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

from rongbiao.texts.citations import find_citations
from rongbiao.texts.policies.repairs import repaired
from scripts.benches import Line, side_by_side

TITLE = "识别引用（每秒：稀疏文本不少于 2500 万字，密集文本不少于 600 万字；时间与长度成正比）"
ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpora" / "citations"
OPINION = ROOT / "cities" / "fuzhou" / "plan.txt"
# What a person would write in a minute: the yardstick, for it finds far less.
PLAIN = re.compile(r"[A-Z]{1,6}(?:/[TZ])? ?\d+(?:\.\d+)*(?:[-—]\d{4})?")
SPARSE, DENSE = 2_000_000, 500_000  # characters
WORST = ["GB/T ", "GB 1", "A", "ISO/", "GB/T 1.1~", "GB 1、", ".1", "Q/A1 ", "（", "－", "gb"]


def sparse_text(size: int = SPARSE) -> str:
    """Return a policy over and over: Chinese sentences with hardly a letter."""
    text = repaired(OPINION.read_text(encoding="utf-8"))[0].text + "\n"
    return text * (size // len(text) + 1)


def dense_text(size: int = DENSE, kinds: tuple[str, ...] = ("prose", "tables")) -> str:
    """Return lines of the corpus over and over, each behind sentences: a citation in 160 characters."""
    said = (
        "检测单位应当在收到样品之日起十个工作日内完成检验，出具的报告应当载明方法、限值和结论，"
        "对结论有异议的，可以在收到报告之日起十五日内申请复检。复检的样品、方法和判定原则与初次检验相同，"
        "由双方认可的另一家机构承担，费用由责任方负担。\n"
    )
    lines = [
        json.loads(line)["text"].translate({ord("⟦"): None, ord("⟧"): None})
        for kind in kinds
        for line in (CORPUS / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    text = "".join(f"{said}{line}\n" for line in lines)
    return text * (size // len(text) + 1)


def measure() -> list[Line]:
    """Measure sparse and dense text beside a plain pattern, ten times the length, the worst of ten inputs."""
    out = []
    odd = dense_text(kinds=("broken", "forms", "lists", "abroad"))
    for name, text in (("稀疏", sparse_text()), ("密集", dense_text()), ("千奇百怪", odd)):
        found, plain = side_by_side(
            lambda text=text: find_citations(text),  # type: ignore[misc]
            lambda text=text: PLAIN.findall(text),  # type: ignore[misc]
            turns=5,
        )
        megabytes = len(text.encode()) / 1e6
        seconds, count = _processor(text)
        note = (
            f"处理器每秒 {len(text) / seconds / 1e6:.1f} 百万字、{megabytes / seconds:.1f} MB，"
            f"找到 {count} 处"
        )
        out.append(
            Line(f"{name}文本 {len(text) / 1e6:.1f} 百万字", found, "一条简单正则", plain, note)
        )
    long, short = dense_text(), dense_text(1)
    times = len(long) / len(short)
    grown = side_by_side(lambda: find_citations(long), lambda: find_citations(short), turns=5)
    out.append(Line(f"{times:.0f} 倍长的", grown[0], "短的", grown[1], f"应约为 {times:.0f}"))
    return [*out, _worst()]


def _processor(text: str) -> tuple[float, int]:
    """Return the least processor seconds of five turns, whatever else the machine does, and the count."""
    least, count = float("inf"), 0
    for _ in range(5):
        began = time.process_time()
        count = len(find_citations(text))
        least = min(least, time.process_time() - began)
    return least, count


def _worst() -> Line:
    """Return the odd input that costs most, beside a tenth of it."""
    worst = None
    for piece in WORST:
        long, short = piece * (200_000 // len(piece)), piece * (20_000 // len(piece))
        grown = side_by_side(
            lambda long=long: find_citations(long),  # type: ignore[misc]
            lambda short=short: find_citations(short),  # type: ignore[misc]
            turns=3,
        )
        line = Line(f"最怪的“{piece}”反复 20 万字", *grown[:1], "其十分之一", grown[1], "应约为 10")
        worst = line if worst is None or line.seconds > worst.seconds else worst
    assert worst is not None
    return worst
