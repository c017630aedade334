"""Search engines side by side on one made-up register: 200,000 editions, or ``N`` of them.

Every engine answers the same questions of words with twenty primary keys and the exact total.
The embedded engine is then measured on the whole mix of a thousand questions.
``KEEP=folder`` keeps register and index for the next time; ``BESIDE=0`` leaves the others out.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from django.test.utils import setup_test_environment

from rongbiao.standards.search import Query, generations
from rongbiao.standards.search.embedded import Tantivy
from rongbiao.standards.search.typed import read_typed
from rongbiao.texts.folding import chain, tokens
from scripts.benches import Line
from scripts.benches.questions import mixed
from scripts.benches.register import N, laid
from scripts.benches.search_whole import Times, apart, line, load, sample, texts, timed, whole
from scripts.machine import PostgreSQL

TITLE = f"检索引擎并排（{N} 条标准；前 20 条和准确总数；毫秒为第 50 百分位）"
SAMPLE = 60  # questions that the slow engines are asked as well
WORDS = ("常用词", "生僻词", "中频词", "多词")
Ask = Callable[[str], int]


def measure() -> list[Line]:
    """Measure in a folder of their own, or in ``KEEP``, where register and index stay."""
    setup_test_environment()
    with laid() as folder:
        return _lines(folder)


def _lines(folder: Path) -> list[Line]:
    corpus = sample()
    kinds = mixed(corpus)
    engine = Tantivy()
    built, note = 0.0, load()
    if not engine.ready():
        began, used = time.perf_counter(), sum(os.times()[:4])  # with the second process's
        engine.rebuild()
        built = time.perf_counter() - began
        note = f"处理器 {sum(os.times()[:4]) - used:.0f} 秒，{load()}"
    engine = Tantivy()  # the one before lets go of the index
    figures = apart(corpus, kinds)
    size = sum(path.stat().st_size for path in generations.folder().rglob("*")) / 1e6
    chance = random.Random(1)
    asked = chance.sample([one.words for kind in WORDS for one in kinds[kind]], SAMPLE)
    ours, totals = _asked(lambda words: engine.search(Query(words)).total, asked)
    lines = [line("tantivy（本平台）", ours, ours, built, size, note)]
    if os.environ.get("BESIDE") != "0":
        lines += _beside(folder, asked, ours, totals)
    return lines + list(whole(engine, corpus, kinds, figures))


def _beside(
    folder: Path, asked: Sequence[str], ours: Sequence[float], totals: Sequence[int]
) -> Iterator[Line]:
    """Measure the other engines on the same register."""
    for name, build in (("FTS5 二元", _bigram), ("FTS5 三元", _trigram), ("LIKE", _like)):
        with closing(sqlite3.connect(folder / "beside.sqlite3")) as beside:
            began = time.perf_counter()
            ask = build(beside)
            built = time.perf_counter() - began
            size = _pages(beside)
            times, found = _asked(ask, asked)
            yield line(name, times, ours, built, size, _same(totals, found))
        (folder / "beside.sqlite3").unlink()
    yield from _postgresql(folder, asked, ours, totals)


def _asked(ask: Ask, asked: Sequence[str]) -> tuple[Times, list[int]]:
    return timed(ask, asked), [ask(words) for words in asked]


def _same(totals: Sequence[int], found: Sequence[int]) -> str:
    same = sum(one == other for one, other in zip(totals, found, strict=True))
    return f"总数与 tantivy 相同 {same}/{len(totals)}"


def _pages(database: sqlite3.Connection) -> float:
    (pages,), (size,) = (
        database.execute(f"pragma {one}").fetchone() for one in ("page_count", "page_size")
    )
    return pages * size / 1e6


def _bigram(database: sqlite3.Connection) -> Ask:
    """Build FTS5 over the same tokens as ours; a phrase of them is a question."""
    database.execute("create virtual table found using fts5(a, content='', detail=full)")
    database.executemany(
        "insert into found (rowid, a) values (?, ?)",
        ((pk, " | ".join(" ".join(tokens(text)) for text in said)) for pk, *said in texts()),
    )
    database.commit()
    return lambda words: _counted(database, " AND ".join(map(_phrase, _phrases(words))))


def _phrases(words: str) -> list:
    return [group[0] for group in read_typed(words).wanted]


def _phrase(phrase) -> str:
    said = " ".join(phrase.tokens)
    return f'"{said}"' if phrase.closed else f'"{said} {phrase.open_end}" *'


def _trigram(database: sqlite3.Connection) -> Ask:
    """Build FTS5's own trigrams over folded texts; two characters fall back on a scan."""
    database.execute("create virtual table found using fts5(a, tokenize='trigram')")
    _chains(database, "insert into found (rowid, a) values (?, ?)")

    def ask(words: str) -> int:
        parts = [" ".join(one.units) for one in _phrases(words)]
        likes = " and ".join(["a like ?"] * len(parts))
        return _scanned(database, likes, [f"% {part} %" for part in parts])

    return ask


def _like(database: sqlite3.Connection) -> Ask:
    """Build nothing: every text is looked through."""
    database.execute("create table found (a text)")
    _chains(database, "insert into found (rowid, a) values (?, ?)")
    return lambda words: _scanned(
        database,
        " and ".join(["a like ?"] * len(_phrases(words))),
        [f"% {' '.join(one.units)} %" for one in _phrases(words)],
    )


def _chains(database: sqlite3.Connection, statement: str) -> None:
    database.executemany(statement, ((pk, "|".join(map(chain, said))) for pk, *said in texts()))
    database.commit()


def _counted(database: sqlite3.Connection, match: str) -> int:
    where = "from found where found match ?"
    database.execute(f"select rowid {where} limit 20", [match]).fetchall()
    return database.execute(f"select count(*) {where}", [match]).fetchone()[0]


def _scanned(database: sqlite3.Connection, where: str, values: list[str]) -> int:
    database.execute(f"select rowid from found where {where} limit 20", values).fetchall()  # noqa: S608
    return database.execute(f"select count(*) from found where {where}", values).fetchone()[0]  # noqa: S608


def _postgresql(folder: Path, asked: Sequence[str], ours: list[float], totals: list[int]):
    """Measure PostgreSQL in a process of its own, on a server of our own, if there can be one."""
    (folder / "server").mkdir(exist_ok=True)
    folder.chmod(0o755)
    server = PostgreSQL(folder / "server")
    if not server.start():
        print(f"   PostgreSQL 未量：{server.why}")
        return []
    try:
        done = subprocess.run(
            [sys.executable, "-m", "scripts.benches.search_postgresql"],
            input=json.dumps([N, list(asked)]),
            env=os.environ | {"RONGBIAO_DATABASE": server.url, "RONGBIAO_SEARCH": "postgresql"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    finally:
        server.stop()
    return [
        line(
            one["name"], one["times"], ours, one["built"], one["size"], _same(totals, one["found"])
        )
        for one in json.loads(done.stdout)
    ]
