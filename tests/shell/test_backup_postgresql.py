"""The same promises on PostgreSQL: out by pg_dump in one snapshot, in by pg_restore, and back."""

import os
import secrets
import shutil
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from tests.shell.installation import FOUND, python, rongbiao

pytestmark = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql"
    or not shutil.which("pg_dump"),
    reason="运行于 PostgreSQL，且本机有 pg_dump",
)


@pytest.fixture
def place(tmp_path):
    """An installation on a database of its own; gives its folder and its address."""
    address = os.environ["RONGBIAO_DATABASE"]
    name = f"backup_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"create database {name}")
    own = urlsplit(address)._replace(path=f"/{name}").geturl()
    python(tmp_path / "var", FOUND, RONGBIAO_DATABASE=own)
    yield tmp_path / "var", own
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"drop database {name} with (force)")


def people(address: str) -> list[tuple]:
    with psycopg.connect(address) as database:
        return database.execute("select name from public.parties_person order by name").fetchall()


def schemas(address: str) -> list[str]:
    with psycopg.connect(address) as database:
        rows = database.execute(
            "select nspname from pg_namespace where nspname !~ '^(pg_|information)' order by 1"
        ).fetchall()
    return [name for (name,) in rows]


def change(address: str, question: str) -> None:
    with psycopg.connect(address) as database:
        database.execute(question)


def test_out_and_in_again(place, tmp_path):
    var, own = place
    done = rongbiao(var, "backup", tmp_path / "one.tar", RONGBIAO_DATABASE=own)
    assert done.returncode == 0, done.stderr
    change(own, "update parties_person set name = '改过'")
    done = rongbiao(var, "restore", tmp_path / "one.tar", "--yes", RONGBIAO_DATABASE=own)
    assert done.returncode == 0, done.stderr
    assert people(own) == [("林经办",)]
    assert len(list((var / "files").rglob("*/*"))) == 20
    kept, present = schemas(own)
    assert (present, kept.startswith("before_restore_")) == ("public", True)
    # The tables are whole: keys, sequences and constraints as well.
    python(
        var,
        "import django; django.setup()\n"
        "from rongbiao.parties.models import Person\n"
        "Person.objects.create(username='新', name='新')",
        RONGBIAO_DATABASE=own,
    )
    assert rongbiao(var, "check", "--json", RONGBIAO_DATABASE=own).returncode == 0


def test_a_failure_on_the_way_puts_everything_back(place, tmp_path):
    var, own = place
    change(own, "alter table django_session rename to not_here")
    assert rongbiao(var, "backup", tmp_path / "bad.tar", RONGBIAO_DATABASE=own).returncode == 0
    change(own, "alter table not_here rename to django_session")
    change(own, "update parties_person set name = '现在'")
    done = rongbiao(var, "restore", tmp_path / "bad.tar", "--yes", RONGBIAO_DATABASE=own)
    assert done.returncode == 2
    assert people(own) == [("现在",)]
    assert schemas(own) == ["public"]
    assert len(list((var / "files").rglob("*/*"))) == 20
    assert [path.name for path in var.glob("before-restore-*")] == []


def test_without_its_tools_it_says_which_one_is_missing(place, tmp_path):
    var, own = place
    done = rongbiao(var, "backup", tmp_path / "x.tar", RONGBIAO_DATABASE=own, PATH="/nowhere")
    assert done.returncode == 2
    assert done.stderr.startswith("rongbiao：没有找到 pg_dump")
    assert not (tmp_path / "x.tar").exists()
