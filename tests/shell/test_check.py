"""What is unsafe or not whole is found, said in a sentence, and ends the command with status 1."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from rongbiao.shell.check import file_system_of
from tests.shell.installation import python, rongbiao

SAFE = {
    "RONGBIAO_MODE": "production",
    "RONGBIAO_HTTPS": "true",
    "RONGBIAO_PROXIES": "1",
    "RONGBIAO_HOSTS": '["biaozhun.example.gov.cn"]',
}
WEAK = ["security.W009", "second-factor-key"]  # another secret reads no stored key


def findings(var: Path, **settings: str) -> tuple[int, list[str]]:
    """Return the exit status and the keys of what is unsafe."""
    done = rongbiao(var, "check", "--json", **settings)
    assert done.stderr == ""
    said = json.loads(done.stdout)
    return done.returncode, [one["key"] for one in said["findings"] if one["unsafe"]]


def change(var: Path, question: str) -> None:
    with closing(sqlite3.connect(var / "rongbiao.sqlite3")) as database, database:
        database.execute(question)


def test_a_sound_installation_has_nothing_to_find(var):
    var.chmod(0o700)
    assert findings(var) == (0, [])
    assert findings(var, **SAFE) == (0, [])


@pytest.mark.parametrize(
    ("wrong", "keys"),
    [
        ({"RONGBIAO_HTTPS": "false"}, [f"security.W0{n}" for n in ("04", "08", "12", "16")]),
        ({"RONGBIAO_HOSTS": '["*"]'}, ["hosts"]),
        ({"RONGBIAO_HOSTS": '["127.0.0.1"]'}, ["hosts"]),
        ({"RONGBIAO_PROXIES": "0"}, ["proxies"]),
        ({"RONGBIAO_SECRET_KEY": "changeme"}, WEAK),
        ({"RONGBIAO_SECRET_KEY": "django-insecure-" + "x7Kp" * 20}, WEAK),
        ({"RONGBIAO_MAIL": "smtp://a:b@mail.example.gov.cn"}, ["mail", "mail-links"]),
        ({"RONGBIAO_OIDC_SERVER": "http://sso.example.gov.cn"}, ["oidc"]),
    ],
)  # fmt: skip
def test_unsafe_settings_of_production(wrong, keys, var):
    var.chmod(0o700)
    assert findings(var, **(SAFE | wrong)) == (1, keys)


def test_data_that_others_on_the_machine_can_read(var):
    var.chmod(0o755)
    (var / "secret").chmod(0o644)
    assert findings(var, **SAFE) == (1, ["permissions", "permissions"])
    done = rongbiao(var, "check", **SAFE)
    assert (
        f"✗ {var / 'secret'} 可被本机其他用户读取，请运行 chmod 600 {var / 'secret'}。"
        in done.stdout
    )


def test_people_who_must_have_a_second_factor(var):
    var.chmod(0o700)
    change(
        var,
        "insert into parties_post (since, role, basis, demonstration, organization_id, person_id) "
        f"select '{date.today()}', 'officer', 'x', 0, min(o.id), p.id "
        "from parties_organization o, parties_person p",
    )
    assert findings(var, **SAFE) == (0, [])
    change(var, "delete from mfa_authenticator")
    assert findings(var, **SAFE) == (1, ["second-factor"])
    assert findings(var) == (0, [])  # on a desk it is said, and does not fail
    said = "还没有启用动态口令：林经办。启用前他们不能以该任职办事。"
    assert f"· {said}" in rongbiao(var, "check").stdout


def test_demonstration_in_production(var):
    var.chmod(0o700)
    change(var, "update parties_person set demonstration = 1")
    assert findings(var, **SAFE) == (1, ["demonstration"])


def test_files_that_are_missing_or_damaged(var):
    first, second = sorted(path for path in (var / "files").rglob("*") if path.is_file())[:2]
    first.unlink()
    second.write_bytes(second.read_bytes()[:-1])
    assert findings(var) == (1, ["files", "files"])


def test_tables_of_another_version(var):
    change(var, "delete from django_migrations where app = 'strategy' and name != '0001_initial'")
    change(var, "delete from django_migrations where app = 'awards'")
    change(var, "drop table cache")
    assert findings(var) == (1, ["migrations", "cache"])


def test_an_installation_without_tables(tmp_path):
    status, keys = findings(tmp_path / "var")
    assert status == 1
    assert "migrations" in keys


def test_a_clock_that_went_back(var):
    change(
        var,
        "insert into parties_act (at, day, verb, subject, subject_key, words, demonstration) "
        "values ('2199-01-01 00:00:00', '2199-01-01', 'x', 'x', 'x', '{}', 0)",
    )
    assert findings(var) == (1, ["clock"])


def test_a_damaged_database(var):
    python(
        var,
        "import django; django.setup()\n"
        "from django.db import connection; connection.cursor().execute('vacuum')",
    )
    path = var / "rongbiao.sqlite3"
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    for at in range(middle, middle + 4096 * 8, 4096):
        content[at : at + 64] = b"\xff" * 64
    path.write_bytes(content)
    status, keys = findings(var)
    assert status == 1
    assert {"integrity", "database"} & set(keys)


def test_file_systems_are_told_from_the_mounts(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"rootfs / ext4 rw 0 0\nserver:/x {tmp_path}/far nfs4 rw 0 0\n"
        f"a {tmp_path}/with\\040space cifs rw 0 0\n"
    )
    kinds = [
        file_system_of(tmp_path / place, mounts)
        for place in ("near/var", "far", "far/away/var", "with space/var")
    ]
    assert kinds == ["ext4", "nfs4", "nfs4", "cifs"]
