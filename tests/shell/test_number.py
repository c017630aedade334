"""``rongbiao number``: texts and lines in, one line each out; status 0 read, 1 refused, 2 bad usage."""

import json
import subprocess
import sys
from pathlib import Path

RONGBIAO = Path(sys.executable).parent / "rongbiao"


def number(*arguments: str, lines: bytes = b"") -> tuple[int, list[str], str]:
    done = subprocess.run(
        [RONGBIAO, "number", *arguments], input=lines, capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode().splitlines(), done.stderr.decode()


def test_texts_are_read_for_people():
    assert number("gbt 1.1—2020", "DB3501/T 18", "GB/T 24040-1999 idt ISO 14040:1997") == (
        0,
        [
            "GB/T 1.1-2020  国家标准，推荐性，2020年",
            "DB3501/T 18  地方标准，福州市，推荐性，未注年份",
            "GB/T 24040-1999(ISO 14040:1997, IDT)  国家标准，推荐性，1999年，采用 ISO 14040:1997",
        ],
        "",
    )


def test_a_refusal_is_a_line_and_status_1():
    status, lines, _ = number("GB", "ISO 9001:2015", "GB/Z 1-2000")
    assert (status, lines[0]) == (1, "GB  ✗ “GB”只有标准代号，没有顺序号。")
    assert lines[2] == "GB/Z 1-2000  国家标准，指导性，2000年"


def test_lines_of_standard_input_become_lines_of_json():
    status, lines, _ = number("-", "--json", lines=b"\xef\xbb\xbfgb 1-2000\r\n\xff\xfe\n\nISO 9001")
    assert status == 1
    assert [json.loads(line) for line in lines] == [
        {"text": "gb 1-2000", "number": "GB 1-2000", "kind": "national", "publisher": "GB",
         "year": 2000, "key": "GB1-2000"},
        {"text": "\ufffd\ufffd", "number": None, "why": "这一行不是 UTF-8 文字。"},
        {"text": "", "number": None, "why": "没有文字。"},
        {"text": "ISO 9001", "number": "ISO 9001", "kind": "international", "publisher": "ISO",
         "year": None, "key": "ISO9001"},
    ]  # fmt: skip


def test_bad_usage_is_a_sentence_and_status_2():
    status, lines, said = number()
    assert (status, lines) == (2, [])
    assert said == "rongbiao：缺少必需的参数：编号。查看用法：rongbiao number --help\n"
    status, lines, said = number("-", "GB 1")
    assert (status, lines) == (2, [])
    assert said == "rongbiao：“-”表示从标准输入读取，不能与其他编号同时给出。\n"


def test_a_reader_that_leaves_is_no_fault(tmp_path):
    lines = tmp_path / "lines.txt"
    lines.write_text("GB/T 1.1-2020\n" * 50_000)
    with lines.open("rb") as file:
        command = subprocess.Popen(
            [RONGBIAO, "number", "-"], stdin=file, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        with command, command.stderr:
            command.stdout.readline()
            command.stdout.close()
            assert command.stderr.read() == b""
        assert command.returncode == 0


def test_bytes_that_are_no_text_are_refused_as_an_argument():
    done = subprocess.run([RONGBIAO, "number", b"\xff"], capture_output=True, check=False)
    assert (done.returncode, done.stdout.decode()) == (1, "\ufffd  ✗ 这一行不是 UTF-8 文字。\n")
