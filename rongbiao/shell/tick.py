"""``rongbiao tick``: what is done because a day has come."""

import argparse
import json
import logging
import time
from datetime import date
from typing import NoReturn

from django.db import DatabaseError, close_old_connections
from django.db.models import Min
from django.utils import timezone

from rongbiao.archive import emptying
from rongbiao.exchange import dump
from rongbiao.exchange.citing import working
from rongbiao.exchange.loading import apart
from rongbiao.parties import tokens
from rongbiao.procedures import leader_expiry
from rongbiao.shell.beside import keeper
from rongbiao.shell.complaint import Complaint
from rongbiao.stages import clock as cases
from rongbiao.standards import letters, status
from rongbiao.standards.citing import alerts, telling
from rongbiao.strategy import clock
from rongbiao.strategy.models import Plan
from rongbiao.web import digest

AHEAD = 5  # years after this one that may be tried
PAUSE = 30.0  # seconds between two looks at the calendar

logger = logging.getLogger("rongbiao.tick")


def run(asked: argparse.Namespace) -> int:
    """Do what is due on a day; safe to run again."""
    if asked.follow:
        follow()
    day = judged(asked.day) if asked.day else timezone.localdate()
    done = all_of(day)
    if asked.json:
        print(json.dumps({"day": day.isoformat(), "done": done}, ensure_ascii=False))
    else:
        print("\n".join(done) or f"{day}：没有到期的事。")
    return 0


def judged(said: str) -> date:
    """Return the day that was asked for; one on which nothing can be due is refused, with the span.

    Part of the work would be done before a rule without a value on that day, or the end of
    the calendar, stopped the rest.
    """
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise Complaint(f"日期“{said}”无法识别，应写作 2025-09-30。") from None
    today = timezone.localdate()
    first = min(Plan.objects.aggregate(first=Min("since"))["first"] or today, today)
    last = date(today.year + AHEAD, 12, 31)
    if not first <= day <= last:
        raise Complaint(f"不能按{day}办理，--day 应在{first}至{last}之间。")
    return day


def all_of(day: date) -> list[str]:
    """Do everything that is due on a day; return it in sentences."""
    done = turned(day) + clock.tick(day) + cases.tick(day) + leader_expiry.tick(day)
    done += digest.tick(day)
    if owed := alerts.tick(day) + telling.remind(day):  # what begins today stands in the news now
        letters.send()
        done += owed
    tokens.forget_replies(timezone.now())
    working.tidy()
    emptying.empty_log()
    return done + dumped(timezone.localdate())


def follow() -> NoReturn:
    """Do what is due as each day comes, and send letters as they are written.

    Ends with whoever started it. A day whose work fails is tried again.
    """
    apart.end_with(keeper())
    last = None
    while True:
        day = timezone.localdate()
        try:
            if day != last:
                all_of(day)
                last = day
            alerts.tick(day)
            letters.send()
        except DatabaseError:
            logger.exception("到期办理没有完成，稍后再试")
        close_old_connections()
        time.sleep(PAUSE)


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
