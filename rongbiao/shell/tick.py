"""``rongbiao tick``: what is done because a day has come."""

import argparse
import json
from datetime import date

from django.utils import timezone

from rongbiao.shell.complaint import Complaint
from rongbiao.strategy import clock
from rongbiao.web import digest


def run(asked: argparse.Namespace) -> int:
    """Do what is due on a day; safe to run again."""
    try:
        day = date.fromisoformat(asked.day) if asked.day else timezone.localdate()
    except ValueError:
        raise Complaint(f"日期“{asked.day}”无法识别，应写作 2025-09-30。") from None
    done = clock.tick(day) + digest.tick(day)
    if asked.json:
        print(json.dumps({"day": day.isoformat(), "done": done}, ensure_ascii=False))
    else:
        print("\n".join(done) or f"{day}：没有到期的事。")
    return 0
