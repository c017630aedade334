"""PNG and JPEG pictures, told by their structure (ISO/IEC 15948, ITU-T T.81)."""

from __future__ import annotations

import re
import struct

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the markers that carry the size
MARK, SCAN, END = 0xFF, 0xDA, b"\xff\xd9"
# What a browser or a server would run if it took the picture for a page.
FOREIGN = re.compile(rb"<script|<html|<iframe|<!doctype|<\?php|%PDF-1", re.IGNORECASE)


def png_pixels(content: bytes) -> int:
    """Return how many pixels a PNG has; 0 when it is no whole PNG with nothing behind it."""
    if not content.startswith(PNG) or content[12:16] != b"IHDR" or len(content) < 33:
        return 0
    width, height = struct.unpack(">II", content[16:24])
    place = len(PNG)
    while place + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        place += 12 + length
        if name == b"IEND":
            return int(width * height) if place == len(content) else 0
    return 0


def jpeg_pixels(content: bytes) -> int:
    """Return how many pixels a JPEG has; 0 when its segments do not lead to a picture."""
    if not content.startswith(JPEG) or END not in content[-65536:]:
        return 0
    place, pixels = 2, 0
    while place + 9 < len(content) and content[place] == MARK:
        marker = content[place + 1]
        if marker == SCAN:
            return pixels
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            pixels = height * width
        place += 2 + int(struct.unpack(">H", content[place + 2 : place + 4])[0])
    return 0


def hides_more(content: bytes) -> bool:
    """Tell whether a picture holds the beginning of a page, a script or a PDF."""
    return bool(FOREIGN.search(content))
