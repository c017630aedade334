"""``rongbiao verify`` on this installation and on copies of it, whole and tampered with."""

import json
import sqlite3

import pytest
from django.db import connection

from rongbiao.cases import desk
from rongbiao.procedures.proposal import Proposal
from rongbiao.shell import run
from rongbiao.shell.complaint import Complaint
from rongbiao.stages import clock
from tests.cases.conftest import DAY
from tests.cases.test_desk import IDEA

NO_TRIGGERS = "DROP TRIGGER cases_entry_fixed; DROP TRIGGER cases_entry_kept;"
TAMPERINGS = {
    "一字": ("UPDATE cases_entry SET answers = replace(answers, 'u5360', 'u5361') WHERE seq = 3", 3),
    "日期": ("UPDATE cases_entry SET day = '2024-01-09' WHERE seq = 2", 2),
    "时刻": ("UPDATE cases_entry SET at = '2020-01-01 00:00:00' WHERE seq = 4", 4),
    "经办人": ("UPDATE cases_entry SET actor_id = 1 WHERE seq = 1", 1),
    "动作": ("UPDATE cases_entry SET action_key = 'decline' WHERE seq = 5", 5),
    "受理号": ("UPDATE cases_entry SET receipt = 'X' WHERE seq = 2", 2),
    "摘要": (("UPDATE cases_entry SET digest = iif(digest LIKE '0%', '1', '0') || substr(digest, 2) "
              "WHERE seq = 3"), 3),
    "删去": ("PRAGMA foreign_keys = OFF; DELETE FROM cases_entry WHERE seq = 3", 3),
    "办件号": ("UPDATE cases_case SET number = 'JY-2024-0999' WHERE number = 'JY-2024-0004'", 4),
    "个人信息": (("UPDATE cases_personal SET words = '{\"person\": \"张三\"}' WHERE id = "
              "(SELECT id FROM cases_personal ORDER BY id LIMIT 1 OFFSET 4)"), 5),
}  # fmt: skip


@pytest.fixture
def five(city):
    for _n in range(5):
        desk.open_case(Proposal, actor=None, day=DAY, answers=IDEA)


@pytest.fixture
def copy(five, tmp_path):
    """A copy of the database as it stands in this transaction."""
    if connection.vendor != "sqlite":
        pytest.skip("副本是 SQLite 文件")
    path = tmp_path / "copy.sqlite3"
    target = sqlite3.connect(path)
    connection.ensure_connection()
    for line in connection.connection.iterdump():
        if not line.startswith(("BEGIN", "COMMIT", "PRAGMA")):
            target.execute(line)
    target.commit()
    target.close()
    return path


def test_a_whole_journal_holds(five, capsys):
    assert run(["verify"]) == 0
    said = capsys.readouterr().out
    assert "共 5 条经办记录" in said
    assert "没有与检查点对照" in said  # nothing proves its end
    clock.tick(DAY)
    assert run(["verify"]) == 0
    assert "已与 1 个检查点对照，最后一个在第 5 条" in capsys.readouterr().out


def test_a_whole_copy_holds(copy, capsys):
    assert run(["verify", str(copy), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "entries": 5,
        "checkpoints": 0,
        "compared_to": None,
        "faults": [],
    }


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_whatever_is_altered_in_a_copy_is_found_at_its_place(copy, capsys, kind):
    words, place = TAMPERINGS[kind]
    with sqlite3.connect(copy) as tampered:
        tampered.executescript(f"{NO_TRIGGERS} {words};")
        assert tampered.total_changes
    assert run(["verify", str(copy), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["faults"][0]["seq"] == place


def test_a_cut_tail_shows_against_a_checkpoint_kept_elsewhere(copy, tmp_path, capsys):
    clock.tick(DAY)
    kept = tmp_path / "kept.json"
    assert run(["verify", "--write", str(kept)]) == 0
    with sqlite3.connect(copy) as tampered:
        tampered.executescript(
            f"{NO_TRIGGERS} PRAGMA foreign_keys = OFF; DELETE FROM cases_entry WHERE seq = 5;"
        )
    assert run(["verify", str(copy)]) == 0  # alone it cannot be seen
    capsys.readouterr()
    assert run(["verify", str(copy), "--against", str(kept)]) == 1
    assert "记录被截短" in capsys.readouterr().out


def test_what_was_done_since_the_last_checkpoint_is_written_too(copy, tmp_path, capsys):
    kept = tmp_path / "kept.json"
    assert run(["verify", "--write", str(kept)]) == 0  # the clock has published nothing yet
    assert "已写出 1 个检查点，最后一个在第 5 条。" in capsys.readouterr().out
    assert run(["verify", str(copy), "--against", str(kept), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["checkpoints"], said["compared_to"]) == (1, 5)
    with sqlite3.connect(copy) as tampered:
        tampered.executescript(
            f"{NO_TRIGGERS} PRAGMA foreign_keys = OFF; DELETE FROM cases_entry WHERE seq > 3;"
        )
    assert run(["verify", str(copy), "--against", str(kept)]) == 1
    assert "检查点所指的第 5 条不在记录中，记录被截短。" in capsys.readouterr().out


def test_the_end_that_is_a_checkpoint_already_is_written_once(five, tmp_path):
    clock.tick(DAY)
    kept = tmp_path / "kept.json"
    assert run(["verify", "--write", str(kept)]) == 0
    assert [one["seq"] for one in json.loads(kept.read_text())] == [5]
    desk.open_case(Proposal, actor=None, day=DAY, answers=IDEA)
    assert run(["verify", "--write", str(kept)]) == 0
    assert [one["seq"] for one in json.loads(kept.read_text())] == [5, 6]


def test_a_journal_without_entries_has_no_checkpoint_to_write(five, tmp_path):
    kept = tmp_path / "kept.json"
    with pytest.raises(Complaint, match="演示数据里还没有经办记录"):
        run(["verify", "--demo", "--write", str(kept)])
    assert not kept.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("[]", "里没有检查点，什么也证明不了"),
        ("{}", "里没有检查点，什么也证明不了"),
        ("[" * 100_000, "不是检查点文件"),
        ('[{"seq": Infinity, "digest": ""}]', "不是检查点文件"),
        ('[{"seq": 1}]', "不是检查点文件"),
        ("7", "不是检查点文件"),
        ("点", "不是检查点文件"),
    ],
)
def test_a_file_that_proves_nothing_is_refused(five, tmp_path, content, why):
    kept = tmp_path / "kept.json"
    kept.write_text(content)
    with pytest.raises(Complaint, match=rf"kept\.json”{why}") as complaint:
        run(["verify", "--against", str(kept)])
    assert str(complaint.value).count("。") == 1


@pytest.mark.parametrize("name", ["none.sqlite3", "text.sqlite3"])
def test_what_is_no_copy_is_refused_with_a_sentence(db, tmp_path, name):
    (tmp_path / "text.sqlite3").write_text("不是数据库" * 100)
    with pytest.raises(Complaint, match=name):
        run(["verify", str(tmp_path / name)])
