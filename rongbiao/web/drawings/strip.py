"""Strips (季度条): the lamps of one assignment, quarter by quarter."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDE, HIGH, GAP = 28, 10, 3


def strip(quarters: Sequence[tuple[str, str, str]], words: str) -> SafeString:
    """Draw one box a quarter; each is (quarter, lamp, the lamp's word); ``words`` names the strip."""
    boxes = format_html_join(
        "",
        '<rect class="s-{}" x="{}" width="{}" height="{}" rx="1"><title>{} {}</title></rect>',
        (
            (lamp, place * (WIDE + GAP), WIDE, HIGH, quarter, said)
            for place, (quarter, lamp, said) in enumerate(quarters)
        ),
    )
    width = max(len(quarters) * (WIDE + GAP) - GAP, 1)
    spoken = "，".join(f"{quarter} {said}" for quarter, _lamp, said in quarters)
    return format_html(
        '<svg class="strip-svg" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'aria-label="{}：{}">{}</svg>',
        width,
        HIGH,
        width,
        HIGH,
        words,
        spoken,
        boxes,
    )
