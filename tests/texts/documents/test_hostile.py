"""Hostile files: one sentence each, by a process that is limited and leaves nothing behind."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from rongbiao.texts.documents import Unreadable, apart, read_apart, read_document
from rongbiao.texts.documents.limits import MEMORY
from scripts.torturing import reading
from scripts.torturing.reading import judged
from tests.texts.documents.drafts import styled_draft
from tests.texts.documents.hostile import CASES, FINE
from tests.texts.documents.made import pdf, small_docx
from tests.texts.documents.mutants import SEEDS, mutants

MEASURED = """
import resource, sys
from pathlib import Path
from rongbiao.texts.documents import Unreadable, read_apart
try:
    read_apart(Path(sys.argv[1]))
except Unreadable as why:
    print(why)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
FUZZED = 40  # mutants of each seed


def made(case):
    content, name, words = case
    return (content if isinstance(content, bytes) else content()), name, words


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_hostile_file_gets_one_sentence(case):
    data, name, words = made(case)
    with pytest.raises(Unreadable) as refused:
        read_apart(data, name)
    said = str(refused.value)
    assert words in said
    assert said.startswith(f"“{name}”")
    assert said.endswith("。")
    assert "\n" not in said


@pytest.mark.parametrize("case", ["page that unpacks without end"])
def test_no_reader_takes_more_memory_than_it_may(case, tmp_path):
    data, name, _words = made(CASES[case])
    (tmp_path / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, tmp_path / name],
        capture_output=True,
        text=True,
        check=True,
    )
    said, peak = done.stdout.split("\n")[:2]
    assert "内存超过 512 MB" in said
    assert int(peak) * 1024 <= MEMORY


@pytest.mark.parametrize("case", FINE.values(), ids=FINE.keys())
def test_what_is_odd_but_harmless_is_read(case):
    data, name, words = made(case)
    assert words in read_apart(data, name).text


def test_what_takes_too_long_is_killed_with_all_it_started(monkeypatch, tmp_path):
    asleep = tmp_path / "asleep.py"
    asleep.write_text("import os, time\nos.fork()\ntime.sleep(60)\n")
    begun: list[subprocess.Popen] = []
    whole = subprocess.Popen

    def start(command, **options):
        begun.append(whole([command[0], asleep], **options))
        return begun[-1]

    monkeypatch.setattr(apart.subprocess, "Popen", start)
    with pytest.raises(Unreadable, match="读取超过 20 秒，已停止"):
        apart.ask(pdf(), "a.pdf", seconds=1.0)
    assert begun[0].returncode == -9
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and _alive(begun[0].pid):
        time.sleep(0.05)
    assert not _alive(begun[0].pid)


def _alive(group: int) -> bool:
    """Tell whether any process of a group still runs; one that only waits to be reaped does not."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return any(
        fields[2] == str(group) and fields[0] != "Z"
        for path in Path("/proc").glob("[0-9]*/stat")
        if (fields := _fields(path))
    )


def _fields(path: Path) -> list[str]:
    try:
        return path.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def test_a_reader_that_falls_is_one_sentence(monkeypatch):
    monkeypatch.setattr(apart, "__package__", "rongbiao.no_such_reader")
    with pytest.raises(Unreadable, match=r"^“a\.pdf”：读取中断：文件已损坏，或者"):
        read_apart(pdf(), "a.pdf")


def test_a_reader_knows_nothing_of_us_and_writes_no_file(tmp_path, monkeypatch):
    """The process gets two words of environment, no folder of ours, and may write no file."""
    monkeypatch.setenv("RONGBIAO_SECRET", "x")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[dict] = []
    whole = subprocess.Popen

    def start(command, **options):
        seen.append(options)
        return whole(command, **options)

    monkeypatch.setattr(apart.subprocess, "Popen", start)
    read_apart(styled_draft(), "草案.docx")
    assert "RONGBIAO_SECRET" not in seen[0]["env"]
    assert seen[0]["cwd"] == "/"
    assert list(tmp_path.iterdir()) == []


def test_a_document_comes_back_as_it_would_be_read_here():
    data = styled_draft()
    assert read_apart(data, "草案.docx") == read_document(data, "草案.docx")


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(Unreadable, match=r"^打不开“无\.docx”：没有这个文件。$"):
        read_apart(tmp_path / "无.docx")
    with pytest.raises(Unreadable, match="这是一个文件夹"):
        read_document(tmp_path)


@pytest.mark.parametrize(
    "encoding", ["UTF-0", "x", "idna", "rot13", "gbk", "utf-7", "UTF-" + "9" * 90]
)
def test_an_encoding_that_nobody_knows_is_a_sentence(encoding):
    """Told in the process that asks, before any reader starts."""
    part = f"<?xml version='1.0' encoding='{encoding}'?><w/>"
    with pytest.raises(Unreadable, match=r"。$"):
        read_apart(small_docx(**{"word/document.xml": part}), "a.docx")


@pytest.mark.parametrize("seed", SEEDS)
def test_any_mutant_gives_a_document_or_a_sentence(seed):
    """In this process: a library that raised anything else would be seen. ``make torture`` reads more."""
    ends = {judged(data, name).get("found", "") for _n, data, name in mutants(seed, 0, FUZZED)}
    assert ends == {""}


def test_mutants_are_the_same_anywhere_and_mostly_differ():
    for seed in SEEDS:
        once, again = ([data for _n, data, _name in mutants(seed, 0, 20)] for _turn in range(2))
        assert once == again
        assert len(set(once)) > 15


def test_what_a_reader_raises_is_found(monkeypatch):
    def fall(data, name):
        raise KeyError("x")

    monkeypatch.setattr(reading, "read_document", fall)
    assert judged(b"", "a.txt") == {"found": "KeyError：'x'"}
