"""The index follows the register: through the outbox, by one writer, whatever is killed."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from rongbiao.standards.change import EVERYTHING, changed
from rongbiao.standards.models import Change, Standard
from rongbiao.standards.search import Query, generations, indexer, warm
from rongbiao.standards.search.embedded import Tantivy
from rongbiao.texts import folding
from tests.standards_desk import enter

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.django_db
def test_what_waits_is_taken_up_once(engine):
    engine.rebuild()
    row = enter("GB/T 1.1-2020", "标准化工作导则")
    changed([row.pk, row.pk])
    assert engine.search(Query("工作导则")).total == 0
    heard = []
    assert indexer.catch_up(engine, told=heard.append) == 2
    assert heard == [2]
    assert engine.search(Query("工作导则")).total == 1
    assert (indexer.waiting(), indexer.catch_up(engine)) == (0, 0)


@pytest.mark.django_db
def test_a_batch_is_bounded(engine, monkeypatch):
    monkeypatch.setattr(indexer, "BATCH", 3)
    engine.rebuild()
    changed(enter(f"GB/T {serial}-2020", "鱼丸").pk for serial in range(100, 110))
    heard = []
    assert indexer.catch_up(engine, told=heard.append) == 10
    assert heard == [3, 6, 9, 10]
    assert engine.search(Query("鱼丸")).total == 10


@pytest.mark.django_db
def test_a_mark_for_everything_makes_the_index_anew_and_is_not_lost(engine, monkeypatch):
    engine.rebuild()
    for serial in range(100, 110):
        enter(f"GB/T {serial}-2020", "鱼丸")
    changed([EVERYTHING])
    real = engine.rebuild

    def killed(told=bool):
        raise OSError("磁盘已满")

    monkeypatch.setattr(engine, "rebuild", killed)
    with pytest.raises(OSError, match="磁盘"):
        indexer.catch_up(engine)
    assert indexer.waiting() == 1

    def meanwhile(told=bool):  # a part comes in after the rows were read
        monkeypatch.setattr(engine, "rebuild", real)
        written = real(told)
        enter("GB/T 110-2020", "鱼丸")
        changed([EVERYTHING])
        return written

    monkeypatch.setattr(engine, "rebuild", meanwhile)
    assert indexer.catch_up(engine) == 10 + 11
    assert (indexer.waiting(), engine.search(Query("鱼丸")).total) == (0, 11)
    assert not engine.difference()


@pytest.mark.django_db
def test_after_a_load_of_many_the_index_is_made_anew(engine, monkeypatch):
    engine.rebuild()
    monkeypatch.setattr(indexer, "MUCH", 5)
    monkeypatch.setattr(engine, "apply", lambda pks: 1 / 0)
    changed(enter(f"GB/T {serial}-2020", "鱼丸").pk for serial in range(100, 110))
    assert indexer.catch_up(engine) == 10
    assert (indexer.waiting(), engine.search(Query("鱼丸")).total) == (0, 10)
    assert not engine.difference()


@pytest.mark.django_db
def test_a_follower_makes_the_index_anew_once_no_more_parts_come(engine, monkeypatch):
    monkeypatch.setattr(indexer, "CALM", 1.0)
    engine.rebuild()
    real, times = engine.rebuild, []

    def counted(told=bool):
        times.append(Standard.objects.count())
        return real(told)

    monkeypatch.setattr(engine, "rebuild", counted)
    parts = iter(range(4))

    def alive():
        """Bring another part each time it is asked, then wait until everything is taken up."""
        if (part := next(parts, None)) is None:
            return indexer.waiting() > 0
        enter(f"GB/T {100 + part}-2020", "鱼丸")
        changed([EVERYTHING])
        return True

    indexer.follow(engine, alive)
    assert times == [4]
    assert engine.search(Query("鱼丸")).total == 4
    changed([enter("GB/T 200-2020", "鱼丸").pk])  # a single change waits for nothing
    indexer.follow(engine, lambda: indexer.waiting() > 0)
    assert (times, engine.search(Query("鱼丸")).total) == ([4], 5)


@pytest.mark.django_db
def test_what_failed_waits(engine, monkeypatch):
    """The changes go only when the index has them."""
    engine.rebuild()
    changed([enter("GB/T 100-2020", "鱼丸").pk])
    monkeypatch.setattr(engine, "apply", lambda pks: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        indexer.catch_up(engine)
    monkeypatch.undo()
    assert indexer.waiting() == 1


@pytest.mark.django_db
def test_one_writes_and_the_second_leaves_or_waits(engine):
    engine.rebuild()
    with generations.held() as ours:
        assert ours
        assert indexer.catch_up(engine) is None
        assert indexer.rebuild(engine) is None
    with generations.held() as ours:
        assert ours


@pytest.mark.django_db
def test_an_index_of_another_version_is_made_anew(index, monkeypatch):
    engine = Tantivy()
    enter("GB/T 100-2020", "鱼丸")
    indexer.catch_up(engine)
    assert engine.search(Query("鱼丸")).total == 1
    monkeypatch.setattr(generations, "VERSION", 10_000)
    other = Tantivy()
    assert not other.ready()
    indexer.catch_up(other)
    assert other.search(Query("鱼丸")).total == 1
    assert len(list(index.glob("g*"))) == 1


@pytest.mark.django_db
def test_an_index_of_another_database_is_not_this_ones(index, monkeypatch):
    enter("GB/T 100-2020", "鱼丸")
    indexer.rebuild(Tantivy())
    monkeypatch.setitem(connection.settings_dict, "HOST", "another.example")
    assert not Tantivy().ready()
    monkeypatch.undo()
    engine = Tantivy()
    assert engine.ready()
    shutil.rmtree(index)  # as a restore does
    assert not engine.ready()


@pytest.mark.django_db
def test_a_rebuild_leaves_the_old_index_in_use_until_it_is_done(index):
    engine, reader = Tantivy(), Tantivy()
    enter("GB/T 100-2020", "鱼丸")
    engine.rebuild()
    assert reader.search(Query("鱼丸")).total == 1
    draft = generations.begin()
    assert reader.search(Query("鱼丸")).total == 1
    enter("GB/T 101-2020", "鱼丸")
    engine.rebuild()
    assert reader.search(Query("鱼丸")).total == 2  # the same reader sees the new generation
    assert not draft.exists()  # a rebuild that was killed is swept away


@pytest.mark.django_db(transaction=True)
def test_where_nobody_follows_who_searches_takes_up_what_waits(index):
    engine = Tantivy()
    enter("GB/T 100-2020", "鱼丸")
    assert engine.search(Query("鱼丸")).total == 1  # a small register is indexed on the spot
    changed([enter("GB/T 101-2020", "鱼丸").pk])
    engine.watch.seen = 0  # a second has passed
    assert engine.search(Query("鱼丸")).total == 2
    with transaction.atomic():  # but never what may yet be undone
        changed([enter("GB/T 102-2020", "鱼丸").pk])
        engine.watch.seen = 0
        assert engine.search(Query("鱼丸")).total == 2
        transaction.set_rollback(True)
    with generations.held(indexer.FOLLOWING):
        changed([enter("GB/T 103-2020", "鱼丸").pk])
        engine.watch.seen = 0
        assert engine.search(Query("鱼丸")).total == 2  # the follower's business
        indexer.follow(engine, iter([True, False]).__next__)  # a second one stands by
        assert indexer.waiting() == 1
    indexer.follow(engine, iter([True, True, False, False]).__next__)
    assert engine.search(Query("鱼丸")).total == 3


@pytest.mark.django_db(transaction=True)
def test_who_searches_a_large_register_never_waits_for_its_index(index, monkeypatch):
    """Without an index the register answers and says so; of what waits only a little is done."""
    monkeypatch.setattr(indexer, "SMALL", 3)
    monkeypatch.setattr(indexer, "FEW", 2)
    engine = Tantivy()
    for serial in range(100, 105):
        enter(f"GB/T {serial}-2020", "鱼丸")
    page = engine.search(Query("鱼丸"))
    assert (page.total, page.generation, engine.ready()) == (5, "", False)
    engine.rebuild()
    changed(enter(f"GB/T {serial}-2020", "鱼丸").pk for serial in range(200, 205))
    monkeypatch.setattr(engine, "rebuild", lambda told: 1 / 0)
    for total, waits in ((7, 3), (9, 1), (10, 0)):
        engine.watch.seen = 0
        assert engine.search(Query("鱼丸")).total == total
        assert indexer.waiting() == waits


def test_the_first_question_finds_its_tables_read():
    folding._traditional.cache_clear()
    warm()
    assert folding._traditional.cache_info().currsize == 1


@pytest.fixture
def follower(index, settings):
    """Start followers on the test's database, each a process of its own."""
    started = []

    def start():
        program = (
            "import django; django.setup()\n"
            "from django.conf import settings\n"
            "from django.db import connections\n"
            f"settings.DATABASES['default']['NAME'] = {str(settings.DATABASES['default']['NAME'])!r}\n"
            f"connections['default'].settings_dict['NAME'] = {str(connection.settings_dict['NAME'])!r}\n"
            "from rongbiao.standards.search import engine, indexer\n"
            "print('ready', flush=True)\n"
            "indexer.follow(engine(), lambda: True)\n"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            env=os.environ
            | {"RONGBIAO_VAR": str(index.parent), "DJANGO_SETTINGS_MODULE": "rongbiao.settings"},
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        started.append(process)
        assert process.stdout.readline() == b"ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def until(holds, seconds=120.0):
    """Wait until something holds; return how many seconds that took."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < seconds
        time.sleep(0.02)
    return time.monotonic() - begun


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_it_catches_up_by_itself(index, follower):
    """Six followers are killed while editions come, change and go; the seventh makes it whole."""
    chance = random.Random(6)
    engine = Tantivy()
    indexer.rebuild(engine)
    serial = 1000
    for _ in range(6):
        process = follower()
        end = time.monotonic() + chance.uniform(0.05, 0.6)
        while time.monotonic() < end:
            with transaction.atomic():
                serial += 1
                rows = [
                    enter(f"GB/T {serial}-2020", f"鱼丸第{serial}号"),
                    *Standard.objects.order_by("?")[:3],
                ]
                changed([row.pk for row in rows])
                Standard.objects.filter(pk=rows[1].pk).update(title=f"改名{serial}")
                Standard.objects.filter(pk=rows[-1].pk).exclude(pk=rows[1].pk).delete()
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert engine.ready()  # usable at once
        assert engine.search(Query("鱼丸")).total <= serial - 1000
    follower()
    until(lambda: not Change.objects.exists())
    assert not Tantivy().difference()
    assert Tantivy().search(Query("")).total == Standard.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_by_other_processes(index, follower):
    engine = Tantivy()
    indexer.rebuild(engine)
    follower()
    until(lambda: _followed(index))
    changed([enter("GB/T 100-2020", "鱼丸").pk])
    until(lambda: engine.search(Query("鱼丸")).total == 1)


def _followed(index) -> bool:
    with generations.held(indexer.FOLLOWING) as nobody:
        return not nobody


@pytest.mark.django_db(transaction=True)
def test_searching_threads_and_a_writer_do_not_disturb_one_another(index):
    engine = Tantivy()
    indexer.rebuild(engine)
    totals: list[int] = []
    done = threading.Event()

    def look():
        while not done.is_set():
            totals.append(engine.search(Query("鱼丸")).total)
        connection.close()

    with generations.held(indexer.FOLLOWING):
        threads = [threading.Thread(target=look) for _ in range(3)]
        for thread in threads:
            thread.start()
        for serial in range(100, 106):
            changed([enter(f"GB/T {serial}-2020", "鱼丸").pk])
            indexer.catch_up(engine)
        indexer.rebuild(engine)
        done.set()
        for thread in threads:
            thread.join()
    assert set(totals) <= set(range(7))
    assert engine.search(Query("鱼丸")).total == 6
