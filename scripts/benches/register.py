"""A register of made-up standards in a database, laid by plain SQL: for benches and tests."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from rongbiao.standards.models import Standard
from rongbiao.standards.numbering import sorting
from rongbiao.standards.search.embedded import Tantivy
from rongbiao.texts.numbers.number import RESOLVED, plain_key
from scripts.benches.corpus import Row, rows

COLUMNS = (
    "id", "basis", "basis_on", "demonstration", "number", "key", "resolver_key", "bare_key", "sorting", "year",
    "title", "title_en", "title_original", "language", "level", "nature", "form", "status", "stage",
    "region", "issued_on", "issued_precision", "implemented_on", "withdrawn_on", "ics", "ccs",
    "publisher", "authority", "owner", "proposer", "drafted_by", "filing", "abstract", "address",
    "source",
)  # fmt: skip
N = int(os.environ.get("N", "200000"))
BATCH = 20_000
YEAR = re.compile(r"-\d{4}$")


@contextmanager
def laid() -> Iterator[Path]:
    """Give the folder of a made-up register: one of its own, or ``KEEP``, where it stays."""
    held = os.environ.get("KEEP")
    with nullcontext(held) if held else tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        settings.VAR = folder
        connection.close()
        connection.settings_dict["NAME"] = folder / "rongbiao.sqlite3"
        call_command("migrate", verbosity=0)
        if not Standard.objects.exists():
            lay(N)
        yield folder


@contextmanager
def kept() -> Iterator[Tantivy]:
    """Give the embedded engine over such a register, its index made where there is none."""
    with laid():
        if not Tantivy().ready():
            Tantivy().rebuild()
        yield Tantivy()


def lay(count: int, seed: int = 157) -> int:
    """Enter so many made-up standards with their drafting units; return how many there are.

    On SQLite the indexes are made afterwards, which is quicker for many.
    """
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            return enter(rows(count, seed))
        cursor.execute(
            "select name, sql from sqlite_master where type = 'index' and sql is not null and "
            "tbl_name in ('standards_standard', 'standards_participation')"
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'drop index "{name}"')
        cursor.execute("pragma synchronous = off")
        entered = enter(rows(count, seed))
        for _, made in indexes:
            cursor.execute(made)
        cursor.execute("pragma synchronous = full")
    return entered


def enter(corpus: Iterable[Row]) -> int:
    """Enter rows of a corpus by plain SQL, a batch to a transaction; none tells the index."""
    standard = (  # the names are ours
        f"insert into standards_standard ({', '.join(COLUMNS)}) values ({marks(len(COLUMNS))})"  # noqa: S608
    )
    part = (
        "insert into standards_participation (standard_id, name, place, part) "  # noqa: S608
        f"values ({marks(4)})"
    )
    corpus, entered = iter(corpus), 0
    while batch := list(islice(corpus, BATCH)):
        with transaction.atomic(), connection.cursor() as cursor:
            numbered = list(enumerate(batch, start=entered + 1))
            cursor.executemany(standard, [columns(pk, row) for pk, row in numbered])
            cursor.executemany(part, [one for pk, row in numbered for one in parts(pk, row)])
        entered += len(batch)
    return entered


def marks(count: int) -> str:
    """Return so many places for values."""
    return ", ".join(["%s"] * count)


def columns(pk: int, row: Row) -> tuple:
    """Return what stands in the columns of one standard."""
    key = plain_key(row.number)
    bare = YEAR.sub("", key)
    days = [day or None for day in (row.issued_on, row.implemented_on, row.withdrawn_on)]
    return (
        pk, "量测", "2026-01-01", False, row.number, key, RESOLVED.sub("GB", key), bare, sorting(key), int(key[-4:]),
        row.title, row.title_en, "", "", row.level, row.nature, "", row.status, "",
        row.region, days[0], "day", days[1], days[2], row.ics, row.ccs,
        row.publisher, "", "", "", "", "", "", "",
        "table",
    )  # fmt: skip


def parts(pk: int, row: Row):
    """Give the drafting units of one standard, the first of which leads."""
    names = dict.fromkeys(row.drafters.split("、")) if row.drafters else {}
    for place, name in enumerate(names, start=1):
        yield pk, name, place, "lead" if place == 1 else "join"
