"""The office enters what standards require, and looks through everything that is public."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rongbiao.exchange import requirements_excel
from rongbiao.exchange.tables import excel, read_rows
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
        ("甲" * 101 + "\t5", "第 1 项的“指标名称”超过 100 字"),
    ],
)
def test_what_cannot_be_entered_is_said_and_nothing_changes(office, lines, why):
    row = enter("GB/T 29606-2013", "不锈钢真空杯")
    answer = office.post(f"/standards/{row.slug}/requirements/", {"lines": lines, "basis": "原文"})
    assert answer.status_code == 409
    assert why in answer.content.decode()
    assert not Requirement.objects.exists()


def test_requirements_of_many_standards_come_by_one_table_and_a_wrong_line_is_named(office):
    enter("GB/T 29606-2013", "不锈钢真空杯")
    enter("GB/T 8174-2018", "设备及管道绝热效果的测试")
    headings = [str(label) for _key, label in requirements_excel.COLUMNS]
    rows = [
        ("GB/T 29606—2013", "保温效能", "≥60", "℃", "6.3", "5.3"),
        ("GB/T 99999—2013", "长度", "≥1", "m", "", ""),
        ("GB/T 29606—2013", "容量偏差", "±5", "%", "", ""),
        ("GB/T 8174—2018", "温差", "9～5", "℃", "", ""),
    ]

    def send(lines):
        file = SimpleUploadedFile("要求.xlsx", excel("要求", "注", headings, lines))
        return office.post("/declarations/requirements/", {"file": file, "basis": "标准原文"})

    page = send(rows).content.decode()
    assert "名录中没有 GB/T 99999—2013" in page
    assert "“9～5”不能识别" in page
    held = list(Requirement.objects.values_list("standard__number", "name", "limit", "clause"))
    assert held == [
        ("GB/T 29606-2013", "保温效能", "≥60", "5.3"), ("GB/T 29606-2013", "容量偏差", "±5", ""),
    ]  # fmt: skip
    send(rows)
    assert Requirement.objects.count() == 2
    answer = send([("甲", "乙")])
    assert answer.status_code == 200
    assert "名录中没有 甲" in answer.content.decode()
    given = office.get("/declarations/requirements.xlsx").content
    assert read_rows(given, "模板.xlsx")[2][1] == headings


def test_everything_public_is_looked_through_with_counts(office):
    row = state(rows=[("保温效能", "≥65", "℃", "")])
    Statement.objects.filter(pk=row.pk).update(since="2026-01-01")
    state("Q/RC 002—2026")
    page = office.post("/declarations/prechecks/", follow=True).content.decode()
    run = Precheck.objects.get()
    assert (run.total, run.counts["no-method"]) == (1, 1)
    assert "完成" in page
