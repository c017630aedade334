"""The matrix, the tiles and the strips say of every assignment what its lamp says."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongbiao.parties.models import Organization
from rongbiao.strategy import overview
from rongbiao.strategy.board import lit
from rongbiao.strategy.lamps import Lamp
from rongbiao.strategy.models import Assignment, Report
from tests.bench_world import build

AFTER = date(2023, 7, 11)  # the second quarter fell due on 10 July


@pytest.fixture
def world(db):
    """24 tasks for two bureaus and two districts, two quarters, nothing reported."""
    return build(plans=1, assignments=96, quarters=2, reported=False)


class Ledger:
    """Reports written straight into the table, so that each test sets exactly what it asks."""

    def __init__(self, world):
        self.world, self.plan = world, world.newest
        self.first, self.second = world.quarters[self.plan.pk]
        self.rows = world.assignments[self.plan.pk]

    def report(self, number, quarter=None, share=50, **changed):
        quarter = quarter or self.second
        day = quarter.opens_on
        facts = {"state": "accepted", "share": share, "reviewed_on": day + timedelta(days=2)}
        facts |= {"first_filed_on": day, "filed_on": day} | changed
        return Report.objects.create(assignment=self.rows[number], quarter=quarter, **facts)

    def matrix(self, day=AFTER, **options):
        return overview.matrix(self.plan, self.second, day, **options)


@pytest.fixture
def ledger(world):
    return Ledger(world)


def test_every_assignment_stands_in_one_cell(ledger):
    found = ledger.matrix()
    assert [row.task.number for row in found.tasks] == [str(n) for n in range(1, 25)]
    assert [column.label for column in found.columns] == ["量测局0", "量测局1", "县（市）区"]
    assert [(column.members, column.total) for column in found.columns] == [
        (1, 24),
        (1, 24),
        (2, 48),
    ]
    assert sum(cell.count for row in found.tasks for cell in row.cells.values()) == 96
    assert found.total == 96
    assert found.counts == dict.fromkeys(Lamp, 0) | {Lamp.BAD: 96}


def test_a_cell_shows_the_lamp_the_part_and_the_first_of_its_assignment(ledger):
    ledger.report(0)
    Assignment.objects.filter(pk=ledger.rows[0].pk).update(part="lead")
    found = ledger.matrix()
    key = f"u{ledger.rows[0].organization_id}"
    cell = found.tasks[0].cells[key]
    assert cell == overview.Cell(Lamp.OK, ledger.rows[0].pk, "lead", True, 1, 1)
    assert found.columns[0].organization == ledger.rows[0].organization
    assert found.columns[0].counts == dict.fromkeys(Lamp, 0) | {Lamp.OK: 1, Lamp.BAD: 23}


def test_districts_fold_into_one_column_that_shows_the_worst(ledger):
    ledger.report(48)  # task 1, first district
    folded = ledger.matrix().tasks[0].cells["districts"]
    assert (folded.lamp, folded.count, folded.good, folded.label) == (Lamp.BAD, 2, 1, "1/2")
    assert folded.assignment_id is None
    ledger.report(72)
    folded = ledger.matrix().tasks[0].cells["districts"]
    assert (folded.lamp, folded.good, folded.label) == (Lamp.OK, 2, "2")


def test_districts_unfold(ledger):
    found = ledger.matrix(expand="districts")
    assert [column.label for column in found.columns] == [
        "量测局0",
        "量测局1",
        "量测县0",
        "量测县1",
    ]
    assert found.tasks[0].cells[f"u{ledger.rows[48].organization_id}"].assignment_id == (
        ledger.rows[48].pk
    )


def test_the_share_done_is_the_mean_of_what_was_last_accepted(ledger):
    for number, share in ((0, 40), (24, 60), (48, 100)):
        ledger.report(number, ledger.first, share=share)
    assert ledger.matrix().tasks[0].done_share == 50
    ledger.report(0, share=80)
    assert ledger.matrix().tasks[0].done_share == 60
    ledger.report(24, share=90, state="filed", reviewed_on=None)  # not accepted: not counted
    assert ledger.matrix().tasks[0].done_share == 60


def test_what_was_done_before_stays_done_until_less_is_accepted(ledger):
    ledger.report(0, ledger.first, share=100)
    assert ledger.matrix().counts[Lamp.DONE] == 1
    ledger.report(0, share=80, fall_reason="标准废止")
    assert ledger.matrix().counts[Lamp.DONE] == 0


def test_a_day_in_the_past_shows_what_stood_then(ledger):
    ledger.report(0, ledger.first, share=100, reviewed_on=date(2023, 7, 5))
    ledger.report(24)
    opened = ledger.second.opens_on
    assert ledger.matrix(opened - timedelta(days=1)).counts[Lamp.IDLE] == 96
    assert ledger.matrix(opened).counts == dict.fromkeys(Lamp, 0) | {Lamp.INFO: 1, Lamp.IDLE: 95}
    assert ledger.matrix(date(2023, 7, 5)).counts == dict.fromkeys(Lamp, 0) | {
        Lamp.DONE: 1,
        Lamp.OK: 1,
        Lamp.IDLE: 94,
    }


def test_an_assignment_that_is_not_in_force_has_no_lamp(ledger):
    first, second, third = (row.pk for row in ledger.rows[:3])
    Assignment.objects.filter(pk=first).update(until=date(2023, 6, 29))
    Assignment.objects.filter(pk=second).update(since=date(2023, 7, 1))
    Assignment.objects.filter(pk=third).update(since=date(2023, 6, 30), until=date(2023, 6, 30))
    found = ledger.matrix()
    assert found.total == 94
    cells = [row.cells.get(f"u{ledger.rows[0].organization_id}") for row in found.tasks[:3]]
    assert [cell and cell.assignment_id for cell in cells] == [None, None, third]


def test_tiles_stand_for_units_with_a_place_in_the_grid(ledger):
    for number in range(48, 72):
        ledger.report(number, share=60)
    tiles = overview.districts(ledger.plan, ledger.second, AFTER)
    units = Organization.objects.filter(kind="district").order_by("order")
    assert [(tile.organization, tile.share, tile.level) for tile in tiles] == [
        (units[0], 60, 5),
        (units[1], 0, 0),
    ]
    assert [(tile.row, tile.column) for tile in tiles] == [(1, 1), (1, 2)]
    assert (tiles[0].total, tiles[0].counts[Lamp.OK], tiles[1].counts[Lamp.BAD]) == (24, 24, 24)


def test_history_tells_a_lamp_for_every_quarter_that_has_opened(ledger):
    ledger.report(0, ledger.first, share=100)
    one = ledger.rows[0]
    assert overview.history(one, ledger.plan, AFTER) == [
        (ledger.first, Lamp.DONE),
        (ledger.second, Lamp.DONE),
    ]
    assert overview.history(one, ledger.plan, date(2023, 4, 11)) == [(ledger.first, Lamp.DONE)]
    assert overview.history(ledger.rows[1], ledger.plan, date(2023, 4, 11)) == [
        (ledger.first, Lamp.BAD)
    ]


def test_history_and_matrix_agree(db):
    world = build(plans=1, assignments=96, quarters=4)
    plan = world.newest
    lamps = {
        one.assignment_id: one.lamp
        for one in overview.load(plan, world.quarters[plan.pk][-1], world.day).lit
    }
    strips = overview.histories(world.assignments[plan.pk], plan, world.day)
    assert {pk: strip[-1][1] for pk, strip in strips.items()} == lamps
    assert set(lamps.values()) == set(Lamp) - {Lamp.IDLE}


def test_the_board_of_a_unit_is_its_part_of_the_whole(db):
    world = build(plans=2, assignments=60, quarters=3)
    plan, quarter = world.newest, world.quarters[world.newest.pk][1]
    whole = overview.load(plan, quarter, world.day)
    assert len(whole.units) > 1
    for pk, unit in whole.units.items():
        assert lit(plan, quarter, world.day, unit=unit) == whole.by_unit[pk] != []


def test_a_plan_without_quarters_or_tasks_has_an_empty_board(db):
    world = build(plans=1, assignments=24, quarters=0, reported=False)
    board = overview.load(world.newest, None, date(2023, 7, 1))
    assert board.counts == dict.fromkeys(Lamp, 0) | {Lamp.IDLE: board.total}


@pytest.mark.parametrize(
    ("narrow", "left"),
    [
        ({"block": "板块1"}, 16),
        ({"kind": "district"}, 48),
        ({"words": "任务2"}, 24),  # 2 and 20 to 24, four units each
        ({"words": "量测局1"}, 24),
        ({"only": {Lamp.OK}}, 1),
        ({"only": {Lamp.OK, Lamp.BAD}, "kind": "bureau"}, 48),
        ({"words": "没有"}, 0),
    ],
)
def test_a_filter_leaves_part_of_the_board(ledger, narrow, left):
    ledger.report(0)
    board = overview.load(ledger.plan, ledger.second, AFTER).narrowed(**narrow)
    found = overview.matrix(ledger.plan, ledger.second, AFTER, seen=board)
    assert (board.total, found.total) == (left, left)
    assert sum(len(row.cells) for row in found.tasks) <= left


@pytest.mark.parametrize(
    "ask",
    [
        overview.matrix,
        overview.districts,
        lambda plan, quarter, day: overview.urgent(plan, quarter, day, 5, measured=[]),
        lambda plan, quarter, day: overview.histories(
            Assignment.objects.filter(task__plan=plan), plan, day
        ),
        lambda plan, quarter, day: overview.sentence(plan, day, measured=[]),
    ],
    ids=["matrix", "districts", "urgent", "histories", "sentence"],
)
def test_queries_are_as_few_for_many_rows_as_for_few(db, ask):
    counts = []
    for plans, assignments, quarters in ((1, 24, 1), (3, 120, 4)):
        _empty()
        world = build(plans=plans, assignments=assignments, quarters=quarters)
        plan = world.newest
        with CaptureQueriesContext(connection) as seen:
            ask(plan, world.quarters[plan.pk][-1], world.day)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 7


def _empty():
    from rongbiao.archive.models import File
    from rongbiao.strategy.models import Clause, Plan, Quarter, Reading, Task

    for model in (Report, Assignment, Quarter, Task, Clause, Plan, Reading, File, Organization):
        model.objects.all().delete()
