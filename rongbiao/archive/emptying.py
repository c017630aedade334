"""Emptying (清痕): what was deleted is to leave the files of the embedded database too.

``secure_delete`` (settings) overwrites what is deleted in the database file; its write-ahead
log keeps older pages until it is emptied. PostgreSQL keeps deleted rows until VACUUM, and its
own log for as long as it is archived: docs/operations.md.
"""

from django.db import connection

WAIT = 1000  # milliseconds for those who read an older state


def empty_log() -> bool:
    """Fold SQLite's log into its file and empty it; false while somebody reads an older state.

    Within a transaction it cannot be done: false. Elsewhere there is nothing to do.
    """
    if connection.vendor != "sqlite":
        return True
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={WAIT}")
        try:
            busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={usual}")
    return not busy
