"""Serving: quick to start, clean to stop, plain about what hinders it."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.shell.installation import ROOT, environment, rongbiao


@pytest.fixture
def ready(var) -> Path:
    """An installation whose static files are gathered."""
    (var / "static").mkdir()
    (var / "static" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}, "hash": ""}')
    return var


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(port: int) -> tuple[int, str]:
    """Ask for a page that needs signing in; return status and where it leads."""
    asked = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        asked.request("GET", "/accounts/sessions/")
        response = asked.getresponse()
        return response.status, response.getheader("Location", "")
    finally:
        asked.close()


TO_LOGIN = (302, "/accounts/login/?next=/accounts/sessions/")
MAIN = "from rongbiao.shell import main; main()"
# Whoever stops the server meets its workers half made, or handing a request to a thread.
BEGINNING = f"""
import time
from gunicorn import util

def seed(own=util.seed):
    time.sleep(2)
    own()

util.seed = seed
{MAIN}
"""
HANDING = f"""
import time
from concurrent.futures import ThreadPoolExecutor as Threads

def more(pool, own=Threads._adjust_thread_count):
    time.sleep(2)
    own(pool)

Threads._adjust_thread_count = more
{MAIN}
"""


@contextmanager
def serving(var: Path, port: int, program: str = MAIN, **settings: str):
    """Serve in a process of its own, in a group of its own as a terminal would give it."""
    home = var.parent / "home"
    home.mkdir()
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            program,
            "serve",
            "--port",
            str(port),
        ],
        env=environment(var, HOME=str(home), **settings),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def wait_for(port: int, seconds: float = 60) -> None:
    """Wait until the address answers."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        with suppress(OSError):
            answer(port)
            return
        time.sleep(0.05)
    raise AssertionError("no answer")


def workers(process: subprocess.Popen, without: int = 0) -> list[int]:
    """Return the workers' numbers, once there are two and a certain one is not among them."""
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = [int(one) for one in path.read_text().split()]
        if len(found) == 2 and without not in found:
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def stop(process: subprocess.Popen, by: signal.Signals) -> list[str]:
    """Stop a server, which says nothing amiss; return the lines that it printed."""
    if by == signal.SIGINT:  # a terminal sends it to the whole group
        os.killpg(process.pid, by)
    else:
        process.send_signal(by)
    said, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (0, "")
    return said.splitlines()


BY = pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])


@BY
def test_it_starts_quickly_and_stops_cleanly(by, ready):
    port = free_port()
    with serving(ready, port) as process:
        wait_for(port)
        assert answer(port) == TO_LOGIN
        assert len(workers(process)) == 2
        lines = stop(process, by)
        assert lines[0].endswith(f"：http://127.0.0.1:{port}")
        assert lines[1:] == ["按 Ctrl-C 停止。", "榕标已停止。"]
    # No control socket, nothing left in the home folder of whoever runs it.
    assert list((ready.parent / "home").rglob("*")) == []


@BY
def test_workers_that_are_only_being_made_hear_the_stop(by, ready):
    with serving(ready, free_port(), BEGINNING) as process:
        assert len(workers(process)) == 2
        assert stop(process, by)[-1] == "榕标已停止。"


@BY
def test_a_request_that_is_being_taken_up_is_answered_before_the_stop(by, ready):
    port = free_port()
    with serving(ready, port, HANDING) as process:
        wait_for(port)
        with socket.create_connection(("127.0.0.1", port), timeout=60) as asking:
            asking.sendall(b"GET /accounts/sessions/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            time.sleep(0.5)
            lines = stop(process, by)
            assert asking.recv(100).startswith(b"HTTP/1.1 302")
        assert lines[-1] == "榕标已停止。"


def test_it_can_start_again_at_once(ready):
    port = free_port()
    for _ in range(2):
        with serving(ready, port) as process:
            wait_for(port)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
            assert process.returncode == 0
        (ready.parent / "home").rmdir()


def test_a_worker_that_dies_is_replaced(ready):
    port = free_port()
    with serving(ready, port) as process:
        wait_for(port)
        first, second = workers(process)
        os.kill(first, signal.SIGKILL)
        assert second in workers(process, without=first)
        assert answer(port) == TO_LOGIN


def test_a_port_that_is_taken_is_said_in_one_sentence(ready):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = rongbiao(ready, "serve", "--port", str(port))
    said = f"rongbiao：端口 {port} 已被占用，可用 --port 换一个。\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_a_desk_is_not_open_to_other_machines(host, ready):
    done = rongbiao(ready, "serve", "--host", host)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"rongbiao：桌面模式只在本机使用，不能监听 {host}；")


def test_what_is_not_an_address_is_refused(ready):
    done = rongbiao(ready, "serve", "--host", "example.com")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert rongbiao(ready, "serve", "--port", "70000").returncode == 2


def test_it_does_not_serve_an_installation_that_is_not_ready(var, tmp_path):
    empty = rongbiao(tmp_path / "empty", "serve", "--port", str(free_port()))
    assert (empty.returncode, empty.stderr) == (
        2,
        "rongbiao：数据库还没有建好或没有升级，请先运行 rongbiao found。\n",
    )
    bare = rongbiao(var, "serve", "--port", str(free_port()))
    assert (bare.returncode, bare.stderr.count("\n")) == (2, 1)
    assert "静态文件还没有归集" in bare.stderr


def test_production_takes_no_demonstration(ready):
    done = rongbiao(ready, "serve", "--demo", RONGBIAO_MODE="production")
    assert (done.returncode, done.stderr) == (
        2,
        "rongbiao：生产环境不放演示数据，请去掉 --demo。\n",
    )


def test_nothing_is_restored_under_a_running_server(ready, founded):
    port = free_port()
    with serving(ready, port):
        wait_for(port)
        assert rongbiao(ready, "backup", ready.parent / "while.tar").returncode == 0
        done = rongbiao(ready, "restore", founded / "backup.tar", "--yes")
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert answer(port) == TO_LOGIN
