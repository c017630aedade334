"""Indexes (表的索引): which of them a large load may put off until its rows are in.

What is put off is not written down anywhere: the models name every index, and ``missing`` is
what they name and the database does not have. So nothing can be lost, whenever a load is
killed: whoever calls ``restore`` next makes the whole of it good.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, models, transaction

from .standard import Participation, Standard

# Without these the register is slower to search, but a load needs none of them. Whatever
# guards a rule, or is asked for every part of a load, stays.
PUT_OFF = {
    "standards_standard_resolver",
    "standards_standard_sorting",
    "standards_standard_municipal",
    "standards_standard_publisher",
    "standards_standard_issued",
    "standards_part_name",
    "standards_part_organization",
}


def missing() -> dict[str, str]:
    """Return what the models name and the database does not have: name, and how it is made."""
    found = {}
    editor = connection.schema_editor()  # asked for words only
    for model in (Standard, Participation):
        held = _held(model)
        for index in model._meta.indexes:
            if index.name not in held:
                found[index.name] = str(index.create_sql(model, editor))
        if connection.vendor == "postgresql":
            found |= _lacking_references(model)
    return found


def _lacking_references(model: type[models.Model]) -> dict[str, str]:
    named = connection.ops.quote_name
    columns = set(_references(model).values())
    return {
        f"{model._meta.model_name}.{field.column}": (
            f"ALTER TABLE {named(model._meta.db_table)} ADD FOREIGN KEY ({named(field.column)}) "
            f"REFERENCES {named(field.remote_field.model._meta.db_table)} "
            "DEFERRABLE INITIALLY DEFERRED"
        )
        for field in model._meta.concrete_fields
        if field.column and field.remote_field and field.column not in columns
    }


def _held(model: type[models.Model]) -> dict[str, Any]:
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, model._meta.db_table)


def _references(model: type[models.Model]) -> dict[str, str]:
    """Return the foreign keys of a table: name and column."""
    held = _held(model)
    return {name: one["columns"][0] for name, one in held.items() if one["foreign_key"]}


def put_off() -> None:
    """Take away what is quicker made afterwards, all in one transaction.

    PostgreSQL asks of a foreign key row by row, and locks the row it leads to each time;
    made anew it asks once for all. What Django does at a removal stays as it is.
    """
    named = connection.ops.quote_name
    wanted = sorted(PUT_OFF - missing().keys())
    with transaction.atomic(), connection.cursor() as cursor:
        for name in wanted:
            cursor.execute(f"DROP INDEX {named(name)}")
        if connection.vendor == "postgresql":
            for model in (Standard, Participation):
                table = named(model._meta.db_table)
                for name in _references(model):
                    cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {named(name)}")


def restore() -> list[str]:
    """Make what is missing, each in a transaction; return the names."""
    lacking = missing()
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        for words in lacking.values():
            _make(words)
        return list(lacking)
    indexes = [words for words in lacking.values() if words.startswith("CREATE INDEX")]
    with ThreadPoolExecutor(2) as pool:  # two at a time, each by a connection of its own
        list(pool.map(_make_apart, indexes))
    for words in lacking.values():  # a reference locks the tables on both its sides
        if words not in indexes:
            _make(words)
    return list(lacking)


def _make(words: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(words)


def _make_apart(words: str) -> None:
    try:
        _make(words)
    finally:
        connection.close()
