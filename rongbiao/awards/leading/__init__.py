"""Leaders (领跑者): what is frozen, who enters, the ranking, the list, and who loses standing.

These are called by procedures, inside their acts.
"""

from .entering import (
    Ineligible,
    eligible,
    entrant_of,
    entrants,
    mark_of,
    open_losses,
    record_of,
    shortlisted,
)
from .listing import end, ended_since, freeze, publish, remove
from .standing import Better, better, doubts, fallen, lose, settle

__all__ = [
    "Better", "Ineligible", "better", "doubts", "eligible", "end", "ended_since", "entrant_of",
    "entrants", "fallen", "freeze", "lose", "mark_of", "open_losses", "publish", "record_of", "remove",
    "settle", "shortlisted",
]  # fmt: skip
