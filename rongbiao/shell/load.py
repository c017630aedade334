"""``rongbiao load FILE…``: files of standards into the register, tried first, entered whole."""

import argparse
import json
import os
import signal
import sys
import time
from datetime import date
from pathlib import Path

from django.db import close_old_connections

from rongbiao.exchange.loading import apart, loads, mappings
from rongbiao.exchange.loading.columns import lacking
from rongbiao.exchange.loading.outcome import Outcome
from rongbiao.parties.refused import Refused
from rongbiao.procedures.supervision import campaigns
from rongbiao.shell.beside import keeper
from rongbiao.shell.complaint import Complaint
from rongbiao.shell.load_refused import Refusals
from rongbiao.standards.checks import running
from rongbiao.standards.load import Load
from rongbiao.standards.search import engine, indexer

WIDTH = 24  # of the bar
BUSY = "另一个导入正在进行，请等它完成。"
SHOWN = 10  # refusals printed
PAUSE = 1.0  # seconds between two looks for waiting uploads


def run(asked: argparse.Namespace) -> int:
    """Load files, carry on what a kill left, or work off what was uploaded."""
    if asked.waiting:
        return work_off()
    with Refusals(asked.refused) as refusals:
        return load_all(asked, refusals)


def load_all(asked: argparse.Namespace, refusals: Refusals) -> int:
    """Load files or carry on what a kill left."""
    with loads.at_work() as alone:
        if not alone:
            raise Complaint(BUSY)
        loads.mend()
        try:
            orders = (
                list(unfinished()) if asked.resume else [ordered(p, asked) for p in asked.files]
            )
        except Refused as refused:
            raise Complaint(str(refused)) from refused
        if not orders:
            raise Complaint("没有没办完的导入。" if asked.resume else "请写明要导入的文件。")
        done = [carry_out(load, asked, refusals) for load in orders]
    if any(load.counts.get("new") or load.counts.get("changed") for load in done):
        indexed(quiet=asked.json)
    if asked.json:
        print(json.dumps([sheet(load) for load in done], ensure_ascii=False, indent=1))
    complaints = [load.why + hint(load) for load in done if load.state == Load.State.REFUSED]
    if complaints:
        raise Complaint(complaints[0])
    # What was skipped or would be refused is something wrong: a script must hear of it.
    return 1 if any(load.counts.get("refused") for load in done) else 0


def ordered(name: str, asked: argparse.Namespace) -> Load:
    """Order one file in."""
    path = Path(name)
    if not path.is_file():
        raise Complaint(f"打不开“{name}”：没有这个文件。")
    if not asked.dry_run and not asked.basis:
        raise Complaint("登记要写明依据：--basis 文号；只试读用 --dry-run。")
    try:
        basis_on = date.fromisoformat(asked.basis_on) if asked.basis_on else None
    except ValueError:
        raise Complaint(f"日期“{asked.basis_on}”无法识别，应写作 2025-09-30。") from None
    return loads.order(
        path,
        source=asked.source or "",
        basis=asked.basis or "",
        basis_on=basis_on,
        aim=Load.Aim.READ if asked.dry_run else Load.Aim.ENTER,
        mapping=mappings.read_mapping(asked.map or []),
        skip_refused=asked.skip_refused,
    )


def unfinished() -> list[Load]:
    """Return what was begun and not ended, oldest first."""
    return list(Load.objects.filter(state__in=Load.UNDER_WAY).order_by("id"))


def carry_out(load: Load, asked: argparse.Namespace, refusals: Refusals) -> Load:
    """Work on one load and print what it came to."""
    bar = Bar(quiet=asked.json)
    done = loads.work(load, bar.tell)
    bar.end()
    refusals.take(done)
    if not asked.json:
        print("\n".join(words(done, time.monotonic() - bar.started)), flush=True)
    return done


def indexed(*, quiet: bool) -> None:
    """Let the search take up what is new; where another process follows, it does so itself."""
    started = time.monotonic()
    count = indexer.catch_up(engine())
    if count and not quiet:
        print(f"检索索引：{count} 条，{time.monotonic() - started:.1f} 秒", flush=True)


def words(load: Load, seconds: float) -> list[str]:
    """Return what a load came to, for a person."""
    found = Outcome.of(load.counts, [])
    rate = found.lines / seconds if seconds else 0
    lines = [
        f"{load.name}：{load.get_state_display()}，{found.lines} 行，{seconds:.1f} 秒（每秒 {rate:,.0f} 行）",
        (
            f"  新增 {found.new}，变更 {found.changed}，相同 {found.same}（其中文件内重复 {found.twice}），"
            f"不能接收 {found.refused}"
        ),
        f"  新增关系 {found.relations}，读不出的关系 {found.unread}",
        f"  来源不一致 {found.claims} 处，补充空白 {found.filled} 条",
    ]
    if found.older:
        lines.append(f"  比同一来源已登记的旧，没有采用 {found.older} 条")
    shown = [tuple(one) for one in load.refused[:SHOWN]]
    lines += [f"  第 {line} 行“{column}”：{why}" for line, column, why in shown]
    if found.refused > len(shown):
        lines.append("  其余用 --refused 文件.csv 全部写出。")
    return lines


def hint(load: Load) -> str:
    """Return how to say what the headings mean, where a file was refused for them."""
    unclear = [heading for heading, column in load.headings if not column]
    if not unclear or not lacking(load.headings):
        return ""
    named = "、".join(unclear)
    return f'不认识的表头：{named}；用 --map 说明是哪一栏，如 --map "{unclear[0]}=标准名称"。'


def sheet(load: Load) -> dict:
    """Return what a load came to, for a program."""
    return {
        "id": load.pk,
        "file": load.name,
        "sha256": load.sha256,
        "format": load.format,
        "source": load.source,
        "state": load.state,
        "why": load.why,
        "counts": load.counts,
        "refused": load.refused,
    }


class Bar:
    """How far a load is, with its rate and the time that is left, on a terminal's error line."""

    def __init__(self, *, quiet: bool) -> None:
        self.shown = sys.stderr.isatty() and not quiet
        self.started = self.since = self.last = time.monotonic()
        self.state = ""

    def tell(self, load: Load) -> None:
        now = time.monotonic()
        if load.state != self.state:
            self.state, self.since = load.state, now
        if not self.shown or now - self.last < 0.2:
            return
        self.last = now
        rate = load.progress / max(now - self.since, 0.001)
        text = f"{load.get_state_display()} {load.progress:,} 行，每秒 {rate:,.0f} 行"
        if load.lines and load.state != Load.State.READING:
            filled = "█" * (load.percent * WIDTH // 100)
            left = (load.lines - load.progress) / max(rate, 1)
            text = f"{filled:░<{WIDTH}} {load.percent}%  {text}，还要 {left:.0f} 秒"
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def work_off() -> int:
    """Work off uploads, prechecks and campaigns as they come, until told to stop; one process at a time does."""
    apart.end_with(keeper())
    signal.signal(signal.SIGTERM, lambda number, frame: os._exit(0))  # what is under way resumes
    mended = False
    while True:
        with loads.at_work() as alone:
            if alone and not mended:
                loads.mend()
                mended = True
            for load in unfinished() if alone else ():
                loads.work(load)
            for order in running.waiting() if alone else ():
                running.work(order)
            for campaign in campaigns.waiting() if alone else ():
                campaigns.work(campaign)
        close_old_connections()
        time.sleep(PAUSE)
