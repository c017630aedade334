"""The overview (战略总览): what the board, the matrix and the tiles show.

Each function takes plan, quarter and day; a page that shows several blocks
loads one ``Board`` with ``board.load`` and hands it on as ``seen``.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from rongbiao.parties.models import Organization

from .board import Board, Lit, done_share, histories, load
from .lamps import WORST_FIRST, Lamp
from .matters import Matter, urgent
from .models import Assignment, Plan, Quarter, Task
from .sentence import Phrase, sentence

__all__ = [
    "Board",
    "Cell",
    "Column",
    "Matrix",
    "Matter",
    "Phrase",
    "Row",
    "Tile",
    "districts",
    "histories",
    "history",
    "load",
    "matrix",
    "sentence",
    "urgent",
]

DISTRICTS = "districts"
AMISS = {Lamp.BAD, Lamp.WARN}
LEVELS = 6  # shades of the sequential scale


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the matrix: an assignment, or those of all districts folded together.

    ``count`` assignments stand in it and ``good`` of them are neither overdue nor
    lagging; ``lamp`` is the worst of them. A folded cell has no ``assignment_id``.
    """

    lamp: Lamp
    assignment_id: int | None
    part: str
    first: bool
    count: int
    good: int

    @property
    def label(self) -> str:
        """What a folded cell shows: 12, or 9/12."""
        return str(self.count) if self.good == self.count else f"{self.good}/{self.count}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a unit, or the districts folded into one."""

    key: str
    label: str
    kind: str
    organization: Organization | None
    members: int
    total: int
    counts: dict[Lamp, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One task with its cells by column key; ``done_share`` is the mean share, in percent."""

    task: Task
    cells: dict[str, Cell]
    done_share: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Tasks against units."""

    tasks: list[Row]
    columns: list[Column]
    counts: dict[Lamp, int]
    total: int


def matrix(
    plan: Plan, quarter: Quarter | None, day: date, *, expand: str = "", seen: Board | None = None
) -> Matrix:
    """Return the matrix; ``expand="districts"`` gives every district its own column."""
    seen = seen or load(plan, quarter, day)
    keys = _keys(seen, fold=expand != DISTRICTS)
    fields: dict[tuple[int, str], list[Lit]] = {}
    columns: dict[str, list[Lit]] = {key: [] for key in dict.fromkeys(keys.values())}
    for one in seen.lit:
        key = keys[one.organization_id]
        fields.setdefault((one.task_id, key), []).append(one)
        columns[key].append(one)
    cells: dict[int, dict[str, Cell]] = {task.pk: {} for task in seen.tasks}
    for (task_id, key), rows in fields.items():
        cells[task_id][key] = _cell(rows, folded=key == DISTRICTS)
    return Matrix(
        tasks=[Row(task, cells[task.pk], done_share(seen.by_task[task.pk])) for task in seen.tasks],
        columns=[_column(key, rows, seen) for key, rows in columns.items()],
        counts=seen.counts,
        total=seen.total,
    )


def _keys(seen: Board, *, fold: bool) -> dict[int, str]:
    """Return the column of each unit, in the order of units."""
    district = Organization.Kind.DISTRICT
    return {
        pk: DISTRICTS if fold and unit.kind == district else f"u{pk}"
        for pk, unit in seen.units.items()
    }


def _cell(rows: list[Lit], *, folded: bool) -> Cell:
    lit = {one.lamp for one in rows}
    only = None if folded else rows[0]
    return Cell(
        lamp=next(one for one in WORST_FIRST if one in lit),
        assignment_id=only.assignment_id if only else None,
        part=only.part if only else "",
        first=any(one.first for one in rows),
        count=len(rows),
        good=sum(one.lamp not in AMISS for one in rows),
    )


def _column(key: str, rows: list[Lit], seen: Board) -> Column:
    members = {one.organization_id for one in rows}
    unit = None if key == DISTRICTS else seen.units[rows[0].organization_id]
    found = Counter(one.lamp for one in rows)
    return Column(
        key=key,
        label=unit.label if unit else _("县（市）区"),
        kind=unit.kind if unit else Organization.Kind.DISTRICT,
        organization=unit,
        members=len(members),
        total=len(rows),
        counts={one: found[one] for one in Lamp},
    )


@dataclass(frozen=True, slots=True)
class Tile:
    """One district in the schematic grid; ``level`` 0–5 is its shade, dark for much done."""

    organization: Organization
    share: int
    row: int
    column: int
    total: int
    counts: dict[Lamp, int]
    level: int


def districts(
    plan: Plan, quarter: Quarter | None, day: date, *, seen: Board | None = None
) -> list[Tile]:
    """Return a tile for every unit that has a place in the grid and an assignment."""
    seen = seen or load(plan, quarter, day)
    placed = [unit for unit in seen.units.values() if unit.row and unit.column]
    shares = {unit.pk: done_share(seen.by_unit[unit.pk]) for unit in placed}
    low, high = min(shares.values(), default=0), max(shares.values(), default=0)
    tiles = []
    for unit in placed:
        found = Counter(one.lamp for one in seen.by_unit[unit.pk])
        tiles.append(
            Tile(
                organization=unit,
                share=shares[unit.pk],
                row=unit.row or 0,
                column=unit.column or 0,
                total=len(seen.by_unit[unit.pk]),
                counts={one: found[one] for one in Lamp},
                level=_level(shares[unit.pk], low, high),
            )
        )
    return tiles


def _level(share: int, low: int, high: int) -> int:
    """Return the shade of a share between the lowest and the highest on show."""
    return (share - low) * (LEVELS - 1) // (high - low) if high > low else 0


def history(assignment: Assignment, plan: Plan, day: date) -> list[tuple[Quarter, Lamp]]:
    """Return one assignment's lamps, quarter by quarter as far as opened by a day."""
    return histories([assignment], plan, day)[assignment.pk]
