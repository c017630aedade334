"""``rongbiao policy FILE``: what a policy paper orders, for people or as JSON."""

from __future__ import annotations

import argparse
import json
import sys

from rongbiao.shell.complaint import Complaint
from rongbiao.shell.document import read_file
from rongbiao.texts.documents import PAPERS, Unreadable
from rongbiao.texts.policies import Policy, read_policy

DIRECTIONS = {"at_least": "≥", "at_most": "≤"}
BASES = {"increment": "期内新增", "total": "累计总量", "level": "期末水平"}
KINDS = {"task": "任务", "safeguard": "保障措施", "goal": "目标", "section": "章节"}


def run(asked: argparse.Namespace) -> int:
    """Read one paper and print what it says."""
    try:
        text = read_file(asked.file, PAPERS).body
    except Unreadable as why:
        raise Complaint(str(why)) from why
    policy = read_policy(text)
    if asked.json:
        json.dump(policy.to_json(), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(sheet(policy, text)))
    return 0


def sheet(policy: Policy, text: str) -> list[str]:
    """Return the reading as lines for a person."""
    lines = [
        f"标题    {policy.title or '（未读出）'}",
        f"文号    {policy.number or '（未读出）'}",
        f"发文    {policy.issuer or '（未读出）'}",
        f"日期    成文 {policy.signed_on or '（未读出）'}，发布 {policy.published_on or '（未读出）'}",
    ]
    if policy.effective or policy.interpreted_by:
        lines.append(
            f"施行    {policy.effective or ''}；解释 {policy.interpreted_by or '（未写明）'}"
        )
    if policy.repeals:
        lines.append(f"废止    {'、'.join(policy.repeals)}")
    lines += ["", f"目标（{len(policy.targets)} 项）"]
    lines += [
        f"  {DIRECTIONS[t.direction]} {t.value} {t.unit}  {t.name}"
        f"（{BASES[t.basis]}，{f'{t.by}年' if t.by else '年份未写明'}）"
        for t in policy.targets
    ]
    duties = [clause for clause in policy.clauses if clause.units]
    lines += ["", f"责任单位（{len(duties)} 条）"]
    for clause in duties:
        lines.append(f"  {'.'.join(clause.path)} {clause.title}〔{KINDS[clause.kind]}〕")
        lines.append(f"      {'、'.join(_unit(unit) for unit in clause.units)}")
    lines += ["", f"补正（{len(policy.repairs)} 处）"]
    for repair in policy.repairs[:60]:
        sure = "已证实" if repair.sure else "待确认"
        lines.append(
            f"  第{_line(text, repair.start)}行  “{repair.was}” → “{repair.now}”（{sure}）"
        )
    lines += ["", f"存疑（{len(policy.doubts)} 处，请人确认）"]
    lines += [f"  第{_line(text, doubt.start)}行  {doubt.why}" for doubt in policy.doubts]
    return lines


def _unit(unit) -> str:  # type: ignore[no-untyped-def]
    part = {True: "（牵头）", False: "（配合）", None: ""}[unit.lead]
    return unit.name + part


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
