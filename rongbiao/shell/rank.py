"""``rongbiao rank --check FILE``: anybody recomputes a ranking of leaders from its published table.

Status 0 when everything agrees, 1 when something does not, 2 when the file is no ranking.
Needs no database and no network.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from rongbiao.shell.complaint import Complaint, why_unopened
from rongbiao.texts.ranking import (
    BadPlan,
    Difference,
    Unreadable,
    check,
    read_plan,
    read_record,
    read_table,
)
from rongbiao.texts.ranking.records import LARGEST


def run(asked: argparse.Namespace) -> int:
    """Recompute a ranking and say whether it agrees."""
    if asked.check == asked.plan == "-":
        raise Complaint("标准输入只能给出一份文件，请把另一份写成文件名。")
    content = read(asked.check)
    plan = plan_in(asked.plan) if asked.plan else None
    try:
        record = held(content, asked.check, plan)
        found = check(record)
    except Unreadable as bad:
        raise Complaint(f"“{asked.check}”：{bad}") from bad
    if plan and read_plan(record["plan"]).digest() != (own := read_plan(plan).digest()):
        found.insert(0, Difference("评估方案", read_plan(record["plan"]).digest(), own))
    if asked.json:
        print(json.dumps(said(record, found), ensure_ascii=False))
    else:
        print("\n".join(told(record, found)))
    return 1 if found else 0


def held(content: bytes, name: str, plan: Any) -> dict[str, Any]:
    """Return the record in a file: JSON holds its plan, a table needs it."""
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"{", b"["}:
        return read_record(content)
    if plan is None:
        raise Complaint(f"“{name}”是 CSV 表，请用 --plan 给出冻结的评估方案（JSON）。")
    return read_table(content, plan)


def read(name: str) -> bytes:
    """Return what is in a file, at most one byte more than is bearable."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as bad:
        raise Complaint(f"打不开“{name}”：{why_unopened(bad)}。") from bad


def plan_in(name: str) -> Any:
    """Return the plan in a file."""
    content = read(name)
    if len(content) > LARGEST:
        raise Complaint(f"“{name}”：文件超过 20 MB，不是本平台给出的评估方案。")
    try:
        plan = json.loads(content.decode("utf-8-sig"))
        read_plan(plan)
    except BadPlan as bad:
        raise Complaint(f"“{name}”：{bad}") from bad
    except (ValueError, RecursionError) as bad:
        raise Complaint(f"“{name}”：文件不是 UTF-8 编码的 JSON，请下载原文件后再核对。") from bad
    return plan


def said(record: dict[str, Any], found: list[Difference]) -> dict[str, Any]:
    """Return the outcome for a program."""
    plan = read_plan(record["plan"])
    return {
        "plan": plan.number,
        "plan_sha256": plan.digest(),
        "agrees": not found,
        "entrants": len(record["standings"]),
        "listed": [one["unit"] for one in record["standings"] if one.get("listed")],
        "differences": [{"where": d.where, "said": d.said, "right": d.right} for d in found],
    }


def told(record: dict[str, Any], found: list[Difference]) -> list[str]:
    """Return the outcome as lines for a person."""
    plan = read_plan(record["plan"])
    head = f"{plan.title}（{plan.number}）"
    if found:
        lines = [f"✗ {head}：有 {len(found)} 处与重算不符。"]
        return lines + [f"  {one.words()}" for one in found]
    ranked = [one for one in record["standings"] if one["rank"]]
    lines = [
        f"✓ {head}：{len(record['standings'])} 家的得分和名次全部与重算相符。",
        f"  评估方案摘要（SHA-256） {plan.digest()}",
    ]
    return lines + [
        f"  第 {one['rank']} 名{'（并列）' if one['tied'] else ''} {one['total']} "
        f"{one['unit']} {one['number']}{'，入围' if one['listed'] else ''}"
        for one in ranked
    ]
