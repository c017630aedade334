"""The desk under load: a project of 500 opinions and 2,000 entries, an inbox of 5,000 cases, beside small ones.

Seconds are those of the processor: what a page costs the server, whatever else runs there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from statistics import median

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from scripts.benches import Line
from scripts.benches.desk_world import DeskWorld
from scripts.benches.plain import plain_static

TITLE = "经办（SQLite；处理器时间：500 条意见和 2,000 条记录的项目页、5,000 件的待办，旁为小的）"
TURNS = 15


def measure() -> list[Line]:
    """Measure whole pages, middleware and templates included, in a test database."""
    setup_test_environment()
    plain_static()
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with transaction.atomic():
            return _pages(DeskWorld())
    finally:
        connection.creation.destroy_test_db(made, verbosity=0)


def _pages(world: DeskWorld) -> list[Line]:
    lines = []
    small = world.project(opinions=3, entries=10)
    office = _browser(world)
    before = {"待办": _cost(partial(_ask, office, "/inbox/"))}
    world.inbox(5000)
    large = world.project(opinions=500, entries=2000)
    after = {"待办": _cost(partial(_ask, office, "/inbox/"))}
    for who, browser in (("经办人", office), ("公众", Client())):
        before[f"项目页（{who}）"] = _cost(partial(_ask, browser, small.get_absolute_url()))
        after[f"项目页（{who}）"] = _cost(partial(_ask, browser, large.get_absolute_url()))
    for name, (seconds, queries) in after.items():
        beside, fewer = before[name]
        lines.append(Line(name, seconds, "小", beside, f"查询 {queries} 次，小 {fewer} 次"))
    return lines


def _browser(world: DeskWorld) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(world.office.person)
    return client


def _ask(client: Client, path: str) -> None:
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path}: {response.status_code}")


def _cost(act: Callable[[], None]) -> tuple[float, int]:
    """Return the median of processor seconds of an act, after one warm turn, and its queries."""
    act()  # what is kept for later pages is asked for here
    with CaptureQueriesContext(connection) as seen:
        act()
    queries = len(seen)  # the next page begins a new list
    times = []
    for _turn in range(TURNS):
        began = time.process_time()
        act()
        times.append(time.process_time() - began)
    return median(times), queries
