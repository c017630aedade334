"""Mutants: files that are nearly good. A seed and a number give the same mutant anywhere.

Besides changes of bytes, parts of a package are changed and packed again, so that what is
wrong lies deeper than the zip around it.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator

from reportlab.pdfgen.canvas import Canvas

from tests.texts.documents.drafts import styled_draft
from tests.texts.documents.made import excel, word

HTML = (
    "<!doctype html><html><head><title>意见</title></head><body><h1>一、总体要求</h1><p>到2025年。</p>"
    "<table><tr><td rowspan=2>甲</td><td>乙</td></tr></table><ul><li>丙</li></ul></body></html>"
).encode()
MARKED = "# 前言\n\n| 章条 | 意见 |\n|---|---|\n| 5.1 | 水温 |\n\n1. 范围\n".encode()
TABLE = '章条编号,意见\n5.1,"应为8℃"\n'.encode("gb18030")
LONG_AGO = (1980, 1, 1, 0, 0, 0)
DATED = "docProps/"  # says when a file was made


def packed(parts: dict[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a package that is the same at any time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, LONG_AGO), content, level)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name) for name in held.namelist()}


def undated(data: bytes) -> bytes:
    """Return a package without what says when it was made."""
    return packed({n: part for n, part in parts_of(data).items() if not n.startswith(DATED)})


def pages(compressed: int = 1) -> bytes:
    """Return a PDF with a text layer, the same at any time."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=compressed, invariant=1)
    for page in range(3):
        for line in range(20):
            canvas.drawString(
                72, 760 - 30 * line, f"{page}.{line} The water shall be tested daily."
            )
        canvas.showPage()
    canvas.save()
    return out.getvalue()


SEEDS: dict[str, tuple[Callable[[], bytes], str]] = {
    "docx": (lambda: undated(word()), "a.docx"),
    "draft": (lambda: undated(styled_draft()), "b.docx"),
    "xlsx": (lambda: undated(excel()), "a.xlsx"),
    "pdf": (pages, "a.pdf"),
    "plain pdf": (lambda: pages(0), "b.pdf"),
    "html": (lambda: HTML, "a.html"),
    "md": (lambda: MARKED, "a.md"),
    "csv": (lambda: TABLE, "a.csv"),
    "zip": (lambda: packed({"a.docx": undated(word()), "b.pdf": pages(), "c.html": HTML}), "a.zip"),
}
NUMBERS = (b"0", b"-1", b"2147483648", b"18446744073709551616", b"1e999", b"NaN", b"99999999", b"")
TAG = re.compile(rb"<[^<>]{1,400}>")
DIGITS = re.compile(rb"\d+")
PIECES = (
    b"\0", b"\xff\xfe", b"]]>", b"<!--", b"<![CDATA[", b"&x;", b"&#x110000;", b"<!DOCTYPE a [<!ENTITY x 'y'>]>",
    "\u202e\ufeff\ud7ff".encode(), b"<?xml version='1.1'?>", b"endobj", b"stream", b"/Length 0", b"%PDF-1.7",
    b"PK\x03\x04", b"</w:p>", b"<w:tbl>", b"<table>" * 50, b"<w:p>" * 120,
)  # fmt: skip


def bytes_changed(data: bytes, chance: random.Random) -> bytes:
    """Change, drop, double or insert some bytes."""
    changed = bytearray(data)
    for _each in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(changed) + 1)
        match chance.randrange(6):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.randrange(1, 200)]
            case 2:
                changed[at:at] = changed[at : at + chance.randrange(1, 400)]
            case 3:
                changed[at:at] = chance.choice(PIECES)
            case 4:
                changed[at : at + 1] = bytes(
                    [(changed[at] if at < len(changed) else 0) ^ 1 << chance.randrange(8)]
                )
            case _:
                changed = changed[:at] if chance.random() < 0.3 else changed
    return bytes(changed)  # fmt: skip


def words_changed(data: bytes, chance: random.Random) -> bytes:
    """Change a number or a tag: another number, a tag twice, none, or somewhere else."""
    found = list((DIGITS if chance.random() < 0.4 else TAG).finditer(data))
    if not found:
        return bytes_changed(data, chance)
    for _each in range(chance.choice((1, 1, 2, 6))):
        one, other = chance.choice(found), chance.choice(found)
        how = chance.randrange(4)
        if one.re is DIGITS:
            piece = chance.choice(NUMBERS)
        else:
            piece = (b"", one[0] * chance.choice((2, 300)), other[0], one[0] + other[0])[how]
        data = data[: one.start()] + piece + data[one.end() :]
        found = list(one.re.finditer(data)) or found[:0]
        if not found:
            break
    return data


def repacked(data: bytes, chance: random.Random) -> bytes:
    """Change one part of a package, its name or its content, and pack it again."""
    parts = parts_of(data)
    name = chance.choice(sorted(parts))
    match chance.randrange(8):
        case 0:
            del parts[name]
        case 1:
            parts[chance.choice((f"../{name}", f"/{name}", name.upper(), "x/", name * 40))] = (
                parts.pop(name)
            )
        case 2:
            parts[name] = parts[chance.choice(sorted(parts))]
        case _:
            change = words_changed if chance.random() < 0.7 else bytes_changed
            parts[name] = (
                mutant(parts[name], chance) if _packed(parts[name]) else change(parts[name], chance)
            )
    return packed(parts, chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def _packed(data: bytes) -> bool:
    return zipfile.is_zipfile(io.BytesIO(data))


def mutant(data: bytes, chance: random.Random) -> bytes:
    """Return one mutant of a good file."""
    if _packed(data) and chance.random() < 0.75:
        return repacked(data, chance)
    return (words_changed if chance.random() < 0.5 else bytes_changed)(data, chance)


def mutants(seed: str, first: int, last: int) -> Iterator[tuple[int, bytes, str]]:
    """Yield number, content and name of the mutants of a seed, from one number to before another."""
    whole, name = SEEDS[seed]
    good = whole()
    for number in range(first, last):
        yield number, mutant(good, random.Random(f"{seed}:{number}")), name
