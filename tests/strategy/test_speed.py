"""The board's data keeps to its budget: 25 ms over three plans of 500 assignments, 12 quarters."""

import pytest

from tests.bench_overview import figures

BUDGET_MS = 25


@pytest.mark.slow
@pytest.mark.django_db
def test_the_board_is_gathered_within_its_budget():
    measured = figures()
    assert max(measured.values()) <= BUDGET_MS, measured
