"""Questions as people ask a register of standards: seeded, drawn from what the register holds."""

from __future__ import annotations

import random
from collections.abc import Sequence

from rongbiao.standards.search import Query
from rongbiao.texts.folding import units
from scripts.benches.corpus import ENGLISH, TRADE, Row, vocabulary

FILTERS = (
    {"level": ["national"]},
    {"status": ["current"]},
    {"level": ["enterprise"], "status": ["current"]},
    {"year": ["2021"]},
    {"ics": ["67"]},
    {"region": ["350100"]},
)
FIVE = ("level", "status", "ics", "region", "year")
NOTATIONS = (
    lambda number: number,
    lambda number: number.lower(),
    lambda number: number.replace(" ", ""),
    lambda number: number.replace("/T ", "t", 1).lower(),
    lambda number: number.replace("-", "—"),
    lambda number: number.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
)


def texts_of(row: Row) -> list[str]:
    """Return the texts of a row that are searched."""
    return [row.number, row.title, row.title_en]


def words_asked(corpus: Sequence[Row], count: int, chance: random.Random) -> list[str]:
    """Return questions of words: frequent, rare, stretches of titles, several, mixed, none."""
    rare = vocabulary(chance)[len(TRADE) :]
    asked = []
    for turn in range(count):
        title = chance.choice(corpus).title
        begin = chance.randrange(max(1, len(title) - 6))
        ways = (
            chance.choice(TRADE),
            chance.choice(rare),
            title[begin : begin + chance.randint(2, 6)],
            f"{chance.choice(TRADE)} {chance.choice(TRADE)}",
            f"{title[:3]} {title[-2:]}",
            chance.choice(["LED灯具", "432LED", "led", "5G", "X射线", "灯", "304不"]),
            f"{chance.choice(ENGLISH)} {chance.choice(ENGLISH)}",
            title,
            "".join(chance.sample(title, min(4, len(title)))),
            " ".join(chance.choices(TRADE, k=3)),
        )
        asked.append(ways[turn % len(ways)])
    return [" ".join(part for part in one.split() if units(part)) or "茶" for one in asked]


def mixed(corpus: Sequence[Row], seed: int = 157) -> dict[str, list[Query]]:
    """Return a thousand questions by kind, in the shares measured before the work began."""
    chance = random.Random(seed)
    rare = vocabulary(random.Random(seed))[len(TRADE) :]
    row, pick = (lambda: chance.choice(corpus)), chance.choice
    return {
        "常用词": [Query(pick(TRADE[:60])) for _ in range(120)],
        "生僻词": [Query(pick(rare)) for _ in range(120)],
        "中频词": [Query(pick(TRADE[60:])) for _ in range(100)],
        "多词": [
            Query(f"{pick(TRADE)} {pick(TRADE)}" if turn % 2 else row().title[:6])
            for turn in range(200)
        ],
        "编号": [Query(NOTATIONS[turn % 6](row().number)) for turn in range(120)],
        "编号前缀": [
            Query(row().number.rpartition("-")[0] or row().number[:-5]) for _ in range(60)
        ],
        "题名前缀": [Query(row().title[: chance.randint(2, 5)]) for _ in range(60)],
        "带筛选": [Query(pick(TRADE), filters=pick(FILTERS)) for _ in range(100)],
        "五个计数": [Query(pick(TRADE), facets=FIVE) for _ in range(60)],
        "深翻页": [
            Query(pick(TRADE[:60]), start=chance.randrange(0, 10_000, 20)) for _ in range(20)
        ],
        "没有的": [Query("".join(chance.sample("蘡薁鳜魾氍毹鼗鞀", 4))) for _ in range(40)],
    }


def begun(corpus: Sequence[Row], seed: int = 157) -> list[str]:
    """Return what somebody has typed so far: numbers, titles, initials; 300 of them."""
    from rongbiao.texts.folding import initials

    chance = random.Random(seed)
    rows = [chance.choice(corpus) for _ in range(100)]
    typed = [row.number[: chance.randint(4, len(row.number))] for row in rows]
    typed += [row.title[: chance.randint(2, 5)] for row in rows]
    return typed + [initials(row.title)[: chance.randint(3, 6)] for row in rows]
