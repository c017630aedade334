"""``rongbiao tick``: what is done because a day has come."""

import argparse
import json
from datetime import date

from django.utils import timezone

from rongbiao.exchange import dump
from rongbiao.parties import tokens
from rongbiao.shell.complaint import Complaint
from rongbiao.standards import status
from rongbiao.strategy import clock
from rongbiao.web import digest


def run(asked: argparse.Namespace) -> int:
    """Do what is due on a day; safe to run again."""
    try:
        day = date.fromisoformat(asked.day) if asked.day else timezone.localdate()
    except ValueError:
        raise Complaint(f"日期“{asked.day}”无法识别，应写作 2025-09-30。") from None
    done = turned(day) + clock.tick(day) + digest.tick(day) + dumped(timezone.localdate())
    tokens.forget_replies(timezone.now())
    if asked.json:
        print(json.dumps({"day": day.isoformat(), "done": done}, ensure_ascii=False))
    else:
        print("\n".join(done) or f"{day}：没有到期的事。")
    return 0


def turned(day: date) -> list[str]:
    """Turn the register of standards to a day."""
    moved = status.turn(day)
    return [f"{day}：{moved} 项标准的状态按日期变更。"] if moved else []


def dumped(day: date) -> list[str]:
    """Write the dump of a day, once; a disk that is full stops nothing else."""
    if any(one.day == day for one in dump.kept()):
        return []
    try:
        made = dump.write(day)
    except OSError as bad:
        return [f"{day}：没有写出标准全量数据（{bad}）。"]
    return [f"{day}：已写出标准全量数据 {made.name}。"]
