"""PDF files, told by their structure (ISO 32000-1, 7.5), without opening them."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

HEAD = re.compile(rb"%PDF-[12]\.\d")
TAIL = re.compile(rb"startxref\s{1,4}(\d{1,10})\s{1,4}%%EOF")
TABLE = re.compile(rb"\s{0,8}(xref\b|\d{1,10} \d{1,5} obj\b)")
OPENS, CLOSES = b"stream", b"endstream"
MOST_UNPACKED = 16 * 1024 * 1024
TAIL_BYTES = 2048


def _named(*names: str) -> re.Pattern[bytes]:
    """Return what finds these names, any letter of which may be written as # and its code."""
    written = "|".join(
        "".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in name) for name in names
    )
    return re.compile(f"/(?:{written})(?![A-Za-z0-9#])".encode())


ACTIVE = _named("JavaScript", "JS", "Launch")
CARRIED = _named("EmbeddedFile", "EmbeddedFiles", "RichMedia")
DIRECTORY_END = b"PK\x05\x06"
LONGEST_COMMENT = 65557  # bytes from the end in which a zip must say where its directory is


def is_pdf(content: bytes) -> bool:
    """Tell whether the content is a PDF from its first byte to its cross-reference."""
    if not HEAD.match(content):
        return False
    tails = TAIL.findall(content[-TAIL_BYTES:])
    return bool(tails) and bool(TABLE.match(content, int(tails[-1])))


def acts_by_itself(content: bytes) -> bool:
    """Tell whether a PDF carries a script or starts a program, packed objects included.

    What a stream packs in any other way than deflate is not looked into.
    One pass: time is linear in the length, memory at most twice the limit.
    """
    return any(ACTIVE.search(part) for part in _outside_streams(content))


def carries_files(content: bytes) -> bool:
    """Tell whether a PDF has other files inside, as attachments or as media."""
    return any(CARRIED.search(part) for part in _outside_streams(content))


def ends_as_zip(content: bytes) -> bool:
    """Tell whether a program that opens zip files would also open this one."""
    place = content.rfind(DIRECTORY_END, max(0, len(content) - LONGEST_COMMENT))
    if place < 0 or place + 22 > len(content):
        return False
    parts, size = struct.unpack("<HI", content[place + 10 : place + 16])
    return bool(parts > 0 and 0 < size <= place and content[place - size :][:4] == b"PK\x01\x02")


def _outside_streams(content: bytes) -> Iterator[bytes]:
    """Give the words between streams, and those inside streams that hold packed objects."""
    place, left = 0, MOST_UNPACKED
    while True:
        start = content.find(OPENS, place)
        end = content.find(CLOSES, start + len(OPENS)) if start >= 0 else -1
        if end < 0:
            yield content[place:]
            return
        head = content[place:start]
        yield head
        if b"ObjStm" in head and left > 0:
            part = _unpack(content[start + len(OPENS) : end].lstrip(b"\r\n"), left)
            left -= len(part)
            yield part
        place = end + len(CLOSES)


def _unpack(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""
