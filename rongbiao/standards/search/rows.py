"""Rows of the register as the index reads them: in stretches, with constant memory."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from rongbiao.standards.search.entry import Row

STRETCH = 5_000
Columns = tuple[Any, ...]  # of one edition, as ``Row`` takes them
COLUMNS = (
    "id, number, key, year, title, title_en, title_original, abstract, level, nature, status, "
    "region, coalesce(cast(issued_on as text), ''), ics, ccs, publisher, owner"
)


def stretches(size: int | None = None) -> Iterator[list[Row]]:
    """Yield every edition by primary key; each stretch is a query of its own."""
    for stretch in columns(size):
        yield [Row(*one) for one in stretch]


def columns(size: int | None = None) -> Iterator[list[Columns]]:
    """Yield every edition like ``stretches``, not yet made rows: for another process."""
    last = 0
    while read := _asked(
        "id > %s order by id limit %s", [last, size or STRETCH], "between %s and %s"
    ):
        yield read
        last = read[-1][0]


def some_rows(pks: Sequence[int]) -> list[Row]:
    """Return the editions of these primary keys that there still are."""
    if not pks:
        return []
    marks = ", ".join(["%s"] * len(pks))
    return [Row(*one) for one in _asked(f"id in ({marks})", list(pks), f"in ({marks})")]


def _asked(which: str, values: list[int], drafted: str) -> list[Columns]:
    with connection.cursor() as cursor:
        cursor.execute(f"select {COLUMNS} from standards_standard where {which}", values)  # noqa: S608
        read = cursor.fetchall()
        if not read:
            return []
        ends = [read[0][0], read[-1][0]] if "between" in drafted else values
        cursor.execute(
            "select standard_id, name from standards_participation "  # noqa: S608
            f"where standard_id {drafted} order by standard_id, place",
            ends,
        )
        drafters = defaultdict(list)
        for pk, name in cursor.fetchall():
            drafters[pk].append(name)
    return [(*one, drafters.get(one[0], [])) for one in read]


def count() -> int:
    """Return how many editions the register holds."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from standards_standard")
        return int(cursor.fetchone()[0])


def more_than(most: int) -> bool:
    """Tell whether the register holds more editions than that, without counting them all."""
    with connection.cursor() as cursor:
        cursor.execute("select 1 from standards_standard limit 1 offset %s", [most])
        return cursor.fetchone() is not None
