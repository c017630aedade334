"""``rongbiao draw --check``: an outsider recomputes a draw; status 0 agrees, 1 does not, 2 no record."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rongbiao.texts.lots import Absence, Box, Lot, Rules, commitment_of, written

RONGBIAO = Path(sys.executable).parent / "rongbiao"
SEED = bytes(range(32))
LOTS = [Lot(f"任职{n}", f"专家{n}", f"单位{n % 3}", salt=str(n)) for n in range(6)]
OUT = [Lot("任职9", "专家9", "单位1", why=("同单位",), salt="9")]
BOX = Box(
    "2026-0001", "审查", "榕标〔2026〕7号", "2026-03-02T09:00:00+08:00", Rules(2, 2, 1),
    lots=(*LOTS, *OUT),
)  # fmt: skip


def draw(*arguments, content=b""):
    done = subprocess.run(
        [RONGBIAO, "draw", *arguments], input=content, capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def record(seed=SEED, **more):
    return written(BOX.head(), BOX.lots, BOX.digest, commitment_of(SEED), seed, **more)


@pytest.fixture
def file(tmp_path):
    def put(said, name="记录.json"):
        path = tmp_path / name
        path.write_text(json.dumps(said, ensure_ascii=False))
        return str(path)

    return put


def test_a_draw_that_agrees(file):
    said = record()
    status, out, bad = draw("--check", file(said))
    assert (status, bad) == (0, "")
    lines = out.splitlines()
    assert lines[:2] == [
        "✓ 抽取 2026-0001：名单摘要、种子承诺和抽取结果全部相符。",
        "  候选 6 人，另有 1 人未入选",
    ]
    named = "、".join(f"{one['name']}（{one['unit']}）" for one in said["drawn"])
    assert lines[2] == f"  抽中：{named}"
    assert lines[3].startswith("  备选：")
    assert len(lines) == 4


def test_the_same_for_a_program_with_an_absence(file):
    said = record()
    gone = Absence((said["drawn"][0]["key"],), "出差", "2026-03-03")
    later = record(absences=[gone])
    status, out, _ = draw("--check", file(later), "--json")
    answer = json.loads(out)
    assert status == 0
    assert (answer["agrees"], answer["why"], answer["revealed"]) == (True, "", True)
    assert answer["drawn"] == [one["name"] for one in said["drawn"]]
    assert answer["seated"] == [said["drawn"][1]["name"], said["reserves"][0]["name"]]
    assert "到会：" in draw("--check", file(later))[1]


def test_a_draw_that_does_not_agree(file):
    said = record()
    said["drawn"][0], said["reserves"][0] = said["reserves"][0], said["drawn"][0]
    status, out, bad = draw("--check", file(said))
    assert (status, bad) == (1, "")
    assert out.startswith("✗ 抽取 2026-0001：不相符。抽中名单第 1 位按种子应为“")
    assert out.count("\n") == 1
    status, out, _ = draw("--check", "-", "--json", content=json.dumps(said).encode())
    assert (status, json.loads(out)["agrees"]) == (1, False)


def test_before_the_seed_and_after(file):
    before = file(record(b""), "之前.json")
    status, out, _ = draw("--check", before)
    assert status == 0
    assert "种子尚未揭示" in out
    assert commitment_of(SEED) in out
    after = file(record())
    assert draw("--check", after, "--before", before)[0] == 0
    other = written(BOX.head(), BOX.lots, BOX.digest, commitment_of(b"x"), b"")
    status, out, _ = draw("--check", after, "--before", file(other, "别的.json"))
    assert status == 1
    assert "种子承诺与揭示前公布的不同" in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "缺少必需的参数"),
        (("--check", "没有的文件.json"), "打不开“没有的文件.json”：没有这个文件。"),
        (("--check", "/"), "打不开“/”：这是一个文件夹。"),
        (("--check", "-"), "“-”：文件不是 UTF-8 编码的 JSON"),
        (("--check", "-", "--before", "-"), "标准输入只能给出一份记录"),
    ],
)
def test_what_cannot_be_read_is_a_sentence_and_status_2(arguments, sentence):
    status, out, bad = draw(*arguments, content=b"\xff")
    assert (status, out) == (2, "")
    assert bad.startswith("rongbiao：")
    assert sentence in bad
    assert bad.count("\n") == 1
