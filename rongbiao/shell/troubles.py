"""Troubles (故障): what stops a command from outside, a missing foundation first, in one sentence each."""

import argparse
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import Error, connection

from rongbiao.shell.complaint import Complaint

UNFOUNDED = "还没有建站，请先运行 rongbiao found。"
# These work on what is in the database; the others make one, or do without it.
ROOTED = {
    "backup", "citing", "demo", "dump", "index", "load", "person", "tick", "token", "unlock",
    "verify",
}  # fmt: skip
# What SQLite and PostgreSQL say, and what that means to whoever stands at the console.
CAUSES = {
    ("is locked",): "数据库正被另一个进程占用，请稍后再试",
    ("is full", "no space left"): "磁盘已满，请腾出空间后再试",
    ("readonly", "read-only"): "数据库只能读，请检查它和所在文件夹的权限",
    ("unable to open",): "打不开数据库文件，请检查它和所在文件夹的权限",
    ("malformed", "not a database"): "数据库文件已损坏，请用最近的备份恢复（rongbiao restore）",
    ("no such table", "no such column", "does not exist"): (
        "数据库还没有建好或没有升级，请先运行 rongbiao found"
    ),
    ("connection", "terminating", "resolve host"): (
        "连不上数据库服务器，请检查它是否运行、RONGBIAO_DATABASE 是否正确"
    ),
    ("timeout",): "数据库太忙，没有在限定时间内答复，请稍后再试",
}


def founded() -> bool:
    """Tell whether the database has our tables; asking makes no file where there is none."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    ours = set(connection.introspection.django_table_names())
    # Some are enough: an installation that waits for its upgrade must still be backed up.
    return not ours.isdisjoint(connection.introspection.table_names())


def judge_foundation(asked: argparse.Namespace) -> None:
    """Refuse a command that works on the database where nothing was founded."""
    if asked.command not in ROOTED:
        return
    if asked.command == "verify" and asked.copy and not asked.write:
        return  # a copy is verified anywhere
    if not founded():
        raise Complaint(UNFOUNDED)


@contextmanager
def told_in_a_sentence() -> Iterator[None]:
    """Turn what a database cannot do into a complaint that names the cause."""
    try:
        yield
    except (Error, sqlite3.Error) as bad:
        said = " ".join(str(bad).split()) or type(bad).__name__
        raise Complaint(f"{meaning(said)}（{said.rstrip('.')}）。") from bad


def meaning(said: str) -> str:
    """Return in Chinese what a database says, with what to do."""
    lower = said.casefold()
    known = (words for marks, words in CAUSES.items() if any(mark in lower for mark in marks))
    return next(known, "数据库没有接受这一步，请运行 rongbiao check 查看")
