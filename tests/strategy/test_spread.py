"""The spread of a mean by month: bins, the cap between two of them, and the rows behind each."""

from datetime import date, timedelta

import pytest

from rongbiao.standards.models import Standard
from rongbiao.strategy import figures
from rongbiao.strategy.models import Target
from rongbiao.strategy.spread import MOST, in_month, month_of, spread

DAY = date(2025, 12, 31)
ISSUED = date(2025, 6, 1)
SPANS = (1, 30, 31, 300, 335, 360, 365, 366, 400, 640, 900)


@pytest.fixture
def target(opinion_plan):
    for place, days in enumerate((*SPANS, None)):
        Standard.objects.create(
            key=f"DB3501/T {place + 1}-2025", number=f"DB3501/T {place + 1}-2025",
            level=Standard.Level.MUNICIPAL, title="试验", issued_on=ISSUED,
            planned_on=days and ISSUED - timedelta(days=days),
        )  # fmt: skip
    return Target.objects.get(measure="cycle-months")


@pytest.mark.parametrize(
    ("days", "month"),
    [(0, 1), (1, 1), (30, 1), (31, 2), (365, 12), (366, 13), (730, 24), (731, 25)],
)
def test_a_span_stands_in_the_month_it_ends_in(days, month):
    assert month_of(ISSUED, ISSUED + timedelta(days=days)) == month


def test_every_row_stands_in_one_month_and_its_figure_opens_it(target):
    found = spread(figures.figure(target, DAY))
    assert (found.total, found.unknown, found.over) == (len(SPANS), 1, 4)
    assert [month.number for month in found.months] == list(range(1, MOST + 2))
    counted = figures.rows(target, DAY)
    assert [in_month(counted, str(m.number)).count() for m in found.months] == [
        month.count for month in found.months
    ]
    assert in_month(counted, "none").count() == 1


@pytest.mark.parametrize("asked", ["0", "26", "-1", "x", "１２", "9" * 50])
def test_another_month_opens_nothing(target, asked):
    assert in_month(figures.rows(target, DAY), asked).count() == 0


def test_the_cap_is_kept_by_twelve_months_and_not_by_one_day_more(target):
    months = {m.number: m for m in spread(figures.figure(target, DAY)).months}
    assert (months[12].over, months[13].over) == (False, True)


def test_a_count_has_no_spread_and_an_empty_register_none(target):
    assert spread(figures.figure(Target.objects.get(measure="pilots"), DAY)) is None
    Standard.objects.all().delete()
    assert spread(figures.figure(target, DAY)) is None


def test_the_board_draws_it_with_a_table_and_every_column_opens_its_rows(target, client):
    text = client.get("/board/?asof=2025-12-31").content.decode()
    drawn = text[text.index('<svg class="spread"') :]
    drawn = drawn[: drawn.index("</svg>")]
    assert drawn.count("<a ") == sum(
        m.count > 0 for m in spread(figures.figure(target, DAY)).months
    )
    assert drawn.count('class="s-over"') == 4
    address = f"{target.get_absolute_url()}?asof=2025-12-31&amp;cycle=13#rows"
    assert address in drawn
    assert text.count(address) == 2  # in the drawing and in the table
    rows = client.get(f"{target.get_absolute_url()}?asof=2025-12-31&cycle=13").content.decode()
    assert "制定周期 12—13 个月" in rows
    lines = client.get(f"{target.get_absolute_url()}rows.csv?asof=2025-12-31&cycle=13")
    assert len(b"".join(lines.streaming_content).decode().splitlines()) == 2


def test_without_such_rows_the_block_does_not_stand_there(opinion_plan, client):
    assert '<svg class="spread"' not in client.get("/board/").content.decode()
