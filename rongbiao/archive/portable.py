"""PDF files, told by their structure (ISO 32000-1, 7.5), without opening them."""

import re
import zlib
from collections.abc import Iterator

HEAD = re.compile(rb"%PDF-[12]\.\d")
TAIL = re.compile(rb"startxref\s{1,4}(\d{1,10})\s{1,4}%%EOF")
TABLE = re.compile(rb"\s{0,8}(xref\b|\d{1,10} \d{1,5} obj\b)")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch)(?![A-Za-z0-9])")
OPENS, CLOSES = b"stream", b"endstream"
MOST_UNPACKED = 16 * 1024 * 1024
TAIL_BYTES = 2048


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
    return any(_names_an_action(part) for part in _outside_streams(content))


def _names_an_action(part: bytes) -> bool:
    return bool(ACTIVE.search(ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), part)))


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
