"""G16: after erasing, the bytes of the whole installation hold nothing of the person any more."""

import base64
import json
from pathlib import Path

import pytest

from tests.shell.installation import python, rongbiao

NAME, PHONE, EMAIL = "麴鬯弢", "13907318642", "quchangtao@rare.example"
PLANT = """
import sys, django
django.setup()
from datetime import date
from rongbiao.cases import desk
from rongbiao.procedures.proposal import Proposal
from rongbiao.standards import letters
name, phone, email = sys.argv[1:]
for n in range(30):
    said = {"title": f"珍珠养殖{n}", "need": "需要。", "person": name, "phone": phone, "email": email}
    case = desk.open_case(Proposal, actor=None, day=date(2026, 3, 2), answers=said)
    receipt = case.entries.get().receipt
    letters.write(email, "您的建议已收到", f"受理号：{receipt}")
    if n % 2:
        letters.send()
letters.write("other@rare.example", "您的建议已收到", "受理号：别人的")
letters.send()
letters.write(email, "您的建议已收到", f"受理号：{receipt}")
"""
ERASE = """
import django
django.setup()
from datetime import date
from rongbiao.cases.models import Personal
from rongbiao.parties.models import Organization, Person, Post
from rongbiao.stages import erasure
person = Person.objects.create(username="删除人", name="删除人")
unit = Organization.objects.first()
office = Post.objects.create(person=person, organization=unit, role="officer", since=date(2020, 1, 1))
for said in list(Personal.objects.select_related("entry__case")):
    erasure.erase(said.entry, actor=office, day=date(2026, 3, 3), ground=3, reason="本人要求")
"""


def spelled(words: str) -> list[bytes]:
    """Return the spellings in which words may lie in a file, base64 at each of its three places."""
    plain = [words.encode(), words.encode("utf-16-le"), json.dumps(words)[1:-1].encode()]
    return plain + [
        base64.b64encode(b"\0" * shift + words.encode())[4 if shift else 0 : -4]
        for shift in range(3)
    ]


def holding(folder: Path) -> dict[str, set[str]]:
    """Return which files of a folder hold anything planted, read byte by byte."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            hits = {w for w in (NAME, PHONE, EMAIL) if any(one in content for one in spelled(w))}
            if hits:
                found[str(path.relative_to(folder))] = hits
    return found


@pytest.fixture
def planted(var: Path) -> Path:
    python(var, PLANT, NAME, PHONE, EMAIL)
    return var


def test_the_bytes_of_everything_kept_hold_nothing_of_an_erased_person(planted):
    before = holding(planted)
    assert {"rongbiao.sqlite3"} <= {name.removesuffix("-wal") for name in before}
    assert any(name.startswith("mail/") for name in before)
    python(planted, ERASE)
    assert holding(planted) == {}
    mail = b"".join(path.read_bytes() for path in (planted / "mail").glob("*.log"))
    assert b"other@rare.example" in mail  # somebody else's letter stays
    assert rongbiao(planted, "verify").returncode == 0
    for command in ("dump", "backup"):
        assert rongbiao(planted, command).returncode == 0
    assert holding(planted) == {}  # nor what is made afterwards


def test_it_would_be_seen_in_the_log_of_the_database(planted):
    """Without emptying, the log keeps older pages while somebody has the database open."""
    kept = """
import django
django.setup()
from django.db import connection
from rongbiao.archive import emptying
emptying.empty_log = lambda: True
connection.ensure_connection()
import sqlite3
other = sqlite3.connect(connection.settings_dict["NAME"])
other.execute("SELECT count(*) FROM cases_case").fetchone()
"""
    loud = kept + ERASE.replace("import django\ndjango.setup()\n", "") + "import os; os._exit(0)"
    python(planted, loud)
    assert any(name.endswith("-wal") for name in holding(planted))
    python(
        planted,
        "import django; django.setup()\nfrom rongbiao.archive import emptying\nassert emptying.empty_log()",
    )
    assert holding(planted).keys() <= {
        name for name in holding(planted) if name.startswith("mail/")
    }
