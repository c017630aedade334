"""``rongbiao demo``: the demonstration world, played by the acts that people use."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from rongbiao.parties.demonstration import present
from rongbiao.parties.refused import Refused
from rongbiao.shell import demo_accounts
from rongbiao.shell.complaint import Complaint
from rongbiao.shell.story import Story, read_story
from rongbiao.shell.undo_demo import Leaning, remove
from rongbiao.standards.status import turn


def run(asked: argparse.Namespace) -> int:
    """Play, list, or remove the demonstration."""
    if asked.remove:
        return take_away(asked)
    if asked.code:
        print(demo_accounts.code(asked.code))
        return 0
    if asked.accounts:
        show_accounts(as_json=asked.json)
        return 0
    if present():
        raise Complaint("演示数据已经在了；要重演，请先运行 rongbiao demo --remove。")
    play()
    show_accounts(as_json=asked.json)
    return 0


def play() -> None:
    """Play the whole story in one transaction, showing where it is."""
    story, today = read_story(settings.CITY_FOLDER / "demo"), timezone.localdate()
    started = time.monotonic()
    shown = sys.stderr.isatty()
    with told_plainly(), transaction.atomic():
        for done, total, words in Story(story, settings.CITY, today).play():
            spent = time.monotonic() - started
            left = spent / done * (total - done) if done else 0
            line = f"· 演示故事 {done}/{total} {words}，已用 {spent:.0f} 秒，约余 {left:.0f} 秒"
            if shown:
                print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
            elif done % (total // 5) == 0:
                print(line, file=sys.stderr, flush=True)
        turn(today)  # the story ends before today: what tick does every day
    start = "\r\033[K" if shown else ""
    print(f"{start}✓ 演示故事（{time.monotonic() - started:.1f} 秒）", file=sys.stderr, flush=True)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Say in one sentence that the story does not go with what is in the register already."""
    try:
        yield
    except Refused as refused:
        words = f"演示故事演不下去，没有写入任何数据：{refused}请在没有真实数据的安装里演示。"
        raise Complaint(words) from refused


def take_away(asked: argparse.Namespace) -> int:
    """Remove the demonstration whole."""
    try:
        removed = remove()
    except Leaning as leaning:
        raise Complaint(str(leaning)) from leaning
    demo_accounts.forget()
    if asked.json:
        print(json.dumps({"removed": removed}, ensure_ascii=False))
    elif removed:
        rows = "、".join(f"{name} {count}" for name, count in removed.items())
        print(f"演示数据已全部撤除：{rows}。")
    else:
        print("没有演示数据。")
    return 0


def show_accounts(*, as_json: bool) -> None:
    """List the demonstration accounts with their passwords."""
    rows = demo_accounts.rows()
    if as_json:
        print(json.dumps({"accounts": rows}, ensure_ascii=False))
        return
    if not rows:
        print("没有演示账号。")
        return
    called = Path(sys.argv[0])  # as it was called here, so that it can be called so again
    command = called if called.name == "rongbiao" else "rongbiao"
    print("演示账号：")
    for row in rows:
        code = f"  动态验证码：{command} demo --code {row['account']}" if row["totp"] else ""
        print(f"  {row['account']:<8} {row['password']}  {row['who']}{code}")
