"""The page on which an officer erases what a person said of themselves."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from rongbiao.cases import desk
from rongbiao.cases.models import Personal
from rongbiao.procedures.proposal import Proposal
from rongbiao.stages import journal
from tests.conftest import give_second_factor, hold_post

WHO = {"person": "欧阳试验", "phone": "13912345678", "email": "ouyang@example.com"}
SAID = {"ground": "3", "reason": "本人凭受理号当面提出"}


@pytest.fixture
def entry(city):
    cache.clear()
    idea = WHO | {"title": "共享单车停放", "need": "占道停放。"}
    case = desk.open_case(Proposal, actor=None, day=timezone.localdate(), answers=idea)
    return case.entries.get()


def browser(post) -> Client:
    client = Client()
    give_second_factor(post.person)
    client.force_login(post.person)
    return client


def address(entry) -> str:
    return f"/cases/{entry.case.number}/entries/{entry.seq}/erase/"


def test_an_officer_erases_and_the_case_says_so(entry, officer):
    client = browser(officer)
    case = client.get(f"/cases/{entry.case.number}/").content.decode()
    assert address(entry) in case
    page = client.get(address(entry)).content.decode()
    assert "欧***" in page
    assert "139****5678" in page
    assert "欧阳试验" not in page
    assert "未核实" in page  # the law was not read in the gazette
    assert client.post(address(entry), SAID).status_code == 302
    assert not Personal.objects.exists()
    case = client.get(f"/cases/{entry.case.number}/").content.decode()
    assert "删除：" in case
    assert "第四十七条第一款第三项" in case
    assert address(entry) not in case
    after = client.get(address(entry)).content.decode()
    assert "本人凭受理号当面提出" in after
    assert "<textarea" not in after
    assert client.post(address(entry), SAID).status_code == 409
    assert list(journal.faults()) == []


def test_the_receipt_leads_there_and_tells_its_holder(entry, officer):
    where = f"/receipts/?number={entry.receipt}"
    assert address(entry) in browser(officer).get(where).content.decode()
    told = Client().get(where).content.decode()
    assert address(entry) not in told
    assert "请凭受理号向联席会议办公室提出" in told
    browser(officer).post(address(entry), SAID)
    assert "第四十七条第一款第三项" in Client().get(where).content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"ground": "1"}, "尚未办结"),
        ({"reason": "欧阳试验要求"}, "不能写要删除的姓名"),
        ({"reason": ""}, "必填"),
        ({"ground": "9"}, "ground"),
    ],
)
def test_a_refusal_comes_back_above_the_form(entry, officer, said, words):
    answer = browser(officer).post(address(entry), SAID | said)
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert Personal.objects.count() == 1


def test_it_is_nobody_elses(entry, officer):
    assert Client().get(address(entry)).status_code in {302, 403}
    clerk = browser(hold_post("陈填报", "市海洋与渔业局", "reporter"))
    assert clerk.get(address(entry)).status_code == 403
    client = browser(officer)
    assert client.get(address(entry).replace(f"/{entry.seq}/", "/999/")).status_code == 404
    assert client.get(address(entry).replace(entry.case.number, "JY-1")).status_code == 404
