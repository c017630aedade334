"""How fast the board's data is gathered: three plans of 500 assignments and 12 quarters.

``python -m tests.bench_overview`` measures in a test database of its own and prints
one line of JSON; whoever has Django running already calls ``figures()``.
"""

import json
import os
import statistics
import time
from collections.abc import Callable

import django
from django.db import connection

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongbiao.settings")
    django.setup()

from rongbiao.strategy import overview
from tests.bench_world import World, build

TURNS = 15


def gather(world: World) -> None:
    """Gather what the board page shows of assignments: counts, matters, tiles."""
    plan = world.newest
    quarter = world.quarters[plan.pk][-1]
    seen = overview.load(plan, quarter, world.day)
    overview.urgent(plan, quarter, world.day, 6, seen=seen, measured=[])
    overview.districts(plan, quarter, world.day, seen=seen)
    _ = seen.counts, seen.filed


def lay_out(world: World) -> None:
    """Gather what the matrix shows."""
    plan = world.newest
    overview.matrix(plan, world.quarters[plan.pk][-1], world.day)


def median_ms(act: Callable[[World], None], world: World) -> float:
    """Return the median wall-clock time of an act, in milliseconds, after one warm turn."""
    act(world)
    times = []
    for _turn in range(TURNS):
        began = time.perf_counter()
        act(world)
        times.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(times), 1)


def figures() -> dict[str, float]:
    """Build the world in the database at hand and measure it; the caller throws it away."""
    world = build()
    return {"board_ms": median_ms(gather, world), "matrix_ms": median_ms(lay_out, world)}


def main() -> None:
    """Measure in a test database of its own."""
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(json.dumps(figures()))  # noqa: T201
    finally:
        connection.creation.destroy_test_db(made, verbosity=0)


if __name__ == "__main__":
    main()
