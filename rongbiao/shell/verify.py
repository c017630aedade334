"""``rongbiao verify``: was anything in the journal of cases altered, dropped or cut off?

It reads this installation or a copy of its SQLite database, needs no key of the platform,
and compares with checkpoints that somebody keeps elsewhere. Status 0 when all holds, 1
with the place of every fault, 2 for what cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from rongbiao.cases.models import Checkpoint
from rongbiao.shell.complaint import Complaint
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
    except (sqlite3.DatabaseError, ValueError) as bad:
        raise Complaint(f"“{asked.copy}”不是可读的数据库副本：{bad}。") from bad
    if asked.json:
        faults = [{"seq": one.seq, "why": one.why} for one in found]
        print(json.dumps({"entries": entries.number, "faults": faults}, ensure_ascii=False))
    else:
        print(
            "\n".join(one.why for one in found)
            or f"共 {entries.number} 条经办记录，环环相扣，未见改动。"
        )
    return 1 if found else 0


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
        return {int(row["seq"]): str(row["digest"]) for row in rows}
    except OSError as bad:
        raise Complaint(f"读不到检查点文件“{name}”。") from bad
    except (ValueError, KeyError, TypeError) as bad:
        raise Complaint(f"“{name}”不是检查点文件，应为由 seq 和 digest 组成的 JSON 列表。") from bad


def write(path: Path, demonstration: bool) -> int:
    """Write the checkpoints into a file, to be kept by somebody else."""
    rows = Checkpoint.objects.filter(demonstration=demonstration)
    said = [{"seq": row.seq, "digest": row.digest, "day": str(row.day)} for row in rows]
    try:
        path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    except OSError as bad:
        raise Complaint(f"不能写入“{path}”。") from bad
    print(f"已写出 {len(said)} 个检查点。")
    return 0
