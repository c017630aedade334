"""Documents are made ready in a second process; it and the one that writes end with each other."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rongbiao.standards.search import Query, preparing, rows
from rongbiao.standards.search.embedded import Tantivy
from tests.standards_desk import enter

ROOT = Path(__file__).resolve().parents[3]


def _children(of: int) -> list[int]:
    """Return the processes that a process has started."""
    return [int(pk) for pk in Path(f"/proc/{of}/task/{of}/children").read_text().split()]


@pytest.fixture
def others():
    """What this process had started before: earlier tests' helpers may still be waiting."""
    return set(_children(os.getpid()))


@pytest.mark.django_db
def test_two_processes_make_what_one_makes(monkeypatch, others):
    for serial in range(100, 107):
        enter(f"GB/T {serial}-2020", f"“鱼丸”\\第{serial}部分：重庆", title_en='Fish "balls"')
    stretches = list(rows.columns(2))
    alone = list(preparing.prepared(stretches, many=100))
    here, made = [], preparing._made
    monkeypatch.setattr(preparing, "_made", lambda one: here.append(one) or made(one))
    assert list(preparing.prepared(stretches, many=4)) == alone
    assert here == stretches[2:]  # two wait for the other process
    monkeypatch.setattr(preparing, "FURTHEST", 1)
    assert list(preparing.prepared(stretches * 3, many=4)) == alone * 3
    monkeypatch.setattr(preparing, "_made", None)  # this process makes none
    monkeypatch.setattr(preparing, "AHEAD", 100)
    assert list(preparing.prepared(stretches, many=4)) == alone
    assert sum(map(len, alone)) == 7
    assert set(_children(os.getpid())) <= others


@pytest.mark.django_db
def test_when_the_second_process_is_killed_the_old_index_stays(index, monkeypatch, others):
    engine = Tantivy()
    for serial in range(100, 107):
        enter(f"GB/T {serial}-2020", "鱼丸")
    engine.rebuild()
    monkeypatch.setattr(preparing, "MANY", 1)
    monkeypatch.setattr(preparing, "FURTHEST", 0)  # each is written before the next is asked for
    monkeypatch.setattr(rows, "STRETCH", 1)

    def kill(done):
        for pk in set(_children(os.getpid())) - others:
            os.kill(pk, signal.SIGKILL)

    with pytest.raises(BrokenPipeError, match="备料"):
        engine.rebuild(kill)
    assert engine.search(Query("鱼丸")).total == 7
    assert set(_children(os.getpid())) <= others
    assert engine.rebuild() == 7


def test_when_the_writer_is_killed_the_second_process_ends():
    program = (
        "import django; django.setup()\n"
        "from itertools import repeat\n"
        "from rongbiao.standards.search.preparing import prepared\n"
        "for one in prepared(repeat([]), many=1): print(len(one), flush=True)\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", program],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "rongbiao.settings"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert writer.stdout.readline() == b"0\n"
    (second,) = _children(writer.pid)
    writer.kill()
    writer.wait()
    writer.stdout.close()
    end = time.monotonic() + 60
    while Path(f"/proc/{second}").exists():
        assert time.monotonic() < end
        time.sleep(0.02)
