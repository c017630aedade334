"""Indexes (表的索引): which of them a large load may put off until its rows are in.

What is put off is not written down anywhere: the models name every index, and ``missing`` is
what they name and the database does not have. So nothing can be lost, whenever a load is
killed: whoever calls ``restore`` next makes the whole of it good.
"""

from __future__ import annotations

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


def missing() -> list[tuple[type[models.Model], models.Index]]:
    """Return the indexes that the models name and the database does not have."""
    found = []
    with connection.cursor() as cursor:
        for model in (Standard, Participation):
            held = connection.introspection.get_constraints(cursor, model._meta.db_table)
            found += [(model, one) for one in model._meta.indexes if one.name not in held]
    return found


def put_off() -> None:
    """Take away the indexes that are quicker made afterwards, all in one transaction."""
    lacking = {index.name for _model, index in missing()}
    with transaction.atomic(), connection.cursor() as cursor:
        for name in sorted(PUT_OFF - lacking):
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")


def restore() -> list[str]:
    """Make the indexes that are missing, each in a transaction; return their names."""
    made = []
    for model, index in missing():
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL statement_timeout = 0")
                cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            # Only the words are asked of the editor: on SQLite it works outside transactions.
            cursor.execute(str(index.create_sql(model, connection.schema_editor())))
        made.append(index.name)
    return made
