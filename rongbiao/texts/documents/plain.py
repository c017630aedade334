"""Plain texts (纯文本): bytes become letters by mark, by strictness, by what reads more like Chinese."""

from __future__ import annotations

import re

from .document import Block, Writer

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")  # \v and \f stand in old files
COMMON = frozenset(
    "的是在和了有为年日市一不人地国以中及与会政府部门工作标標准準化实實施展发發业業责責任单單位"
)
OPENING = 4000  # characters
HTML = re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html[\s>])", re.DOTALL)
PIECE = re.compile(r"<(?:html|body|head|div|p|table)[\s>]")
SVG = re.compile(
    r"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!doctype svg[^>]*>\s*)*<(?:\w+:)?svg[\s>/]", re.DOTALL
)
MD_HEADING = re.compile(r"(#{1,6})\s")


class NotText(ValueError):
    """The bytes are no text in any encoding that is known here."""


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding; raise NotText."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return _checked(data.decode(encoding)), encoding
            except UnicodeDecodeError as bad:
                raise NotText(encoding) from bad
    if b"\x00" in data:
        raise NotText("NUL")
    try:
        return _checked(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass
    found = []
    for encoding in ("gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append((likeness(text), text, encoding))
    if not found:
        raise NotText("encoding")
    like, text, encoding = max(found)
    if like < 0:
        raise NotText("likeness")
    return _checked(text), encoding


def _checked(text: str) -> str:
    if NOT_TEXT.search(text):
        raise NotText("control")
    return text


def likeness(text: str) -> float:
    """Return how much a text looks like official Chinese: common characters less strange ones."""
    sample = text[:20_000]
    common = sum(letter in COMMON for letter in sample)
    strange = sum(
        "\ue000" <= letter <= "\uf8ff"
        or letter == "\ufffd"
        or (letter < " " and letter not in "\t\r\n")
        for letter in sample
    )
    return (common - 5 * strange) / max(len(sample), 1)


def opens_like_html(text: str, *, named: bool) -> bool:
    """Tell whether a text is a page; ``named`` allows a piece of one, as its name does."""
    opening = text[:OPENING].lstrip("\ufeff \t\r\n").lower()
    return bool(HTML.match(opening) or (named and PIECE.search(opening)))


def opens_like_svg(text: str) -> bool:
    """Tell whether a text is a vector picture, which may hold scripts."""
    return bool(SVG.match(text[:OPENING].lstrip("\ufeff \t\r\n").lower()))


def write_lines(writer: Writer, text: str, *, marked: bool) -> None:
    """Write a text as it is, a block for every line; ``marked`` tells that # opens a heading."""
    writer.put(text)
    start = 0
    for number, line in enumerate(text.split("\n")):
        words = line.strip()
        if writer.full:
            writer.cut()
            break
        if words:
            opened = MD_HEADING.match(words) if marked else None
            kind, level = ("heading", len(opened[1])) if opened else ("paragraph", None)
            place = start + line.index(words[0])
            block = Block(kind, place, place + len(words), level, paragraph=number)
            writer.blocks.append(block)
        start += len(line) + 1
