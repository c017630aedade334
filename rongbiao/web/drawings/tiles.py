"""Tiles (格网): districts as equal squares, placed roughly as they lie.

Not a map: no boundary is drawn, so nothing has to be approved as one. The page
says 格网示意，不表示行政区划界线 beneath it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from unicodedata import east_asian_width

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, GAP, PAD = 104, 72, 5, 9
NAME_SIZE = 13.0
SHADES = 6


@dataclass(frozen=True, slots=True)
class Square:
    """One district: where it stands (counted from 1), what it shows, where it leads.

    ``level`` 0 to 5 is its shade, ``words`` what the number means, for whoever hears it.
    """

    name: str
    row: int
    column: int
    shown: str
    level: int
    href: str = ""
    words: str = ""


def tiles(squares: Sequence[Square], words: str) -> SafeString:
    """Draw the grid; a square with an address is a link; ``words`` names the whole.

    Two squares on one place raise ``ValueError``.
    """
    places = [(square.row, square.column) for square in squares]
    if len(set(places)) < len(places):
        raise ValueError("two squares stand on one place")
    rows = max((row for row, _column in places), default=1)
    columns = max((column for _row, column in places), default=1)
    drawn = format_html_join(
        "", "{}", ((_square(square),) for square in sorted(squares, key=_order))
    )
    return format_html(
        '<svg class="tilemap" role="group" aria-label="{}" viewBox="0 0 {} {}">{}</svg>',
        words,
        columns * (WIDTH + GAP) - GAP,
        rows * (HEIGHT + GAP) - GAP,
        drawn,
    )


def _order(square: Square) -> tuple[int, int]:
    return square.row, square.column


def text_width(text: str, size: float) -> float:
    """Return about how wide a text runs: a Chinese character is a square, others half of one."""
    return sum(size if east_asian_width(sign) in "WF" else size * 0.56 for sign in text)


def _square(square: Square) -> SafeString:
    wide = text_width(square.name, NAME_SIZE)
    size = min(NAME_SIZE, NAME_SIZE * (WIDTH - 2 * PAD) / wide) if wide else NAME_SIZE
    inner = format_html(
        '{}<rect width="{}" height="{}" rx="4"/><text x="{}" y="21" font-size="{}">{}</text>'
        '<text class="n" x="{}" y="{}" font-size="18">{}</text>',
        format_html("<title>{}</title>", square.words) if square.words else "",
        WIDTH,
        HEIGHT,
        PAD,
        floor(size * 10) / 10,
        square.name,
        PAD,
        HEIGHT - 12,
        square.shown,
    )
    level = min(max(square.level, 0), SHADES - 1)
    x, y = (square.column - 1) * (WIDTH + GAP), (square.row - 1) * (HEIGHT + GAP)
    if not square.href:
        return format_html('<g class="q{}" transform="translate({} {})">{}</g>', level, x, y, inner)
    return format_html(
        '<a class="q{}" transform="translate({} {})" href="{}">{}</a>',
        level,
        x,
        y,
        square.href,
        inner,
    )
