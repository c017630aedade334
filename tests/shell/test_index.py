"""``rongbiao index`` takes up, compares and makes anew, and says so in words or in JSON."""

import json

import pytest

from rongbiao.shell import run
from rongbiao.standards.change import changed
from rongbiao.standards.search import Query, engine
from tests.standards_desk import enter


@pytest.fixture
def register(db, settings, tmp_path):
    settings.VAR = tmp_path
    return [enter(f"GB/T {serial}-2020", "鱼丸").pk for serial in (100, 101)]


def said(capsys, *arguments):
    status = run(["index", *arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_from_nothing_to_a_whole_index_and_on(register, capsys):
    status, answer = said(capsys, "--check")
    assert (status, answer["lacking"], answer["same"]) == (1, 2, False)
    assert said(capsys)[0] == 0
    assert said(capsys, "--check") == (
        0,
        {"engine": "tantivy", "waiting": 0, "lacking": 0, "gone": 0, "stale": 0, "same": True},
    )
    changed([enter("GB/T 102-2020", "鱼丸").pk])
    assert said(capsys, "--check")[1]["waiting"] == 1
    assert said(capsys)[1]["changes"] == 1
    assert engine().search(Query("鱼丸")).total == 3
    enter("GB/T 103-2020", "鱼丸")
    assert said(capsys, "--rebuild")[1]["editions"] == 4
    assert engine().search(Query("鱼丸")).total == 4


def test_it_speaks_to_people(register, capsys):
    assert run(["index", "--check"]) == 1
    assert capsys.readouterr().out.startswith("索引与名录不一致：缺 2 条，多 0 条，内容陈旧 0 条；")
    assert run(["index", "--rebuild"]) == 0
    assert capsys.readouterr().out.startswith("已重建索引，共 2 条（")
    assert run(["index"]) == 0
    assert capsys.readouterr().out.startswith("已把 0 条变动写入索引（")
    assert run(["index", "--check"]) == 0
    assert capsys.readouterr().out == "索引与名录一致，共 2 条。\n"
