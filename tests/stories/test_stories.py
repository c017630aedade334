"""Every story is played, line by line, at the real desk; and its journal verifies."""

from pathlib import Path

import pytest

from rongbiao.awards.models import Leader, Recognition
from rongbiao.cases.models import Entry, Message
from rongbiao.stages.journal import faults
from rongbiao.standards.models import Association, Declaration, Inspection, Relation, Standard
from tests.story_desk import Told, read


def leader_words(row: Leader) -> str:
    """Return until when a leader stands on the list, or since when no longer."""
    return f"{row.removed_on} 移出" if row.removed_on else f"{row.list.since} 至 {row.list.until}"


STORIES = sorted(Path(__file__).parent.glob("*.yaml"))


def result_of(row: Inspection, asked) -> dict[str, str]:
    """Return what is asked of a line in the register of inspections."""
    said = {
        str(field.verbose_name): getattr(row, field.name) for field in row._meta.concrete_fields
    }
    said["结果"] = row.get_result_display()
    return {name: str(said[name]) for name in asked}


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path, city):
    story = read(path)
    told = Told(story)
    case = told.play()
    ends = {
        "环节": "办结" if case.closed_on else case.stage.name,
        "办结日期": str(case.closed_on),
        "标准": str(case.standard),
        "结果": case.outcome,
        "记录": case.entries.count(),
    }
    expected = {key: str(value) for key, value in story["结局"].items()}
    assert {key: str(ends[key]) for key in expected} == expected
    for number, expected in story.get("名录结局", {}).items():
        row = Standard.objects.get(number=number)
        said = {"状态": row.get_status_display(), "废止日期": row.withdrawn_on}
        assert {key: said[key] for key in expected} == expected
    for number, expected in story.get("声明结局", {}).items():
        item = Declaration.objects.get(number=number)
        day = story["经过"][-1][0]
        said = {"状态": item.state_on(day).label, "公开日期": item.declared_on}
        last = item.statements.order_by("ordinal").last()
        said["发现"] = [one["key"] for one in last.findings] if last else []
        assert {key: said[key] for key in expected} == expected
    for title, expected in story.get("认定结局", {}).items():
        one = Recognition.objects.get(title=title)
        said = {
            "类别": one.get_kind_display(),
            "单位": str(one.organization),
            "终止日期": one.until,
        }
        assert {key: said[key] for key in expected} == expected
    for words in story.get("提醒", ()):
        assert Message.objects.filter(
            entry__case__in=(case, case.origin), words__contains=words
        ).exists()
    for subject, words, end in story.get("关系结局", ()):
        one = Relation.objects.get(subject=subject, object=end)
        assert one.get_kind_display() == words
    for code, expected in story.get("团体结局", {}).items():
        one = Association.objects.get(code=code)
        unit = one.organization
        said = {"社会团体": unit.name, "代码": unit.credit_code, "核实日期": one.confirmed_on}
        assert {key: said[key] for key in expected} == expected
    if "领跑者结局" in story:
        held = {row.declaration.number: leader_words(row) for row in Leader.objects.all()}
        assert held == story["领跑者结局"]
    if expected := story.get("抽查结局"):
        assert result_of(Inspection.objects.get(), expected) == {
            k: str(v) for k, v in expected.items()
        }
    if "另一件" in story:
        assert told.another().closed_on
    assert Entry.objects.exists()
    assert list(faults()) == []
