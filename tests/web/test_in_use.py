"""The page of a standard shows how it is carried out; feedback comes in and is answered by pages."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.procedures.feedback import FeedbackProcedure
from rongbiao.procedures.implementation import Implementation
from rongbiao.standards.models import Standard
from tests.conftest import hold_post
from tests.standards_desk import enter

DAY = date(2025, 9, 30)
PAGE = "/standards/DB3501~T007-2025/"
NEW = "/matters/feedback/new/"
NAME, PHONE, MAIL, FIRM = "林小明", "13900007777", "lin@secret.example", "秘密公司"
SAID = {"standard": "DB3501/T 007—2025", "clause": "5.2", "kind": "hard", "words": "楼道达不到。",
        "person": NAME, "phone": PHONE, "email": MAIL, "unit": FIRM}  # fmt: skip
ARRANGED = {"organizes": "组织培训。", "publicizes": "市科技局"}
HELD = {
    "held_on": "2025-09-01",
    "kind": "training",
    "units": "3",
    "people": "40",
    "words": "开了班。",
}
USED = {"unit": "官坞育苗场", "since": "2025-05-01", "proof": "文件3号"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("marking_engine")]


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: DAY)


@pytest.fixture
def row(city) -> Standard:
    return enter("DB3501/T 007-2025", "海带育苗技术规程", issued_on=date(2025, 1, 2),
                 implemented_on=date(2025, 3, 1), proposer="市海洋与渔业局")  # fmt: skip


@pytest.fixture
def carried(row, officer, reporter) -> Case:
    return desk.open_case(Implementation, actor=officer, day=DAY, answers=ARRANGED, standard=row)


def block(client: Client) -> str:
    """Return what the page of the standard says of how it is carried out."""
    text = client.get(PAGE).content.decode()
    start = text.index('aria-labelledby="in-use"')
    return text[start : text.index("</section>", start)]


def told(row, words: str = "楼道达不到。") -> Case:
    said = {**SAID, "words": words}
    return desk.open_case(FeedbackProcedure, actor=None, day=DAY, answers=said, standard=row)


def explain(case, actor, **more) -> None:
    said = {"result": "explained", "words": "可以分设。"} | more
    desk.act(case, "submit", actor=actor, day=DAY, answers=said)


def test_a_visitor_goes_from_the_standard_to_the_form_and_to_the_receipt(client, row, officer):
    address = re.search(rf'href="({NEW}[^"]+)"', block(client))[1].replace("&amp;", "&")
    form = client.get(address).content.decode()
    assert 'value="DB3501/T 007-2025"' in form
    assert "海带育苗技术规程" in form
    answer = client.post(NEW, SAID)
    case = Case.objects.get(procedure_key="feedback")
    receipt = case.entries.get().receipt
    assert answer.url.endswith(f"{reverse('receipts')}?number={receipt}")
    assert "还没有处理结果" in client.get(answer.url).content.decode()
    explain(case, officer)
    assert "可以分设。" in client.get(answer.url).content.decode()


def test_what_cannot_be_read_as_a_standard_is_said_above_what_was_typed(client, row):
    for number, words in (("DB3501/T 999-2025", "名录中没有"), ("废话\x00", "无法识别")):
        answer = client.post(NEW, SAID | {"standard": number})
        text = answer.content.decode()
        assert (answer.status_code, words in text) == (409, True)
        assert "楼道达不到。" in text
        assert client.get(NEW, {"standard": number}).status_code == 200


def test_a_withdrawn_standard_takes_no_feedback(client, row):
    Standard.objects.update(status="withdrawn", withdrawn_on=date(2025, 6, 1))
    answer = client.post(NEW, SAID)
    assert answer.status_code == 409
    assert "2025-06-01起" in answer.content.decode()
    assert NEW not in client.get(PAGE).content.decode()
    assert not Case.objects.filter(procedure_key="feedback").exists()


def test_feedback_on_a_demonstration_goes_with_it(client, row):
    Standard.objects.update(demonstration=True)
    client.post(NEW, SAID)
    assert Case.objects.get(procedure_key="feedback").demonstration is True


def test_nothing_of_a_person_is_public_before_or_after_the_answer(client, row, officer, carried):
    case = told(row)
    places = [PAGE, case.get_absolute_url(), "/cases/", "/cases/?procedure=feedback"]
    assert client.get(case.get_absolute_url()).status_code == 404
    explain(case, officer)
    places.append(f"{reverse('receipts')}?number={case.entries.first().receipt}")
    for place in places:
        answer = client.get(place)
        text = answer.content.decode()
        assert answer.status_code == 200, place
        assert [word for word in (NAME, PHONE, MAIL, FIRM, "林**") if word in text] == [], place
    assert "楼道达不到。" in client.get(case.get_absolute_url()).content.decode()


def test_the_block_tells_records_users_and_answers(client, row, officer, reporter, carried):
    assert "还没有公开的实施记录和反馈。" in block(client)
    desk.act(carried, "publicize", actor=reporter, day=DAY, answers=HELD)
    wrong = desk.act(carried, "adopt", actor=reporter, day=DAY, answers=USED | {"unit": "误登场"})
    desk.act(carried, "adopt", actor=reporter, day=DAY, answers=USED)
    desk.act(carried, "hide", actor=officer, day=DAY, answers={"words": "误"}, about=wrong.seq)
    explain(told(row), officer)
    explain(told(row, "广告"), officer, withheld="on")
    text = strip_tags(block(client))
    for words in ("宣贯 1 次、40 人次，使用单位 1 家，反馈 2 条、已答复 2 条", "培训、宣讲",
                  "开了班。（3 家，40 人）", "官坞育苗场：文件3号", "楼道达不到。", "可以分设。",
                  "已说明", carried.number):  # fmt: skip
        assert words in text, words
    for words in ("误登场", "广告"):
        assert words not in text
    assert "误登场" not in client.get(carried.get_absolute_url()).content.decode()


def test_no_more_queries_for_three_than_for_one(client, row, officer, reporter, carried):
    counted = []
    for n in (0, 1, 2):
        desk.act(carried, "publicize", actor=reporter, day=DAY, answers=HELD)
        desk.act(carried, "adopt", actor=reporter, day=DAY, answers=USED | {"unit": f"场{n}"})
        explain(told(row, f"第{n}条"), officer)
        with CaptureQueriesContext(connection) as seen:
            client.get(PAGE)
        counted.append(len(seen))
    assert counted[0] == counted[2]
    assert counted[0] <= 30


def test_more_than_a_few_lead_to_the_list(client, row, officer):
    for n in range(6):
        explain(told(row, f"第{n}条"), officer)
    text = block(client)
    assert "第5条" in text
    assert "第0条" not in text
    address = re.search(r'href="(/cases/\?procedure=feedback[^"]+)"', text)[1]
    assert client.get(address.replace("&amp;", "&")).content.decode().count("FK-2025-") >= 6


def test_standards_of_others_have_no_such_block(client, city):
    enter("DB3502/T 007-2025", "厦门的标准", implemented_on=date(2025, 3, 1))
    enter("GB/T 7-2025", "国家标准", implemented_on=date(2025, 3, 1))
    for slug in ("DB3502~T007-2025", "GB~T7-2025"):
        assert "实施与反馈" not in client.get(f"/standards/{slug}/").content.decode()


def test_the_form_of_an_assessment_shows_report_and_figures(
    client, row, officer, reporter, carried
):
    desk.act(carried, "publicize", actor=reporter, day=DAY, answers=HELD)
    report = {"done": "办了一期班。", "users": "21", "effect": "好。", "advice": "confirm"}
    desk.act(carried, "submit", actor=reporter, day=DAY, answers=report)
    client.force_login(officer.person)
    for key in ("submit", "review"):
        text = strip_tags(client.get(f"/cases/{carried.number}/{key}/").content.decode())
        for words in ("依据的情况", "办了一期班。", "继续有效", "1 次，40 人次"):
            assert words in text
    said = {"words": "需要修订。", "trigger": "technique"}
    client.post(f"/cases/{carried.number}/review/", said)
    review = Case.objects.get(procedure_key="local_standard_review")
    assert review.number in client.get(f"/cases/{carried.number}/").content.decode()
    text = client.get(f"/cases/{review.number}/submit/").content.decode()
    assert 'value="technique" selected' in text


def test_a_department_answers_what_was_passed_to_it(client, row, officer, reporter):
    case = told(row)
    client.force_login(officer.person)
    text = client.get(f"/cases/{case.number}/pass_on/").content.decode()
    unit = str(reporter.organization_id)
    assert f'value="{unit}" selected' in text  # who proposed it
    client.post(f"/cases/{case.number}/pass_on/", {"department": unit})
    client.force_login(reporter.person)
    assert case.number in client.get("/inbox/").content.decode()
    client.post(f"/cases/{case.number}/submit/", {"result": "explained", "words": "可以。"})
    case.refresh_from_db()
    assert case.closed_on == DAY


def test_one_address_sends_only_so_much(client, row):
    said = [client.post(NEW, SAID | {"words": f"第{n}条"}).status_code for n in range(31)]
    assert said[:30] == [302] * 30
    assert said[30] == 429


def test_the_matters_list_says_who_begins_what(client, city):
    text = client.get("/matters/").content.decode()
    assert "/matters/feedback/new/" in text
    assert "/matters/implementation/" in text
    assert client.get("/matters/implementation/new/").status_code in {302, 403}
    stranger = hold_post("外小", "市教育局", "reporter", since=DAY - timedelta(9))
    client.force_login(stranger.person)
    assert client.get("/matters/implementation/new/").status_code == 403
