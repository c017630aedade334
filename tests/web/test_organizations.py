"""A unit's page: what it led and joined, counted in as many queries for one row as for many."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongbiao.awards.models import Recognition
from rongbiao.parties.models import Organization
from rongbiao.standards.models import Declaration, Participation, Standard
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number


@pytest.fixture
def firm(city):
    return Organization.objects.create(
        name="榕江公司", kind="enterprise", credit_code="91350100M000100Y43"
    )


def fill(firm, start, n):
    for i in range(start, start + n):
        row = Standard.objects.create(
            title=f"标准{i}", basis="试", issued_on=date(2024, 1, 1), status="current",
            **columns(read_number(f"GB/T {99100 + i}—2024")),
        )  # fmt: skip
        drafters = [(firm.name, firm), ("北京研究院", None)]
        for place, (name, unit) in enumerate(reversed(drafters) if i % 2 else drafters):
            Participation.objects.create(
                standard=row, name=name, organization=unit, place=place,
                part="join" if place else "lead",
            )  # fmt: skip
        Declaration.objects.create(
            organization=firm, number=f"Q/RJ {i}", title="企标", declared_on=date(2024, 1, 1)
        )
        Recognition.objects.create(
            organization=firm, kind="pilot", level="national", title=f"试点{i}",
            approved_on=date(2024, 1, 1), basis="试",
        )  # fmt: skip


PAGES = ("/organizations/", "/organizations/{}/", "/organizations/named/?name=北京研究院",
         "/organizations/{}/rows.csv")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_three_rows_cost_as_much_as_one(client, firm, page):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as found:
            answer = client.get(page.format(firm.pk))
            b"".join(answer) if answer.streaming else None
            assert answer.status_code == 200
        return len(found)

    fill(firm, 0, 1)
    fill(Organization.objects.create(name="甲公司", kind="enterprise"), 10, 1)
    cost()
    one = cost()
    fill(firm, 1, 2)
    fill(Organization.objects.create(name="乙公司", kind="enterprise"), 20, 2)
    assert cost() == one


def test_the_page_says_what_was_led_and_joined(client, firm):
    fill(firm, 0, 3)
    page = client.get(f"/organizations/{firm.pk}/").content.decode()
    for words in ("91350100M000100Y43", "GB/T 99100—2024", "试点2", "Q/RJ 2"):
        assert words in page
    led = client.get(f"/organizations/{firm.pk}/?part=lead&level=national&year=2024")
    assert led.context["page"].paginator.count == 2
    assert led.context["table"][0]["lead"] == (2, 2)
    assert led.context["years"] == [{"year": 2024, "lead": 2, "join": 1}]
    assert client.get(f"/organizations/{firm.pk}/?year=1999x&page=99").status_code == 200


def test_the_rows_are_downloaded_as_filtered(client, firm):
    fill(firm, 0, 3)
    answer = client.get(f"/organizations/{firm.pk}/rows.csv?part=join")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["标准编号"], row["起草单位排序"], row["参与程度"], row["现行有效"]) == (
        "GB/T 99101—2024", "2", "参与", "是",
    )  # fmt: skip


def test_an_outside_unit_is_known_by_its_name_only(client, firm):
    fill(firm, 0, 3)
    page = client.get("/organizations/named/", {"name": "北京研究院"})
    assert page.context["table"][0]["lead"] == (1, 1)
    assert client.get("/organizations/named/", {"name": "榕江公司"}).url.endswith(f"/{firm.pk}/")
    assert client.get("/organizations/named/", {"name": "无此单位"}).status_code == 404
    found = client.get("/organizations/", {"q": "研究院"})
    assert found.context["outside"] == [("北京研究院", 3)]


def test_a_unit_that_answers_for_tasks_leads_to_its_duties(client, opinion_plan):
    unit = Organization.objects.get(name="市海洋与渔业局")
    assert f"/units/{unit.pk}/" in client.get(f"/organizations/{unit.pk}/").content.decode()
