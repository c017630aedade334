"""``rongbiao document``: kind, pages, notes and clauses; a refused file is a sentence and status 2."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.texts.documents.drafts import styled_draft
from tests.texts.documents.hostile import CASES

RONGBIAO = Path(sys.executable).parent / "rongbiao"


def document(*arguments: str, data: bytes = b"", command="document") -> tuple[int, str, str]:
    done = subprocess.run(
        [RONGBIAO, command, *arguments], input=data, capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def draft(tmp_path) -> Path:
    path = tmp_path / "草案.docx"
    path.write_bytes(styled_draft())
    return path


def test_a_draft_is_shown_with_its_clauses(draft):
    status, said, wrong = document(str(draft))
    lines = said.splitlines()
    assert (status, wrong) == (0, "")
    assert lines[0].startswith(f"{draft}  Word 文档，")
    assert "条款（10 条）" in lines
    assert "      2.1.1 采摘时间  〔第 7 段〕" in lines


def test_a_line_of_json_for_every_file(draft):
    status, said, _wrong = document(str(draft), "-", "--json", data="1 范围\n本文件".encode())
    word, text = map(json.loads, said.splitlines())
    assert (status, word["kind"], text["kind"]) == (0, "docx", "txt")
    assert [clause["number"] for clause in word["clauses"]][:3] == ["", "1", "2"]
    assert text["clauses"][0] == {
        "number": "1", "title": "范围", "text": "本文件", "start": 0, "end": 8, "level": 1,
        "parent": None, "place": "第 1 行",
    }  # fmt: skip


def test_refused_files_are_a_sentence_each_and_status_2(draft, tmp_path):
    hostile = tmp_path / "宏.docx"
    hostile.write_bytes(CASES["macros"][0]())
    status, said, wrong = document(str(hostile), str(draft), str(tmp_path / "无.pdf"))
    assert (status, said.count("Word 文档")) == (2, 1)
    assert wrong == (
        "rongbiao：“宏.docx”：文件含宏或控件，请另存为不含宏的格式后再试。\n"
        "rongbiao：打不开“无.pdf”：没有这个文件。\n"
    )


def test_a_policy_is_read_by_the_same_reader(draft):
    status, _said, wrong = document("/", command="policy")
    assert (status, wrong) == (2, "rongbiao：打不开“/”：这是一个文件夹。\n")
    status, said, _wrong = document("-", command="policy", data=draft.read_bytes())
    assert (status, said.splitlines()[0]) == (0, "标题    （未读出）")
