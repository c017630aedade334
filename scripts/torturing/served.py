"""A served installation: ``rongbiao serve`` in a process of its own, asked as browsers ask it."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

from scripts.machine import free_port

from .installation import ROOT, surroundings

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
PATIENCE = 120  # seconds that a browser waits for an answer


@dataclass
class Answer:
    """What came back; status 0: nothing did."""

    status: int
    text: str = ""
    to: str = ""
    retry: str = ""
    seconds: float = 0

    @property
    def done(self) -> bool:
        """Tell whether the platform said that it was done."""
        return 200 <= self.status < 400

    @property
    def sentence(self) -> str:
        """Return the first full Chinese sentence of a refusal, or nothing."""
        found = re.search(r"[\u4e00-\u9fff][^<>]*。", self.text.partition("<main")[2])
        return unescape(found.group()) if found else ""


@dataclass
class Visitor:
    """One browser: its cookies and the address that it comes from."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    source: str = "127.0.0.1"

    def ask(self, path: str, fields: dict[str, Any] | None = None) -> Answer:
        """Read a page or, with fields, post a form; one connection each."""
        started = time.monotonic()
        line = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, source_address=(self.source, 0)
        )
        heads = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if fields is not None:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(
                "GET" if fields is None else "POST", path, urlencode(fields or {}), headers=heads
            )
            came = line.getresponse()
            text = came.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as why:
            return Answer(0, repr(why), seconds=time.monotonic() - started)
        finally:
            line.close()
        for said in came.headers.get_all("Set-Cookie") or []:
            name, _mark, value = said.partition(";")[0].partition("=")
            if name == "csrf":
                self.cookies[name] = value
        to, retry = came.headers.get("Location", ""), came.headers.get("Retry-After", "")
        return Answer(came.status, text, to, retry, time.monotonic() - started)

    def form(self, path: str) -> dict[str, str]:
        """Return the hidden fields of a page's form: CSRF token, form token, what was seen."""
        page = self.ask(path)
        found = dict(HIDDEN.findall(page.text))
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        if token is None:
            raise RuntimeError(f"{path} 没有表单（{page.status}）：{page.sentence}")
        return {"csrfmiddlewaretoken": token.group(1)} | found


def at_once(jobs: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Do all jobs at the same time, each in a thread of its own."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        return [one.result() for one in [pool.submit(job) for job in jobs]]


class Served:
    """An installation that answers on a port of loopback until the block is left."""

    def __init__(self, var: Path, database: str = "", more: dict[str, str] | None = None) -> None:
        self.var, self.database, self.more = var, database, more or {}
        self.port = free_port()

    def __enter__(self) -> Self:
        around = surroundings(self.var, self.database)
        gather = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--noinput", "-v0"]
        subprocess.run(gather, cwd=ROOT, env=around, check=True)  # noqa: S603
        words = [str(Path(sys.executable).parent / "rongbiao"), "serve", "--port", str(self.port)]
        with (self.var.parent / "served.log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                words, cwd=ROOT, env=around | self.more, stdout=log, stderr=log
            )
        until = time.monotonic() + 60
        while self.visitor().ask("/").status != 200:
            if time.monotonic() > until or self.process.poll() is not None:
                self.__exit__()
                raise RuntimeError(f"平台没有启动，见 {self.var.parent}/served.log")
            time.sleep(0.2)
        return self

    def __exit__(self, *_why: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def visitor(self, session: str = "", source: str = "127.0.0.1") -> Visitor:
        """Return a browser, signed in where a session is given."""
        return Visitor(self.port, {"session": session} if session else {}, source)

    def within(self, call: str) -> Any:
        """Return what a function of ``world`` gives, called in a process beside the server."""
        code = (
            "import os, sys, json; sys.path.insert(0, '.'); "
            "os.environ['DJANGO_SETTINGS_MODULE'] = 'rongbiao.settings'; import django; "
            f"django.setup(); from scripts.torturing import world; print(json.dumps(world.{call}))"
        )
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=surroundings(self.var, self.database),
            check=True,
            capture_output=True,
            text=True,
        )
        return json.loads(done.stdout)
