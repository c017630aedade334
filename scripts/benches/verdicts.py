"""Judging 50,000 citations: beside a plain look-up of the same numbers by their keys.

``N`` in the environment says how large the register is, ``KEEP`` names the folder where it stays.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import date

from django.db import connection

from rongbiao.standards.models import Standard
from rongbiao.standards.verdicts import verdicts
from rongbiao.texts.citations import Citation, find_citations
from scripts.benches import Line, side_by_side
from scripts.benches.register import laid

TITLE = "核查引用（5 万处引用在一天的时效，不少于 15 万行的名录，2 秒以内）"
COUNT = 50_000
ON = date(2026, 7, 1)


def cited(count: int, seed: int = 157) -> str:
    """Return a text that cites so many numbers: three in four as held, the others undated or slips."""
    chance = random.Random(seed)
    keys = chance.sample(range(1, Standard.objects.count() + 1), count)
    held = list(Standard.objects.filter(pk__in=keys).values_list("number", flat=True))
    ways: list[Callable[[str], str]] = [
        *[str] * 9,
        lambda number: number.rpartition("-")[0] or number,
        lambda number: number[:-1] + str(chance.randrange(10)),
        lambda number: number.replace(" ", " 9", 1),
    ]
    return "".join(f"应符合{chance.choice(ways)(number)}的规定。\n" for number in held)


def plain(citations: list[Citation]) -> int:
    """Look up the rows of numbers by their keys, and nothing more: the yardstick."""
    keys = [one.number.key for one in citations]
    among = (
        "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
    )
    asked = keys if connection.vendor == "postgresql" else json.dumps(keys)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, number, title, status, implemented_on FROM standards_standard WHERE key {among}",  # noqa: S608
            [asked],
        )
        return len(cursor.fetchall())


def lines() -> list[Line]:
    """Measure over the register that the connection leads to."""
    text = cited(COUNT)
    citations = find_citations(text)
    judged, looked = side_by_side(
        lambda: verdicts(text, citations, ON), lambda: plain(citations), turns=5
    )
    began = time.process_time()
    found = verdicts(text, citations, ON)
    spent = time.process_time() - began
    began = time.process_time()
    for one in found[:1000]:
        _said = one.why
    note = (
        f"{connection.vendor}，名录 {Standard.objects.count()} 行，处理器 {spent:.2f} 秒，"
        f"一千句理由另需 {(time.process_time() - began) * 1000:.0f} 毫秒"
    )
    return [Line(f"核查 {len(citations)} 处引用", judged, "只按编号取行", looked, note)]


def measure() -> list[Line]:
    """Measure over a made-up register on SQLite."""
    with laid():
        return lines()
