"""Rows in bulk (成批读写): the few statements that differ between SQLite and PostgreSQL.

Every function works within the transaction of its caller, on the tables of this register.
Names of tables and columns come from the code alone; values are always parameters.
"""

import io
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction

from rongbiao.standards.models import Standard

STANDARD = "standards_standard"
NULL, BETWEEN = "\x01", "\x02"  # no text has control characters
BLOCK = 1024 * 1024  # bytes
PLAIN = re.compile(r"[\w-]*")


def on_postgresql() -> bool:
    """Tell which of the two databases this is."""
    return connection.vendor == "postgresql"


@contextmanager
def roomy() -> Iterator[None]:
    """Give the connection what a load needs; the commit after it is durable, as any other.

    A commit within does not wait for the disk. If the power fails, the database goes back to
    one that is whole, the cursor of the load with it, and the load carries on from there.
    """
    alone = not connection.in_atomic_block
    if on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET synchronous_commit")
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()[0]
    _set(cache_size=-262144, wal_autocheckpoint=16000, threads=2)  # 256 MB; larger copies
    if alone:  # SQLite changes it between transactions only
        _set(synchronous="NORMAL")
    try:
        yield
    finally:
        _set(cache_size=int(before), wal_autocheckpoint=1000, threads=0)
        if alone:
            _set(synchronous="FULL")


def _set(**settings: int | str) -> None:
    with connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute(f"PRAGMA {name}={value}")


@contextmanager
def one_part() -> Iterator[None]:
    """One transaction; PostgreSQL's limit for pages does not bind it."""
    with transaction.atomic():
        if on_postgresql():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 0")
        yield


def may_part() -> bool:
    """Tell whether further connections may write beside this one."""
    return on_postgresql() and not connection.in_atomic_block


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


def reserve(table: str, count: int) -> int:
    """Return the first of so many primary keys in a row that no other row will get."""
    with connection.cursor() as cursor:
        if on_postgresql():
            asked = (
                "SELECT min(pk), max(pk) FROM (SELECT nextval(pg_get_serial_sequence(%s, 'id')) pk"
                " FROM generate_series(1, %s)) taken"
            )
            while True:  # until nobody else took one in between
                first, last = cursor.execute(asked, [table, max(count, 1)]).fetchone()
                if last - first < max(count, 1):
                    return first
        with transaction.atomic():
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table]
            )
            if not cursor.rowcount:
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, count])
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            return cursor.fetchone()[0] - count + 1


def reserve_apart(table: str, count: int) -> int:
    """Do as ``reserve`` outside of any transaction, in one step however many they are.

    PostgreSQL takes no lock on a sequence; but who is given a key of it is inserting, and so
    holds the table. A moment in which nobody inserts is waited for.
    """
    if not on_postgresql():
        return reserve(table, count)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        first = cursor.fetchone()[0]
        asked = "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)"
        cursor.execute(asked, [table, first + max(count, 1) - 1])
    return first


def lay(path: Path, frames: dict[str, pl.DataFrame]) -> None:
    """Write frames beside the database, ready for ``pour``; needs no connection."""
    if on_postgresql():
        for table, frame in frames.items():
            Path(f"{path}-{table}").write_bytes(_lines(_sent(frame), header=True))
        return
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode=OFF")
        file.execute("PRAGMA synchronous=OFF")
        for table, frame in frames.items():
            same = _same(frame)
            sent = frame.drop(same)
            file.execute(f'CREATE TABLE "{table}" ({_names(sent)})')
            file.execute("BEGIN")
            _send(file, table, sent, {})
            file.execute("COMMIT")
            shown = ", ".join(
                f'{same[n]} AS "{n}"' if n in same else f'"{n}"' for n in frame.columns
            )
            file.execute(f'CREATE VIEW "{table}_rows" AS SELECT {shown} FROM "{table}"')  # noqa: S608


@contextmanager
def beside(path: Path | None) -> Iterator[None]:
    """Open what was laid, outside of any transaction; it is gone afterwards."""
    if not path:
        yield
        return
    if not on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("ATTACH %s AS laid", [str(path)])
    try:
        yield
    finally:
        if not on_postgresql():
            with connection.cursor() as cursor:
                cursor.execute("DETACH laid")
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()


def pour(table: str, path: Path) -> None:
    """Write the rows that were laid for a table, in the transaction of the caller."""
    with connection.cursor() as cursor:
        if on_postgresql():
            with Path(f"{path}-{table}").open("rb") as file:
                names = file.readline().decode().replace(BETWEEN, ", ")
                with cursor.copy(_copy(table, names)) as copy:
                    while block := file.read(BLOCK):
                        copy.write(block)
            return
        cursor.execute(f"SELECT * FROM laid.{table}_rows LIMIT 0")  # noqa: S608
        names = ", ".join(f'"{column[0]}"' for column in cursor.description)
        cursor.execute(f"INSERT INTO main.{table} ({names}) SELECT * FROM laid.{table}_rows")  # noqa: S608


def insert(table: str, frame: pl.DataFrame) -> None:
    """Write the rows of a frame, whose columns bear the names of the table's."""
    if frame.is_empty():
        return
    if not on_postgresql():
        # The driver's own cursor: Django would rewrite the statement every time.
        same = _same(frame)
        _send(connection.connection, table, frame.drop(same), same)
        return
    with connection.cursor() as cursor, cursor.copy(_copy(table, _names(frame))) as copy:
        for piece in frame.iter_slices(20_000):
            copy.write(_lines(piece))


def _names(frame: pl.DataFrame) -> str:
    return ", ".join(f'"{name}"' for name in frame.columns)


def _copy(table: str, names: str) -> str:
    return f"COPY {table} ({names}) FROM STDIN (DELIMITER '{BETWEEN}', NULL '{NULL}')"


def _lines(frame: pl.DataFrame, *, header: bool = False) -> bytes:
    """Return rows as PostgreSQL reads them soonest: without quotes."""
    words = _joined(frame, header=header)
    if b"\\" in words or b"\r" in words or words.count(b"\n") != frame.height + header:
        texts = pl.col(pl.String)
        for mark, said in (("\\", r"\\"), ("\n", r"\n"), ("\r", r"\r")):
            frame = frame.with_columns(texts.str.replace_all(mark, said, literal=True))
        words = _joined(frame, header=header)
    return words


def _joined(frame: pl.DataFrame, *, header: bool) -> bytes:
    words = io.BytesIO()
    frame.write_csv(
        words, include_header=header, separator=BETWEEN, quote_style="never", null_value=NULL
    )
    return words.getvalue()


def _send(file: sqlite3.Connection, table: str, frame: pl.DataFrame, same: dict[str, str]) -> None:
    """Write rows, and beside them what stands in all of them."""
    names = ", ".join((_names(frame), *(f'"{name}"' for name in same)))
    holes = ", ".join((*["?"] * frame.width, *same.values()))
    for piece in frame.iter_slices(10_000):
        file.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({holes})', piece.rows())  # noqa: S608


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


def _sent(frame: pl.DataFrame) -> pl.DataFrame:
    """Leave out the columns in which every row says what the table puts by itself."""
    if frame.is_empty():
        return frame
    filled = {field.column for field in Standard._meta.concrete_fields if field.has_db_default()}
    silent = [
        name
        for name, column in zip(frame.columns, frame.iter_columns(), strict=True)
        if column.null_count() == frame.height
        or (name in filled and (column == "").fill_null(value=False).all())
    ]
    return frame.drop(silent)


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
