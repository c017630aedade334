"""Columns (分布图): how many rows fall in each month, with the lines of the mean and the cap.

The axis is time: a column stands between the two months that bound it, so a mean of
11.6 lies where 11.6 is, and the cap lies exactly between what keeps it and what does
not. What is over is hatched, and so told apart without color.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from rongbiao.web.drawings.lettering import width
from rongbiao.web.drawings.scales import plain, ticks

WIDE, HIGH = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 34, 20, 46, 34
INNER = WIDE - LEFT - RIGHT
FLOOR = HIGH - BOTTOM
SIZE = 13
DENSE = 14  # more columns than this name every second month


@dataclass(frozen=True, slots=True)
class Column:
    """One month: its number, how many rows, whether it is over, where it leads, what it says."""

    month: int
    count: int
    over: bool
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """An upright line: where it stands, in months, and its name."""

    month: float
    name: str


def columns(months: Sequence[Column], mean: Line, cap: Line, words: str) -> SafeString:
    """Draw the columns; each that holds rows is a link to them; ``words`` names the whole."""
    first, last = months[0].month - 1, months[-1].month
    each = INNER / (last - first)
    marks = [
        mark for mark in ticks(0, max(month.count for month in months), 4) if mark.is_integer()
    ]
    top = max(*(month.count for month in months), *marks, 1)

    def across(month: float) -> float:
        return LEFT + (min(max(month, first), last) - first) * each

    def up(count: float) -> float:
        return FLOOR - (FLOOR - TOP) * count / top

    grid = format_html_join(
        "",
        '<path class="c-grid" d="M{0} {2}H{1}"/><text class="c-tick" x="{3}" y="{4}" '
        'text-anchor="end">{5}</text>',
        (
            (LEFT, WIDE - RIGHT, plain(up(mark)), LEFT - 7, plain(up(mark) + 4), int(mark))
            for mark in marks
        ),
    )
    step = 1 if last - first <= DENSE else 2
    axis = format_html_join(
        "",
        '<text class="c-tick" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((plain(across(n)), FLOOR + 19, n) for n in range(first, last + 1, step)),
    )
    drawn = format_html_join(
        "",
        "{}",
        (
            (_column(one, across(one.month - 1), each, up(one.count)),)
            for one in months
            if one.count
        ),
    )
    return format_html(
        '<svg class="spread" role="group" aria-label="{}" viewBox="0 0 {} {}">{}{}{}{}{}{}</svg>',
        words,
        WIDE,
        HIGH,
        HATCH,
        grid,
        drawn,
        axis,
        _lines(mean, cap, across),
        _counts(months, lambda one: across(one.month - 0.5), up),
    )


def _counts(months: Sequence[Column], middle, up) -> SafeString:
    """Write how many above each column, over the lines."""
    return format_html_join(
        "",
        '<text class="n" x="{}" y="{}" text-anchor="middle" aria-hidden="true">{}</text>',
        ((plain(middle(one)), plain(up(one.count) - 6), one.count) for one in months if one.count),
    )


HATCH = mark_safe(
    '<defs><pattern id="spread-over" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="s-over-a" width="7" height="7"/>'
    '<rect class="s-over-b" width="3" height="7"/></pattern></defs>'
)


def _column(one: Column, x: float, wide: float, y: float) -> SafeString:
    gap = min(3.0, wide / 8)
    return format_html(
        '<a href="{}" class="{}"><title>{}</title><rect x="{}" y="{}" width="{}" height="{}"{}/></a>',
        one.href,
        "s-over" if one.over else "s-within",
        one.words,
        plain(x + gap),
        plain(y),
        plain(wide - 2 * gap),
        plain(FLOOR - y),
        mark_safe(' fill="url(#spread-over)"') if one.over else "",
    )


def _lines(mean: Line, cap: Line, across) -> SafeString:
    """Draw both lines; their names stand on the sides that face away from each other."""
    parts = []
    left, right = (mean, cap) if mean.month <= cap.month else (cap, mean)
    for line, side in ((left, "end"), (right, "start")):
        x, kind = across(line.month), "mean" if line is mean else "cap"
        room = ceil(width(line.name, SIZE)) + 6
        anchor = side
        if side == "end" and x - room < 0:
            anchor = "start"
        if side == "start" and x + room > WIDE:
            anchor = "end"
        row = 16 if anchor == side else 32
        parts.append(
            format_html(
                '<path class="s-{}" d="M{} {}V{}"/><text class="s-name s-{}-name" x="{}" y="{}" '
                'text-anchor="{}">{}</text>',
                kind,
                plain(x),
                22,
                FLOOR,
                kind,
                plain(x + (5 if anchor == "start" else -5)),
                row,
                anchor,
                line.name,
            )
        )
    return format_html("{}{}", *parts)
