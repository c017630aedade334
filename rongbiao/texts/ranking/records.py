"""Ranking records (排名表): written as JSON or CSV, read from anybody, recomputed wholly."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rongbiao.texts.chains import canonical

from .plans import WORDS, BadPlan, Plan, key_of, lines_of, plain, read_plan
from .scoring import OUT, WHYS, Declared, Entrant, Standing, rank

LARGEST = 20 * 1024 * 1024  # bytes
MOST_ENTRANTS = 1000
MOST_INDICATORS = 1500
MOST_FINDINGS = 100_000
LONGEST = 500  # characters of one text
HEX = re.compile(r"[0-9a-f]{64}")
COLUMNS = (
    "方案摘要", "名次", "并列", "入围", "单位代码", "单位", "标准编号", "标准名称", "版次", "声明摘要",
    "必改发现", "提示发现", "指标", "指标单位", "方向", "权重", "入围值", "分级线", "声明指标", "声明值",
    "声明单位", "试验方法", "单项得分", "说明", "水平先进性", "指标全面性", "编写规范性", "总分",
)  # fmt: skip
NAMES = {
    "rank": "名次", "tied": "并列", "listed": "入围", "level": "水平先进性", "complete": "指标全面性",
    "drafting": "编写规范性", "total": "总分", "points": "得分", "why": "说明", "out": "未列入排名的原因",
}  # fmt: skip
YES, NO = "是", ""


class Unreadable(ValueError):
    """What was given is no ranking record; the message is a sentence that says where."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a record says something else than its plan and its declared values give."""

    where: str
    said: str
    right: str

    def words(self) -> str:
        """Return it as a sentence."""
        return f"{self.where}：表上为“{self.said}”，重算为“{self.right}”。"


def digest_of(record: dict[str, Any]) -> str:
    """Return the SHA-256 of a record without its own digest."""
    told = {name: value for name, value in record.items() if name != "sha256"}
    return hashlib.sha256(canonical(told)).hexdigest()


def written(plan: Plan, entrants: Sequence[Entrant], made_on: str) -> dict[str, Any]:
    """Return a ranking with everything from which it is recomputed, as JSON values."""
    record = {
        "plan": plan.said(),
        "plan_sha256": plan.digest(),
        "made_on": made_on,
        "standings": [_standing(one) for one in rank(plan, entrants)],
    }
    return record | {"sha256": digest_of(record)}


def _standing(one: Standing) -> dict[str, Any]:
    who = one.entrant
    return {
        "key": who.key, "unit": who.unit, "number": who.number, "title": who.title,
        "version": who.version, "sha256": who.sha256, "must": who.must, "note": who.note,
        "indicators": [[d.name, d.limit, d.unit, d.method] for d in who.indicators],
        "items": [
            {"name": item.name, "points": f"{item.points:.2f}", "why": item.why, "out": item.out}
            for item in one.items
        ],
        "level": f"{one.level:.2f}", "complete": f"{one.complete:.2f}",
        "drafting": f"{one.drafting:.2f}", "total": f"{one.total:.2f}",
        "rank": one.rank, "tied": one.tied, "listed": one.listed,
    }  # fmt: skip


def read_record(content: bytes) -> dict[str, Any]:
    """Return a record from a JSON file, of bearable size and with a plan that can be used."""
    if len(content) > LARGEST:
        raise Unreadable("文件超过 20 MB，不是本平台给出的排名表。")
    try:
        said = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as bad:
        raise Unreadable("文件不是 UTF-8 编码的 JSON，请下载原文件后再核对。") from bad
    if not isinstance(said, dict) or not isinstance(said.get("standings"), list):
        raise Unreadable("这不是排名表：应为含有“plan”和“standings”的 JSON 对象。")
    return said


def read_table(content: bytes, plan: object) -> dict[str, Any]:
    """Return a record from a CSV table and the plan that belongs to it."""
    if len(content) > LARGEST:
        raise Unreadable("文件超过 20 MB，不是本平台给出的排名表。")
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as bad:
        raise Unreadable("文件不是 UTF-8 编码的 CSV，请下载原文件后再核对。") from bad
    if not rows or any(name not in rows[0] for name in COLUMNS):
        raise Unreadable("这不是排名表：第一行应有平台给出的各列名称。")
    held: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        one = held.setdefault(
            (unguarded(row["单位代码"]), unguarded(row["标准编号"])), _from_row(row)
        )
        if row["声明指标"]:
            names = ("声明指标", "声明值", "声明单位", "试验方法")
            one["indicators"].append([unguarded(row[name]) for name in names])
        if one["items"] and one["items"][-1]["name"] == row["指标"]:
            continue  # a second declared indicator of the same name
        told = (row["说明"] or "").split("；")
        one["items"].append(
            {
                "name": row["指标"],
                "points": row["单项得分"],
                "why": next((key for key, words in WHYS.items() if words in told), ""),
                "out": next((key for key, words in OUT.items() if words in told), ""),
            }
        )
    return {
        "plan": plan, "plan_sha256": rows[0]["方案摘要"], "standings": list(held.values()),
    }  # fmt: skip


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "'"} else cell


def unguarded(cell: str | None) -> str:
    """Return what a guarded cell said."""
    return (cell or "").removeprefix("'")


def _from_row(row: dict[str, str]) -> dict[str, Any]:
    def whole(name: str) -> int:
        text = row[name] or "0"
        if not (text.isascii() and text.isdigit() and len(text) < 9):
            raise Unreadable(f"排名表的“{name}”应为整数，现为“{text[:40]}”。")
        return int(text)

    return {
        "key": unguarded(row["单位代码"]), "unit": unguarded(row["单位"]), "number": unguarded(row["标准编号"]),
        "title": unguarded(row["标准名称"]), "version": whole("版次"), "sha256": row["声明摘要"],
        "must": whole("必改发现"), "note": whole("提示发现"), "indicators": [], "items": [],
        "level": row["水平先进性"], "complete": row["指标全面性"], "drafting": row["编写规范性"],
        "total": row["总分"], "rank": whole("名次"), "tied": row["并列"] == YES,
        "listed": row["入围"] == YES,
    }  # fmt: skip


def table(record: dict[str, Any]) -> list[list[str]]:
    """Return a record as a table: one line for each entrant and indicator, with the headings."""
    plan = read_plan(record["plan"])
    rows = [list(COLUMNS)]
    for one in record["standings"]:
        for item, got in zip(plan.items, one["items"], strict=True):
            found = [row for row in one["indicators"] if key_of(row[0]) == item.key]
            told = [w for w in (WHYS.get(got["why"], ""), OUT.get(got["out"], "")) if w]
            for declared in found or [["", "", "", ""]]:
                cells = [
                    record["plan_sha256"], str(one["rank"]), YES if one["tied"] else NO,
                    YES if one["listed"] else NO, one["key"], one["unit"], one["number"],
                    one["title"], str(one["version"]), one["sha256"], str(one["must"]),
                    str(one["note"]), item.name, item.unit, WORDS[item.better], plain(item.weight),
                    item.least, lines_of(item), *declared, got["points"], "；".join(told),
                    one["level"], one["complete"], one["drafting"], one["total"],
                ]  # fmt: skip
                rows.append([guarded(cell) for cell in cells])
    return rows


def check(record: dict[str, Any]) -> list[Difference]:
    """Recompute a record wholly; return every difference in the order of the table.

    Raises Unreadable where the record cannot be read at all.
    """
    try:
        plan = read_plan(record.get("plan"))
    except BadPlan as bad:
        raise Unreadable(f"评估方案不能使用：{bad}") from bad
    rows = record.get("standings")
    if not isinstance(rows, list) or len(rows) > MOST_ENTRANTS:
        raise Unreadable(f"排名表应列出至多 {MOST_ENTRANTS} 家。")
    entrants = [_entrant(one, place) for place, one in enumerate(rows, start=1)]
    return list(_differences(record, plan, rows, entrants))


def _differences(
    record: dict[str, Any], plan: Plan, rows: list[dict[str, Any]], entrants: list[Entrant]
) -> Iterator[Difference]:
    if record.get("plan_sha256") != plan.digest():
        yield Difference("评估方案摘要", str(record.get("plan_sha256"))[:64], plan.digest())
    seen: set[tuple[str, str]] = set()
    for one in entrants:
        if (one.key, one.number) in seen:
            yield Difference(f"{one.unit} {one.number}", "出现不止一次", "一次")
        seen.add((one.key, one.number))
    ranked = rank(plan, entrants)
    right = {id(one.entrant): _standing(one) for one in ranked}
    for said, entrant in zip(rows, entrants, strict=True):
        yield from _of_one(said, right[id(entrant)], f"{entrant.unit} {entrant.number}")
    order = [(one.entrant.key, one.entrant.number) for one in ranked]
    if order != [(one.key, one.number) for one in entrants]:
        yield Difference("排列顺序", "与名次不符", "按名次、标准编号排列")
    if "sha256" in record and record["sha256"] != digest_of(record):
        yield Difference("排名表摘要", str(record["sha256"])[:64], digest_of(record))


def _of_one(said: dict[str, Any], right: dict[str, Any], where: str) -> Iterator[Difference]:
    for name in ("total", "rank", "tied", "listed", "level", "complete", "drafting"):
        if said.get(name) != right[name]:
            yield Difference(f"{where}的{NAMES[name]}", _shown(said.get(name)), _shown(right[name]))
    items = said.get("items")
    if not isinstance(items, list) or len(items) != len(right["items"]):
        yield Difference(f"{where}的各项得分", "项数不符", f"{len(right['items'])} 项")
        return
    for got, good in zip(items, right["items"], strict=True):
        for name in ("name", "points", "why", "out"):
            told = got.get(name) if isinstance(got, dict) else got
            if told != good[name]:
                what = f"{where}的“{good['name']}”{NAMES.get(name, '名称')}"
                yield Difference(what, _shown(told), _shown(good[name]))


def _shown(value: object) -> str:
    words = {True: "是", False: "否", "": "无"}
    known = isinstance(value, bool | str) and value in words
    return words[value] if known else str(value)[:60]  # type: ignore[index]


def _entrant(said: object, place: int) -> Entrant:
    where = f"排名表第 {place} 家"
    if not isinstance(said, dict):
        raise Unreadable(f"{where}应为一个 JSON 对象。")

    def text(name: str) -> str:
        return _text(said.get(name), f"{where}的“{name}”")

    def whole(name: str) -> int:
        value = said.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_FINDINGS:
            raise Unreadable(f"{where}的“{name}”应为整数。")
        return value

    rows = said.get("indicators")
    if not isinstance(rows, list) or len(rows) > MOST_INDICATORS:
        raise Unreadable(f"{where}的指标应为至多 {MOST_INDICATORS} 项的列表。")
    declared = []
    for row in rows:
        if not isinstance(row, list) or len(row) != 4:
            raise Unreadable(f"{where}的每项指标应写明名称、指标值、单位和试验方法。")
        declared.append(Declared(*(_text(cell, f"{where}的指标") for cell in row)))
    digest = text("sha256")
    if not HEX.fullmatch(digest):
        raise Unreadable(f"{where}的声明摘要应为 64 位十六进制数。")
    return Entrant(
        text("key"), text("unit"), text("number"), text("title"), whole("version"), digest,
        tuple(declared), whole("must"), whole("note"),
    )  # fmt: skip


def _text(value: object, where: str) -> str:
    good = isinstance(value, str) and len(value) <= LONGEST
    if not good or any("\ud800" <= letter <= "\udfff" for letter in str(value)):
        raise Unreadable(f"{where}应为 {LONGEST} 字以内的文字。")
    return str(value)
