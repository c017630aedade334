"""The board and the matrix over three plans of 500 assignments and 12 quarters, beside a small world."""

from __future__ import annotations

from functools import partial

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from scripts.benches import Line, side_by_side
from scripts.benches.plain import plain_static
from tests.bench_world import World, build

TITLE = "战略总览与任务矩阵（SQLite；3 代规划 × 500 责任项 × 12 季度，旁为 1 × 50 × 4）"


def measure() -> list[Line]:
    """Measure whole pages, middleware and templates included, in a test database."""
    setup_test_environment()
    plain_static()
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        return _pages()
    finally:
        connection.creation.destroy_test_db(made, verbosity=0)


def _pages() -> list[Line]:
    with transaction.atomic():
        large = build()
        small = build(plans=1, assignments=50, quarters=4, first=3)
    client = Client(headers={"accept-language": "zh-hans"})
    lines = []
    for name, path in (("战略总览", "/board/"), ("任务矩阵", "/matrix/")):
        ask = partial(_ask, client, path)
        seconds = side_by_side(partial(ask, large), partial(ask, small))
        queries = [_queries(partial(ask, world)) for world in (large, small)]
        note = f"查询 {queries[0]} 次，小 {queries[1]} 次"
        lines.append(Line(name, seconds[0], "小", seconds[1], note))
    return lines


def _ask(client: Client, path: str, world: World) -> None:
    response = client.get(path, {"plan": world.newest.key, "asof": world.day.isoformat()})
    if response.status_code != 200:
        raise RuntimeError(f"{path}: {response.status_code}")


def _queries(act) -> int:
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)
