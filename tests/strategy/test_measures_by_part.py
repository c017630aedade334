"""Lead and join stand apart, and both can be recounted from the published rows alone."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from rongbiao.exchange import batches
from rongbiao.parties.models import Organization, Region
from rongbiao.standards.models import Participation, Standard
from rongbiao.standards.numbering import columns
from rongbiao.strategy import figures
from rongbiao.texts.numbers import read_number

DAY = date(2025, 12, 31)


def edition(number, *drafters, publisher="", level=None, **days):
    made = columns(read_number(number)) | days
    if level:
        made["level"] = level
    issued = {"issued_on": date(2024, 5, 1)} | days
    row = Standard.objects.create(
        title=number, publisher=publisher, basis="试〔2024〕1号", **(made | issued)
    )
    Participation.objects.bulk_create(
        Participation(
            standard=row,
            name=str(unit),
            organization=unit if isinstance(unit, Organization) else None,
            place=place,
            part="join" if place else "lead",
        )
        for place, unit in enumerate(drafters)
    )
    return row


@pytest.fixture
def filled(opinion_plan):
    region = Region.objects.get(name="鼓楼区")
    firm, other, club = (
        Organization.objects.create(name=name, kind=kind, region=region)
        for name, kind in (
            ("榕江公司", "enterprise"),
            ("左海公司", "enterprise"),
            ("榕城协会", "association"),
        )
    )
    edition("GB/T 99001—2024", firm, other, "北京研究院")
    edition("GB/T 99002—2024", "北京研究院", firm, other)
    edition("GB/T 99003—2024", "北京研究院")
    edition("ISO 99004:2024", "北京研究院", other, level="international")
    edition("T/BJX 001—2024", "北京研究院", firm)
    edition("T/RCX 001—2024", "北京研究院", publisher=club.name)
    edition("T/BJX 002—2024", "北京研究院", publisher="北京协会")
    edition("DB3501/T 901—2024", firm, planned_on=date(2023, 11, 1))
    edition("DB3502/T 901—2024", "厦门公司", planned_on=date(2020, 1, 1))
    return opinion_plan


def rows(plan, key):
    answer = Client().get(f"/plans/{plan.key}/targets/{key}/rows.csv?asof={DAY}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_lead_and_join_are_recounted_from_the_rows(filled):
    for key, counted in (("standards-led", (2, 2, 0)), ("group-standards", (0, 1, 1))):
        target = filled.targets.get(key=key)
        parts = figures.parts(target, DAY)
        said = [row["本市参与程度"] for row in rows(filled, key)]
        assert tuple(said.count(word) for word in ("主导", "参与", "发布")) == counted
        assert (parts.lead, parts.join, parts.published) == counted
        assert figures.figure(target, DAY).value == len(said) == sum(counted)


def test_outside_units_make_no_row_and_no_district(filled):
    numbers = {row["标准编号"] for row in rows(filled, "standards-led")}
    assert "GB/T 99003—2024" not in numbers
    assert "T/BJX 002—2024" not in {row["标准编号"] for row in rows(filled, "group-standards")}
    target = filled.targets.get(key="standards-led")
    assert figures.by_district(target, DAY) == [("鼓楼区", 4)]


def test_standards_of_another_city_have_no_part_in_the_months(filled):
    found = rows(filled, "cycle-months")
    assert [row["标准编号"] for row in found] == ["DB3501/T 901—2024"]
    target = filled.targets.get(key="cycle-months")
    assert figures.figure(target, DAY).value == Decimal("6.0")


def test_the_page_shows_both(filled):
    page = Client().get(f"/plans/{filled.key}/targets/standards-led/?asof={DAY}").content.decode()
    assert "其中主导" in page
    assert "其中参与" in page


def test_a_table_may_say_that_a_unit_only_joined(opinion_plan, officer):
    table = """标准编号,标准名称,层级,发布日期,本市起草单位,单位类别
GB/T 99001—2024,甲,国家标准,2024-02-01,榕江公司（参与）、左海公司（参与）,企业
GB/T 99002—2024,乙,国家标准,2024-02-01,榕江公司、左海公司,企业
"""

    def enter():
        return batches.enter(
            "standards", table.encode(), "甲.csv", basis="试", basis_on=DAY, actor=officer, day=DAY
        )

    enter()
    assert enter().same == 2
    parts = figures.parts(opinion_plan.targets.get(key="standards-led"), DAY)
    assert (parts.lead, parts.join) == (1, 1)
    rows = Participation.objects.order_by("standard", "place").values_list("place", "part")
    assert list(rows) == [(1, "join"), (2, "join"), (0, "lead"), (1, "join")]


def test_a_whole_list_of_drafting_units_is_not_cut_down(opinion_plan, officer):
    row = edition("GB/T 99001—2024", "北京研究院", "榕江公司")
    table = """标准编号,标准名称,层级,发布日期,本市起草单位,单位类别
GB/T 99001—2024,甲,国家标准,2024-05-01,榕江公司、左海公司,企业
"""
    batches.enter(
        "standards", table.encode(), "甲.csv", basis="试", basis_on=DAY, actor=officer, day=DAY
    )
    parts = row.participations.order_by("place").values_list("name", "organization__name", "part")
    assert list(parts) == [
        ("北京研究院", None, "lead"),
        ("榕江公司", "榕江公司", "join"),
        ("左海公司", "左海公司", "join"),
    ]
