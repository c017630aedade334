"""A new installation has its city and the Opinion; a second founding changes nothing."""

import json
import shutil

import pytest
from django.db import connection

from rongbiao.parties.models import Act, Group, Membership, Organization, Region
from rongbiao.shell.complaint import Complaint
from rongbiao.shell.found import migrate, unhurried
from rongbiao.shell.founding import lay_foundation
from rongbiao.strategy import assignments
from rongbiao.strategy.models import Assignment, Charge, Plan, Quarter, Reading, Target, Task

COUNTED = (Region, Organization, Group, Membership, Reading, Plan, Task, Charge)
COUNTED += (Target, Quarter, Assignment, Act)


@pytest.fixture
def folder(settings, tmp_path):
    """The folder of the city, free to be changed."""
    settings.CITY_FOLDER = shutil.copytree(settings.CITY_FOLDER, tmp_path / "city")
    return settings.CITY_FOLDER


def counts():
    return {model.__name__: model.objects.count() for model in COUNTED}


def test_the_foundation_stands_once(db):
    plan = lay_foundation()
    before = counts()
    assert before["Plan"] == 1
    assert before["Task"] == 24
    assert before["Target"] == 7
    assert lay_foundation() == plan
    assert counts() == before
    assert assignments.settle(plan, day=plan.until) == assignments.Settled(0, 0)


def test_a_table_that_no_migration_makes_is_made_good(db):
    assert not migrate()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cache")
    assert migrate()
    assert "cache" in connection.introspection.table_names()
    assert not migrate()


def test_a_migration_takes_the_time_it_needs(db):
    def limit():
        with connection.cursor() as cursor:
            return cursor.execute("SHOW statement_timeout").fetchone()[0]

    if connection.vendor != "postgresql":
        pytest.skip("运行于 SQLite")
    before = limit()
    with unhurried():
        assert limit() == "0"
    assert limit() == before != "0"


def test_a_paper_that_reads_otherwise_than_confirmed_is_not_entered(db, folder):
    paper = folder / "plan.txt"
    changed = paper.read_text().replace("150", "160")
    assert changed != paper.read_text()
    paper.write_text(changed)
    with pytest.raises(Complaint, match=r"与 reading\.json 里经人确认的不一致"):
        lay_foundation()
    assert counts() == dict.fromkeys(counts(), 0)


def test_a_doubt_that_nobody_settled_stops_the_foundation(db, folder):
    confirmed = json.loads((folder / "reading.json").read_text())
    confirmed["confirmed"].pop()
    (folder / "reading.json").write_text(json.dumps(confirmed))
    with pytest.raises(Complaint, match="还有1处存疑没有确认"):
        lay_foundation()
    assert counts() == dict.fromkeys(counts(), 0)
