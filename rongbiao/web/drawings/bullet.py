"""Bullet bars (目标条): where a figure stands, where it should stand, where it will, and the target."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 600, 34
TARGET_AT = 0.833  # every target stands at the same place, so that rows compare at a glance


@dataclass(frozen=True, slots=True)
class Bar:
    """What one bar shows, all in the unit of the figure; None is not drawn."""

    value: float
    target: float
    planned: float | None = None
    low: float | None = None
    high: float | None = None

    def place(self, amount: float) -> float:
        """Return where an amount stands on the axis, in drawing units."""
        share = amount / self.target if self.target else 0
        return max(0.0, min(share * TARGET_AT, 1.0)) * WIDTH


def bullet(bar: Bar, words: str) -> SafeString:
    """Draw a bar; ``words`` is what a listener hears instead."""
    parts = [f'<rect class="b-track" y="12" width="{WIDTH}" height="10" rx="2"/>']
    if bar.low is not None and bar.high is not None:
        left, right = bar.place(bar.low), bar.place(bar.high)
        wide = max(right - left, 3)
        parts.append(
            f'<rect class="b-forecast" x="{left:.1f}" y="8" width="{wide:.1f}" height="18" rx="2"/>'
        )
    parts.append(
        f'<rect class="b-actual" y="12" width="{bar.place(bar.value):.1f}" height="10" rx="2"/>'
    )
    if bar.planned is not None:
        at = bar.place(bar.planned)
        parts.append(f'<rect class="b-planned" x="{at - 1:.1f}" y="7" width="2.5" height="20"/>')
    at = bar.place(bar.target)
    parts.append(f'<path class="b-target" d="M{at:.1f} 32V2"/>')
    parts.append(f'<path class="b-flag" d="M{at:.1f} 2l10 4.5-10 4.5z"/>')
    return format_html(
        '<svg class="bullet" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" '
        'aria-label="{}">{}</svg>',
        WIDTH,
        HEIGHT,
        words,
        mark_safe("".join(parts)),  # noqa: S308 — numbers only
    )
