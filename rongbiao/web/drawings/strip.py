"""Strips (季度条): the lamps of one assignment, quarter by quarter; shape and color both tell."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

STEP, WIDE, HIGH = 26, 23, 22  # drawing units
SIGNS = {
    "done": '<path class="sign line" d="m7 11 3.5 4 6-8"/>',
    "ok": '<circle class="sign" cx="11.5" cy="11" r="4"/>',
    "info": '<circle class="sign line" cx="11.5" cy="11" r="4.2"/>',
    "warn": '<path class="sign" d="m11.5 6 5.5 10h-11z"/>',
    "bad": '<rect class="sign" x="7.5" y="7" width="8" height="8"/>',
    "idle": '<path class="sign line" d="M7.5 11h8"/>',
}


def strip(quarters: Sequence[tuple[str, str, str]], words: str) -> SafeString:
    """Draw one field a quarter; each is (quarter, lamp, the lamp's word).

    ``words`` names the strip. A lamp that there is not raises ``KeyError``.
    """
    fields = format_html_join(
        "",
        '<g class="s-{}" transform="translate({} 0)"><title>{} {}</title>'
        '<rect class="s-field" width="{}" height="{}" rx="3"/>{}</g>',
        (
            (str(lamp), place * STEP, quarter, said, WIDE, HIGH, SafeString(SIGNS[str(lamp)]))
            for place, (quarter, lamp, said) in enumerate(quarters)
        ),
    )
    width = max(len(quarters) * STEP - (STEP - WIDE), 1)
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
        fields,
    )
