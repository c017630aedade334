"""A load that is killed goes on, on a real installation: nothing twice, nothing lost."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings

from rongbiao.standards.indexes import PUT_OFF
from tests.shell.installation import FOUND, ROOT, ask, environment, python, rongbiao

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3",
        reason="运行于 SQLite",
    ),
]
SLOWLY = """
import time
from rongbiao.exchange.loading import loads, staging
staging.PART, staging.SAMPLE = 100, 10
def slowly(real):
    def slow(*arguments, **options):
        time.sleep(0.15)
        return real(*arguments, **options)
    return slow
loads.enter_rows, loads.enter_ready = slowly(loads.enter_rows), slowly(loads.enter_ready)
"""
HELPED = f"{SLOWLY}\nstaging.MANY = 1000\n"
COMMAND = "import django; django.setup()\n{slow}\nfrom rongbiao.shell import main; main()"


@pytest.mark.parametrize("slow", [SLOWLY, HELPED], ids=["alone", "helped"])
def test_killed_again_and_again_it_still_comes_to_the_same(tmp_path, slow):
    var = tmp_path / "var"
    python(var, FOUND)
    rows = "".join(f"Q/AB {n:04d}-2020,第{n}号,甲院\n" for n in range(2000))
    path = tmp_path / "表.csv"
    path.write_text(f"标准编号,标准名称,起草单位\n{rows}")
    killed = 0
    for wait in (0.3, 0.8, 1.3):
        one = subprocess.Popen(
            [sys.executable, "-c", COMMAND.format(slow=slow), "load", path, "--basis", "据"],
            env=environment(var), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        until = time.monotonic() + 120
        before = ask(var, "select count(*) from standards_standard")[0][0]
        while time.monotonic() < until and one.poll() is None:
            if ask(var, "select count(*) from standards_standard")[0][0] > before:
                break
            time.sleep(0.02)
        time.sleep(wait)
        if one.poll() is None:
            os.kill(one.pid, signal.SIGKILL)
            killed += 1
        one.communicate()
    assert killed >= 2
    held = ask(var, "select count(*) from standards_standard")[0][0]
    changes = ask(var, "select count(*) from standards_change")[0][0]
    assert (0 < held < 2000, changes) == (True, held)
    done = rongbiao(var, "load", "--resume")
    assert done.returncode == 0, done.stderr
    assert "新增 2000，变更 0，相同 0" in done.stdout
    # Every edition once; the search has taken up every change.
    for table, count in (("standard", 2000), ("participation", 2000), ("change", 0)):
        assert ask(var, f"select count(*) from standards_{table}") == [(count,)]
    assert ask(var, "select verb from parties_act order by id") == [("load",), ("loaded",)]
    assert ask(var, "pragma integrity_check") == [("ok",)]
    assert not [one for one in (var / "loading").iterdir() if one.is_dir()]
    again = rongbiao(var, "load", path, "--basis", "据", "--json")
    assert '"new": 0' in again.stdout


INDEXES = (
    "select name from sqlite_master where type = 'index' and name not like 'sqlite_%' order by 1"
)


@pytest.mark.parametrize("carried_on", [True, False])
def test_what_a_large_load_puts_off_comes_back_after_a_kill(tmp_path, carried_on):
    var = tmp_path / "var"
    python(var, FOUND)
    whole = ask(var, INDEXES)
    rows = "".join(f"Q/AB {n:04d}-2020,第{n}号,甲院\n" for n in range(2000))
    path = tmp_path / "表.csv"
    path.write_text(f"标准编号,标准名称,起草单位\n{rows}")
    slow = f"{HELPED}\nloads.FILLING = 1000\n"
    one = subprocess.Popen(
        [sys.executable, "-c", COMMAND.format(slow=slow), "load", path, "--basis", "据"],
        env=environment(var), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    until = time.monotonic() + 120
    while time.monotonic() < until and one.poll() is None:
        if ask(var, "select count(*) from standards_standard")[0][0]:
            break
        time.sleep(0.02)
    os.kill(one.pid, signal.SIGKILL)
    one.communicate()
    assert len(ask(var, INDEXES)) == len(whole) - len(PUT_OFF)
    assert {pk for (pk,) in ask(var, "select standard_id from standards_change")} == {0}
    assert f"缺 {len(PUT_OFF)} 个索引" in rongbiao(var, "check").stdout
    if not carried_on:  # given up: the next look puts it right
        python(var, "import django; django.setup()\n"
               "from rongbiao.standards.load import Load; Load.objects.update(state='refused')")  # fmt: skip
        rongbiao(var, "load", "--resume")
        assert ask(var, INDEXES) == whole
        return
    done = rongbiao(var, "load", "--resume")
    assert "新增 2000，变更 0，相同 0" in done.stdout, done.stderr
    assert ask(var, INDEXES) == whole
    for table, count in (("standard", 2000), ("participation", 2000), ("change", 0)):
        assert ask(var, f"select count(*) from standards_{table}") == [(count,)]
    assert rongbiao(var, "index", "--check").returncode == 0


def test_the_worker_takes_what_waits_and_what_a_killed_one_left(tmp_path):
    var = tmp_path / "var"
    python(var, FOUND)
    rows = "".join(f"Q/AB {n:04d}-2020,第{n}号\n" for n in range(50))
    waiting = """
import sys, django; django.setup()
from rongbiao.archive.models import File
from rongbiao.exchange.loading import loads
from rongbiao.standards.load import Load
for state, name in (("waiting", "一"), ("entering", "二")):  # the second as a kill left it
    text = f"标准编号,标准名称\\n{sys.argv[1].replace('AB', 'AB' + state[0].upper())}"
    order = loads.order(None, File.objects.keep(text.encode(), name, "text/csv"), aim="enter", basis="据")
    Load.objects.filter(pk=order.pk).update(state=state)
"""
    python(var, waiting, rows)
    program = "from rongbiao.shell import main; main()"
    worker = subprocess.Popen(
        [sys.executable, "-c", program, "load", "--waiting"], env=environment(var), cwd=ROOT
    )
    try:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            states = {state for (state,) in ask(var, "select state from standards_load")}
            if states == {"done"}:
                break
            time.sleep(0.1)
    finally:
        worker.terminate()
    assert states == {"done"}
    assert ask(var, "select count(*) from standards_standard") == [(100,)]
    assert worker.wait(10) == 0
