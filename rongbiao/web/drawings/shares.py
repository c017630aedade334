"""Shares (结构图): one bar a year, the government's part and the market's, told apart by hatching too."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from rongbiao.web.drawings.scales import plain

WIDE, ROW, BAR = 640, 34, 20
LEFT, RIGHT = 56, 84
INNER = WIDE - LEFT - RIGHT
HATCH = mark_safe(
    '<defs><pattern id="market" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="h-market-a" width="7" height="7"/>'
    '<rect class="h-market-b" width="2" height="7"/></pattern></defs>'
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: its name, both parts, the market's share, what it says, where it leads."""

    name: str
    government: int
    market: int
    share: str
    words: str
    href: str


def shares(bars: Sequence[Bar], words: str) -> SafeString:
    """Draw bars to one scale; each is a link to its rows. ``words`` names the whole."""
    most = max((bar.government + bar.market for bar in bars), default=1) or 1
    high = ROW * len(bars) + 8
    drawn = format_html_join(
        "",
        "{}",
        ((_bar(bar, 4 + ROW * place, most),) for place, bar in enumerate(bars)),
    )
    return format_html(
        '<svg class="shares" role="group" aria-label="{}" viewBox="0 0 {} {}">{}{}</svg>',
        words, WIDE, high, HATCH, drawn,
    )  # fmt: skip


def _bar(bar: Bar, top: int, most: int) -> SafeString:
    first = INNER * bar.government / most
    second = INNER * bar.market / most
    y, middle = top + (ROW - BAR) / 2, top + ROW / 2 + 4.5
    return format_html(
        '<a href="{}"><title>{}：{}</title><text class="c-tick" x="{}" y="{}" text-anchor="end">{}</text>'
        '<rect class="h-government" x="{}" y="{}" width="{}" height="{}"/>'
        '<rect fill="url(#market)" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="c-share" x="{}" y="{}">{}</text></a>',
        bar.href, bar.name, bar.words,
        LEFT - 8, plain(middle), bar.name,
        LEFT, plain(y), plain(first), BAR,
        plain(LEFT + first), plain(y), plain(second), BAR,
        plain(LEFT + first + second + 8), plain(middle), bar.share,
    )  # fmt: skip
