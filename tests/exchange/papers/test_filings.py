"""The filing package: whole, checkable, and never a way out of its folder."""

import hashlib
import io
import zipfile

import pytest

from rongbiao.exchange.papers.announcements import approval
from rongbiao.exchange.papers.filings import Enclosed, filing_package, safe_name
from rongbiao.exchange.papers.official import word_file
from rongbiao.exchange.papers.typesetting import pdf_file
from rongbiao.parties.refused import Refused
from rongbiao.texts.documents.packages import package_kind

from .samples import SAMPLES

GIVEN = SAMPLES["filing_form"]
PAPER = approval(SAMPLES["approval"])
TEXT = (Enclosed("DB3501/T 101—2026.pdf", b"%PDF-1.7 text"),)


def parts(content: bytes) -> dict[str, bytes]:
    package = zipfile.ZipFile(io.BytesIO(content))
    return {name: package.read(name) for name in package.namelist()}


def test_the_package_holds_announcement_text_form_and_manifest():
    announcement = (Enclosed("公告.docx", word_file(PAPER)), Enclosed("公告.pdf", pdf_file(PAPER)))
    content = filing_package(GIVEN, announcement, TEXT)
    assert content == filing_package(GIVEN, announcement, TEXT)
    found = parts(content)
    assert list(found) == [
        "1 发布公告/公告.docx",
        "1 发布公告/公告.pdf",
        "2 标准文本/DB3501-T 101—2026.pdf",
        "3 备案信息表/备案信息表.docx",
        "清单.txt",
    ]
    assert package_kind(found["3 备案信息表/备案信息表.docx"]) == "docx"
    listed = dict(
        reversed(line.split("  ", 1)) for line in found.pop("清单.txt").decode().splitlines()
    )
    assert listed == {name: hashlib.sha256(part).hexdigest() for name, part in found.items()}


def test_two_files_of_one_name_are_both_kept():
    twice = (Enclosed("公告.docx", b"1"), Enclosed("公告.docx", b"2"))
    found = parts(filing_package(GIVEN, twice, TEXT))
    assert found["1 发布公告/公告.docx"] == b"1"
    assert found["1 发布公告/公告（2）.docx"] == b"2"


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "C:\\a.docx", "/abs", "a\x00b\n.pdf", "", "..", "长" * 300 + ".pdf"],
)
def test_no_name_leads_out_of_the_folder(name):
    safe = safe_name(name)
    assert safe not in {"", ".", ".."}
    assert len(safe) <= 80
    assert not set(safe) & set('\\/:*?"<>|\n\x00')
    assert safe.endswith(".pdf") == name.endswith(".pdf")
    found = parts(filing_package(GIVEN, (Enclosed(name, b"1"),), TEXT))
    assert all(".." not in part.split("/") and not part.startswith("/") for part in found)


@pytest.mark.parametrize(
    ("announcement", "text", "missing"),
    [
        ((), TEXT, "发布公告"),
        ((Enclosed("a", b"1"),), (), "标准文本"),
        ((Enclosed("a", b""),), TEXT, "发布公告"),
    ],
)
def test_a_package_that_lacks_something_is_refused(announcement, text, missing):
    with pytest.raises(Refused, match=f"缺少{missing}"):
        filing_package(GIVEN, announcement, text)
