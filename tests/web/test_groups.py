"""Associations, the fostering plan and the shares: what pages say, and that they cost the same."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from rongbiao.cases import desk
from rongbiao.parties.models import Organization
from rongbiao.procedures.fostering import FosteringCriteria, FosteringPlan
from rongbiao.standards.models import Declaration, Participation, Standard
from rongbiao.strategy import shares
from tests.conftest import hold_post
from tests.society_desk import DAY, declare, society
from tests.web.shelf import put

TERMS = {
    "title": "2026年度团体标准培优", "year": "2026", "document": "榕市监标〔2026〕6号",
    "opens_on": "2026-01-05", "closes_on": "2026-02-05", "criteria": "先进性｜40\n效果｜60",
    "least": "60", "places": "3",
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(city):
    society()
    return hold_post("叶会长", "榕城茶叶协会", "leader")


@pytest.fixture
def officer(city):
    return hold_post("林处", "市市场监管局", "officer")


def apply(leader, standard):
    said = {"year": "2026", "effect": "12 家采用"}
    return desk.open_case(
        FosteringPlan, actor=leader, day=DAY, answers=said, standard=standard, title=str(standard)
    )


def test_an_association_shows_what_it_made(client, leader):
    patents = {"patents": "disclosed", "patent_words": "专利号和许可"}
    declare(leader, "T/RCCY 002—2025", references="GB/T 99999", **patents)
    put("T/RCCY 001-2020", "旧规程", issued_on=date(2020, 5, 1))
    put("T/RCCYX 001-2020", "别家的规程", issued_on=date(2020, 5, 1))
    said = client.get(reverse("association", args=["RCCY"])).content.decode()
    for words in (
        "T/RCCY 002—2025",
        "榕茶协〔2025〕8号",
        "专利号和许可",
        "预检发现 1 处",
        "旧规程",
    ):
        assert words in said
    assert "别家的规程" not in said
    assert client.get(reverse("association", args=["NONE"])).status_code == 404


def test_the_list_finds_by_name_and_letters(client, leader):
    society("榕城水杯协会", "RCSB")
    address = reverse("associations")
    for words in ("RCSB", "t/rcsb", "水杯"):
        said = client.get(address, {"q": words}).content.decode()
        assert ("榕城水杯协会" in said, "榕城茶叶协会" in said) == (True, False)
    assert "没有符合条件的社会团体" in client.get(address, {"q": "没有"}).content.decode()


@pytest.mark.parametrize("name", ["associations", "association", "fostering", "shares"])
def test_the_pages_cost_the_same_with_one_and_with_three(
    name, client, leader, officer, django_assert_max_num_queries
):
    desk.open_case(FosteringCriteria, actor=officer, day=DAY, answers=TERMS)
    address = reverse(name, args=["RCCY"] if name == "association" else [])
    asked = []
    for start, end in ((1, 2), (2, 4)):
        for n in range(start, end):
            standard = declare(leader, f"T/RCCY 00{n}—2025", f"规程{n}", references="GB/T 99999")
            case = apply(leader, standard)
            said = {"score_1": "90", "reason_1": "高", "score_2": "80", "reason_2": "好"}
            desk.act(case, "submit", actor=officer, day=DAY, answers=said)
        client.get(address)  # what is asked once is known now
        with django_assert_max_num_queries(30) as seen:
            client.get(address)
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_the_year_shows_its_frozen_criteria_and_who_applied(client, leader, officer):
    case = desk.open_case(FosteringCriteria, actor=officer, day=DAY, answers=TERMS)
    one = apply(leader, declare(leader, "T/RCCY 001—2025"))
    address = reverse("fostering")
    assert "84.00" not in client.get(address).content.decode()
    said = {"score_1": "90", "reason_1": "高", "score_2": "80", "reason_2": "好"}
    desk.act(one, "submit", actor=officer, day=DAY, answers=said)
    page = client.get(address).content.decode()
    assert all(words in page for words in ("84.00", "40%", "公示"))
    assert case.closed_on == DAY
    assert client.get(address, {"year": "9999"}).status_code == 200


def test_the_shares_can_be_recounted_from_the_rows(client, leader):
    declare(leader, "T/RCCY 001—2025")
    firm = Organization.objects.create(name="榕江公司", kind="enterprise")
    for number, ics in (("GB/T 99001-2024", "67.140.10 55.020"), ("DB3501/T 901-2025", "")):
        row = put(number, "规范", ics=ics, issued_on=date(int(number[-4:]), 5, 1))
        Participation.objects.create(
            standard=row, name=firm.name, organization=firm, place=0, part="lead"
        )
    put("GB/T 99002-2024", "外地的", issued_on=date(2024, 5, 1))
    Declaration.objects.create(
        organization=firm, number="Q/RJ 001—2025", title="产品", declared_on=DAY, basis="试验"
    )
    for asked in ({}, {"field": "67"}, {"field": "none"}, {"year": "2025"}, {"scheme": "ccs"}):
        page = client.get(reverse("shares"), asked).context["whole"]
        answer = client.get(reverse("shares_csv"), asked)
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))[1:]
        market = [row for row in rows if row[2] in {"团体标准", "企业标准"}]
        assert (page.total, page.market) == (len(rows), len(market))
    whole = client.get(reverse("shares")).context["whole"]
    assert (whole.government, whole.market, whole.share) == (2, 2, 50.0)
    assert client.get(reverse("shares"), {"field": "67"}).context["whole"].levels[0] == 1
    for strange in ({"scheme": "x"}, {"year": "二"}, {"field": "\0"}, {"year": "99999"}):
        assert client.get(reverse("shares"), strange).context["whole"].total == whole.total


def test_a_declared_group_standard_is_counted_among_group_standards_alone(client, leader):
    standard = declare(leader, "T/RCCY 001—2025")
    counted = shares.counted("ics", date(2026, 2, 1))
    assert counted == {(2025, "67", "group"): 1}
    list_page = client.get(reverse("declarations"))
    assert list_page.context["items"] == 0
    groups = client.get(reverse("declarations"), {"kind": "group"}).content.decode()
    assert "T/RCCY 001—2025" in groups
    item = client.get(standard.disclosure.declaration.get_absolute_url()).content.decode()
    assert all(words in item for words in ("榕茶协〔2025〕8号", "团体标准"))


def test_an_association_declares_in_its_own_browser(leader):
    page = Client()
    page.force_login(leader.person)
    address = reverse("matter_new", args=["group_declaration"])
    said = {
        "number": "T/RCCY 003—2025", "title": "冷泡", "document": "榕茶协〔2025〕9号",
        "issued_on": "2025-08-01", "implemented_on": "2025-09-01", "ics": "67.140.10",
        "abstract": "规定了冷泡。", "patents": "none", "drafters": "榕城茶业有限公司", "true": "on",
    }  # fmt: skip
    again = page.post(address, said | {"number": "T/RCSB 003—2025"})
    assert again.status_code == 409
    assert "社会团体只能用自己的代号编号" in again.content.decode()
    done = page.post(address, said)
    assert done.status_code == 302
    assert Standard.objects.get(key="T/RCCY003-2025").disclosure.document == "榕茶协〔2025〕9号"
