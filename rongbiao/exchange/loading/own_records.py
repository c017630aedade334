"""Our own records (本平台的导出): JSON Lines and daily dumps of this or another installation.

What goes out by ``exchange.export`` and ``exchange.dump`` comes in here again. Source and
basis are those of the load: whoever takes over another city's register says so.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from .columns import HEADINGS
from .portion import ROWS, Incoming, Portion, Unreadable, portion

FIELDS = {"number", "title", "level", "drafters", "basis", "demonstration"}
COLUMNS = tuple(name for name in HEADINGS if name not in {"replaces", "adopts", "cites"})
ENDS = ("subject", "relation", "object")
FORM = 1  # of dumps
Related = tuple[int, str, str, str]


def looks_like(record: Any) -> bool:
    """Tell whether the first record of a file is ours: the head of a dump, or a standard."""
    if not isinstance(record, dict):
        return False
    return record.get("kind") == "dump" or set(record) >= FIELDS


def read_own(lines: Iterable[bytes], first: dict[str, Any]) -> Incoming:
    """Recognize our own records."""
    dump = first.get("kind") == "dump"
    if dump and first.get("form", FORM + 1) > FORM:
        raise Unreadable(_("这份全量数据由更新的版本写出，请先升级。"))
    counts = {name: first.get(f"{name}s") for name in ("standard", "relation")} if dump else {}
    return Incoming("own", "", _portions(lines, counts), strict=True)


def _portions(lines: Iterable[bytes], counts: dict[str, Any]) -> Iterator[Portion]:
    rows: list[dict[str, Any]] = []
    relations: list[Related] = []
    found = dict.fromkeys(counts, 0)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = _record(line, number)
        kind = record.get("kind", "standard")
        if kind in found:
            found[kind] += 1
        if kind == "standard":
            rows.append(_row(record, number))
        elif kind == "relation":
            subject, words, other = (_text(record.get(name)) for name in ENDS)
            relations.append((number, subject, words, other))
        if len(rows) + len(relations) >= ROWS:
            yield portion(rows, relations)
            rows, relations = [], []
    if rows or relations:
        yield portion(rows, relations)
    if found != counts:
        raise Unreadable(_("全量数据不完整：所存条数与首行所记不符。"))


def _record(line: bytes, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise Unreadable(_("第 {line} 行不是完整的 JSON 记录。").format(line=number))
    return record


def _row(record: dict[str, Any], number: int) -> dict[str, Any]:
    return {"line": number} | {name: _text(record.get(name)) for name in COLUMNS}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(_text, value))
    return "" if value is None else str(value)
