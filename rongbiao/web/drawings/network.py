"""The map of citations (引用图): a standard in the middle, two steps to each side of it.

What it cites stands at the left and what that cites at the far left, who cites it at the right and
who cites those at the far right. A limit says how many more there are and leads to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from rongbiao.web.drawings.lettering import cut, lines, width
from rongbiao.web.drawings.scales import plain
from rongbiao.web.drawings.ties import SIGNS, Center

WIDE, ROOM = 212, 26  # a box, and the room between two columns
WIDTH = 5 * WIDE + 4 * ROOM
HIGH, LOW = 48, 28  # a box of the first step, of the second
GAP, NARROW = 12, 5
TOP = 30
SIZE = 12.5  # numbers are bold, and as wide as larger ones


@dataclass(frozen=True)
class Node:
    """One box: number, title, state in a word with its tone, where it leads."""

    number: str
    title: str
    state: Any = ""
    tone: str = ""  # ok, warn, idle, or nothing
    href: str = ""
    behind: Sequence[Node] = ()
    more: str = ""  # what stands beneath the last of those behind it


@dataclass(frozen=True)
class Side:
    """One side of the map: what stands over its columns, its boxes, and what leads to the rest."""

    heads: tuple[str, str]
    nodes: Sequence[Node]
    more: str = ""
    href: str = ""


def network(center: Center, left: Side, right: Side, words: str) -> SafeString:
    """Draw the map; ``words`` names the whole. Nothing where there is nothing around."""
    if not left.nodes and not right.nodes:
        return SafeString("")
    high = max(_height(left), _height(right), 140)
    at = TOP + high / 2
    parts = [*_side(left, high, at, -1), *_side(right, high, at, 1), _center(center, at)]
    return format_html(
        '<svg class="ties network" viewBox="-2 0 {} {}" role="group" aria-label="{}">{}</svg>',
        WIDTH + 4,
        plain(TOP + high + 6),
        words,
        SafeString("".join(parts)),
    )


def _block(node: Node) -> float:
    """Return how much height a box of the first step takes with what stands behind it."""
    rows = len(node.behind)
    own = rows * LOW + max(0, rows - 1) * NARROW + (16 if node.more else 0)
    return max(HIGH, own)


def _height(side: Side) -> float:
    blocks = [_block(node) for node in side.nodes]
    return sum(blocks) + GAP * max(0, len(blocks) - 1) + (26 if side.more else 0)


def _side(side: Side, high: float, at: float, way: int) -> list[str]:
    """Draw one side; ``way`` is -1 to the left and 1 to the right of the middle."""
    if not side.nodes:
        return []
    middle = 2 * (WIDE + ROOM)
    near, far = middle + way * (WIDE + ROOM), middle + way * 2 * (WIDE + ROOM)
    parts: list[str] = [_head(side.heads[0], near)]
    if any(node.behind for node in side.nodes):
        parts.append(_head(side.heads[1], far))
    inner = WIDE if way < 0 else 0  # the edge of a box that looks to the middle
    y = TOP + (high - _height(side)) / 2
    boxes: list[str] = []
    for node in side.nodes:
        block = _block(node)
        own = y + block / 2
        parts.append(_line(near + inner, own, middle + WIDE - inner, at, node.tone))
        boxes.append(_box(node, near, own - HIGH / 2, HIGH))
        step = len(node.behind) * (LOW + NARROW) - NARROW + (16 if node.more else 0)
        top = own - step / 2
        for place, other in enumerate(node.behind):
            row = top + place * (LOW + NARROW)
            parts.append(_line(far + inner, row + LOW / 2, near + WIDE - inner, own, other.tone))
            boxes.append(_box(other, far, row, LOW))
        if node.more:
            parts.append(_more(node.more, far, top + len(node.behind) * (LOW + NARROW) + 10, ""))
        y += block + GAP
    if side.more:
        parts.append(_more(side.more, near, y + 10, side.href))
    return [*parts, *boxes]


def _head(words: str, x: float) -> SafeString:
    return format_html(
        '<text class="t-head" x="{}" y="16" text-anchor="middle">{}</text>',
        plain(x + WIDE / 2),
        words,
    )


def _line(x: float, y: float, to: float, at: float, tone: str) -> SafeString:
    bend = (to - x) * 0.55
    return format_html(
        '<path class="t-line {}" d="M{} {}C{} {},{} {},{} {}"/>',
        "changed" if tone == "warn" else "",
        *map(plain, (x, y, x + bend, y, to - bend, at, to, at)),
    )


def _more(words: str, x: float, y: float, href: str) -> SafeString:
    said = format_html(
        '<text class="t-more" x="{}" y="{}" text-anchor="middle">{}</text>',
        plain(x + WIDE / 2),
        plain(y),
        words,
    )
    return format_html('<a href="{}">{}</a>', href, said) if href else said


def _box(node: Node, x: float, y: float, high: float) -> SafeString:
    first = y + (19 if high == HIGH else LOW / 2 + 4.5)
    sign = SIGNS.get(node.tone, "").format(
        x=plain(x + WIDE - 14),
        y=plain(first - 4.5),
        above=plain(first - 10.5),
        left=plain(x + WIDE - 19),
    )
    word = str(node.state)
    taken = width(word, 12) + 24 + (14 if sign else 0)
    texts = [
        _text("t-no", x + 10, first, cut(node.number, WIDE - taken, SIZE + 1.5)),
        format_html(
            '<text class="t-w" x="{}" y="{}" text-anchor="end">{}</text>',
            plain(x + WIDE - (26 if sign else 10)), plain(first), word,
        ),
    ]  # fmt: skip
    if high == HIGH:
        texts.append(_text("t-t", x + 10, y + 38, cut(node.title, WIDE - 20, SIZE)))
    drawn = format_html(
        '<rect class="t-box" x="{}" y="{}" width="{}" height="{}" rx="5"/>{}{}',
        plain(x), plain(y), WIDE, high, SafeString("".join(texts)), SafeString(sign),
    )  # fmt: skip
    told = " ".join(part for part in (node.number, node.title, word) if part)
    if not node.href:
        return format_html("<g><title>{}</title>{}</g>", told, drawn)
    return format_html('<a href="{}"><title>{}</title>{}</a>', node.href, told, drawn)


def _text(kind: str, x: float, y: float, words: str) -> SafeString:
    return format_html('<text class="{}" x="{}" y="{}">{}</text>', kind, plain(x), plain(y), words)


def _center(center: Center, at: float) -> SafeString:
    x = 2 * (WIDE + ROOM)
    rows = [("t-c-no", cut(center.number, WIDE - 16, 14))]
    rows += [("t-c-t", line) for line in lines(center.title, WIDE - 20, 14, 3)]
    if center.under:
        rows.append(("t-c-u", cut(center.under, WIDE - 16, 12.5)))
    high = len(rows) * 21 + 22
    first = at - high / 2 + 27
    texts = [
        format_html(
            '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
            kind, plain(x + WIDE / 2), plain(first + n * 21), text,
        )
        for n, (kind, text) in enumerate(rows)
    ]  # fmt: skip
    return format_html(
        '<rect class="t-center" x="{}" y="{}" width="{}" height="{}" rx="6"/>{}',
        plain(x), plain(at - high / 2), WIDE, plain(high), SafeString("".join(texts)),
    )  # fmt: skip
