"""Search engines side by side on one made-up register: 200,000 editions, or ``N`` of them.

Every engine answers the same questions of words with twenty primary keys and the exact total.
The embedded engine is then measured on the whole mix of a thousand questions.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import setup_test_environment

from rongbiao.standards.models import Standard
from rongbiao.standards.search import Query, generations
from rongbiao.standards.search.embedded import Tantivy
from rongbiao.standards.search.typed import read_typed
from rongbiao.texts.folding import chain, tokens
from scripts.benches import Line
from scripts.benches.questions import begun, mixed
from scripts.benches.register import lay
from scripts.machine import PostgreSQL

N = int(os.environ.get("N", "200000"))
TITLE = f"检索引擎并排（{N} 条标准；前 20 条和准确总数；毫秒为第 50 百分位）"
SAMPLE = 60  # questions that the slow engines are asked as well
WORDS = ("常用词", "生僻词", "中频词", "多词")
Ask = Callable[[str], int]


def measure() -> list[Line]:
    """Measure in a test database and a folder of their own."""
    setup_test_environment()
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings.VAR = Path(folder)
            lay(N)
            return _lines(Path(folder))
    finally:
        connection.creation.destroy_test_db(made, verbosity=0)


def _lines(folder: Path) -> list[Line]:
    corpus = sample()
    kinds = mixed(corpus)
    chance = random.Random(1)  # noqa: S311
    asked = chance.sample([one.words for kind in WORDS for one in kinds[kind]], SAMPLE)
    began = time.perf_counter()
    engine = Tantivy()
    engine.rebuild()
    built = time.perf_counter() - began
    size = sum(path.stat().st_size for path in generations.folder().rglob("*")) / 1e6
    ours, totals = _asked(lambda words: engine.search(Query(words)).total, asked)
    lines = [_line("tantivy（本平台）", ours, ours, built, size)]
    for name, build in (("FTS5 二元", _bigram), ("FTS5 三元", _trigram), ("LIKE", _like)):
        with closing(sqlite3.connect(folder / "beside.sqlite3")) as beside:
            began = time.perf_counter()
            ask = build(beside)
            built = time.perf_counter() - began
            size = _pages(beside)
            times, found = _asked(ask, asked)
            lines.append(_line(name, times, ours, built, size, _same(totals, found)))
        (folder / "beside.sqlite3").unlink()
    lines += _postgresql(folder, asked, ours, totals)
    return lines + list(_whole(engine, corpus, kinds))


def sample(count: int = 4_000) -> Sequence:
    """Return some editions of the register, from which questions are drawn."""
    chance = random.Random(157)  # noqa: S311
    last = Standard.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    pks = chance.sample(range(1, last + 1), min(count, last))
    found = Standard.objects.only("number", "title").in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def _whole(engine: Tantivy, corpus: Sequence, kinds: dict[str, list[Query]]):
    """Give the figures of the embedded engine on the whole mix, each beside “all of it”."""
    every = [one for kind in kinds.values() for one in kind]

    def search(question: Query) -> None:
        if opened := engine.opened():
            opened.counts.clear()  # nothing is answered from what was kept
        engine.search(question)

    whole = _timed(search, every)
    yield _line("一千个问题", whole, whole)
    for kind, questions in kinds.items():
        yield _line(f"　{kind}", _timed(search, questions), whole)
    yield _line("　联想输入", _timed(engine.suggest, begun(corpus)), whole)
    began = time.perf_counter()
    Tantivy().search(Query("茶"))
    yield Line("　打开索引并答第一问", time.perf_counter() - began, "一千个问题", _at(whole, 50))


def _timed(ask: Callable, questions: Sequence) -> list[float]:
    """Return the seconds of each question, the better of two turns."""
    turns: list[list[float]] = []
    for _ in range(2):
        times = []
        for one in questions:
            began = time.perf_counter()
            ask(one)
            times.append(time.perf_counter() - began)
        turns.append(times)
    return [min(pair) for pair in zip(*turns, strict=True)]


def _asked(ask: Ask, asked: Sequence[str]) -> tuple[list[float], list[int]]:
    return _timed(ask, asked), [ask(words) for words in asked]


def _at(times: Sequence[float], percent: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def _line(
    name: str,
    times: Sequence[float],
    beside: Sequence[float],
    built: float = 0.0,
    size: float = 0.0,
    note: str = "",
) -> Line:
    said = [f"p95 {_at(times, 95) * 1000:.1f}", f"p99 {_at(times, 99) * 1000:.1f}"]
    said += [f"建 {built:.0f} 秒"] if built else []
    said += [f"{size:.0f} MB"] if size else []
    said += [note] if note else []
    return Line(name, _at(times, 50), "tantivy", _at(beside, 50), "，".join(said))


def _same(totals: Sequence[int], found: Sequence[int]) -> str:
    same = sum(one == other for one, other in zip(totals, found, strict=True))
    return f"总数与 tantivy 相同 {same}/{len(totals)}"


def _pages(database: sqlite3.Connection) -> float:
    (pages,), (size,) = (
        database.execute(f"pragma {one}").fetchone() for one in ("page_count", "page_size")
    )
    return pages * size / 1e6


def _texts():
    with connection.cursor() as cursor:
        cursor.execute("select id, number, title, title_en from standards_standard order by id")
        while rows := cursor.fetchmany(5_000):
            yield from rows


def _bigram(database: sqlite3.Connection) -> Ask:
    """Build FTS5 over the same tokens as ours; a phrase of them is a question."""
    database.execute("create virtual table found using fts5(a, content='', detail=full)")
    database.executemany(
        "insert into found (rowid, a) values (?, ?)",
        ((pk, " | ".join(" ".join(tokens(text)) for text in texts)) for pk, *texts in _texts()),
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
    database.executemany(statement, ((pk, "|".join(map(chain, texts))) for pk, *texts in _texts()))
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
    (folder / "server").mkdir()
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
        _line(
            one["name"], one["times"], ours, one["built"], one["size"], _same(totals, one["found"])
        )
        for one in json.loads(done.stdout)
    ]
