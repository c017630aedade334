"""Benches (量测): one module a subject, each with ``measure()`` that returns lines to print.

A line sets two things side by side that were measured in turn in the same run, so
that the ratio holds on any machine while the times belong to this one.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One thing measured beside another: seconds each, and what is aimed at, if anything."""

    what: str
    seconds: float
    beside: str
    beside_seconds: float
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.seconds / self.beside_seconds


def side_by_side(one: Callable, other: Callable, turns: int = 9) -> tuple[float, float]:
    """Return the median seconds of two acts, done in turn after one warm turn of each."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(turns + 1):
        for act, kept in zip((one, other), times, strict=True):
            began = time.perf_counter()
            act()
            if turn:
                kept.append(time.perf_counter() - began)
    return statistics.median(times[0]), statistics.median(times[1])
