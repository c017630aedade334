"""``rongbiao number TEXT…``: standard numbers in any notation, for people or as JSON lines.

Status 0 when every text was read, 1 when some were refused, 2 for bad usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator

from rongbiao.shell.complaint import Complaint
from rongbiao.texts.numbers import KIND_NAMES, NotANumber, StandardNumber, read_number

BAD_BYTES = "这一行不是 UTF-8 文字。"


def run(asked: argparse.Namespace) -> int:
    """Read every text and print a line each; lines of standard input as they come."""
    if "-" in asked.text and len(asked.text) > 1:
        raise Complaint("“-”表示从标准输入读取，不能与其他编号同时给出。")
    texts: Iterable[str | bytes] = _lines() if asked.text == ["-"] else asked.text
    show = json_line if asked.json else sheet_line
    refused = False
    write = sys.stdout.write
    for text in texts:
        line, read = show(text)
        refused |= not read
        write(line + "\n")
    sys.stdout.flush()
    return 1 if refused else 0


def _lines() -> Iterator[str | bytes]:
    """Give the lines of standard input; one that is not UTF-8 comes as its bytes."""
    start = True
    for line in sys.stdin.buffer:
        data = line.removesuffix(b"\n").removesuffix(b"\r")
        if start:
            data, start = data.removeprefix(b"\xef\xbb\xbf"), False
        try:
            yield data.decode("utf-8")
        except UnicodeDecodeError:
            yield data


def _read(text: str | bytes) -> tuple[str, StandardNumber | None, str]:
    if isinstance(text, bytes):
        return text.decode("utf-8", "replace"), None, BAD_BYTES
    if any("\ud800" <= letter <= "\udfff" for letter in text):  # bytes that came as an argument
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), None, BAD_BYTES
    try:
        return text, read_number(text), ""
    except NotANumber as why:
        return text, None, str(why)


def json_line(text: str | bytes) -> tuple[str, bool]:
    """Return one JSON line and whether the text was read."""
    shown, number, why = _read(text)
    said: dict[str, str | int | None]
    if number is None:
        said = {"text": shown, "number": None, "why": why}
    else:
        said = {
            "text": shown,
            "number": str(number),
            "kind": number.kind.value,
            "publisher": number.publisher.code,
            "year": number.year,
            "key": number.key,
        }
    return json.dumps(said, ensure_ascii=False), number is not None


def sheet_line(text: str | bytes) -> tuple[str, bool]:
    """Return one line for a person and whether the text was read."""
    shown, number, why = _read(text)
    if number is None:
        return f"{shown}  ✗ {why}", False
    about = [KIND_NAMES[number.kind]]
    if number.region:
        about.append(number.region)
    elif number.publisher.name:
        about.append(number.publisher.name)
    if number.mandatory is not None:
        about.append(
            "强制性" if number.mandatory else "指导性" if "/Z" in number.code else "推荐性"
        )
    about.append(f"{number.year}年" if number.year else "未注年份")
    about += [f"采用 {other}" for other in number.adopts]
    return f"{number}  {'，'.join(dict.fromkeys(about))}", True
