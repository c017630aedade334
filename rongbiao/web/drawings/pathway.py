"""Pathways (流程图): the stages of a procedure downwards, returns on the right, ends on the left.

Pure: what is drawn is told as names and places. As narrow as a telephone, so that it is
read there too; colors come from classes in ``rb/cases.css``.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rongbiao.web.drawings.lettering import cut, width
from rongbiao.web.drawings.scales import plain

LEFT, BOX, HIGH, GAP = 96, 168, 40, 34  # drawing units
RAIL = 30  # where the line to the end runs
LANE = 15  # between two returns
SIZE, SMALL = 14.5, 12.5  # letters
MOST = 104  # units of a word beside a return
OUT, INTO = (0.88, 0.5), 0.2  # where ways leave and enter a box, as shares of its height


class Place(NamedTuple):
    """One stage: its name, whether the case is there, and the word on the way to the next.

    Without a word there is no such way.
    """

    name: str
    now: bool
    onward: str


class Back(NamedTuple):
    """A way back, or a leap: from one place to another (counted from 0), and its word."""

    start: int
    end: int
    word: str


class Leave(NamedTuple):
    """A way out of a place before the end, and its word."""

    start: int
    word: str


def pathway(
    places: Sequence[Place],
    backs: Sequence[Back],
    leaves: Sequence[Leave],
    words: str,
    end: str,
) -> SafeString:
    """Draw a path; ``words`` is what a listener hears, ``end`` names the end."""
    lanes = _lanes(backs)
    right = LEFT + BOX + 14 + (max(lanes) + 1 if lanes else 0) * LANE + (MOST if backs else 8)
    bottom = _top(len(places))
    parts = (
        _rail(leaves, bottom),
        _onward(places),
        format_html_join("", "{}", ((_box(place, at),) for at, place in enumerate(places))),
        _backs(backs, lanes),
        _end(end, bottom),
    )
    return format_html(
        '<svg class="pathway" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<defs><marker id="p-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path class="p-tip" d="M0 0l8 4-8 4z"/></marker></defs>'
        "{}</svg>",
        plain(right),
        plain(bottom + HIGH + 6),
        words,
        SafeString("".join(parts)),
    )


def _top(at: int) -> int:
    return 6 + at * (HIGH + GAP)


def _lanes(backs: Sequence[Back]) -> list[int]:
    """Return for each way back the lane nearest to the boxes where it meets no other."""
    taken: list[list[tuple[int, int]]] = []
    found = []
    for back in backs:
        low, high = sorted((back.start, back.end))
        lane = next(
            (
                place
                for place, spans in enumerate(taken)
                if all(high < first or last < low for first, last in spans)
            ),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        found.append(lane)
    return found


def _box(place: Place, at: int) -> SafeString:
    y = _top(at)
    kind = "p-box now" if place.now else "p-box"
    mark = SafeString("")
    if place.now:  # a shape, not only a color
        mark = format_html('<circle class="p-now" cx="{}" cy="{}" r="5"/>', LEFT + 16, y + HIGH / 2)
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="6"/>{}'
        '<text class="p-name" x="{}" y="{}" text-anchor="middle">{}</text>',
        kind,
        LEFT,
        y,
        BOX,
        HIGH,
        mark,
        LEFT + BOX / 2 + (8 if place.now else 0),
        plain(y + HIGH / 2 + 5),
        cut(place.name, BOX - 44, SIZE),
    )


def _onward(places: Sequence[Place]) -> SafeString:
    x = LEFT + BOX / 2
    return format_html_join(
        "",
        '<path class="p-way" d="M{} {}V{}" marker-end="url(#p-tip)"/>'
        '<text class="p-word" x="{}" y="{}">{}</text>',
        (
            (
                plain(x),
                _top(at) + HIGH,
                _top(at + 1) - 1,
                plain(x + 8),
                _top(at) + HIGH + GAP / 2 + 4,
                cut(place.onward, BOX / 2 + 60, SMALL),
            )
            for at, place in enumerate(places)
            if place.onward
        ),
    )


def _backs(backs: Sequence[Back], lanes: Sequence[int]) -> SafeString:
    """Draw the ways on the right; what leaves one box twice leaves it at two heights."""
    words = LEFT + BOX + 14 + (max(lanes, default=0) + 1) * LANE - 6
    leaving: dict[int, int] = {}
    drawn = []
    for back, lane in zip(backs, lanes, strict=True):
        place = leaving.get(back.start, 0)
        leaving[back.start] = place + 1
        drawn.append((_back(back, lane, words, OUT[min(place, len(OUT) - 1)]),))
    return format_html_join("", "{}", drawn)


def _back(back: Back, lane: int, words: float, share: float) -> SafeString:
    """Draw one way: out of the lower part of a box, into the upper part of another."""
    edge = LEFT + BOX
    x = edge + 14 + lane * LANE
    out, into = _top(back.start) + HIGH * share, _top(back.end) + HIGH * INTO
    return format_html(
        '<path class="{}" d="M{} {}H{}V{}H{}" marker-end="url(#p-tip)"><title>{}</title></path>'
        '<text class="p-word" x="{}" y="{}">{}</text>',
        "p-back" if back.end <= back.start else "p-way",  # a leap leads on
        edge,
        plain(out),
        x,
        plain(into),
        edge + 1,
        back.word,
        plain(words),
        plain(out + 4),
        cut(back.word, MOST - 8, SMALL),
    )


def _rail(leaves: Sequence[Leave], bottom: int) -> SafeString:
    """Draw the ways out on the left, all of which lead to the end."""
    if not leaves:
        return SafeString("")
    first = min(_top(leave.start) + HIGH / 2 for leave in leaves)
    down = format_html(
        '<path class="p-leave" d="M{} {}V{}H{}" marker-end="url(#p-tip)"/>',
        RAIL,
        plain(first),
        plain(bottom + HIGH / 2),
        LEFT + BOX / 2 - 37,
    )
    room = LEFT - 6
    ways = format_html_join(
        "",
        '<path class="p-leave" d="M{} {}H{}"/><text class="p-word" x="{}" y="{}" '
        'text-anchor="end">{}<title>{}</title></text>',
        (
            (
                LEFT,
                plain(y),
                RAIL,
                LEFT - 4,
                plain(y - 5),
                cut(leave.word, room, SMALL),
                leave.word,
            )
            for leave in leaves
            for y in [_top(leave.start) + HIGH / 2]
        ),
    )
    return SafeString(down + ways)


def _end(end: str, bottom: int) -> SafeString:
    wide = max(width(end, SIZE) + 40, 72)
    return format_html(
        '<rect class="p-end" x="{}" y="{}" width="{}" height="{}" rx="{}"/>'
        '<text class="p-name" x="{}" y="{}" text-anchor="middle">{}</text>',
        plain(LEFT + BOX / 2 - wide / 2),
        bottom,
        plain(wide),
        HIGH,
        HIGH / 2,
        LEFT + BOX / 2,
        plain(bottom + HIGH / 2 + 5),
        end,
    )
