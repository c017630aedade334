"""Standard numbers: one by one beside in bulk, plain beside written loosely, long beside short."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable

from rongbiao.texts.numbers import NotANumber, bulk_numbers, read_number
from scripts.benches import Line, side_by_side

TITLE = "标准编号（成批应为逐个的两倍以上；逐个每秒不少于十万，成批不少于四十万）"
COUNT = 40_000
SECTORS = ["HJ", "NY", "SN", "DL", "JB", "YD", "JT", "GA", "WS", "YY"]
BODIES = ["CECS", "CAS", "CSAE", "ZZB", "FJBZH"]


def plain_numbers(count: int = COUNT) -> list[str]:
    """Return numbers as a register holds them, the same every time."""
    chance = random.Random(2023)
    made = []
    for place in range(count):
        number, year = chance.randint(1, 42_000), chance.randint(1985, 2025)
        part = f".{chance.randint(1, 20)}" if place % 3 == 0 else ""
        made.append(
            (
                f"GB/T {number}{part}-{year}",
                f"GB {number}{part}-{year}",
                f"{chance.choice(SECTORS)}/T {number % 5000}{part}-{year}",
                f"DB35/T {number % 4000}-{year}",
                f"T/{chance.choice(BODIES)} {number % 2000:03d}-{year}",
                f"ISO {number}-{number % 20 + 1}:{year}",
                f"ISO/IEC {number}-{number % 20 + 1}:{year}/Amd 1:{year}",
                f"IEC {60_000 + number % 4000}-{number % 9 + 1}:{year}",
                f"IEC {60_000 + number % 4000}:{year}/AMD1:{year}",
                f"JIS {chance.choice('ABCGKZ')} {number % 10_000:04d}:{year}",
            )[place % 10]
        )
    return made


def loose(text: str) -> str:
    """Return a number as people type it: lower case, no space, a long dash."""
    return text.lower().replace(" ", "").replace("-", "—")


def one_by_one(texts: list[str]) -> Callable[[], None]:
    def act() -> None:
        for text in texts:
            try:
                read_number(text)
            except NotANumber:  # a loose colon number may lose its year: refusing costs as much
                continue

    return act


def measure() -> list[Line]:
    """Measure reading one by one and in bulk, plain and loose, long noise and short."""
    plain = plain_numbers()
    single, bulk = side_by_side(
        one_by_one(plain), lambda: deque(bulk_numbers(plain), maxlen=0), turns=7
    )
    typed = [loose(text) for text in plain]
    loosely, plainly = side_by_side(one_by_one(typed), one_by_one(plain), turns=5)
    long, short = "ISO 1" + "-A1" * 60, "ISO 1" + "-A1" * 6
    grown = side_by_side(one_by_one([long] * 2000), one_by_one([short] * 2000), turns=5)
    rate = f"每秒 {COUNT / single:,.0f} 个，成批每秒 {COUNT / bulk:,.0f} 个"
    return [
        Line(f"{COUNT} 个，逐个", single, "成批", bulk, rate),
        Line(
            f"{COUNT} 个，随手写的", loosely, "规范的", plainly, f"每秒 {COUNT / loosely:,.0f} 个"
        ),
        Line("十倍长的", grown[0], "短的", grown[1], "应不超过 10"),
    ]
