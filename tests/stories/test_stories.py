"""Every story is played, line by line, at the real desk; and its journal verifies."""

from pathlib import Path

import pytest

from rongbiao.cases.models import Entry
from rongbiao.stages.journal import faults
from rongbiao.standards.models import Declaration, Inspection, Standard
from tests.story_desk import Told, read

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
        assert {key: said[key] for key in expected} == expected
    if expected := story.get("抽查结局"):
        assert result_of(Inspection.objects.get(), expected) == {
            k: str(v) for k, v in expected.items()
        }
    if "另一件" in story:
        assert told.another().closed_on
    assert Entry.objects.exists()
    assert list(faults()) == []
