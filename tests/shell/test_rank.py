"""``rongbiao rank --check``: an outsider recomputes a ranking; 0 agrees, 1 does not, 2 no ranking."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from rongbiao.texts.ranking import Declared, Entrant, read_item, read_plan, table, written

RONGBIAO = Path(sys.executable).parent / "rongbiao"
ITEM = read_item(1, "保温效能", "℃", "越高越好", "100", "60", "68=100；64=80；60=60")
PLAN = {
    "number": "LP-2026-0001", "title": "保温杯领跑者评估方案", "field": "保温杯",
    "opens_on": "2026-03-01", "closes_on": "2026-04-30", "months": 24, "places": 1,
    "shares": {"level": "100"}, "deductions": {}, "items": [ITEM],
}  # fmt: skip


def ranked(*arguments, content=b""):
    done = subprocess.run(
        [RONGBIAO, "rank", *arguments], input=content, capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def record():
    ones = [
        Entrant(
            key, f"{key}公司", f"Q/{key} 1", "杯", 1, "0" * 64, (Declared("保温效能", heat, "℃"),)
        )
        for key, heat in (("A", "≥68"), ("B", "≥65"))
    ]
    return written(read_plan(PLAN), ones, "2026-05-06")


@pytest.fixture
def file(tmp_path):
    def put(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(path)

    return put


def test_a_ranking_that_agrees(file):
    status, out, bad = ranked("--check", file("排名.json", record()))
    assert (status, bad) == (0, "")
    assert out.splitlines() == [
        "✓ 保温杯领跑者评估方案（LP-2026-0001）：2 家的得分和名次全部与重算相符。",
        f"  评估方案摘要（SHA-256） {read_plan(PLAN).digest()}",
        "  第 1 名 100.00 A公司 Q/A 1，入围",
        "  第 2 名 80.00 B公司 Q/B 1",
    ]


def test_one_altered_value_is_found(file):
    said = record()
    said["standings"][1]["indicators"][0][1] = "≥68"
    status, out, _bad = ranked("--check", file("排名.json", said), "--json")
    told = json.loads(out)
    assert (status, told["agrees"]) == (1, False)
    expected = {"where": "B公司 Q/B 1的总分", "said": "80.00", "right": "100.00"}
    assert expected in told["differences"]
    status, out, _bad = ranked("--check", "-", content=json.dumps(said).encode())
    assert status == 1
    assert "B公司 Q/B 1的总分：表上为“80.00”，重算为“100.00”。" in out


def test_a_table_needs_the_plan_and_is_held_against_it(file, tmp_path):
    path = tmp_path / "排名.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as to:
        csv.writer(to).writerows(table(record()))
    status, _out, bad = ranked("--check", str(path))
    assert status == 2
    assert "请用 --plan 给出冻结的评估方案" in bad
    plan = file("方案.json", read_plan(PLAN).text())
    assert ranked("--check", str(path), "--plan", plan)[0] == 0
    other = file("别的.json", PLAN | {"places": 2})
    status, out, _bad = ranked("--check", str(path), "--plan", other)
    assert (status, "评估方案摘要" in out) == (1, True)
    status, out, _bad = ranked("--check", file("排名.json", record()), "--plan", other)
    assert (status, "评估方案：" in out) == (1, True)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b'{"standings": []}'])
def test_what_is_no_ranking_ends_with_one_sentence(file, content):
    status, out, bad = ranked("--check", file("x", content), "--plan", file("p", PLAN))
    assert (status, out) == (2, "")
    assert bad.startswith("rongbiao：")
    assert bad.count("\n") == 1


def test_it_runs_without_a_database(file, tmp_path):
    name = file("排名.json", record())
    done = subprocess.run(
        [RONGBIAO, "rank", "--check", name], cwd=tmp_path, capture_output=True, check=False,
        env={"PATH": "", "RONGBIAO_VAR": "/nowhere", "RONGBIAO_DATABASE": "postgres://x/y"},
    )  # fmt: skip
    assert done.returncode == 0
