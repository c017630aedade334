"""Reading (识别): what a file is, told by what it holds and never by its name."""

import codecs
import gzip
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from django.utils.translation import gettext as _

from . import iso_open_data, own_records, relaton
from .openstd import read_pages
from .portion import Incoming, Unreadable
from .tables_in import HEAD, Given, read_csv, read_excel

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
HTML = ("<!doctype html", "<html")
LARGEST_PAGE = 20 * 1024 * 1024  # bytes
LONE = re.compile(r"\r(?!\n)")  # how old programs end a line
LONGEST_LINE = 4 * 1024 * 1024  # of JSON


def recognize(path: Path, given: Given, folder: Path, called: str = "") -> Incoming:
    """Tell what a file is and return how to read it; ``folder`` takes what must be unpacked.

    ``given`` says what a person said the headings of a table mean. Raises ``Unreadable``
    with one sentence where the file cannot be read at all.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as bad:
        raise Unreadable(_("打不开文件“{name}”。").format(name=called or path.name)) from bad
    if not head.strip():
        raise Unreadable(_("“{name}”是空文件。").format(name=called or path.name))
    try:
        return _recognize(path, head, given, folder)
    except Unreadable as bad:
        why = _("“{name}”不能导入：{why}").format(name=called or path.name, why=bad)
        raise Unreadable(why, bad.headings) from bad


def _recognize(path: Path, head: bytes, given: Given, folder: Path) -> Incoming:
    if head[:2] == b"\x1f\x8b":
        return _recognize_unpacked(path, given, folder)
    if head[:4] == b"PAR1":
        return _parquet(path)
    if head[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
        return read_excel(path, given)
    if b"\x00" in head and not head.startswith(WIDE):
        raise Unreadable(_("不是表格、JSON 或网页文件。"))
    path, text = _in_utf8(path, head, folder)
    start = text.lstrip("\ufeff \r\n\t")
    if start[:15].lower().startswith(HTML) or "<html" in start[:2000].lower():
        if path.stat().st_size > LARGEST_PAGE:
            raise Unreadable(_("网页超过 20 MB。"))
        return read_pages(path.read_text("utf-8", "replace"))
    if start.startswith("{"):
        return _json_lines(path)
    return _table(path, text, given)


def _recognize_unpacked(path: Path, given: Given, folder: Path) -> Incoming:
    """Unpack into the folder, bounded by its own size times 200."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / "unpacked"
    most = max(path.stat().st_size * 200, 1024 * 1024)
    try:
        with gzip.open(path) as packed, target.open("wb") as file:
            size = 0
            while block := packed.read(4 * 1024 * 1024):
                size += len(block)
                if size > most:
                    raise Unreadable(_("压缩包展开后过大。"))
                file.write(block)
    except (OSError, EOFError, zlib.error) as bad:
        raise Unreadable(_("压缩文件不完整。")) from bad
    with target.open("rb") as file:
        head = file.read(HEAD)
    if head[:2] == b"\x1f\x8b" or not head.strip():
        raise Unreadable(_("压缩包里没有可读的文件。"))
    return _recognize(target, head, given, folder)


def _in_utf8(path: Path, head: bytes, folder: Path) -> tuple[Path, str]:
    """Return the file in UTF-8, itself where it is, and its beginning as text."""
    for encoding in ("utf-16",) if head.startswith(WIDE) else ("utf-8", "gb18030"):
        if _decodes(path, encoding):
            break
    else:
        raise Unreadable(_("编码既不是 UTF-8 也不是 GB 18030。"))
    text = head.decode("utf-8", "ignore")
    if encoding == "utf-8" and not LONE.search(text):
        return path, text
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / "in-utf8"
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file, target.open("w", encoding="utf-8", newline="") as out:
        kept = ""
        while block := file.read(4 * 1024 * 1024):
            text = kept + decoder.decode(block)
            kept = "\r" if text.endswith("\r") else ""  # what follows tells which end it is
            out.write(LONE.sub("\n", text.removesuffix(kept)))
        out.write(LONE.sub("\n", kept + decoder.decode(b"", final=True)))
    with target.open("rb") as file:
        return target, file.read(HEAD).decode("utf-8", "ignore")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(4 * 1024 * 1024):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def json_lines(path: Path) -> Iterator[bytes]:
    """Give the lines of a file, none longer than it should be."""
    with path.open("rb") as file:
        while line := file.readline(LONGEST_LINE):
            yield line.removeprefix(codecs.BOM_UTF8)


def _json_lines(path: Path) -> Incoming:
    first = next(line for line in json_lines(path) if line.strip())
    try:
        record = json.loads(first)
    except (ValueError, RecursionError) as bad:
        raise Unreadable(_("第一行不是完整的 JSON 记录。")) from bad
    if relaton.looks_like(record):
        return relaton.read_relaton(json_lines(path), record)
    if own_records.looks_like(record):
        return own_records.read_own(json_lines(path), record)
    found = iso_open_data.recognized(record, lambda: iso_open_data.json_records(json_lines(path)))
    if found:
        return found
    raise Unreadable(_("JSON 记录的字段不认识，应为 Relaton、ISO 开放数据或本平台导出的字段。"))


def _parquet(path: Path) -> Incoming:
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as bad:
        raise Unreadable(_("Parquet 文件不完整。")) from bad
    found = iso_open_data.recognized(frame.columns, lambda: iso_open_data.frame_records(frame, 1))
    if not found:
        raise Unreadable(_("Parquet 的列不认识，应为 ISO 开放数据的列。"))
    return found


def _table(path: Path, text: str, given: Given) -> Incoming:
    names = [name.strip('" ') for name in text.lstrip("\ufeff").partition("\n")[0].split(",")]

    def records() -> iso_open_data.Records:
        return iso_open_data.frame_records(pl.read_csv(path, infer_schema=False), 2)

    return iso_open_data.recognized(names, records) or read_csv(path, given)
