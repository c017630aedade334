"""Ties (关系图): one standard in the middle, what it cites at the left, who cites it at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from rongbiao.web.drawings.lettering import cut, lines
from rongbiao.web.drawings.scales import plain

HIGH, GAP = 50, 12  # one box and the room beneath it
LEFT, MIDDLE, RIGHT = 252, 208, 252  # widths of the three columns
ROOM = 64  # between two columns
TOP = 26
WIDTH = LEFT + ROOM + MIDDLE + ROOM + RIGHT
SIZE = 13


@dataclass(frozen=True)
class Box:
    """One standard in the picture; ``tone`` is ok, warn, idle or empty, ``words`` the relation."""

    number: str
    title: str
    words: str
    href: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Center:
    """The standard whose picture it is."""

    number: str
    title: str
    under: str = ""


SIGNS = {
    "ok": '<circle class="t-ok" cx="{x}" cy="{y}" r="4.5"/>',
    "warn": '<path class="t-warn" d="M{x} {above}l6.5 11.5h-13z"/>',
    "idle": '<path class="t-idle" d="M{left} {y}h10"/>',
}


def ties(
    center: Center, left: Sequence[Box], right: Sequence[Box], heads: tuple[str, str], words: str
) -> SafeString:
    """Draw the picture; ``heads`` stand over the two sides, ``words`` names the whole."""
    if not left and not right:
        return SafeString("")
    rows = max(len(left), len(right), 2)
    high = rows * HIGH + (rows - 1) * GAP
    at = TOP + high / 2
    near, far = LEFT + ROOM, LEFT + ROOM + MIDDLE
    parts = [
        _head(heads[0], 0, "start") if left else "",
        _head(heads[1], WIDTH, "end") if right else "",
        *(_line(LEFT, _y(n, len(left), high), near, at, box) for n, box in enumerate(left)),
        *(
            _line(WIDTH - RIGHT, _y(n, len(right), high), far, at, box)
            for n, box in enumerate(right)
        ),
        _center(center, near, at),
        *(_box(box, 0, _y(n, len(left), high)) for n, box in enumerate(left)),
        *(_box(box, WIDTH - RIGHT, _y(n, len(right), high)) for n, box in enumerate(right)),
    ]
    return format_html(
        '<svg class="ties" viewBox="-2 0 {} {}" role="group" aria-label="{}">{}</svg>',
        WIDTH + 4,
        plain(TOP + high + 4),
        words,
        SafeString("".join(parts)),
    )


def _y(place: int, count: int, high: float) -> float:
    """Return the middle of a box; a shorter side stands in the middle of the height."""
    own = count * HIGH + (count - 1) * GAP
    return TOP + (high - own) / 2 + place * (HIGH + GAP) + HIGH / 2


def _head(words: str, x: float, anchor: str) -> SafeString:
    return format_html(
        '<text class="t-head" x="{}" y="14" text-anchor="{}">{}</text>', x, anchor, words
    )


def _line(x: float, y: float, near: float, at: float, box: Box) -> SafeString:
    bend = (near - x) * 0.6
    return format_html(
        '<path class="t-line {}" d="M{} {}C{} {},{} {},{} {}"/>',
        "changed" if box.tone == "warn" else "",
        *map(plain, (x, y, x + bend, y, near - bend, at, near, at)),
    )


def _center(center: Center, x: float, at: float) -> SafeString:
    said = lines(center.title, MIDDLE - 24, 14, 3)
    rows = [("t-c-no", center.number), *(("t-c-t", line) for line in said)]
    if center.under:
        rows.append(("t-c-u", cut(center.under, MIDDLE - 20, 12.5)))
    high = len(rows) * 21 + 22
    first = at - high / 2 + 27
    texts = [
        format_html(
            '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
            kind,
            plain(x + MIDDLE / 2),
            plain(first + n * 21),
            cut(text, MIDDLE - 12, 14),
        )
        for n, (kind, text) in enumerate(rows)
    ]
    return format_html(
        '<rect class="t-center" x="{}" y="{}" width="{}" height="{}" rx="6"/>{}',
        plain(x),
        plain(at - high / 2),
        MIDDLE,
        plain(high),
        SafeString("".join(texts)),
    )


def _box(box: Box, x: float, y: float) -> SafeString:
    top = y - HIGH / 2
    sign = SIGNS.get(box.tone, "").format(
        x=plain(x + LEFT - 18), y=plain(top + 18), above=plain(top + 12), left=plain(x + LEFT - 23)
    )
    drawn = format_html(
        '<rect class="t-box" x="{}" y="{}" width="{}" height="{}" rx="5"/>'
        '<text class="t-no" x="{}" y="{}">{}</text><text class="t-t" x="{}" y="{}">{}</text>'
        '<text class="t-w" x="{}" y="{}" text-anchor="end">{}</text>{}',
        plain(x),
        plain(top),
        LEFT,
        HIGH,
        plain(x + 12),
        plain(top + 21),
        cut(box.number, LEFT - 96, SIZE),
        plain(x + 12),
        plain(top + 40),
        cut(box.title, LEFT - 24, SIZE),
        plain(x + LEFT - (32 if sign else 12)),
        plain(top + 21),
        box.words,
        SafeString(sign),
    )
    if not box.href:
        return drawn
    return format_html(
        '<a href="{}"><title>{} {}</title>{}</a>', box.href, box.number, box.title, drawn
    )
