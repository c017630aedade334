"""Codes of sources are said in words; what no table knows is marked as the source's own."""

import pytest
from django.utils import translation

from rongbiao.standards.models import Claim
from rongbiao.web.source_words import form_words, stage_words
from tests.standards_desk import enter


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("international-standard", "国际标准"),
        ("japanese-industrial-standard", "日本工业标准"),
        ("Technical Report", "技术报告"),
        ("letter", "letter（来源用语）"),
        ("标准化指导性技术文件", "标准化指导性技术文件"),
        ("", ""),
    ],
)
def test_the_kind_of_a_document_is_said_in_words(said, words):
    with translation.override("zh-hans"):
        assert form_words(said) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("PUBLISHED", "已出版"),
        ("valid", "有效"),
        ("WITHDRAWN", "已撤销"),
        ("withdrawn", "已废止"),
        ("50.20", "批准（50.20）"),
        ("60.60", "已出版（60.60）"),
        ("90.92", "待修订（90.92）"),
        ("40.20", "征询（40.20）"),
        ("90.99", "90.99（来源用语）"),
        ("送审稿", "送审稿"),
        ("", ""),
    ],
)
def test_a_stage_is_said_in_words_with_its_code(said, words):
    with translation.override("zh-hans"):
        assert stage_words(said) == words


def test_the_page_of_a_standard_says_them(client, city):
    row = enter(
        "ISO 9001:2015", "质量管理体系", level="international",
        form="international-standard", stage="90.92",
    )  # fmt: skip
    for source, value in (("table", "90.92"), ("other", "60.60")):
        Claim.objects.create(standard=row, field="stage", value=value, source=source)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "international-standard" not in page
    assert "待修订（90.92）" in page
    assert "已出版（60.60）" in page
