"""``rongbiao verify``: was anything in the journal of cases altered, dropped or cut off?

It reads this installation or a copy of its SQLite database, needs no key of the platform,
and compares with checkpoints that somebody keeps elsewhere. Status 0 when all holds, 1
with the place of every fault, 2 for what cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.utils import timezone

from rongbiao.cases.models import Checkpoint, Head
from rongbiao.shell.complaint import Complaint, way_out
from rongbiao.stages import journal
from rongbiao.texts.chains import Fault, Linked, check


class Counted:
    """Entries, and how many have gone by."""

    def __init__(self, entries: Iterator[Linked]) -> None:
        self.entries, self.number = entries, 0

    def __iter__(self) -> Iterator[Linked]:
        for entry in self.entries:
            self.number += 1
            yield entry


def run(asked: argparse.Namespace) -> int:
    """Verify a chain and say what does not hold."""
    if asked.write:
        return write(Path(asked.write), asked.demo)
    known = kept_elsewhere(asked.against) if asked.against else {}
    if not asked.copy and not asked.against:
        rows = Checkpoint.objects.filter(demonstration=asked.demo)
        known = dict(rows.values_list("seq", "digest"))
    found: list[Fault] = []
    try:
        with copy_of(asked.copy) as cursor:
            entries = Counted(journal.linked(cursor, demonstration=asked.demo))
            found = list(check(entries, known))
    except (sqlite3.DatabaseError, ValueError, RecursionError) as bad:
        if not asked.copy:
            raise Complaint(f"本平台的经办记录读不出来（{bad}），请运行 rongbiao check。") from bad
        raise Complaint(f"“{asked.copy}”不是可读的数据库副本：{bad}。") from bad
    if asked.json:
        said = {
            "entries": entries.number,
            "checkpoints": len(known),
            "compared_to": max(known, default=None),
            "faults": [{"seq": one.seq, "why": one.why} for one in found],
        }
        print(json.dumps(said, ensure_ascii=False))
        return 1 if found else 0
    whole = f"共 {entries.number} 条经办记录，环环相扣，未见改动。"
    print("\n".join(one.why for one in found) or whole)
    print(compared(known))
    return 1 if found else 0


def compared(known: Mapping[int, str]) -> str:
    """Say how far checkpoints reach: behind the last of them a cut tail leaves no trace."""
    if not known:
        return "没有与检查点对照：末尾如被截去，这样看不出来，请用 --against 与另存的检查点对照。"
    return f"已与 {len(known)} 个检查点对照，最后一个在第 {max(known)} 条；其后如被截去，看不出来。"


@contextmanager
def copy_of(name: str | None) -> Iterator[Any]:
    """Give a cursor on a copy, opened for reading only; None for this installation."""
    if not name:
        yield None
        return
    path = Path(name)
    if not path.is_file():
        raise Complaint(f"没有“{name}”这个文件。")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
        yield copy.cursor()


def kept_elsewhere(name: str) -> dict[int, str]:
    """Return checkpoints from a file as ``--write`` or the page of checkpoints gives them."""
    try:
        rows = json.loads(Path(name).read_text())
        kept = {int(row["seq"]): str(row["digest"]) for row in rows}
    except OSError as bad:
        raise Complaint(f"读不到检查点文件“{name}”：{way_out(bad)}。") from bad
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as bad:
        raise Complaint(f"“{name}”不是检查点文件，应为由 seq 和 digest 组成的 JSON 列表。") from bad
    if not kept:
        raise Complaint(f"“{name}”里没有检查点，什么也证明不了，请换一份有检查点的文件。")
    return kept


def write(path: Path, demonstration: bool) -> int:
    """Write the checkpoints and the present end of the chain into a file, kept by somebody else.

    The clock publishes one a day: what was done since would otherwise be cut off unseen.
    """
    rows = Checkpoint.objects.filter(demonstration=demonstration)
    said: list[dict[str, Any]] = [
        {"seq": row.seq, "digest": row.digest, "day": str(row.day)} for row in rows
    ]
    head = Head.objects.filter(demonstration=demonstration, seq__gt=0).first()
    if head and (head.seq, head.digest) not in {(one["seq"], one["digest"]) for one in said}:
        end = {"seq": head.seq, "digest": head.digest, "day": str(timezone.localdate())}
        said.append(end)
    if not said:
        world = "演示数据里" if demonstration else ""
        raise Complaint(f"{world}还没有经办记录，没有检查点可写，请在有办件以后再写。")
    try:
        path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    except OSError as bad:
        raise Complaint(f"不能写入“{path}”：{way_out(bad)}。") from bad
    print(f"已写出 {len(said)} 个检查点，最后一个在第 {max(one['seq'] for one in said)} 条。")
    return 0
