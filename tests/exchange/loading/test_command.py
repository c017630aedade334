"""The command ``rongbiao load``: its words, and one sentence for whatever is wrong."""

import json

import pytest
from django.conf import settings

from rongbiao import shell
from rongbiao.shell.complaint import Complaint
from rongbiao.standards.models import Standard
from tests.exchange.loading.samples import CSV

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "坏.csv").write_text("甲,乙\n1,2\n")
    (tmp_path / "好.csv").write_text(CSV)
    (tmp_path / "半.csv").write_text(CSV + "坏,坏,,,,,,,,\n")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["没有.csv", "--basis", "据"], "没有这个文件"),
        (["坏.csv", "--basis", "据"], "没有找到表头"),
        (["好.csv"], "登记要写明依据"),
        (["--resume"], "没有没办完的导入"),
        ([], "请写明要导入的文件"),
        (["好.csv", "--dry-run", "--map", "甲"], "应写作“表头=栏目”"),
        (["好.csv", "--dry-run", "--map", "甲=月亮"], "没有“月亮”这个栏目"),
        (["好.csv", "--basis", "据", "--basis-on", "昨天"], "日期“昨天”无法识别"),
        (["好.csv", "--basis", "据", "--source", "谁"], "没有“谁”这个来源"),
        (["半.csv", "--basis", "据"], "有 1 行不能接收，没有登记任何一行"),
    ],
)
def test_what_is_wrong_is_one_sentence(arguments, why):
    with pytest.raises(Complaint, match=why) as complaint:
        shell.run(["load", *arguments])
    assert str(complaint.value).count("。") <= 2
    assert not Standard.objects.exists()


def test_whoever_gives_a_table_with_unknown_headings_is_told_how_to_name_them():
    with pytest.raises(Complaint, match=r'不认识的表头：甲、乙；.*--map "甲=标准名称"'):
        shell.run(["load", "坏.csv", "--dry-run"])
    words = ["--map", "甲=标准编号", "--map", "乙=标准名称"]
    with pytest.raises(Complaint, match=r"有 1 行不能接收，没有登记任何一行。$"):
        shell.run(["load", "坏.csv", "--basis", "据", *words])


def test_a_dry_run_and_an_entry_speak_to_people_and_to_programs(capsys, tmp_path):
    assert shell.run(["load", "好.csv", "--dry-run"]) == 0
    assert "已试读，3 行" in capsys.readouterr().out
    refused = tmp_path / "不收.csv"
    words = [
        "load",
        "半.csv",
        "--basis",
        "据",
        "--skip-refused",
        "--refused",
        str(refused),
        "--json",
    ]
    assert shell.run(words) == 1  # something was refused
    (said,) = json.loads(capsys.readouterr().out)
    assert (said["state"], said["counts"]["new"], said["refused"][0][0]) == ("done", 3, 5)
    assert refused.read_text("utf-8-sig").splitlines()[0] == "行,列,原因"
    assert Standard.objects.count() == 3
