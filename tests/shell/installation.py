"""A small installation in a folder of its own, for tests of the commands that work on one."""

import hashlib
import hmac
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

from rongbiao.shell import bundle, occupancy

ROOT = Path(__file__).resolve().parents[2]
FOUND = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from rongbiao.archive.models import File
from rongbiao.parties.founding import found
from rongbiao.parties.models import Person
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
found(settings.CITY)
for n in range(20):
    File.objects.keep(f"第{n}份佐证".encode() * 500, f"佐证{n}.txt", "text/plain")
person = Person.objects.create(username="林经办", name="林经办")
from allauth.mfa.totp.internal.auth import TOTP
TOTP.activate(person, "JBSWY3DPEHPK3PXP")
from django.test import Client
Client().force_login(person)
"""


def environment(var: Path, **more: str) -> dict[str, str]:
    """Return the environment of an installation in a folder, on SQLite unless told otherwise."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("RONGBIAO_")}
    own = {"RONGBIAO_VAR": str(var), "DJANGO_SETTINGS_MODULE": "rongbiao.settings"}
    own["RONGBIAO_ASSETS"] = str(var.parent)  # a folder that is there
    return plain | own | more


def python(var: Path, code: str, *arguments: str, **more: str) -> str:
    """Run code in an installation; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment(var, **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rongbiao(var: Path, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command in an installation, without a terminal."""
    return subprocess.run(
        [sys.executable, "-c", "from rongbiao.shell import main; main()", *map(str, arguments)],
        env=environment(var, **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def ask(var: Path, question: str) -> list[tuple]:
    """Ask the SQLite database of an installation."""
    with closing(sqlite3.connect(var / "rongbiao.sqlite3")) as database:
        return database.execute(question).fetchall()


def tree(folder: Path) -> dict[str, str]:
    """Return what a folder holds, each file by its hash."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != occupancy.NAME
    }


def read(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


def secret(founded: Path) -> str:
    return (founded / "var" / "secret").read_text()


def write(target, members, manifest, key: str | None, *, fix=True, extra=()) -> None:
    """Write a bundle by hand; with ``fix`` its manifest is made to agree with its members."""
    if fix:
        manifest["members"] = {
            name: [len(content), hashlib.sha256(content).hexdigest()]
            for name, content in members.items()
            if name not in {"manifest.json", "signature"}
        }
    members["manifest.json"] = json.dumps(manifest, ensure_ascii=False, sort_keys=True).encode()
    if key:
        own = bundle.signing_key(key)
        members["signature"] = hmac.digest(own, members["manifest.json"], "sha256").hex().encode()
    with tarfile.open(target, "w") as tar:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
        for entry in extra:
            tar.addfile(entry)
