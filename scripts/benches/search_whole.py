"""The embedded engine alone: a thousand questions, the plain search, opening, memory, visibility."""

from __future__ import annotations

import json
import os
import pickle
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.db import connection, transaction

from rongbiao.standards.change import changed
from rongbiao.standards.models import Standard
from rongbiao.standards.search import Query, generations, indexer
from rongbiao.standards.search.embedded import Tantivy
from scripts.benches import Line
from scripts.benches.questions import begun
from scripts.benches.search_oracle import ASKED, compared

ROOT = Path(__file__).resolve().parents[2]
TURNS, SEEN = 3, 20


class Times(list[float]):
    """Seconds by the clock, with the seconds of the processor beside them."""

    def __init__(self, wall: Sequence[float], cpu: Sequence[float] = ()) -> None:
        super().__init__(wall)
        self.cpu = cpu


def at(times: Sequence[float], percent: int) -> float:
    """Return a percentile of some times."""
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def timed(ask: Callable, questions: Sequence, turns: int = 2) -> Times:
    """Return the seconds of each question, the best of some turns."""
    walls: list[list[float]] = []
    cpus: list[list[float]] = []
    for _ in range(turns):
        walls.append([])
        cpus.append([])
        for one in questions:
            began, used = time.perf_counter(), time.thread_time()
            ask(one)
            cpus[-1].append(time.thread_time() - used)
            walls[-1].append(time.perf_counter() - began)
    return Times(
        [min(every) for every in zip(*walls, strict=True)],
        [min(every) for every in zip(*cpus, strict=True)],
    )


def line(
    name: str,
    times: Sequence[float],
    beside: Sequence[float],
    built: float = 0.0,
    size: float = 0.0,
    note: str = "",
) -> Line:
    """Return a line of medians, with what else is worth saying."""
    said = [f"p95 {at(times, 95) * 1000:.2f}", f"p99 {at(times, 99) * 1000:.2f}"]
    if isinstance(times, Times) and times.cpu:
        used = "/".join(f"{at(times.cpu, percent) * 1000:.2f}" for percent in (50, 95, 99))
        said.append(f"处理器 {used}")
    said += [f"建 {built:.0f} 秒"] if built else []
    said += [f"{size:.0f} MB"] if size else []
    said += [note] if note else []
    return Line(name, at(times, 50), "tantivy", at(beside, 50), "，".join(said))


def sample(count: int = 4_000) -> Sequence:
    """Return some editions of the register, from which questions are drawn."""
    chance = random.Random(157)
    last = Standard.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    pks = chance.sample(range(1, last + 1), min(count, last))
    found = Standard.objects.only("number", "title").in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def texts() -> Iterator[tuple]:
    """Give the texts of every edition that are searched, by primary key."""
    with connection.cursor() as cursor:
        cursor.execute("select id, number, title, title_en from standards_standard order by id")
        while rows := cursor.fetchmany(5_000):
            yield from rows


def whole(
    engine: Tantivy, corpus: Sequence, kinds: dict[str, list[Query]], figures: dict[str, float]
) -> Iterator[Line]:
    """Give the figures of the embedded engine on the whole mix, each beside “all of it”."""

    def search(question: Query) -> None:
        if opened := engine.opened():
            opened.counts.clear()  # nothing is answered from what was kept
        engine.search(question)

    by_kind = {kind: timed(search, questions, TURNS) for kind, questions in kinds.items()}
    every = Times(
        [one for times in by_kind.values() for one in times],
        [one for times in by_kind.values() for one in times.cpu],
    )
    yield line("一千个问题", every, every, note=load())
    for kind, times in by_kind.items():
        yield line(f"　{kind}", times, every)
    yield line("　联想输入", timed(engine.suggest, begun(corpus), TURNS), every, note=load())
    yield from _cold(figures, every)
    yield _visible(engine, every)
    yield _plainly(engine, corpus, every)


def load() -> str:
    """Say how busy the machine is: the processes that wanted to run in the last minute."""
    return f"机器负载 {os.getloadavg()[0]:.1f}"


def apart(corpus: Sequence, kinds: dict[str, list[Query]]) -> dict[str, float]:
    """Measure in a fresh process; call it while no other one has the index in its memory.

    What some process has mapped stays in the system's cache, and opening is not cold.
    """
    asked = [one for questions in kinds.values() for one in questions]
    done = subprocess.run(
        [sys.executable, "-m", "scripts.benches.search_process"],
        input=pickle.dumps((asked, begun(corpus))),
        env=environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _cold(figures: dict[str, float], every: Times) -> Iterator[Line]:
    memory = (
        f"匿名内存 {figures['whole_mb']:.0f} MB，其中打开索引以前 {figures['plain_mb']:.0f} MB；"
        f"带全部页面的工作进程四线程同时计数以后 {figures['worker_mb']:.0f} MB"
    )
    for name, key, note in (
        ("　冷打开索引", "open", f"机器负载 {figures['load']:.1f}"),
        ("　冷索引的第一问", "first", ""),
        ("　第二问", "second", memory),
    ):
        yield Line(name, figures[key], "一千个问题", at(every, 50), note)


def environment() -> dict[str, str]:
    """Return the environment of another process on the same register."""
    folder = str(generations.folder().parent)
    return os.environ | {"RONGBIAO_VAR": folder, "DJANGO_SETTINGS_MODULE": "rongbiao.settings"}


def _visible(engine: Tantivy, every: Times) -> Line:
    """Measure from a commit until this process finds the change that another one took up."""
    program = (
        "import django; django.setup()\n"
        "from rongbiao.standards.search import engine, indexer\n"
        "print('ready', flush=True)\n"
        "indexer.follow(engine(), lambda: True)\n"
    )
    follower = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", program], env=environment(), cwd=ROOT, stdout=subprocess.PIPE
    )
    try:
        if follower.stdout:
            follower.stdout.readline()
        while _nobody_follows():
            time.sleep(0.05)
        times = [_seen(engine, turn) for turn in range(SEEN)]
    finally:
        follower.kill()
        follower.wait()
    note = f"{SEEN} 次，最长 {max(times) * 1000:.0f} 毫秒，{load()}"
    return Line("　提交后别的进程找到", statistics.median(times), "一千个问题", at(every, 50), note)


def _nobody_follows() -> bool:
    with generations.held(indexer.FOLLOWING) as nobody:
        return nobody


def _seen(engine: Tantivy, turn: int) -> float:
    row = Standard.objects.only("title").order_by("pk")[turn]
    word = f"鳜魾氍毹{turn}号"
    with transaction.atomic():
        Standard.objects.filter(pk=row.pk).update(title=word)
        changed([row.pk])
    began = time.perf_counter()
    while not engine.search(Query(word)).total:
        time.sleep(0.005)
    seconds = time.perf_counter() - began
    with transaction.atomic():
        Standard.objects.filter(pk=row.pk).update(title=row.title)
        changed([row.pk])
    while engine.search(Query(word)).total:
        time.sleep(0.005)
    return seconds


def _plainly(engine: Tantivy, corpus: Sequence, every: Times) -> Line:
    """Compare the sets found with a plain search through all texts."""
    began = time.perf_counter()
    wrong = compared(engine, corpus, texts())
    note = f"每问摊到；与逐条查找相同 {ASKED - len(wrong)}/{ASKED}"
    for one in wrong[:10]:
        print(f"   不同：{one}")
    seconds = (time.perf_counter() - began) / ASKED
    return Line("　逐条查找", seconds, "一千个问题", at(every, 50), note)
