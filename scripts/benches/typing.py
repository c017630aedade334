"""What is offered while somebody types: whole answers through the production's own door.

A request goes through the WSGI application as gunicorn hands it over: every middleware, the
connection to the database opened and closed as settings say. ``N`` and ``KEEP`` as in ``search``.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongbiao.standards.search import warm
from rongbiao.texts.folding import initials
from scripts.benches import Line
from scripts.benches.register import N, kept
from scripts.benches.search_whole import Times, at, load, sample

TITLE = f"联想输入（{N} 条标准；经 WSGI 的整个答复；旁为空问；每问只问一次）"
WORDS = 400  # that are typed, letter by letter
SEED = 157


def measure() -> Iterator[Line]:
    """Measure every prefix once, in a mixed order, as different people type."""
    with kept() as engine:
        engine.ready()
        warm()
        application = get_wsgi_application()
        plain = _timed(application, [_address("")] * 300)
        asked = typed(sample())
        _timed(application, [_address(words) for words in asked["题名"][:20]])
        every: list[tuple[str, str]] = [
            (kind, words) for kind, listed in asked.items() for words in listed
        ]
        random.Random(SEED).shuffle(every)
        times = _timed(application, [_address(words) for _, words in every])
        yield _line("联想输入", times, plain, f"{len(every)} 问，{load()}")
        for kind in asked:
            places = [place for place, (one, _) in enumerate(every) if one == kind]
            some = Times([times[at] for at in places], [times.cpu[at] for at in places])
            queries = max(_queries(application, words) for words in asked[kind][:50])
            yield _line(f"　{kind}", some, plain, f"{len(some)} 问，查询至多 {queries} 次")


def typed(corpus: Sequence) -> dict[str, list[str]]:
    """Return beginnings of numbers in several notations, of titles and of initials."""
    chance = random.Random(SEED)
    numbers, titles, letters = [], [], []
    for row in chance.sample(corpus, WORDS):
        loose = row.number.lower().replace(" ", "").replace("/t", "t")
        numbers += [one[: chance.randint(1, len(one))] for one in (row.number, loose)]
        titles.append(row.title[: chance.randint(1, 6)])
        letters.append(initials(row.title)[: chance.randint(2, 6)])
    return {"编号": numbers, "题名": titles, "首字母": letters}


def _address(words: str) -> str:
    return f"/standards/suggest/?q={quote(words)}"


def _timed(application: Callable, addresses: Sequence[str]) -> Times:
    walls, cpus = [], []
    for address in addresses:
        began, used = time.perf_counter(), time.process_time()
        ask(application, address)
        cpus.append(time.process_time() - used)
        walls.append(time.perf_counter() - began)
    return Times(walls, cpus)


def ask(application: Callable, address: str) -> bytes:
    """Return what the application answers; it must be an answer and not a refusal."""
    path, _, query = address.partition("?")
    asked: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "127.0.0.1"}
    asked["REMOTE_ADDR"] = "127.0.0.1"
    setup_testing_defaults(asked)
    said: list[str] = []
    answer = application(asked, lambda status, headers, *more: said.append(status))
    try:
        content = b"".join(answer)
    finally:
        answer.close()
    if said != ["200 OK"]:
        raise RuntimeError(f"{address}: {said}")
    return content


def _queries(application: Callable, words: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        ask(application, _address(words))
    return len(seen)


def _line(name: str, times: Times, plain: Times, note: str) -> Line:
    wall = "/".join(f"{at(times, percent) * 1000:.2f}" for percent in (50, 95, 99))
    cpu = "/".join(f"{at(times.cpu, percent) * 1000:.2f}" for percent in (50, 95, 99))
    said = f"第 50/95/99 百分位：钟表 {wall}，处理器 {cpu} 毫秒；{note}"
    return Line(name, at(times, 50), "空问", at(plain, 50), said)
