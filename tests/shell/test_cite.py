"""``rongbiao cite``: what files cite and whether it is in force; the status says what was found."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rongbiao.shell import run
from rongbiao.shell.complaint import Complaint
from rongbiao.standards.models import Standard
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number
from tests.texts.documents.hostile import CASES

ON = ("--on", "2026-01-05")
ROWS = [
    ("GB 5749-2006", "生活饮用水卫生标准", "superseded", "2007-07-01"),
    ("GB 5749-2022", "生活饮用水卫生标准", "current", "2023-04-01"),
]
REQUIRED = ["file", "page", "start", "end", "text", "number", "status", "replaced_by", "sure"]


@pytest.fixture
def register(db):
    for number, title, status, begun in ROWS:
        Standard.objects.create(
            **columns(read_number(number)), title=title, status=status, implemented_on=begun,
            basis="公告", source="openstd",
        )  # fmt: skip


@pytest.fixture
def paper(tmp_path) -> str:
    path = tmp_path / "合同.txt"
    path.write_text(
        "甲方供水应符合GB 5749－2006\n及《生活饮用水卫生标准》（GB 5749-2022）第4章。\n"
    )
    return str(path)


@pytest.mark.usefixtures("register")
def test_a_line_of_json_for_every_citation(paper, capsys):
    assert run(["cite", paper, *ON, "--json"]) == 0
    old, new = map(json.loads, capsys.readouterr().out.splitlines())
    assert list(old)[:9] == REQUIRED
    text = Path(paper).read_text()
    assert (old["file"], old["page"], old["text"], old["number"]) == (
        paper, None, "GB 5749－2006", "GB 5749-2006",
    )  # fmt: skip
    assert text[old["start"] : old["end"]] == old["text"]
    assert (old["status"], old["replaced_by"], old["since"], old["present"], old["place"]) == (
        "superseded", ["GB 5749-2022"], "2023-04-01", "GB 5749-2022", "第 1 行",
    )  # fmt: skip
    assert (new["status"], new["sure"], new["clause"], new["row"]) == (
        "current", True, "第4章", "GB 5749-2022",
    )  # fmt: skip


@pytest.mark.usefixtures("register")
def test_a_person_reads_a_sum_and_a_line_each(paper, capsys):
    assert run(["cite", paper, *ON]) == 0
    first, old, new, *_ = capsys.readouterr().out.splitlines()
    assert first == f"{paper}  2026-01-05，引用 2 处：现行有效 1，已被代替 1"
    assert old == "  GB 5749-2006  已被代替  → GB 5749-2022  〔第 1 行〕"
    assert new == "  GB 5749-2022  现行有效  〔第 2 行〕"


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (["--fail-on", "superseded"], 1),
        (["--fail-on", "withdrawn,superseded"], 1),
        (["--fail-on", "withdrawn", "--fail-on", "unknown"], 0),
        (["--fail-on", "superseded", "--on", "2010-01-01"], 0),
        (["--fail-on", "upcoming", "--on", "2010-01-01"], 1),
        (["--fail-on", "undated,title"], 0),
    ],
)
def test_the_status_says_whether_anything_named_was_found(paper, asked, status):
    assert run(["cite", paper, *ON, *asked]) == status


@pytest.mark.usefixtures("register")
def test_what_is_refused_is_a_sentence_and_the_others_are_read(paper, tmp_path, capsys):
    bad = [tmp_path / "没有.pdf"]
    for place, name in enumerate(("empty", "text called docx", "pdf called docx")):
        data, called, _why = CASES[name]
        bad.append(tmp_path / f"{place}{called}")
        bad[-1].write_bytes(data() if callable(data) else data)
    assert run(["cite", *map(str, bad), paper, *ON, "--json", "--fail-on", "superseded"]) == 2
    out, wrong = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert len(wrong.splitlines()) == len(bad)
    assert all(line.endswith("。") for line in wrong.splitlines())


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (["--fail-on", "old"], "--fail-on 没有“old”这个取值"),
        (["--on", "昨天"], "“昨天”不是日期，请写作 2026-01-05。"),
    ],
)
def test_bad_usage_is_a_sentence(paper, asked, why):
    with pytest.raises(Complaint, match=why):
        run(["cite", paper, *asked])


@pytest.mark.django_db
def test_an_empty_register_is_said_and_every_number_listed(paper, capsys):
    assert run(["cite", paper, *ON, "--json"]) == 0
    out, wrong = capsys.readouterr()
    assert [json.loads(line)["status"] for line in out.splitlines()] == ["unknown", "unknown"]
    assert "名录中还没有标准" in wrong


def test_without_a_database_standard_input_is_read(tmp_path):
    done = subprocess.run(
        [Path(sys.executable).parent / "rongbiao", "cite", "-", "--json", "--fail-on", "unknown"],
        input="按GB/T 1.1—2020起草".encode(), capture_output=True, check=False,
        env={**os.environ, "RONGBIAO_VAR": str(tmp_path), "RONGBIAO_DATABASE": ""},
    )  # fmt: skip
    said = json.loads(done.stdout)
    assert (done.returncode, said["file"], said["number"]) == (1, "-", "GB/T 1.1-2020")
    assert "Traceback" not in done.stderr.decode()
