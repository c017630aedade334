"""Settings that carry weight are measured on live connections, not read from a file."""

import os
import re
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import ConnectionHandler

from rongbiao.environment import Environment, kept_secret
from rongbiao.settings import database

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def embedded(tmp_path, django_db_blocker):
    """Connections to a SQLite file made with our own settings, one for each thread."""
    entry = database("") | {"NAME": tmp_path / "own.sqlite3"}
    handler = ConnectionHandler({"default": entry})
    with django_db_blocker.unblock():
        with handler["default"].cursor() as cursor:
            cursor.execute("create table numbers (number integer not null unique)")
        yield handler
        handler["default"].close()


def test_sqlite_keeps_what_it_acknowledged(embedded):
    with embedded["default"].cursor() as cursor:

        def pragma(name):
            cursor.execute(f"pragma {name}")
            return cursor.fetchone()[0]

        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        assert [pragma(name) for name in names] == ["wal", 2, 1, 1, 20000]


def test_sqlite_transactions_take_their_lock_at_once(embedded):
    """IMMEDIATE: a transaction that will write waits where it begins, and fails nowhere."""
    own = embedded["default"]
    own.ensure_connection()
    own.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with closing(sqlite3.connect(own.settings_dict["NAME"], timeout=0)) as other:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("insert into numbers values (1)")
        assert other.execute("select count(*) from numbers").fetchone() == (0,)  # readers go on
    own.rollback()
    own.set_autocommit(True)


def test_two_hundred_simultaneous_allocations_are_distinct_and_gapless(embedded):
    failures = []

    def allocate():
        own = embedded["default"]
        try:
            own.ensure_connection()
            own.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            with own.cursor() as cursor:
                cursor.execute("select coalesce(max(number), 0) from numbers")
                cursor.execute("insert into numbers values (%s)", [cursor.fetchone()[0] + 1])
            own.commit()
        except Exception as bad:  # noqa: BLE001  whatever it is, the test names it
            failures.append(str(bad))
        finally:
            own.close()

    threads = [threading.Thread(target=allocate) for _ in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with embedded["default"].cursor() as cursor:
        cursor.execute("select number from numbers order by number")
        assert [number for (number,) in cursor.fetchall()] == list(range(1, 201))


@pytest.mark.django_db
def test_postgresql_is_guarded_against_endless_statements():
    if connection.vendor != "postgresql":
        pytest.skip("runs on PostgreSQL")
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    with connection.cursor() as cursor:
        found = []
        for name in names:
            cursor.execute(f"show {name}")
            found.append(cursor.fetchone()[0])
    assert found == ["30s", "10s", "1min"]


def test_a_postgresql_address_is_read_part_by_part():
    entry = database("postgres://us%40er:p%2Fw@db.example:5433/name")
    asked = ("USER", "PASSWORD", "HOST", "PORT", "NAME", "CONN_HEALTH_CHECKS")
    assert [entry[key] for key in asked] == [
        "us@er", "p/w", "db.example", "5433", "name", True,
    ]  # fmt: skip


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path):
    var = tmp_path / "var"
    keys = set()
    threads = [threading.Thread(target=lambda: keys.add(kept_secret(var))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert (var / "secret").stat().st_mode & 0o777 == 0o600
    assert var.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in var.iterdir()] == ["secret"]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("RONGBIAO_CITY", "atlantis", "没有城市“atlantis”"),
        ("RONGBIAO_CITY", "../fuzhou", "RONGBIAO_CITY"),
        ("RONGBIAO_MODE", "debug", "RONGBIAO_MODE"),
        ("RONGBIAO_HTTPS", "perhaps", "RONGBIAO_HTTPS"),
        ("RONGBIAO_PROXIES", "-1", "RONGBIAO_PROXIES"),
        ("RONGBIAO_HOSTS", "biaozhun.example", "hosts"),
    ],
)
def test_a_wrong_setting_ends_the_program_with_one_sentence(name, value, said):
    done = subprocess.run(
        [sys.executable, "-c", "import rongbiao.settings"],
        env=os.environ | {name: value},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("rongbiao：环境变量有误：")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_operations_describe_every_setting():
    page = (ROOT / "docs" / "operations.md").read_text()
    described = re.findall(r"^\| `(RONGBIAO_\w+)` \|", page, flags=re.MULTILINE)
    assert sorted(described) == sorted(
        f"RONGBIAO_{name.upper()}" for name in Environment.model_fields
    )


def test_settings_stay_readable():
    assert len((ROOT / "rongbiao" / "settings.py").read_text().splitlines()) <= 150
