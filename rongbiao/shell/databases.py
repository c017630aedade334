"""The database as one file, out and in: SQLite by its backup interface, PostgreSQL by pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection, connections, transaction

from rongbiao.shell.complaint import Complaint

FILES = "select distinct sha256, content, size from archive_file order by sha256"
ENDS = ("-wal", "-shm", "")  # of SQLite's files; the database itself is moved last
Named = list[tuple[str, str, int]]


class Embedded:
    """SQLite: the database is a file of ours."""

    engine = "sqlite"

    def __init__(self) -> None:
        self.path = Path(settings.DATABASES["default"]["NAME"])

    def copy_out(self, target: Path) -> tuple[Named, dict[str, int]]:
        """Write a consistent copy while others write; return the files it names and its counts."""
        if not self.path.exists():
            raise Complaint("还没有数据库，请先运行 rongbiao found。")
        with (
            closing(sqlite3.connect(self.path, timeout=20)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("pragma journal_mode=delete")
        target.chmod(0o600)
        return self.examine(target)

    def examine(self, copy: Path) -> tuple[Named, dict[str, int]]:
        """Check a copy from end to end; return the files it names and its counts."""
        try:
            with closing(sqlite3.connect(copy)) as opened:
                if opened.execute("pragma integrity_check").fetchall() != [("ok",)]:
                    raise Complaint("数据库的完整性检查未通过。")
                if opened.execute("pragma foreign_key_check").fetchall():
                    raise Complaint("数据库中有指向不存在记录的行。")
                tables = opened.execute(
                    "select name from sqlite_schema where type = 'table' "
                    "and name not like 'sqlite\\_%' escape '\\' order by name"
                ).fetchall()
                counts = {
                    name: opened.execute(f'select count(*) from "{name}"').fetchone()[0]  # noqa: S608
                    for (name,) in tables
                }
                return opened.execute(FILES).fetchall(), counts
        except sqlite3.DatabaseError as bad:
            raise Complaint(f"数据库读不出来（{bad}）。") from bad

    def set_aside(self, aside: Path) -> None:
        """Move the present database out of the way."""
        connections.close_all()
        for end in ENDS:
            present = self.path.with_name(self.path.name + end)
            if present.exists():
                present.rename(aside / present.name)

    def put_in(self, copy: Path) -> None:
        """Make a copy the present database."""
        copy.rename(self.path)

    def put_back(self, aside: Path) -> None:
        """Undo what setting aside and putting in did."""
        connections.close_all()
        replaced = (aside / self.path.name).exists()
        for end in ENDS:
            present = self.path.with_name(self.path.name + end)
            if replaced:
                present.unlink(missing_ok=True)
            if (aside / present.name).exists():
                (aside / present.name).rename(present)


class PostgreSQL:
    """PostgreSQL: its own tools write and read the copy; what was there stays as a schema."""

    engine = "postgresql"

    def __init__(self) -> None:
        self.schema = ""

    def _tool(self, name: str, *arguments: str) -> None:
        """Run one of PostgreSQL's tools on our database; its complaint becomes ours."""
        tool = shutil.which(name)
        if tool is None:
            raise Complaint(f"没有找到 {name}，请安装与数据库同版本的 PostgreSQL 客户端工具。")
        said = settings.DATABASES["default"]
        address = {
            "PGHOST": said["HOST"],
            "PGPORT": str(said["PORT"]),
            "PGUSER": said["USER"],
            "PGPASSWORD": said["PASSWORD"],
            "PGDATABASE": said["NAME"],
        }
        done = subprocess.run(  # noqa: S603
            [tool, *arguments],
            env=os.environ | {key: value for key, value in address.items() if value},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["没有说明原因"])[-1]
            raise Complaint(f"{name} 没有完成：{last}")

    def copy_out(self, target: Path) -> tuple[Named, dict[str, int]]:
        """Write a consistent copy while others write; return the files it names and its counts."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read")
            cursor.execute("set local statement_timeout = 0")
            cursor.execute("set local idle_in_transaction_session_timeout = 0")
            cursor.execute("select pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            plain = ("--format=custom", "--no-owner", "--no-privileges", "--schema=public")
            self._tool("pg_dump", *plain, f"--snapshot={snapshot}", f"--file={target}")
            cursor.execute(FILES)
            files = cursor.fetchall()
            counts = {}
            for name in sorted(connection.introspection.table_names(cursor)):
                cursor.execute(f"select count(*) from {connection.ops.quote_name(name)}")  # noqa: S608
                counts[name] = cursor.fetchone()[0]
        target.chmod(0o600)
        return files, counts

    def examine(self, copy: Path) -> tuple[None, None]:
        """Check that the tools can read a copy; what it names is compared after it is in."""
        self._tool("pg_restore", "--list", str(copy))
        return None, None

    def set_aside(self, aside: Path) -> None:
        """Rename the schema with everything in it."""
        kept = aside.name.replace("-", "_")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'alter schema public rename to "{kept}"')
            cursor.execute("create schema public")
        self.schema = kept
        connections.close_all()

    def put_in(self, copy: Path) -> None:
        """Make a copy the present database."""
        listing = copy.with_suffix(".list")
        self._tool("pg_restore", "--list", f"--file={listing}", str(copy))
        lines = listing.read_text().splitlines()
        # The schema itself is there already.
        listing.write_text("\n".join(line for line in lines if " SCHEMA - public " not in line))
        plain = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        name = settings.DATABASES["default"]["NAME"]
        self._tool("pg_restore", *plain, f"--use-list={listing}", f"--dbname={name}", str(copy))

    def put_back(self, aside: Path) -> None:
        """Undo what setting aside and putting in did."""
        connections.close_all()
        if not self.schema:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("drop schema if exists public cascade")
            cursor.execute(f'alter schema "{self.schema}" rename to public')


def present_database() -> Embedded | PostgreSQL:
    """Return the database of this installation."""
    return Embedded() if connection.vendor == "sqlite" else PostgreSQL()
