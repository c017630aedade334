"""Rows in bulk (成批读写): the few statements that differ between SQLite and PostgreSQL.

Every function works within the transaction of its caller, on the tables of this register.
Names of tables and columns come from the code alone; values are always parameters.
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import polars as pl
from django.db import connection, transaction

STANDARD = "standards_standard"
NULL = "\\N"
PLAIN = re.compile(r"[\w-]*")


def on_postgresql() -> bool:
    """Tell which of the two databases this is."""
    return connection.vendor == "postgresql"


@contextmanager
def roomy() -> Iterator[None]:
    """Give the connection more memory for the time of a load; durability stays as it is."""
    if on_postgresql():
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute("PRAGMA cache_size=-262144")  # 256 MB
        cursor.execute("PRAGMA wal_autocheckpoint=16000")  # pages: fewer, larger copies
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size={int(before)}")
            cursor.execute("PRAGMA wal_autocheckpoint=1000")


@contextmanager
def one_part() -> Iterator[None]:
    """One transaction; PostgreSQL's limit for pages does not bind it."""
    with transaction.atomic():
        if on_postgresql():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 0")
        yield


def any_between(low: str, high: str) -> bool:
    """Tell whether the register holds any key of a stretch (in the order of code points)."""
    above, below = ("~>=~", "~<~") if on_postgresql() else (">=", "<")
    asked = f"SELECT 1 FROM {STANDARD} WHERE key {above} %s AND key {below} %s LIMIT 1"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked, [low, high])
        return cursor.fetchone() is not None


def rows_of(table: str, columns: Sequence[str], by: str, values: Sequence[Any]) -> list[tuple]:
    """Return the rows in which a column has one of many values; everything as text but ids."""
    if not values:
        return []
    if on_postgresql():
        shown = ", ".join(c if c.endswith("id") or c == by else f"{c}::text" for c in columns)
        asked = f"SELECT {shown} FROM {table} WHERE {by} = ANY(%s)"  # noqa: S608
        given: Any = list(values)
    else:
        # An expression has no declared type: the driver would make dates of the days.
        shown = ", ".join(f"{c} || ''" if c.endswith("_on") else c for c in columns)
        asked = f"SELECT {shown} FROM {table} WHERE {by} IN (SELECT value FROM json_each(%s))"  # noqa: S608
        given = json.dumps(list(values))
    with connection.cursor() as cursor:
        cursor.execute(asked, [given])
        return cursor.fetchall()


def new_ids(table: str, count: int) -> pl.Series:
    """Return primary keys that no other row will get."""
    with connection.cursor() as cursor:
        if on_postgresql():
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return pl.Series("id", [pk for (pk,) in cursor.fetchall()], pl.Int64)
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    first = (found[0] if found else 0) + 1
    return pl.int_range(first, first + count, eager=True).alias("id")


def insert(table: str, frame: pl.DataFrame) -> None:
    """Write the rows of a frame, whose columns bear the names of the table's."""
    if frame.is_empty():
        return
    names = ", ".join(f'"{name}"' for name in frame.columns)
    with connection.cursor() as cursor:
        if on_postgresql():
            form = f"COPY {table} ({names}) FROM STDIN (FORMAT csv, NULL '{NULL}')"
            with cursor.copy(form) as copy:
                for piece in frame.iter_slices(20_000):
                    copy.write(piece.write_csv(include_header=False, null_value=NULL).encode())
            return
        same = _same(frame)
        holes = ", ".join(same.get(name, "?") for name in frame.columns)
        # The driver's own mark of a parameter: Django would rewrite the statement every time.
        insert_many = connection.connection.cursor().executemany
        for piece in frame.drop(same).iter_slices(10_000):
            insert_many(
                f"INSERT INTO {table} ({names}) VALUES ({holes})",  # noqa: S608
                piece.rows(),
            )


def _same(frame: pl.DataFrame) -> dict[str, str]:
    """Return the columns in which one plain word stands throughout, with it: none need be sent."""
    if frame.width < 2:
        return {}
    ends = frame.select(pl.all().first()).row(0, named=True)
    plain = [
        name
        for name, value in ends.items()
        if value is None or PLAIN.fullmatch(str(value))  # letters, figures, dashes
    ]
    found = frame.select(pl.col(name).eq_missing(pl.col(name).first()).all() for name in plain)
    kept = [name for name, same in found.row(0, named=True).items() if same][: frame.width - 1]
    return {name: _literal(ends[name]) for name in kept}


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return str(int(value)) if isinstance(value, int) else f"'{value}'"


def update(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Set columns of rows; every row ends with its primary key."""
    settings = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {settings} WHERE id = %s", rows)  # noqa: S608


def delete(table: str, ids: Sequence[int]) -> None:
    """Remove rows by primary key."""
    for start in range(0, len(ids), 500):
        portion = list(ids[start : start + 500])
        holes = ", ".join(["%s"] * len(portion))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE id IN ({holes})", portion)  # noqa: S608
