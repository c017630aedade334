"""The officer's form: what is typed is never lost, and the history shows before and after."""

from datetime import date

import pytest

from rongbiao.standards import edits
from rongbiao.standards.models import Standard
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number

ADDRESS = "/standards/GB~T99001-2025/edit/"
BASIS = {"basis": "公告2026年第3号", "basis_on": "2026-02-28", "reason": "更正"}
LINES = {"relations-TOTAL_FORMS": "2", "relations-INITIAL_FORMS": "0"}


@pytest.fixture
def standard(city):
    made = columns(read_number("GB/T 99001—2025"))
    return Standard.objects.create(title="旧名", basis="导入", issued_on=date(2025, 5, 1), **made)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer.person)
    return client


def form(page, **said):
    found = {
        name: field.value() if hasattr(field.value(), "strip") else str(field.value() or "")
        for name, field in ((field.name, field) for field in page.context["form"])
        if name != "text"
    }
    return found | BASIS | LINES | said


def test_an_edit_is_saved_and_stands_in_the_history(desk, standard):
    said = form(
        desk.get(ADDRESS),
        title="新名",
        drafters="北京研究院\r\n榕江公司",
        **{"relations-0-kind": "cites", "relations-0-number": "gbt 1.1"},
    )
    assert desk.post(ADDRESS, said).status_code == 302
    page = desk.get(ADDRESS)
    ((act, changes),) = page.context["history"]
    assert act.words["basis"] == "公告2026年第3号"
    assert [(str(label), was, now) for label, was, now in changes] == [
        ("标准名称", "旧名", "新名"),
        ("起草单位", "", "北京研究院、榕江公司"),
        ("标准关系", "", "引用 GB/T 1.1"),
    ]
    again = form(page, title="新名", **{"relations-TOTAL_FORMS": "1", "relations-INITIAL_FORMS": "1",
                 "relations-0-kind": "cites", "relations-0-number": ""})  # fmt: skip
    assert desk.post(ADDRESS, again).status_code == 302
    assert edits.relations_of(standard) == []


def test_of_two_officers_the_second_keeps_what_was_typed(desk, standard):
    first, second = form(desk.get(ADDRESS)), form(desk.get(ADDRESS))
    assert desk.post(ADDRESS, first | {"title": "先改"}).status_code == 302
    answer = desk.post(ADDRESS, second | {"title": "后改"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "已经改过这项标准" in page
    assert 'value="后改"' in page
    assert ("标准名称", "先改", "后改") in [
        (str(label), was, now) for label, was, now in answer.context["overtaken"]
    ]
    assert desk.post(ADDRESS, form(answer, title="后改")).status_code == 302
    assert Standard.objects.get().title == "后改"


def test_a_new_edition_by_hand(desk, city):
    page = desk.get("/standards/new/")
    said = form(page, number="db3501/t 12-2026", title="茶园管理", status="current")
    assert desk.post("/standards/new/", said).status_code == 302
    answer = desk.post("/standards/new/", said)
    assert answer.status_code == 409
    assert "已在名录中" in answer.content.decode()


def test_only_officers_edit(client, standard, reporter):
    assert client.get(ADDRESS).status_code == 302
    client.force_login(reporter.person)
    assert client.get(ADDRESS).status_code == 403


@pytest.mark.parametrize(
    "address",
    ["/standards/{}/edit/", "/standards/{}/feed.atom", "/standards/{}/subscribe/",
     "/subscriptions/{}/", "/subscriptions/{}/end/", "/organizations/named/?name={}",
     "/organizations/?q={}&kind={}", "/subscriptions/new/?kind=query&target=q={}",
     "/classes/ics/{}/feed.atom", "/standards/feed.atom?q={}"],
)  # fmt: skip
@pytest.mark.parametrize("odd", ["%00", "%ED%A0%80", "%F0%9F%8D%B5", "../x", "x" * 700])
def test_odd_addresses_are_no_errors(desk, address, odd):
    assert desk.get(address.format(odd, odd), follow=True).status_code < 500


def test_the_matter_leads_to_the_page_of_the_edition(desk, standard):
    address = "/matters/correction/new/"
    page = desk.get(address, follow=True)
    assert page.redirect_chain == [("/standards/", 302)]
    assert "请先找到要更正的标准" in page.content.decode()
    assert desk.post(address, {"standard": standard.number})["Location"] == "/standards/"
    assert desk.get(f"{address}?standard=GB/T 99001-2025")["Location"] == ADDRESS
    page = desk.get(f"{address}?standard=GB 1", follow=True)
    assert "名录中没有“GB 1”" in page.content.decode()
