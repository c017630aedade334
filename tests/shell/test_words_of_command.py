"""The command line speaks Chinese, and bad usage is one sentence with status 2."""

import pytest

from rongbiao.shell import run
from rongbiao.shell.complaint import Complaint
from rongbiao.shell.words_of_command import parser


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "缺少必需的参数：命令。查看用法：rongbiao --help"),
        (["fly"], "没有“fly”这个命令或取值。查看用法：rongbiao --help"),
        (["policy"], "缺少必需的参数：文件。查看用法：rongbiao policy --help"),
        (["serve", "--port"], "参数--port后面缺少取值。查看用法：rongbiao serve --help"),
    ],
)
def test_bad_usage_is_one_sentence(words, said):
    with pytest.raises(Complaint) as complaint:
        run(words)
    assert str(complaint.value) == said


def test_help_is_written_as_a_chinese_reader_expects():
    said = parser().format_help()
    assert said.startswith("用法：rongbiao ")
    assert "选项：\n" in said
    assert ":\n" not in said
