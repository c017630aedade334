"""Scales (刻度): round ticks for an axis, and places along it."""

from math import ceil, floor, log10

STEPS = (1, 2, 2.5, 5, 10)


def step_for(span: float, ticks: int) -> float:
    """Return the smallest round step (1, 2, 2.5 or 5 × 10ⁿ) that cuts ``span`` into ≤ ``ticks``."""
    if span <= 0:
        return 1.0
    power = 10 ** floor(log10(span / ticks))
    return next(size * power for size in STEPS if span / (size * power) <= ticks)


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return round numbers from at or below ``low`` to at or above ``high``.

    At most ``most`` + 2 of them; a span of nothing is widened to one.

    >>> ticks(7360, 10000)
    [7000.0, 8000.0, 9000.0, 10000.0]
    >>> ticks(0, 0)
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    if high <= low:
        high = low + 1
    step = step_for(high - low, most)
    first, last = floor(low / step), ceil(high / step)
    return [round(float(count * step), 6) for count in range(first, last + 1)]


def plain(value: float) -> str:
    """Write a number without needless zeros.

    >>> plain(7000.0), plain(2.5), plain(-0.0)
    ('7000', '2.5', '0')
    """
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def between(value: float, low: float, high: float) -> float:
    """Return a value, kept within two bounds."""
    return min(max(value, low), high)
