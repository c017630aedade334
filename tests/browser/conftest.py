"""A real Chromium against the real server with the demonstration world, as make run starts it."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from scripts.machine import chromium as chromium_path
from scripts.machine import free_port
from tests.browser.signing import sign_in

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).parent / "rongbiao"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_runtest_protocol(item) -> bool | None:
    """Leave a test to another process that took it from the heap of both before.

    ``RONGBIAO_HEAP`` names a folder in which each of them notes what it takes (scripts/test.py).
    """
    heap = os.environ.get("RONGBIAO_HEAP")
    if heap is None:
        return None
    taken = Path(heap) / hashlib.sha256(item.nodeid.encode()).hexdigest()
    try:
        taken.touch(exist_ok=False)
    except FileExistsError:
        return True
    # What came before may have left this place to a test that another process took.
    item.session._setupstate.teardown_exact(item)
    return None


class Site:
    """The running platform: its address, its folder, its demonstration accounts."""

    def __init__(self, var: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "RONGBIAO_VAR": str(var),
            "RONGBIAO_ASSETS": str(ROOT / "var" / "assets"),
            "RONGBIAO_DATABASE": "",
        }
        self.run("collect")
        self.log = (var / "server.log").open("w+")
        self.process = subprocess.Popen(
            [COMMAND, "serve", "--prepare", "--demo", "--port", str(self.port)],
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            cwd=ROOT,
        )

    def run(self, what: str, *arguments: str) -> str:
        """Run another command on the same installation and return what it printed."""
        words = [COMMAND, what, *arguments]
        if what == "collect":
            words = [sys.executable, ROOT / "manage.py", "collectstatic", "--noinput", "-v0"]
        return subprocess.run(
            words, env=self.environment, cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout

    def wait(self) -> None:
        """Wait until the board answers."""
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.address}/board/", timeout=5).close()
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.5)
            else:
                return
        self.log.seek(0)
        raise RuntimeError(self.log.read()[-3000:])

    def accounts(self) -> dict[str, str]:
        """Return name and password of each demonstration account."""
        rows = json.loads(self.run("demo", "--accounts", "--json"))
        return {row["account"]: row["password"] for row in rows["accounts"]}

    def code(self, account: str) -> str:
        """Return a code that the account has not used yet."""
        return re.search(r"\d{6}", self.run("demo", "--code", account))[0]

    def stop(self) -> int:
        """Stop as Ctrl-C does; return the exit status."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=30)
        self.log.close()
        return status


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Yield the platform with its demonstration world, running."""
    var = tmp_path_factory.mktemp("site")
    running = Site(var)
    try:
        running.wait()
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()
        shutil.rmtree(var, ignore_errors=True)


@pytest.fixture(scope="session")
def browser():
    """Yield a headless Chromium."""
    from playwright.sync_api import sync_playwright

    path = chromium_path()
    if path is None:
        pytest.skip("本机没有 Chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="session")
def signed_in(site, browser):
    """Return a function that gives the kept session of a role; None is a visitor."""
    kept: dict[str | None, dict | None] = {None: None}
    passwords = site.accounts()

    def state(account: str | None):
        if account not in kept:
            context = browser.new_context(locale="zh-CN", base_url=site.address)
            page = context.new_page()
            sign_in(page, account, passwords[account], lambda: site.code(account))
            kept[account] = context.storage_state()
            context.close()
        return kept[account]

    return state


@pytest.fixture(scope="session")
def axe():
    """Return the source of axe-core."""
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
