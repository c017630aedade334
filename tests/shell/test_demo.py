"""The demonstration world is marked throughout, leaves work to do, and goes away whole."""

import json
from pathlib import Path

import pytest
from django.db import connection

from tests.shell.installation import ask, rongbiao

PASSING = {"django_session", "limits", "standards_change"}  # come and go by themselves


def counts(var):
    """Return how many rows each table has."""
    names = [name for (name,) in ask(var, "select name from sqlite_master where type = 'table'")]
    return {
        name: ask(var, f'select count(*) from "{name}"')[0][0]
        for name in names
        if not name.startswith("sqlite_") and name not in PASSING
    }


def run(var, *words):
    done = rongbiao(var, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_demonstration_is_marked_and_goes_away_whole(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("自带一个 SQLite 安装，与测试所用的数据库无关")
    var = tmp_path / "var"
    run(var, "found")
    before = counts(var)
    accounts = json.loads(run(var, "demo", "--json"))["accounts"]
    assert {row["account"] for row in accounts} >= {
        "office",
        "ocean",
        "gulou",
        "admin",
        "audit",
        "expert",
    }
    for table in ("strategy_report", "strategy_decision", "standards_standard"):
        rows = f"select count(*), sum(demonstration) from {table}"
        ((count, marked),) = ask(var, rows)
        assert count == marked > 0
    left = (
        "select o.name from strategy_report r join strategy_assignment a on a.id = r.assignment_id"
        " join parties_organization o on o.id = a.organization_id where r.state = 'returned'"
    )
    assert ask(var, left) == [("市海洋与渔业局",)]
    assert rongbiao(var, "demo").returncode == 2
    assert json.loads(run(var, "demo", "--remove", "--json"))["removed"]
    assert counts(var) == before
    assert run(var, "demo", "--remove") == "没有演示数据。\n"


def test_a_story_that_does_not_go_with_the_register_is_one_sentence(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("自带一个 SQLite 安装，与测试所用的数据库无关")
    var, table = tmp_path / "var", tmp_path / "表.csv"
    run(var, "found")
    table.write_text("标准编号,标准名称\nDB3501/T 101-2002,米汤质量分级\n")
    run(var, "load", str(table), "--basis", "试〔2026〕1号")
    before = counts(var)
    refused = rongbiao(var, "demo")
    assert refused.returncode == 2
    assert "演示故事演不下去，没有写入任何数据：101 号由 DB3501/T 101—2002" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert counts(var) == before


def test_the_story_knows_one_today():
    # midnight may come while it is told: whoever reads the clock again counts from another day
    shell = Path(__file__).parents[2] / "rongbiao" / "shell"
    told = [shell / "story.py", *shell.glob("demo_*.py")]
    assert len(told) > 10
    assert [path.name for path in told if "localdate(" in path.read_text()] == []
