"""A corpus of made-up standards for benches: seeded, as many rows as asked, one like the other.

``python -m scripts.benches.corpus FILE.csv`` writes 200,000 rows; ``N=3500000`` in the
environment writes as many as China and the world have. Shares of the levels, the length of
titles and the steepness of the vocabulary follow the registers this platform will hold:
1.3 % national, 2.3 % sector, 2.1 % local, 2.9 % group, 88.6 % enterprise, 2.9 % from abroad.
The words are those of pypinyin's list of phrases, behind 200 words of the trade.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

WORDS = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text())
TRADE, LATIN, ENDINGS, ENGLISH, SECTORS, INDUSTRIES = (
    WORDS[name].split()
    for name in ("trade", "latin", "endings", "english", "sectors", "industries")
)
ENGLISH_ENDINGS, PLACES, PUBLISHERS = (
    WORDS[name] for name in ("english_endings", "places", "publishers")
)
BATCH = 5_000
DAYS = [(date(1990, 1, 1) + timedelta(days=day)).isoformat() for day in range(13_500)]
LAST = len(DAYS) - 1  # in December 2026
FIRST = {year: DAYS.index(f"{year}-01-01") for year in range(1990, 2027)}
NATURE = {"GB": "mandatory", "GB/Z": "guidance"}
LEVELS = {  # level: rows of 3.5 million
    "national": 45_000,
    "sector": 80_000,
    "local": 75_000,
    "group": 100_000,
    "foreign": 100_000,
    "enterprise": 3_100_000,
}


class Row(NamedTuple):
    """One line of the table; the columns of an import, days in ISO."""

    number: str
    title: str
    title_en: str
    level: str
    nature: str
    status: str
    issued_on: str
    implemented_on: str
    withdrawn_on: str
    ics: str
    ccs: str
    region: str
    publisher: str
    drafters: str


class Lot:
    """Words drawn by Zipf's law: the n-th of a list comes 1/n**steepness as often as the first."""

    def __init__(self, words: list[str], steepness: float, shift: float = 3.0) -> None:
        self.words = words
        shares = (1 / (place + shift) ** steepness for place in range(len(words)))
        self.shares = list(accumulate(shares))

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """Return so many words."""
        return chance.choices(self.words, cum_weights=self.shares, k=count)


def vocabulary(chance: random.Random) -> list[str]:
    """Return the words titles are made of, the most frequent first."""
    from pypinyin.phrases_dict import phrases_dict

    more = sorted(word for word in phrases_dict if 2 <= len(word) <= 3 and "，" not in word)
    chance.shuffle(more)
    return [*TRADE, *more]


def letters(place: int, width: int) -> str:
    """Return a code of so many capital letters for a place in a list.

    >>> letters(0, 3), letters(27, 3)
    ('AAA', 'ABB')
    """
    code = ""
    for _ in range(width):
        place, at = divmod(place, 26)
        code = chr(65 + at) + code
    return code


def _national(place: int, year: int) -> tuple[str, str, str]:
    serial, turn = divmod(place, 4)
    code = ("GB/T", "GB/T", "GB/T", "GB", "GB/T", "GB/T", "GB/T", "GB/Z", "GB")[serial % 9]
    part = f".{turn + 1}" if serial % 2 else ""
    return f"{code} {serial + 100}{part}-{_year(serial, turn)}", "", code


def _year(serial: int, turn: int) -> int:
    """Editions of one number stand seven years apart."""
    return 1996 + serial % 9 + turn * 7 if serial % 2 == 0 else 2001 + serial % 25


def _sector(place: int, year: int) -> tuple[str, str, str]:
    number, at = divmod(place, len(SECTORS))
    return f"{SECTORS[at]}/T {number + 1001}-{year}", "", ""


def _local(place: int, year: int) -> tuple[str, str, str]:
    number, at = divmod(place, len(PLACES))
    code = list(PLACES)[at]
    return f"DB{code.removesuffix('00').removesuffix('00')}/T {number + 101}-{year}", code, ""


def _group(place: int, year: int) -> tuple[str, str, str]:
    number, at = divmod(place, 1_700)
    return f"T/{letters(at * 211 + 9000, 4)} {number + 1:03d}-{year}", "", ""


def _enterprise(place: int, year: int) -> tuple[str, str, str]:
    number, at = divmod(place, 350_000)
    return f"Q/{letters(at, 4)} {number * 2 + 1:03d}-{year}", "", ""


def _foreign(place: int, year: int) -> tuple[str, str, str]:
    number, at = divmod(place, 6)
    code = ("ISO", "IEC", "ISO/IEC", "BS", "DIN", "ISO")[at]
    serial = number + (1000, 60000, 10000, 2000, 3000, 30000)[at]
    return f"{code} {serial}:{year}", "", ""


NUMBERS: dict[str, Callable[[int, int], tuple[str, str, str]]] = {
    "national": _national,
    "sector": _sector,
    "local": _local,
    "group": _group,
    "foreign": _foreign,
    "enterprise": _enterprise,
}


def rows(count: int = 200_000, seed: int = 157) -> Iterator[Row]:
    """Yield rows of every level in turn; the same count and seed give the same rows."""
    chance = random.Random(seed)
    words = Lot(vocabulary(chance), 0.95)
    units = Units(chance)
    left = count
    for level, share in LEVELS.items():
        wanted = left if level == "enterprise" else round(count * share / sum(LEVELS.values()))
        left -= wanted
        for start in range(0, wanted, BATCH):
            yield from _batch(level, start, min(BATCH, wanted - start), words, units, chance)


class Units:
    """350,000 units; an enterprise's standards are its own, others have one to five drafters."""

    def __init__(self, chance: random.Random, count: int = 350_000) -> None:
        names = Lot([word for word in vocabulary(random.Random(3)) if len(word) == 2], 0.3)
        places = list(PLACES.values())
        self.names = [
            f"{place}{name}{industry}有限公司"
            for place, name, industry in zip(
                chance.choices(places, k=count),
                names.draw(chance, count),
                chance.choices(INDUSTRIES, k=count),
                strict=True,
            )
        ]
        self.often = Lot(self.names[:40_000], 0.6)


def _batch(
    level: str, start: int, size: int, words: Lot, units: Units, chance: random.Random
) -> Iterator[Row]:
    numbered = NUMBERS[level]
    draw = iter(words.draw(chance, size * 4)).__next__
    ending = iter(Lot(ENDINGS, 0.9, 2.5).draw(chance, size)).__next__
    latin = iter(chance.choices(LATIN, k=size)).__next__
    english = iter(Lot(ENGLISH, 0.8).draw(chance, size * 4)).__next__
    english_ending = iter(chance.choices(ENGLISH_ENDINGS, k=size)).__next__
    drafters = iter(units.often.draw(chance, size * 5)).__next__
    at_random = chance.random
    abroad, own = level == "foreign", level == "enterprise"
    for place in range(start, start + size):
        year = 1998 + int(28 * at_random() ** (0.5 if own else 0.8))
        number, region, code = numbered(place, year)
        if code:
            year = int(number[-4:])
        issued = min(FIRST[year] + int(at_random() * 365), LAST)
        dice = at_random()
        title = draw() + draw() if dice < 0.45 else draw() + draw() + draw()
        if dice > 0.9:
            title = f"{title}{latin()}{draw()}"
        if at_random() < (0.35 if own else 0.95):
            title += ending()
        title_en = ""
        if abroad or at_random() < (0.12 if own else 0.8):
            title_en = f"{english().capitalize()} {english()} {english()} — {english_ending()}"
        gone = at_random() < (0.45 if year < 2012 else 0.06)
        status = "withdrawn" if gone else "upcoming" if issued > LAST - 120 else "current"
        if gone and code:
            status = "superseded"
        group = int(at_random() ** 1.6 * 90)
        ics = f"{1 + group:02d}.{20 + group * 20 % 140:03d}" if dice < 0.8 or not own else ""
        ccs = f"{chr(65 + group * 24 // 90)}{10 + int(dice * 80)}" if ics and not abroad else ""
        if own:
            by = owner = units.names[place % 350_000]
        else:
            by = "" if abroad else "、".join({drafters(): 0 for _ in range(1 + int(dice * 5))})
            owner = f"{PLACES.get(region, '')}{PUBLISHERS[level]}"
        yield Row(
            number,
            title,
            title_en,
            level if level != "local" else "municipal" if region[2:4] != "00" else "provincial",
            NATURE.get(code, "" if abroad else "recommended"),
            status,
            DAYS[issued],
            DAYS[min(issued + 90 + int(dice * 100), LAST)],
            DAYS[min(issued + 1500 + int(dice * 900), LAST)] if gone else "",
            ics,
            ccs,
            region,
            owner,
            by,
        )


def write(path: Path, count: int, seed: int = 157) -> int:
    """Write a table of so many rows, UTF-8 with commas; return how many."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(Row.__annotations__)
        for row in rows(count, seed):
            out.writerow(row)
            written += 1
    return written


def main(asked: list[str]) -> int:
    """Write a corpus to the file named."""
    if len(asked) != 1:
        print("用法：[N=200000] python -m scripts.benches.corpus 文件.csv", file=sys.stderr)
        return 2
    began = time.perf_counter()
    written = write(Path(asked[0]), int(os.environ.get("N", "200000")))
    print(f"{written} 行，{time.perf_counter() - began:.1f} 秒")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
