"""The office enters what standards require, and looks through everything that is public."""

import pytest
from django.test import Client

from rongbiao.standards.models import Precheck, Requirement, Statement
from tests.declared import state
from tests.standards_desk import enter


@pytest.fixture
def office(officer) -> Client:
    client = Client()
    client.force_login(officer.person)
    return client


def test_requirements_are_pasted_and_replace_what_stood_before(office):
    row = enter("GB/T 29606-2013", "不锈钢真空杯")
    address = f"/standards/{row.slug}/requirements/"
    lines = "保温效能\t≥60\t℃\t6.3\t5.3\n容量偏差\t±5\t%"
    office.post(address, {"lines": lines, "basis": "标准原文"})
    held = [(one.name, one.limit, one.unit, one.clause) for one in Requirement.objects.all()]
    assert held == [("保温效能", "≥60", "℃", "5.3"), ("容量偏差", "±5", "%", "")]
    assert "保温效能\t≥60\t℃\t6.3\t5.3" in office.get(address).content.decode()
    office.post(address, {"lines": "容量偏差\t±4\t%", "basis": "标准原文"})
    assert [one.limit for one in Requirement.objects.all()] == ["±4"]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("保温效能 ≥60", "第 1 行没有用制表符"),
        ("甲\t10～5", "不能识别"),
        ("甲\t5\n甲\t6", "与前面的重复"),
        ("\t5", "没有名称"),
    ],
)
def test_what_cannot_be_entered_is_said_and_nothing_changes(office, lines, why):
    row = enter("GB/T 29606-2013", "不锈钢真空杯")
    answer = office.post(f"/standards/{row.slug}/requirements/", {"lines": lines, "basis": "原文"})
    assert answer.status_code == 409
    assert why in answer.content.decode()
    assert not Requirement.objects.exists()


def test_everything_public_is_looked_through_with_counts(office):
    row = state(rows=[("保温效能", "≥65", "℃", "")])
    Statement.objects.filter(pk=row.pk).update(since="2026-01-01")
    state("Q/RC 002—2026")
    page = office.post("/declarations/prechecks/", follow=True).content.decode()
    run = Precheck.objects.get()
    assert (run.total, run.counts["no-method"]) == (1, 1)
    assert "完成" in page
