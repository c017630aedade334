"""A backup taken while people work restores whole, and a failure changes nothing."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from rongbiao.shell import occupancy
from tests.shell.installation import (
    ROOT,
    ask,
    environment,
    python,
    read,
    rongbiao,
    secret,
    tree,
    write,
)

WRITE = """
import sys, time, django
django.setup()
from rongbiao.archive.models import File
for n in range(100000):
    File.objects.keep(f"随写随备 {n}".encode() * 200, f"{n}.txt", "text/plain")
    print(n, flush=True)
"""


def judge(var: Path) -> set[str]:
    """Hold a restored installation to its promises; return the hashes of its files."""
    assert ask(var, "pragma integrity_check") == [("ok",)]
    assert ask(var, "pragma foreign_key_check") == []
    rows = ask(var, "select sha256, content from archive_file")
    for digest, content in rows:
        assert hashlib.sha256((var / "files" / content).read_bytes()).hexdigest() == digest
    return {digest for digest, _ in rows}


def test_a_backup_under_load_restores_whole(var, tmp_path):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE],
        env=environment(var),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        backups = []
        for n in range(3):
            acknowledged = int(writer.stdout.readline())
            target = tmp_path / f"backup{n}.tar"
            done = rongbiao(var, "backup", target)
            assert done.returncode == 0, done.stderr
            backups.append((target, acknowledged))
            time.sleep(0.2)
    finally:
        writer.kill()
        writer.communicate()
    for n, (target, acknowledged) in enumerate(backups):
        fresh = tmp_path / f"fresh{n}"
        shutil.copytree(var, fresh, ignore=shutil.ignore_patterns("files", "*.sqlite3*"))
        done = rongbiao(fresh, "restore", target, "--yes")
        assert done.returncode == 0, done.stderr
        found = judge(fresh)
        before = {
            hashlib.sha256(f"随写随备 {m}".encode() * 200).hexdigest()
            for m in range(acknowledged + 1)
        }
        assert before - found == set()


def test_what_was_there_is_kept_aside_and_all_sessions_end(founded, var):
    python(
        var,
        "import django; django.setup()\n"
        "from rongbiao.parties.models import Person; Person.objects.update(name='改过')",
    )
    assert ask(var, "select count(*) from django_session") == [(1,)]
    done = rongbiao(var, "restore", founded / "backup.tar", "--yes")
    assert done.returncode == 0, done.stderr
    assert ask(var, "select name from parties_person") == [("林经办",)]
    assert ask(var, "select count(*) from django_session") == [(0,)]
    assert ask(var, "select count(*) from mfa_authenticator") == [(1,)]
    assert len(judge(var)) == 20
    (aside,) = var.glob("before-restore-*")
    assert ask(aside, "select name from parties_person") == [("改过",)]
    assert len(list((aside / "files").rglob("*/*"))) == 20
    assert str(aside) in done.stdout


def test_under_another_secret_it_says_so_and_second_factors_start_anew(founded, tmp_path):
    done = rongbiao(tmp_path / "new", "restore", founded / "backup.tar", "--yes")
    assert done.returncode == 0, done.stderr
    assert "签名不是本机密钥所签" in done.stdout
    assert "1 名人员的动态口令已作废" in done.stdout
    assert ask(tmp_path / "new", "select count(*) from mfa_authenticator") == [(0,)]
    assert len(judge(tmp_path / "new")) == 20


def test_a_backup_is_for_its_owner_only_and_overwrites_nothing(founded, var, tmp_path):
    assert (founded / "backup.tar").stat().st_mode & 0o777 == 0o600
    taken = tmp_path / "taken.tar"
    taken.write_text("别的东西")
    done = rongbiao(var, "backup", taken)
    assert (done.returncode, taken.read_text()) == (2, "别的东西")
    assert rongbiao(var, "backup").returncode == 0
    assert len(list((var / "backups").glob("rongbiao-350100-*.tar"))) == 1
    assert [path.name for path in var.rglob(".backup-*")] == []


def test_a_backup_of_a_damaged_installation_says_what_is_damaged(var, tmp_path):
    first, second = sorted(path for path in (var / "files").rglob("*") if path.is_file())[:2]
    first.unlink()
    second.write_bytes(b"x" * second.stat().st_size)
    done = rongbiao(var, "backup", tmp_path / "partly.tar")
    assert done.returncode == 1
    assert "有 2 份文件在备份前已经缺失或损坏" in done.stdout
    again = rongbiao(var, "restore", tmp_path / "partly.tar", "--yes")
    assert again.returncode == 0, again.stderr
    assert len(list((var / "files").rglob("*/*"))) == 18


def test_it_does_not_restore_beside_a_server(founded, var):
    before = tree(var)
    with occupancy.with_others(var):
        done = rongbiao(var, "restore", founded / "backup.tar", "--yes")
    assert done.returncode == 2
    assert done.stderr.startswith("rongbiao：平台或备份正在使用这些数据")
    assert tree(var) == before


def test_without_a_terminal_somebody_must_have_said_yes(founded, var):
    before = tree(var)
    done = rongbiao(var, "restore", founded / "backup.tar")
    assert (done.returncode, tree(var)) == (2, before)
    assert done.stderr == "rongbiao：恢复会替换现有数据，请在终端运行并确认，或加上 --yes。\n"


def test_a_failure_on_the_way_puts_everything_back(founded, var, tmp_path):
    """A well-formed bundle whose database lacks a table that restoring needs."""
    members = read(founded / "backup.tar")
    broken = tmp_path / "database"
    broken.write_bytes(members["database"])
    with sqlite3.connect(broken) as database:
        database.execute("drop table django_session")
    database.close()
    members["database"] = broken.read_bytes()
    manifest = json.loads(members["manifest.json"])
    del manifest["counts"]["django_session"]
    write(tmp_path / "broken.tar", members, manifest, secret(founded))
    before = tree(var)
    done = rongbiao(var, "restore", tmp_path / "broken.tar", "--yes")
    assert done.returncode == 2
    assert done.stderr.startswith("rongbiao：恢复没有完成，原有数据仍在原处")
    assert tree(var) == before
    assert len(judge(var)) == 20
