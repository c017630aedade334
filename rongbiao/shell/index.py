"""``rongbiao index``: the search index takes up what changed, is compared, or is made anew."""

import argparse
import json
import os
import sys
import time
from dataclasses import asdict

from rongbiao.shell.beside import keeper
from rongbiao.shell.complaint import Complaint
from rongbiao.shell.words_of_command import say
from rongbiao.standards.search import engine, indexer, rows

LINE = 300.0  # seconds to stand in line behind another one that writes
SOON = 2.0  # seconds after which a long work tells how far it is


class Progress:
    """Tells how far a long work is, at what rate, and how long it will take, on standard error."""

    def __init__(self, total: int, quiet: bool) -> None:
        self.total, self.quiet = total, quiet
        self.begun = self.told = time.monotonic()

    def __call__(self, done: int) -> None:
        """Hear that so many are done; say so at most once in two seconds."""
        now = time.monotonic()
        if self.quiet or now - self.told < SOON or not done:
            return
        self.told = now
        rate = done / (now - self.begun)
        left = max(self.total - done, 0) / rate
        words = f"{done} / {self.total}，每秒 {rate:.0f} 条，还需约 {left:.0f} 秒"
        end = "" if sys.stderr.isatty() else "\n"
        print(f"\r{words}   " if not end else words, end=end, file=sys.stderr, flush=True)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.begun


def run(asked: argparse.Namespace) -> int:
    """Do what was asked; status 1 when the index differs from the register."""
    if asked.follow:
        parent = keeper()
        indexer.follow(engine(), lambda: os.getppid() == parent)
        return 0
    if asked.check:
        return check(asked.json)
    return rebuild(asked.json) if asked.rebuild else apply(asked.json)


def apply(as_json: bool) -> int:
    """Take up what waits; without an index, make one."""
    progress = Progress(indexer.waiting() if engine().ready() else rows.count(), as_json)
    done = indexer.catch_up(engine(), LINE, progress)
    return _told(done, "已把 {} 条变动写入索引", "changes", progress, as_json)


def rebuild(as_json: bool) -> int:
    """Make the index anew while the old one answers."""
    progress = Progress(rows.count(), as_json)
    written = indexer.rebuild(engine(), LINE, progress)
    return _told(written, "已重建索引，共 {} 条", "editions", progress, as_json)


def _told(count: int | None, words: str, name: str, progress: Progress, as_json: bool) -> int:
    if count is None:
        raise Complaint(f"另一个进程正在写索引，等了 {LINE:.0f} 秒还没有完成，请稍后再试。")
    seconds = progress.seconds
    if as_json:
        print(json.dumps({"engine": engine().name, name: count, "seconds": round(seconds, 3)}))
    else:
        say(
            f"{words.format(count)}（{seconds:.1f} 秒，每秒 {count / max(seconds, 0.001):.0f} 条）。"
        )
    return 0


def check(as_json: bool) -> int:
    """Compare the index with the register, edition by edition."""
    progress = Progress(rows.count(), as_json)
    differs, waits = engine().difference(progress), indexer.waiting()
    if as_json:
        said = {"engine": engine().name, "waiting": waits, **asdict(differs), "same": not differs}
        print(json.dumps(said))
    elif differs:
        say(
            f"索引与名录不一致：缺 {differs.lacking} 条，多 {differs.gone} 条，"
            f"内容陈旧 {differs.stale} 条；有 {waits} 条变动待写入。"
        )
        say("先运行 rongbiao index；仍不一致时运行 rongbiao index --rebuild。")
    else:
        say(f"索引与名录一致，共 {progress.total} 条。")
    return 1 if differs else 0
