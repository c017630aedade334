"""``rongbiao citing``: what waits is worked off, what had its time is gone; followed, it goes on by itself."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from rongbiao.exchange.citing import checks, working
from rongbiao.shell import run
from rongbiao.shell.tick import all_of

LARGE = "按GB 2760-2014执行。".encode() + b"x" * working.AT_ONCE


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR", tmp_path)


@pytest.mark.django_db
def test_what_waits_is_worked_off_and_what_had_its_time_goes():
    waiting = checks.order([("一.txt", LARGE), ("二.txt", LARGE)], date(2026, 6, 1))
    working.begin(waiting)
    old = checks.order([("旧.txt", b"x")], date(2026, 6, 1))
    old.until = time.time() - 1
    old.save()
    assert run(["citing"]) == 0
    assert (checks.find(waiting.token).ended, old.folder.exists()) == (True, False)


@pytest.mark.django_db
def test_the_clock_sweeps_too(city):
    old = checks.order([("旧.txt", b"x")], date(2026, 6, 1))
    old.until = time.time() - 1
    old.save()
    all_of(date(2026, 6, 1))
    assert not old.folder.exists()


@pytest.mark.slow
def test_a_follower_takes_up_what_a_killed_one_left(tmp_path: Path):
    place = os.environ | {"RONGBIAO_VAR": str(tmp_path), "RONGBIAO_DATABASE": ""}
    code = "from rongbiao.shell import main; main()"

    def rongbiao(*words: str) -> subprocess.Popen:
        return subprocess.Popen([sys.executable, "-c", code, *words], env=place)

    assert rongbiao("found").wait(120) == 0
    order = checks.order([(f"{n}.txt", LARGE * 8) for n in range(12)], date(2026, 6, 1))
    working.begin(order)
    first = rongbiao("citing", "--follow")
    _until(lambda: checks.find(order.token).done >= 1)
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    second = rongbiao("citing", "--follow")
    _until(lambda: checks.find(order.token).ended)
    second.send_signal(signal.SIGTERM)
    assert second.wait(10) == 0
    found = checks.find(order.token)
    assert [(one.state, one.total) for one in found.items] == [("done", 8)] * 12


def _until(true) -> None:
    end = time.monotonic() + 90
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
