"""The gate asks about every hit, every questionable wording and every forbidden field by itself."""

import pytest

from rongbiao.cases import desk
from rongbiao.parties.refused import Refused
from rongbiao.procedures.local_standard import LocalStandard
from rongbiao.procedures.local_standard.gate import Gate, alike, hints, likes, subject
from tests.cases.conftest import APPLICATION, DAY, GATE, upload
from tests.standards_desk import enter


def test_the_subject_is_what_a_title_is_about():
    assert subject("海带育苗技术规程") == "海带育苗"
    assert alike("海带育苗", "海带苗种繁育") > 0
    assert alike("海带育苗", "茉莉花茶窨制") == 0


def test_a_standard_in_force_that_is_like_it_must_be_explained_away(case, officer):
    row = enter("DB35/T 2001-2020", "海带育苗技术规范", status="current")
    enter("DB35/T 2002-2010", "海带育苗技术规范", status="withdrawn")
    assert [one.key for one in likes(case, case.title)] == [f"s{row.pk}"]
    with pytest.raises(Refused, match="与DB35/T 2001—2020《海带育苗技术规范》的区别"):
        desk.act(case, "accept", actor=officer, day=DAY, answers=GATE)
    said = GATE | {f"like_s{row.pk}": "该标准针对全省，本项目针对福州水温。"}
    desk.act(case, "accept", actor=officer, day=DAY, answers=said)
    assert case.stage_key == "appraisal"


def test_a_running_project_that_is_like_it_is_shown(case, reporter):
    other = desk.open_case(
        LocalStandard,
        actor=reporter,
        day=DAY,
        answers=APPLICATION | {"title": "海带育苗作业指南"},
        files={"draft": upload("草案.docx")},
    )
    assert [one.number for one in likes(other, other.title)] == [case.number]


def test_a_forbidden_field_is_asked_about_with_its_source(reporter):
    case = desk.open_case(
        LocalStandard,
        actor=reporter,
        day=DAY,
        answers=APPLICATION | {"title": "速冻鱼丸质量要求"},
        files={"draft": upload("草案.docx")},
    )
    found = hints(case)
    assert [one.key for one in found] == ["product_quality"]
    label = str(Gate(case=case).fields["field_product_quality"].label)
    assert "《2022年福州市地方标准立项指南》" in label
    assert "团体标准" in label


def test_an_ordinary_project_is_asked_nothing_more(case):
    assert set(Gate(case=case).fields) == set(Gate.base_fields)
