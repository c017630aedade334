"""What the archive takes in, and its refusals in the reader's language."""

import pytest
from django.utils import translation

from rongbiao.archive.kinds import Unacceptable, kind_of, plain_name
from tests.texts.documents.made import package, pdf, picture, small_docx


@pytest.mark.parametrize(
    ("content", "name", "media"),
    [(pdf(), "总结.pdf", "application/pdf"), (picture(), "照片.png", "image/png")],
)
def test_what_is_taken_in(content, name, media):
    assert kind_of(content, name).media == media


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (package({"a.txt": "x"}), "附件.zip", "“附件.zip”：不接收压缩包，请逐个上传其中的文件。"),
        (
            b"<html></html>",
            "页面.html",
            "“页面.html”：内容是网页，不在可接收之列。可接收：pdf、docx、xlsx、pptx、png、jpg、txt、csv。",
        ),
    ],
)
def test_kinds_that_are_read_but_not_kept(content, name, why):
    with pytest.raises(Unacceptable) as refused:
        kind_of(content, name)
    assert str(refused.value) == why


def test_refusals_are_told_in_english_with_all_that_they_name():
    with translation.override("en"), pytest.raises(Unacceptable) as refused:
        kind_of(small_docx(), "报告.pdf")
    assert str(refused.value) == (
        "What “报告.pdf” holds (Word document) is not what its name says. Correct the name and try again."
    )


def test_a_file_without_a_name_has_one():
    assert (plain_name("..."), plain_name("a/b.txt")) == ("未命名", "b.txt")
