"""Gauges (时限条): how much of a period has run, in parts, with what is forecast."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rongbiao.web.drawings.scales import between, plain

WIDTH, HIGH = 1000, 12  # drawing units; the drawing is stretched to its place


class Part(NamedTuple):
    """A stretch from one share of the whole to another (0 to 1), its kind, and its words."""

    start: float
    end: float
    kind: str  # past, now, ahead
    words: str = ""


def gauge(parts: Sequence[Part], words: str, mark: float | None = None) -> SafeString:
    """Draw a gauge; ``words`` is what a listener hears, ``mark`` a share where a line stands."""
    drawn = format_html_join(
        "",
        '<rect class="g-{}" x="{}" width="{}" height="{}"><title>{}</title></rect>',
        (
            (part.kind, _at(part.start), _at(max(part.end - part.start, 0.003)), HIGH, part.words)
            for part in parts
            if part.end >= part.start
        ),
    )
    line = ""
    if mark is not None:
        line = format_html(
            '<rect class="g-mark" x="{}" y="-3" width="4" height="{}"/>', _at(mark), HIGH + 6
        )
    return format_html(
        '<svg class="gauge-svg" viewBox="0 -3 {} {}" preserveAspectRatio="none" role="img" '
        'aria-label="{}"><rect class="g-track" width="{}" height="{}"/>{}{}</svg>',
        WIDTH,
        HIGH + 6,
        words,
        WIDTH,
        HIGH,
        drawn,
        line,
    )


def _at(share: float) -> str:
    return plain(round(between(share, 0, 1) * WIDTH, 1))
