"""``rongbiao found``: an installation ready to work: tables, units, the Opinion."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from rongbiao.shell.founding import lay_foundation


def migrate() -> bool:
    """Bring the tables up to this version; tell whether anything was to do."""
    executor = MigrationExecutor(connection)
    waiting = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        with unhurried():
            call_command("migrate", verbosity=0, interactive=False)
    # Not a migration: it may be missing though all of them are done.
    uncached = settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names()
    if uncached:
        call_command("createcachetable", verbosity=0)
    return waiting or uncached


@contextmanager
def unhurried() -> Iterator[None]:
    """Let PostgreSQL take its time over a large table: its limit is meant for pages."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        yield
        cursor.execute("RESET statement_timeout")


def run(asked: argparse.Namespace) -> int:
    """Migrate, enter the city and its Opinion; a second run changes nothing."""
    changed = migrate()
    lay_foundation()
    print("已建站。" if changed else "已是最新，无需改动。")
    return 0
