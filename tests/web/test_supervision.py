"""Pages of supervision: a campaign from plan to bulletin by clicks, in public and inside the office."""

import io
import json

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from rongbiao.cases.models import Case
from rongbiao.parties.models import Post
from rongbiao.standards.models import Campaign, Inspection
from rongbiao.texts import lots
from tests.conftest import hold_post
from tests.procedures.test_supervision import stock

PLAN = {
    "title": "2026年企业标准抽查", "year": "2026", "basis": "试〔2026〕1号", "count": "3", "people": "2",
    "per_unit": "0", "months": "0", "codes": "", "words": "",
}  # fmt: skip


@pytest.fixture
def officers(city) -> list[Post]:
    return [hold_post(name, "市市场监管局", "officer") for name in ("林处", "何处")]


@pytest.fixture
def office(officers) -> Client:
    client = Client()
    client.force_login(officers[0].person)
    return client


def words(answer) -> str:
    return answer.content.decode()


def opened(office: Client, **more) -> Campaign:
    """Return a campaign that was planned, drawn and opened by clicks."""
    answer = office.post("/supervision/new/", PLAN | {"plan": "1"} | more)
    address = answer["Location"]
    for what in ("freeze", "draw-objects", "staff", "draw-people", "open"):
        office.post(f"{address}{what}/", {"witness": "7"})
    return Campaign.objects.get()


def test_a_campaign_goes_its_way_by_clicks(office, officers):  # noqa: PLR0915  one way, step by step
    stock(4, 2)
    page = words(office.post("/supervision/new/", PLAN | {"look": ""}))
    assert "今日符合范围的声明条目" in page
    assert "8 项" in page
    row = opened(office)
    address = row.get_absolute_url()
    assert row.step == "opened"
    public = Client()
    seen = words(public.get(address))
    assert "检查中" in seen
    assert row.population.sha256 in seen
    assert "下一步" not in seen
    table = public.get(f"{address}population.csv")
    assert table.content.decode().count("\n") == 9
    record = public.get(f"/draws/{row.objects_draw}.json").content
    assert not lots.check(lots.read_record(record))
    assert public.get(f"{address}bulletin.docx").status_code == 404
    assert office.get(f"{address}bulletin.docx").status_code == 200
    for case in Case.objects.filter(procedure_key="supervision"):
        inspector = Client()
        inspector.force_login(case.seats.first().post.person)
        act = f"/cases/{case.number}/record/"
        page = words(inspector.get(act))
        assert "履行公开义务" in page
        form = case.stage.action("record").form(case=case)
        said = {line.key: line.proposed for line in form.sheet.lines}
        wrong = inspector.post(act, said | {"currency": "found", "stage": "inspect"})
        assert "与预检结果不同，请写明理由" in words(wrong)
        inspector.post(act, said | {"stage": "inspect"})
        if "found" in said.values():
            order = {"number": "责1", "grounds": ["other"], "words": "补充试验方法。"}
            office.post(f"/cases/{case.number}/rectify/", order)
        else:
            office.post(f"/cases/{case.number}/pass/")
    passed = Inspection.objects.filter(result="passed").count()
    assert Case.objects.filter(stage_key="publish").count() == passed
    answer = office.post(f"{address}publish/", {"where": ""}, follow=True)
    assert "请写明在哪个平台公示" in words(answer) or not passed
    office.post(f"{address}publish/", {"where": "公共服务平台"})
    office.post(f"{address}report/", {"number": "通〔2026〕1号"})
    seen = words(public.get(address))
    assert "通〔2026〕1号" in seen
    paper = docx.Document(io.BytesIO(public.get(f"{address}bulletin.docx").content))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "共抽取3项" in text
    assert row.population.sha256 in text.replace(" ", "")
    sheet = CalamineWorkbook.from_filelike(
        io.BytesIO(public.get(f"{address}bulletin.objects").content)
    ).get_sheet_by_index(0)
    assert len(sheet.to_python()) == 3 + 3
    assert public.get(f"{address}bulletin.xlsx").content[:2] == b"PK"
    assert "抽查对象" in words(public.get(f"{address}objects/"))
    if one := Inspection.objects.public().first():
        assert "未发现问题" in words(public.get(one.declaration.get_absolute_url()))


def test_results_are_public_only_when_they_are_published(office):
    stock(2, 1)
    row = opened(office, count="2")
    one = Inspection.objects.first()
    Inspection.objects.filter(pk=one.pk).update(result="uncorrected", found=["methods"])
    for address in (row.get_absolute_url(), f"{row.get_absolute_url()}objects/"):
        assert "逾期未改正" not in words(Client().get(address))
        assert "逾期未改正" in words(office.get(address))
    assert "逾期未改正" not in words(Client().get(one.declaration.get_absolute_url()))


def test_pages_ask_alike_for_one_object_and_for_many(office):
    stock(3, 1)
    counts = [asked_of(office, opened_once(office, n)) for n in ("1", "3")]
    assert counts[0] == counts[1]


def asked_of(office: Client, row: Campaign) -> list[int]:
    """Return how many questions each page asks the database."""
    found = []
    for page in (row.get_absolute_url(), f"{row.get_absolute_url()}objects/", "/supervision/"):
        office.get(page)
        with CaptureQueriesContext(connection) as asked:
            office.get(page)
        found.append(len(asked))
    return found


def test_the_record_of_a_large_draw_stays_a_page(office):
    stock(80, 4)
    row = opened_once(office, "1")
    seen = words(Client().get(row.objects_draw.get_absolute_url()))
    assert "共 320 个，本页只列前 300 个" in seen
    record = json.loads(Client().get(f"/draws/{row.objects_draw}.json").content)
    assert len(record["lots"]) == 320


def opened_once(office: Client, count: str) -> Campaign:
    answer = office.post("/supervision/new/", PLAN | {"plan": "1", "count": count})
    for what in ("freeze", "draw-objects", "staff", "draw-people", "open"):
        office.post(f"{answer['Location']}{what}/", {"witness": "7"})
    return Campaign.objects.latest("pk")


def test_what_cannot_be_planned_is_said_in_its_place(office):
    page = office.post("/supervision/new/", PLAN | {"codes": "乱码", "look": ""})
    assert page.status_code == 409
    assert "没有分类号" in words(page)
    page = office.post("/supervision/new/", PLAN | {"count": "501", "plan": "1"})
    assert page.status_code == 409
    assert not Campaign.objects.exists()
    office.post("/supervision/new/", PLAN | {"plan": "1"})
    address = Campaign.objects.get().get_absolute_url()
    said = words(office.post(f"{address}freeze/", follow=True))
    assert "没有符合抽查范围的声明条目" in said
    said = words(office.post(f"{address}draw-objects/", follow=True))
    assert "名单还没有冻结" in said
    assert office.post(f"{address}burn/").status_code == 404
    assert office.get("/supervision/none/").status_code == 404


def test_what_works_beside_the_page_tells_how_far_it_is(office):
    stock(2, 1)
    row = opened(office, count="2")
    Campaign.objects.filter(pk=row.pk).update(order="publish", total=50, progress=10)
    page = words(office.get(row.get_absolute_url()))
    assert "10 / 50" in page
    part = office.get(row.get_absolute_url(), HTTP_HX_REQUEST="true")
    assert "10 / 50" in words(part)
    assert "HX-Refresh" not in part
    Campaign.objects.filter(pk=row.pk).update(order="", trouble="检查人员不在任。")
    part = office.get(row.get_absolute_url(), HTTP_HX_REQUEST="true")
    assert part["HX-Refresh"] == "true"
    assert "检查人员不在任" in words(part)
    assert json.loads(Client().get(f"/draws/{row.people_draw}.json").content)["drawn"]
