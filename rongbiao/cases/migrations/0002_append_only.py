"""Entries are neither altered nor deleted, whoever asks the database: a trigger refuses it.

The demonstration's own chain may be removed whole.
"""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER cases_entry_fixed BEFORE UPDATE ON cases_entry
    BEGIN SELECT RAISE(ABORT, 'cases_entry is append-only'); END
    """,
    """
    CREATE TRIGGER cases_entry_kept BEFORE DELETE ON cases_entry WHEN NOT OLD.demonstration
    BEGIN SELECT RAISE(ABORT, 'cases_entry is append-only'); END
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION cases_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'cases_entry is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER cases_entry_fixed BEFORE UPDATE ON cases_entry
    FOR EACH ROW EXECUTE FUNCTION cases_entry_refuse()
    """,
    """
    CREATE TRIGGER cases_entry_kept BEFORE DELETE ON cases_entry
    FOR EACH ROW WHEN (NOT OLD.demonstration) EXECUTE FUNCTION cases_entry_refuse()
    """,
]
SQLITE_BACK = ["DROP TRIGGER cases_entry_fixed", "DROP TRIGGER cases_entry_kept"]
POSTGRESQL_BACK = [
    "DROP TRIGGER cases_entry_fixed ON cases_entry",
    "DROP TRIGGER cases_entry_kept ON cases_entry",
    "DROP FUNCTION cases_entry_refuse",
]


def forward(apps, schema_editor):
    for line in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(line)


def backward(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for line in SQLITE_BACK if sqlite else POSTGRESQL_BACK:
        schema_editor.execute(line)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(forward, backward, elidable=False)]
