"""Procurement (采购助手): what a tender cites becomes a list for acceptance, what it may not ask a warning.

``read_tender`` gives a frozen :class:`Tender`; ``papers`` and ``sheets`` make files of it. Nothing
is kept: a tender goes to the reader and comes back from there, sealed (``sealing``).
"""

from __future__ import annotations

from .papers import checklist_paper
from .reading import read_tender
from .sealing import opened, sealed
from .sheets import checklist_sheet
from .tender import GROUPS, Doubted, Group, Item, Mentioned, Place, Tender

__all__ = [
    "GROUPS", "Doubted", "Group", "Item", "Mentioned", "Place", "Tender", "checklist_paper",
    "checklist_sheet", "opened", "read_tender", "sealed",
]  # fmt: skip
