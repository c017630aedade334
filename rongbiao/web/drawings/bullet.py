"""Bullet bars (目标条): where a figure stands, should stand and will stand, and the target.

Every bar is scaled to its own target, and every target stands at the same place, so
that rows of different units compare at a glance. An upper limit uses the same axis:
a short bar is a good one. Places are percentages of whatever width the page gives,
so nothing is stretched; colors come from classes in ``rb/charts.css``.
"""

from dataclasses import dataclass
from zlib import crc32

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from rongbiao.web.drawings.scales import between, plain

ROOM = 1.2  # the axis reaches this many targets: each target stands at 83.3 %
FULL = 100  # percent of the width
HAIR = 0.6  # percent; a narrower interval could not be seen


@dataclass(frozen=True, slots=True)
class Bar:
    """What one bar shows, all in the unit of the figure; None is not drawn.

    ``planned`` is where the planned course stands on the day shown, ``low`` and
    ``high`` are the bounds of the forecast for the end of the period.
    """

    value: float | None
    target: float
    planned: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def full(self) -> float:
        """The amount at the right end of the axis."""
        if self.target > 0:
            return float(self.target) * ROOM
        known = (self.value, self.planned, self.low, self.high)
        return max(1.0, *(float(one) for one in known if one is not None)) * ROOM

    def place(self, amount: float) -> float:
        """Return where an amount stands, in percent of the width, kept within the axis."""
        return between(FULL * float(amount) / self.full, 0, FULL)


def bullet(bar: Bar, words: str) -> SafeString:
    """Draw a bar; ``words`` is what a listener hears instead."""
    parts = ['<rect class="b-track" y=".72em" width="100%" height=".66em" rx="2"/>']
    if bar.low is not None and bar.high is not None:
        parts.append(_interval(bar, bar.low, bar.high))
    if bar.value is not None:
        parts.append(_reached(bar, float(bar.value)))
    if bar.planned is not None:
        parts.append(
            f'<svg x="{plain(bar.place(bar.planned))}%" overflow="visible">'
            '<rect class="b-planned" x="-1" y=".42em" width="2" height="1.26em"/></svg>'
        )
    parts.append(
        f'<svg x="{plain(bar.place(bar.target))}%" overflow="visible">'
        '<rect class="b-target" x="-1" y=".1em" width="2" height="1.9em"/>'
        '<path class="b-target" d="M1 2v9l8-4.5z"/></svg>'
    )
    return format_html(
        '<svg class="bullet" role="img" aria-label="{}">{}</svg>',
        words,
        mark_safe("".join(parts)),  # noqa: S308 — numbers only
    )


def _reached(bar: Bar, value: float) -> str:
    """Draw what is reached; what runs past the axis ends in a pale arrow."""
    drawn = (
        f'<rect class="b-actual" y=".72em" width="{plain(bar.place(value))}%" height=".66em" '
        'rx="1.5"/>'
    )
    if value <= bar.full:
        return drawn
    return (
        drawn
        + '<svg x="100%" overflow="visible"><svg x="-.9em" y=".72em" width=".7em" height=".66em" '
        'viewBox="0 0 10 10"><path class="b-past" d="m2 1 6 4-6 4z"/></svg></svg>'
    )


def _interval(bar: Bar, low: float, high: float) -> str:
    """Draw the forecast as hatching, which never looks like something reached."""
    start, end = sorted((bar.place(low), bar.place(high)))
    start = min(start, FULL - HAIR)
    wide = max(end - start, HAIR)
    key = f"h{crc32(repr(bar).encode()):08x}"
    return (
        f'<defs><pattern id="{key}" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="b-hatch" width="2" height="5"/>'
        "</pattern></defs>"
        f'<rect class="b-forecast" x="{plain(start)}%" y=".52em" width="{plain(wide)}%" '
        f'height="1.06em" rx="2" fill="url(#{key})"/>'
    )
