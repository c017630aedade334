"""Ranking (排名): declared indicators scored by a plan that was frozen before, recomputed by anybody.

A plan says which indicators count, in which direction, with which weight and lines of points.
What cannot be compared gets no points and says why; nothing is guessed. Every step is exact
decimal arithmetic, rounded half up to two places where the plan's rules say so.
"""

from .plans import ALGORITHM, BadPlan, Better, Item, Line, Plan, lines_of, read_item, read_plan
from .records import (
    Difference,
    Unreadable,
    check,
    digest_of,
    read_record,
    read_table,
    table,
    written,
)
from .scoring import OUT, WHYS, Declared, Entrant, Scored, Standing, matching, rank, score

__all__ = [
    "ALGORITHM",
    "OUT",
    "WHYS",
    "BadPlan",
    "Better",
    "Declared",
    "Difference",
    "Entrant",
    "Item",
    "Line",
    "Plan",
    "Scored",
    "Standing",
    "Unreadable",
    "check",
    "digest_of",
    "lines_of",
    "matching",
    "rank",
    "read_item",
    "read_plan",
    "read_record",
    "read_table",
    "score",
    "table",
    "written",
]  # fmt: skip
