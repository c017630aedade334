"""Counting (抽查统计): the figures of a campaign in the form of the bulletins, from its lines.

Every figure can be counted again from the rows that the Excel file carries.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rongbiao.standards.models import Campaign, Inspection
from rongbiao.texts import classes

from .population import UNCLASSED
from .sheet import ITEMS

Result = Inspection.Result


@dataclass(frozen=True)
class Share:
    """The figures of some objects: of all of them, of one area, of one field."""

    name: str
    drawn: int
    inspected: int
    passed: int
    found: int
    corrected: int  # in time
    late: int
    uncorrected: int
    transferred: int

    @property
    def rate(self) -> float | None:
        """Passed of inspected, in hundredths; nothing before anything was inspected."""
        return self.passed * 100 / self.inspected if self.inspected else None

    @property
    def figures(self) -> tuple[int, ...]:
        """The figures in the order of ``HEADINGS``."""
        return (
            self.drawn, self.inspected, self.passed, self.found, self.corrected, self.late,
            self.uncorrected, self.transferred,
        )  # fmt: skip


@dataclass(frozen=True)
class Bulletin:
    """Everything that a bulletin says of a campaign."""

    campaign: Campaign
    whole: Share
    items: Sequence[tuple[str, int]]  # item: on how many objects something was found
    areas: Sequence[Share]
    fields: Sequence[Share]
    firms: int
    open: int  # cases that have not come to their end
    rows: Sequence[Inspection]


def headings() -> tuple[str, ...]:
    """Return what the figures of a share are called."""
    return (
        _("抽取"), _("已检查"), _("未发现问题"), _("发现问题"), _("限期内改正"), _("逾期后改正"),
        _("逾期未改正"), _("移送省级"),
    )  # fmt: skip


def bulletin(campaign: Campaign) -> Bulletin:
    """Return the figures of a campaign; by one question to the database."""
    asked = campaign.inspections.select_related("declaration__organization")
    rows = list(asked.order_by("place"))
    items = Counter(key for row in rows for key in row.found)
    return Bulletin(
        campaign,
        share(_("合计"), rows),
        [(str(name), items[key]) for key, (name, _rule, _keys) in ITEMS.items()],
        list(_by(rows, "area", lambda area: area)),
        list(_by(rows, "field", field_name)),
        len({row.declaration.organization_id for row in rows}),
        sum(row.published_on is None for row in rows),
        rows,
    )


def field_name(code: str) -> str:
    """Return a class as a bulletin names it."""
    return f"{code} {classes.name_of(code)}" if code else UNCLASSED


def _by(rows: Iterable[Inspection], column: str, name: Any) -> Iterable[Share]:
    groups: dict[str, list[Inspection]] = {}
    for row in rows:
        groups.setdefault(getattr(row, column), []).append(row)
    for key, held in sorted(groups.items(), key=lambda one: (-len(one[1]), one[0])):
        yield share(name(key), held)


def share(name: str, rows: Sequence[Inspection]) -> Share:
    """Return the figures of some objects."""
    results = Counter(row.result for row in rows)
    inspected = [row for row in rows if row.inspected_on]
    return Share(
        name=name,
        drawn=len(rows),
        inspected=len(inspected),
        passed=results[Result.PASSED],
        found=sum(bool(row.found) for row in inspected),
        corrected=results[Result.CORRECTED],
        late=results[Result.LATE],
        uncorrected=results[Result.UNCORRECTED],
        transferred=results[Result.TRANSFERRED],
    )
