"""``rongbiao load`` and the file of refused lines: proved before anything is entered."""

from pathlib import Path

import pytest
from django.conf import settings

from rongbiao.shell import run
from rongbiao.shell.complaint import Complaint
from rongbiao.standards.load import Load
from rongbiao.standards.models import Standard
from tests.exchange.loading.samples import CSV

pytestmark = pytest.mark.django_db
SKIP = ["--basis", "据", "--skip-refused", "--refused"]


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")
    monkeypatch.chdir(tmp_path)
    Path("好.csv").write_text(CSV)
    Path("半.csv").write_text(CSV + "坏,坏,,,,,,,,\n")
    Path("又.csv").write_text(CSV + "也坏,坏,,,,,,,,\n")


@pytest.mark.parametrize(
    ("name", "why"), [("没有/不收.csv", "没有这个文件或文件夹"), (".", "这是一个文件夹")]
)
def test_a_file_that_cannot_be_written_stops_the_load_before_it_begins(name, why):
    with pytest.raises(Complaint, match=rf"^没有导入：不能写入“{name}”，{why}，.*。$"):
        run(["load", "半.csv", *SKIP, name])
    assert not Standard.objects.exists()
    assert not Load.objects.exists()  # nor does it wait to be carried on


def test_a_disk_that_fills_up_while_lines_are_written_is_a_sentence():
    if not Path("/dev/full").exists():
        pytest.skip("没有 /dev/full")
    with pytest.raises(
        Complaint, match="导入已经办完，但不能接收的行没有写进“/dev/full”：磁盘已满"
    ):
        run(["load", "半.csv", *SKIP, "/dev/full"])
    assert Standard.objects.count() == 3


def test_refused_lines_of_all_files_stand_under_one_heading():
    Path("不收.csv").write_text("以前的\n" * 100)
    with pytest.raises(Complaint, match="没有这个文件"):
        run(["load", "没有.csv", *SKIP, "不收.csv"])
    assert Path("不收.csv").read_text().startswith("以前的")  # nothing better came
    run(["load", "半.csv", "又.csv", *SKIP, "不收.csv"])
    written = Path("不收.csv").read_bytes().decode("utf-8")
    assert written.startswith("\ufeff行,列,原因\r\n")
    assert (written.count("\ufeff"), written.count("行,列,原因"), len(written.splitlines())) == (
        1,
        1,
        3,
    )


def test_refused_lines_end_with_status_1_and_a_whole_file_with_0():
    assert run(["load", "好.csv", "--dry-run"]) == 0
    assert run(["load", "半.csv", "--dry-run"]) == 1
    assert run(["load", "半.csv", "--dry-run", "--json"]) == 1
    assert run(["load", "半.csv", "好.csv", "--basis", "据", "--skip-refused"]) == 1
    assert Standard.objects.count() == 3
    assert run(["load", "好.csv", "--basis", "据", "--skip-refused"]) == 0
