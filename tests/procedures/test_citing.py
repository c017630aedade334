"""What an announced local standard cites stands in the register, with the announcement as its basis."""

import io
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rongbiao.procedures.local_standard.citing import cite, cited_in
from rongbiao.standards import edits
from rongbiao.standards.models import Relation, Standard
from rongbiao.texts.documents import read_document
from tests.story_desk import Told, read

STORY = Path(__file__).parents[1] / "stories" / "eleven_months.yaml"
TEXT = (
    "前言", "本文件代替DB3501/T 9001-2015。",
    "1 范围", "本文件规定了海带育苗。",
    "2 规范性引用文件", "下列文件中的内容通过文中的规范性引用而构成本文件必不可少的条款。",
    "GB 11607 渔业水质标准", "GB/T 15807-2008 海带养殖夏苗苗种", "GB 3100～3102-1993 量和单位",
    "3 术语和定义", "GB/T 22213界定的术语适用。",
    "参考文献", "[1] GB/T 1.1-2020 标准化工作导则",
)  # fmt: skip


def draft(*lines: str) -> bytes:
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


class Announced(Told):
    """The story, with a text that cites."""

    def filled(self, action, said, case):
        answers, files = super().filled(action, said, case)
        if "标准文本" in said:
            files = {key: SimpleUploadedFile("文本.docx", draft(*TEXT)) for key in files}
        return answers, files


def cites(standard: Standard) -> list[tuple[str, bool]]:
    rows = Relation.objects.filter(subject_key=standard.key, kind="cites").order_by("object_key")
    return list(rows.values_list("object", "dated"))


def test_only_the_chapter_of_normative_references_counts():
    document = read_document(draft(*TEXT), "a.docx")
    assert cited_in(document) == ["GB 11607", "GB/T 15807-2008"]
    assert cited_in(read_document("1 范围\n应符合GB 11607。".encode(), "a.txt")) == []


@pytest.mark.django_db
def test_the_text_of_an_announced_standard_is_read_when_it_is_open(
    city, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        case = Announced(read(STORY)).play()
    assert cites(case.standard) == [("GB/T 15807-2008", True), ("GB 11607", False)]
    told = case.entries.filter(stage_key="approval", action_key="approve").last()
    relation = Relation.objects.get(subject_key=case.standard.key, object="GB 11607")
    assert (relation.basis, relation.basis_on) == (told.answers["number"], told.day)
    opened = case.entries.filter(stage_key="disclosure").last()
    basis = edits.Basis("再读", told.day, "再读")
    assert cite(case.pk, basis, opened.actor, told.day) == 0  # once and only once


@pytest.mark.django_db
def test_a_text_that_cannot_be_read_leaves_the_act_standing(
    city, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        case = Told(read(STORY)).play()
    assert case.standard.text is not None
    assert cites(case.standard) == []
