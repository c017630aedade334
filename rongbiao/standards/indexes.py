"""Indexes (表的索引): which of them a large load may put off until its rows are in.

What is put off is not written down anywhere: the models name every index, and ``missing`` is
what they name and the database does not have. So nothing can be lost, whenever a load is
killed: whoever calls ``restore`` next makes the whole of it good.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models, transaction

from .standard import Participation, Standard

# Without these the register is slower to search, but a load needs none of them. Whatever
# guards a rule, or is asked for every part of a load, stays.
PUT_OFF = {
    "standards_standard_resolver",
    "standards_standard_sorting",
    "standards_s_level_82dadc_idx",
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
        columns = set(_references().values())
        for field in Participation._meta.concrete_fields:
            if field.column and field.remote_field and field.column not in columns:
                named = connection.ops.quote_name
                other = field.remote_field.model._meta.db_table
                found[field.column] = (
                    f"ALTER TABLE {named(Participation._meta.db_table)} ADD FOREIGN KEY "
                    f"({named(field.column)}) REFERENCES {named(other)} "
                    "DEFERRABLE INITIALLY DEFERRED"
                )
    return found


def _held(model: type[models.Model]) -> dict[str, Any]:
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, model._meta.db_table)


def _references() -> dict[str, str]:
    """Return the foreign keys of drafting units: name and column."""
    held = _held(Participation)
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
            table = named(Participation._meta.db_table)
            for name in _references():
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {named(name)}")


def restore() -> list[str]:
    """Make what is missing, each in a transaction; return the names."""
    lacking = missing()
    for words in lacking.values():
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL statement_timeout = 0")
                cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            cursor.execute(words)
    return list(lacking)
