"""Before the founding, and on a machine that fails, every command says so in one sentence with status 2."""

import sqlite3
from contextlib import closing

import pytest
from django.db import DatabaseError, OperationalError, connection

from rongbiao.shell.complaint import Complaint
from rongbiao.shell.troubles import ROOTED, told_in_a_sentence
from rongbiao.shell.words_of_command import parser
from tests.shell.installation import FOUND, python, rongbiao

UNFOUNDED = "rongbiao：还没有建站，请先运行 rongbiao found。\n"
PERSON = "person 林 --name 林 --unit 市标准院 --role officer --basis 据"
COMMANDS = [
    "demo", "demo --json", "demo --remove", "demo --accounts", "demo --code office", "tick",
    "tick --day 2026-01-05", "verify", "verify --demo", "verify --write 点.json", "token",
    "token 林 --name 用", "dump", "index", "index --check", "index --rebuild",
    "unlock 林 --basis 据", PERSON, "load 表.csv --basis 据", "load --resume", "citing",
    "backup 份.tar",
]  # fmt: skip


@pytest.fixture(autouse=True)
def embedded():
    if connection.vendor != "sqlite":
        pytest.skip("自带一个 SQLite 安装，与测试所用的数据库无关")


@pytest.mark.parametrize("words", COMMANDS)
def test_before_the_founding_it_is_one_sentence_and_leaves_nothing(tmp_path, words):
    var = tmp_path / "var"
    done = rongbiao(var, *words.split())
    assert (done.returncode, done.stdout, done.stderr) == (2, "", UNFOUNDED)
    assert [path.name for path in var.iterdir()] == ["secret"]  # of the settings, for the owner


def test_every_command_that_works_on_the_database_is_tried():
    assert {words.split()[0] for words in COMMANDS} == ROOTED
    for words in COMMANDS:
        parser().parse_args(words.split())


def test_an_empty_file_is_no_installation_either(tmp_path):
    var = tmp_path / "var"
    var.mkdir()
    (var / "rongbiao.sqlite3").touch()
    done = rongbiao(var, "token")
    assert (done.returncode, done.stderr) == (2, UNFOUNDED)


def test_what_needs_no_database_goes_on_and_makes_none(tmp_path):
    var, paper = tmp_path / "var", tmp_path / "文.txt"
    paper.write_text("按 GB/T 1.1—2020 编写。")
    assert rongbiao(var, "number", "GB/T 1.1-2020").returncode == 0
    cited = rongbiao(var, "cite", paper)
    assert (cited.returncode, "名录中还没有标准" in cited.stderr) == (0, True)
    served = rongbiao(var, "serve", "--port", "0")
    assert (served.returncode, "请先运行 rongbiao found" in served.stderr) == (2, True)
    copy = rongbiao(var, "verify", paper)
    assert (copy.returncode, "不是可读的数据库副本" in copy.stderr) == (2, True)
    assert [path.name for path in var.iterdir()] == ["secret"]


def test_a_database_that_fails_is_one_sentence_with_the_cause(tmp_path):
    var = tmp_path / "var"
    python(var, FOUND)
    assert rongbiao(var, "token").returncode == 0
    with closing(sqlite3.connect(var / "rongbiao.sqlite3")) as opened:
        opened.execute("ALTER TABLE parties_token RENAME TO elsewhere")
    done = rongbiao(var, "token")
    assert done.returncode == 2
    assert done.stderr == (
        "rongbiao：数据库还没有建好或没有升级，请先运行 rongbiao found（no such table: parties_token）。\n"
    )
    (var / "rongbiao.sqlite3").write_bytes(b"no database" * 1000)
    for name in ("rongbiao.sqlite3-wal", "rongbiao.sqlite3-shm"):
        (var / name).unlink(missing_ok=True)
    done = rongbiao(var, "token")
    assert (done.returncode, done.stderr) == (
        2,
        "rongbiao：数据库文件已损坏，请用最近的备份恢复（rongbiao restore）（file is not a database）。\n",
    )


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (OperationalError("database is locked"), "正被另一个进程占用，请稍后再试"),
        (OperationalError("database or disk is full"), "磁盘已满"),
        (OperationalError("attempt to write a readonly database"), "数据库只能读"),
        (OperationalError("unable to open database file"), "打不开数据库文件"),
        (OperationalError("connection failed: Connection refused\n\tagain?"), "连不上数据库服务器"),
        (sqlite3.OperationalError("database is locked"), "请稍后再试"),
        (DatabaseError("something else"), r"rongbiao check 查看（something else）。$"),
    ],
)
def test_each_cause_is_named_with_what_to_do(bad, words):
    with pytest.raises(Complaint, match=words) as complaint, told_in_a_sentence():
        raise bad
    assert str(complaint.value).count("。") == 1


def test_what_the_system_refuses_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    done = rongbiao(tmp_path / "file", "token")  # the folder of the installation is a file
    assert done.returncode == 2
    assert done.stderr.startswith("rongbiao：没有办完，“")
    assert done.stderr.count("\n") == 1
