"""Pages (网页): what a reader sees of HTML, line by line; scripts are neither run nor read."""

from __future__ import annotations

import re
from typing import Any

from .document import Block, Writer
from .unreadable import Unreadable, _

BLOCKS = {
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "table", "tr", "ul", "title",
}  # fmt: skip
SILENT = {"script", "style", "noscript", "template", "head"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LEVEL = "\x01"  # opens a line that is a heading, before its level; no text holds this character


def write_html(writer: Writer, text: str) -> None:
    """Write the lines of a page."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.replace(LEVEL, "").encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as bad:
        raise Unreadable(_("不是完整的网页，请另存为文本后再试。")) from bad
    if any("Excessive depth" in str(entry.message) for entry in parser.error_log):
        raise Unreadable(_("网页内容层层嵌套过深，不予读取，请另存为文本后再试。"))
    parts: list[str] = []
    _walk(root, parts)
    number = 0
    for raw in "".join(parts).split("\n"):
        level = int(raw[1]) if raw.startswith(LEVEL) else None
        line = raw[2:] if level else raw
        line = line.replace("\xa0", "").strip()
        if line:
            kind = "heading" if level else "paragraph"
            writer.put(line, Block(kind, 0, 0, level, paragraph=number))
            number += 1


def _walk(root: Any, parts: list[str]) -> None:
    """Gather what a reader sees, block by block; iterative, so depth costs nothing."""
    stack = [(root, False)]
    while stack:
        node, left = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else None
        if left:
            if tag in BLOCKS:
                parts.append("\n")
            elif tag in {"td", "th"}:
                parts.append(" ")
            if node.tail and node is not root:
                parts.append(re.sub(r"\s+", " ", node.tail))
            continue
        stack.append((node, True))
        if tag is None or tag in SILENT:
            continue
        if tag in BLOCKS:
            parts.append("\n")
        if tag in HEADINGS:
            parts.append(f"{LEVEL}{HEADINGS[tag]}")
        if node.text:
            parts.append(re.sub(r"\s+", " ", node.text))
        stack.extend((child, False) for child in reversed(node))
