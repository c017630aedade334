"""``rongbiao draw --check FILE``: anybody recomputes a draw, from its record alone.

Status 0 when everything agrees, 1 when something does not, 2 when the file is no record.
Needs no database and no network.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from rongbiao.shell.complaint import Complaint, why_unopened
from rongbiao.texts.lots import Record, Unreadable, check, read_record
from rongbiao.texts.lots.records import LARGEST


def run(asked: argparse.Namespace) -> int:
    """Recompute a record and say whether it agrees."""
    if asked.check == asked.before == "-":
        raise Complaint("标准输入只能给出一份记录，请把另一份写成文件名。")
    record = read(asked.check)
    why = check(record, read(asked.before) if asked.before else None)
    if asked.json:
        print(json.dumps(said(record, why), ensure_ascii=False))
    else:
        print("\n".join(told(record, why)))
    return 1 if why else 0


def read(name: str) -> Record:
    """Return the record in a file."""
    try:
        if name == "-":
            content = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(LARGEST + 1)
    except OSError as bad:
        raise Complaint(f"打不开“{name}”：{why_unopened(bad)}。") from bad
    try:
        return read_record(content)
    except Unreadable as bad:
        raise Complaint(f"“{name}”：{bad}") from bad


def said(record: Record, why: str) -> dict[str, object]:
    """Return the outcome for a program."""
    names = {part: [person[1] for person in getattr(record, part)] for part in PARTS}
    return {
        "number": record.head["number"],
        "agrees": not why,
        "why": why,
        "revealed": bool(record.seed),
        **names,
    }


PARTS = {"drawn": "抽中", "reserves": "备选", "seated": "到会"}


def told(record: Record, why: str) -> list[str]:
    """Return the outcome as lines for a person."""
    head = f"抽取 {record.head['number']}"
    if why:
        return [f"✗ {head}：不相符。{why}"]
    if not record.seed:
        return [
            f"✓ {head}：名单摘要相符；种子尚未揭示，揭示后可再核对抽取结果。",
            f"  名单摘要 {record.digest}",
            f"  种子承诺 {record.commitment}",
        ]
    ready = sum(not line.why for line in record.lines)
    lines = [f"✓ {head}：名单摘要、种子承诺和抽取结果全部相符。"]
    lines += [f"  候选 {ready} 人，另有 {len(record.lines) - ready} 人未入选"]
    for part, word in PARTS.items():
        people = getattr(record, part)
        if people and not (part == "seated" and not record.absences):
            lines.append(
                f"  {word}：{'、'.join(f'{name}（{unit}）' for _key, name, unit in people)}"
            )
    return lines
