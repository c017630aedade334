"""``rongbiao serve``: the platform on one address, stopped by Ctrl-C."""

import argparse
import ctypes
import errno
import os
import signal
import socket
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from rongbiao.parties.demonstration import present
from rongbiao.shell import demo_accounts, occupancy
from rongbiao.shell.beside import beside
from rongbiao.shell.complaint import Complaint
from rongbiao.shell.found import migrate
from rongbiao.shell.founding import lay_foundation
from rongbiao.shell.troubles import founded
from rongbiao.shell.words_of_command import say
from rongbiao.standards import search

THREADS = 4
ARENAS = (-8, 2)  # of mallopt(3): M_ARENA_MAX
KEPT = (-1, 128 * 1024)  # M_TRIM_THRESHOLD, in bytes
STOPPING = {signal.SIGINT, signal.SIGQUIT, signal.SIGTERM}


def judge_address(host: str) -> None:
    """Refuse an address that other machines reach, unless this is a production installation."""
    try:
        loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        raise Complaint(f"监听地址“{host}”不是 IP 地址，可用 127.0.0.1。") from None
    if not loopback and not settings.PRODUCTION:
        raise Complaint(
            f"桌面模式只在本机使用，不能监听 {host}；对外服务请按运行维护说明设置 "
            "RONGBIAO_MODE=production。"
        )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address; say plainly why it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(128)
    except (OSError, OverflowError) as bad:
        door.close()
        number = getattr(bad, "errno", None)
        if number == errno.EADDRINUSE:
            words = f"端口 {port} 已被占用，可用 --port 换一个。"
        elif number == errno.EACCES:
            words = f"没有权限监听端口 {port}，请用 1024 以上的端口。"
        else:
            words = f"不能监听 {host}:{port}（{bad}）。"
        raise Complaint(words) from bad
    return door


def spare_memory() -> None:
    """Let threads share two arenas, and what counting a result took go back to the system.

    A C library other than glibc has no such function, and goes its own way.
    """
    with suppress(AttributeError):
        adjust = ctypes.CDLL(None).mallopt
        for number, value in (ARENAS, KEPT):
            adjust(number, value)


def anchor() -> sqlite3.Connection | None:
    """Hold the embedded database open while a worker lives.

    Whoever opens it first must write beside it (the index of its log), which a full or
    failing disk refuses: then not even reading would go on.
    """
    if connection.vendor != "sqlite":
        return None
    held = sqlite3.connect(settings.DATABASES["default"]["NAME"], check_same_thread=False)
    held.execute("SELECT count(*) FROM sqlite_master").fetchall()
    return held


def begin_work(worker) -> None:
    """Prepare a worker after it was made."""
    # Ctrl-C reaches the whole group: a worker that hears it twice, from the terminal
    # and from the arbiter, can stop itself in the middle of stopping.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker.anchor = anchor()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)


class Parent(Arbiter):
    """gunicorn's arbiter, whose workers stop whenever they are told to."""

    def handle_int(self) -> None:
        """Let what was asked be answered, as at SIGTERM; a second Ctrl-C does not wait.

        What gunicorn sends at the first (SIGQUIT) makes a worker close its threads in the
        midst of whatever it does: if that is handing a request to them, it waits for itself.
        """
        self.handle_term()

    def spawn_worker(self) -> int:
        """Make a worker for which signals wait until it is prepared (``begin_work``).

        One that was just made still has its parent's handlers, which only put the signal
        into a queue that nobody reads there: it would live on until it is killed.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        number = super().spawn_worker()  # returns in the parent alone
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
        return number


class Server(BaseApplication):
    """gunicorn with our settings: threads, no control socket, workers renewed now and then."""

    def __init__(self, door: int, workers: int, on_ready: Callable[[], object]) -> None:
        self.door, self.workers, self.on_ready = door, workers, on_ready
        super().__init__()

    def load_config(self) -> None:
        own = {
            "bind": f"fd://{self.door}",
            "workers": self.workers,
            "threads": THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "control_socket_disable": True,  # it would open a command socket in the home folder
            "timeout": 60,
            "graceful_timeout": 15,
            "max_requests": 5000,
            "max_requests_jitter": 1000,
            "loglevel": "warning",
            "forwarded_allow_ips": "",  # Django judges X-Forwarded-Proto, not gunicorn
            "when_ready": lambda arbiter: self.on_ready(),
            "post_worker_init": begin_work,
        }
        for name, value in own.items():
            self.cfg.set(name, value)

    def load(self):
        from rongbiao.wsgi import application

        spare_memory()
        _ = get_resolver().url_patterns  # read once, before the workers are made
        search.warm()
        connections.close_all()  # no worker shares a connection with another
        return application

    def run(self) -> None:
        Parent(self).run()


def serve(host: str, port: int, workers: int = 2, on_ready: Callable[[], object] = bool) -> int:
    """Serve until Ctrl-C or SIGTERM; return the exit status, 0 after an orderly stop.

    ``on_ready`` is called once, when the address answers.
    """
    judge_address(host)
    with (
        occupancy.with_others(settings.VAR),
        beside("index", "--follow"),
        beside("load", "--waiting"),
        beside("tick", "--follow"),
        beside("citing", "--follow"),
    ):
        door = listen(host, port).detach()  # gunicorn closes it
        connections.close_all()
        ours = os.getpid()
        try:
            Server(door, workers, on_ready).run()
        except SystemExit as end:
            if os.getpid() != ours:  # a worker that ends, not the server
                raise
            return int(end.code or 0)
    return 0


def waiting() -> bool:
    """Tell whether the tables wait for an upgrade to this version."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def judge_installation() -> None:
    """Refuse to start on tables of another version or without the static files."""
    if not founded() or waiting():  # in this order: asking Django makes an empty database
        raise Complaint("数据库还没有建好或没有升级，请先运行 rongbiao found。")
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        raise Complaint("静态文件还没有归集，请先运行 make run，或 manage.py collectstatic。")


def run(asked: argparse.Namespace) -> int:
    """Prepare what was asked for, then serve."""
    started = time.monotonic()
    judge_address(asked.host)
    if asked.workers < 1:
        raise Complaint("进程数至少是 1。")
    if asked.demo and settings.PRODUCTION:
        raise Complaint("生产环境不放演示数据，请去掉 --demo。")
    listen(asked.host, asked.port).close()
    if asked.prepare:
        migrate()
        lay_foundation()
    judge_installation()
    if asked.demo and not present():
        from rongbiao.shell import demo  # the whole story: only for who plays it

        demo.play()

    def ready() -> None:
        if demo_accounts.rows() and present():
            from rongbiao.shell import demo

            demo.show_accounts(as_json=False)
        host = f"[{asked.host}]" if ":" in asked.host else asked.host
        say(f"榕标已启动（{time.monotonic() - started:.1f} 秒）：http://{host}:{asked.port}")
        say("按 Ctrl-C 停止。")

    status = serve(asked.host, asked.port, asked.workers, ready)
    say("榕标已停止。")
    return status
