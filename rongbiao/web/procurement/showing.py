"""Showing (采购助手的结果): rows with lamps, groups to choose, the seal for the download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from rongbiao.exchange.procurement import GROUPS, Group, Item, Tender
from rongbiao.exchange.procurement.wording import acceptance_rule, state_word
from rongbiao.standards.verdicts import Status

TONES = {
    Status.CURRENT: "ok",
    Status.UPCOMING: "info",
    Status.PROJECT: "warn",
    Status.SUPERSEDED: "bad",
    Status.WITHDRAWN: "bad",
    Status.UNKNOWN: "warn",
}
FEW = 3  # places of one standard that its row shows at once


@dataclass(frozen=True)
class Row:
    """One standard of the checklist as the page shows it."""

    place: int  # among all items, the name of its field
    item: Item
    tone: str
    state: str
    href: str

    @property
    def few(self) -> tuple:
        """The places that stand in the row."""
        return self.item.places[:FEW]

    @property
    def more(self) -> tuple:
        """The places behind a fold."""
        return self.item.places[FEW:]


def shown(tender: Tender, seal: str) -> dict[str, Any]:
    """Return what the page of a tender shows."""
    rows = [_row(place, item) for place, item in enumerate(tender.items)]
    groups = [(GROUPS[group], [row for row in rows if row.item.group == group]) for group in Group]
    return {
        "tender": tender,
        "groups": [(word, held) for word, held in groups if held],
        "doubtful": [row for row in rows if row.item.doubtful],
        "choices": [(group.value, word) for group, word in GROUPS.items()],
        "rule": acceptance_rule(tender.day),
        "seal": seal,
    }


def _row(place: int, item: Item) -> Row:
    tone = TONES[Status(item.status)]
    href = reverse("standard", args=[item.slug]) if item.slug else ""
    return Row(place, item, tone, state_word(item), href)
