"""PostgreSQL's part of the bench of search, in a process whose database is PostgreSQL.

It reads ``[N, questions]`` from standard input and writes what it measured as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongbiao.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from rongbiao.standards.search import Query  # noqa: E402
from rongbiao.standards.search.postgresql import PostgreSQL  # noqa: E402
from scripts.benches.register import lay  # noqa: E402
from scripts.benches.search import _asked, _phrases  # noqa: E402


def main() -> None:
    """Measure our engine and pg_trgm on the same rows."""
    count, asked = json.load(sys.stdin)
    call_command("migrate", verbosity=0)
    lay(count)
    engine = PostgreSQL()
    measured = []
    for name, build, ask, table in (
        ("PostgreSQL 二元 GIN（本平台）", engine.rebuild, _ours(engine), "standards_search"),
        ("PostgreSQL pg_trgm", _trigrams, _trigram, "chains"),
    ):
        began = time.perf_counter()
        build()
        built = time.perf_counter() - began
        times, found = _asked(ask, asked)
        with connection.cursor() as cursor:
            cursor.execute("select pg_total_relation_size(%s::regclass)", [table])
            size = cursor.fetchone()[0] / 1e6
        measured.append(
            {"name": name, "times": times, "found": found, "built": built, "size": size}
        )
    print(json.dumps(measured))


def _ours(engine: PostgreSQL):
    return lambda words: engine.search(Query(words)).total


def _trigrams() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set statement_timeout = 0")
        cursor.execute("create extension if not exists pg_trgm")
        cursor.execute("create table chains as select pk, chained from standards_search")
        cursor.execute("create index on chains using gin (chained gin_trgm_ops)")
        cursor.execute("analyze chains")


def _trigram(words: str) -> int:
    phrases = [f"% {' '.join(one.units)} %" for one in _phrases(words)]
    where = " and ".join(["chained like %s"] * len(phrases))
    with connection.cursor() as cursor:
        cursor.execute(f"select pk from chains where {where} limit 20", phrases)  # noqa: S608
        cursor.fetchall()
        cursor.execute(f"select count(*) from chains where {where}", phrases)  # noqa: S608
        return cursor.fetchone()[0]


if __name__ == "__main__":
    main()
