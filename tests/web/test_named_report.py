"""Whoever reports by name is known to the handler of that report, and to nobody else, anywhere."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry, Message
from rongbiao.exchange.case_papers.dossier import Dossier
from rongbiao.exchange.case_papers.offering import offers
from rongbiao.parties.models import Person, Post
from rongbiao.procedures.named_report import NamedReportProcedure, handler
from rongbiao.stages import reach
from rongbiao.stages.journal import faults
from rongbiao.standards.models import Declaration, Inspection, Letter
from tests.conftest import hold_post
from tests.declared import DAY, firm

NAME, PHONE, MAIL, SECRET = "郑举报人", "13900008888", "zheng@reporter.example", "我是该厂质检员"
HIDDEN = (NAME, PHONE, MAIL, SECRET, "139****8888", "郑***", "z***@")
SAID = {
    "firm": "榕城水杯有限公司", "number": "Q/RCSB 001—2026", "words": "没有写明试验方法。",
    "person": NAME, "phone": PHONE, "email": MAIL, "private": SECRET,
}  # fmt: skip


@pytest.fixture
def officers(city) -> list[Post]:
    return [hold_post(name, "市市场监管局", "officer") for name in ("林处", "何处")]


@pytest.fixture
def item(city) -> Declaration:
    return Declaration.objects.create(
        organization=firm(), number="Q/RCSB 001—2026", title="榕城水杯", declared_on=DAY, basis="试"
    )


def signed_in(post: Post) -> Client:
    client = Client()
    client.force_login(post.person)
    return client


def words(answer) -> str:
    return answer.content.decode()


def filed(client: Client | None = None) -> tuple[Case, str]:
    """File a report on the page; return the case and the receipt."""
    file = SimpleUploadedFile(f"{NAME}拍的.txt", "检验单".encode())
    answer = (client or Client()).post("/named-reports/new/", SAID | {"file": file})
    assert answer.status_code == 302, words(answer)
    case = Case.objects.get(procedure_key="named_report")
    return case, case.entries.get().receipt


def taken(officer: Post) -> Case:
    case, _receipt = filed()
    desk.act(case, "submit", actor=officer, day=timezone.localdate())
    return case


def test_nobody_but_the_handler_reads_who_reported(officers, item):
    case = taken(officers[0])
    evidence = case.entries.order_by("seq")[0].attachments.get()
    address = case.get_absolute_url()
    own = words(signed_in(officers[0]).get(address))
    assert all(word in own for word in (NAME, PHONE, MAIL, SECRET))
    assert f"files/{evidence.pk}/" in own
    assert signed_in(officers[0]).get(f"{address}files/{evidence.pk}/").status_code == 200
    auditor = hold_post("何审计", "市市场监管局", "auditor")
    for other in (officers[1], auditor):
        client = signed_in(other)
        seen = words(client.get(address))
        assert case.number in seen
        assert "没有写明试验方法" in seen
        assert not [word for word in HIDDEN if word in seen]
        assert f"files/{evidence.pk}/" not in seen
        assert client.get(f"{address}files/{evidence.pk}/").status_code == 404
        erasing = reverse("case_erase", args=[case.number, case.entries.order_by("seq")[0].seq])
        assert not [word for word in HIDDEN if word in words(client.get(erasing))]
    for post in (hold_post("管理", "市市场监管局", "administrator"),
                 hold_post("填报", "市海洋与渔业局", "reporter"), None):  # fmt: skip
        client = signed_in(post) if post else Client()
        assert client.get(address).status_code == 404
        assert client.get(f"{address}files/{evidence.pk}/").status_code == 404


def test_the_name_is_nowhere_else(officers, item):
    case = taken(officers[0])
    agent = Post.objects.create(
        person=Person.objects.create(username="经办", name="经办"), organization=firm(), role="agent",
        basis="试",
    )  # fmt: skip
    said = {"result": "opened", "number": item.number, "words": "属实。"}
    desk.act(case, "submit", actor=officers[0], day=timezone.localdate(), answers=said)
    desk.act(
        case, "submit", actor=officers[0], day=timezone.localdate(), answers={"words": "已立案。"}
    )
    inspection = Inspection.objects.get()
    pages = [
        "/cases/", "/cases/?stage=closed", "/cases.xlsx?stage=closed", "/inbox/",
        "/inbox/?tab=told", "/inbox/?tab=done", "/standards/", "/declarations/",
        item.get_absolute_url(), "/supervision/", f"/cases/{inspection.basis}/", "/law.json",
        "/registers/declarations/", "/registers/declarations/rows.csv",
    ]  # fmt: skip
    for client in (signed_in(officers[0]), signed_in(officers[1]), signed_in(agent), Client()):
        for page in pages:
            answer = client.get(page)
            content = b"".join(answer) if answer.streaming else answer.content
            seen = content.decode(errors="replace")
            assert not [word for word in (NAME, PHONE, MAIL, SECRET) if word in seen], page
        for page in ("/cases/?stage=closed&q=", "/standards/?q=", "/declarations/?q="):
            assert case.number not in words(client.get(f"{page}{NAME}"))
            assert case.number not in words(client.get(f"{page}{PHONE}"))
    journal = str(list(Entry.objects.values()))
    told = str(list(Message.objects.values())) + str(list(Letter.objects.values()))
    titles = str(list(Case.objects.values()))
    for text in (journal, told, titles):
        assert not [word for word in HIDDEN if word in text]
    assert offers(Dossier(case, officers[1], inner=True)) == []
    assert list(faults()) == []


def test_the_enterprise_learns_neither_who_reported_nor_that_somebody_did(officers, item):
    case = taken(officers[0])
    agent = hold_post_at(firm(), "经办")
    said = {"result": "opened", "number": item.number, "words": "属实。"}
    desk.act(case, "submit", actor=officers[0], day=timezone.localdate(), answers=said)
    inspection = Inspection.objects.get()
    seen = words(signed_in(agent).get(f"/cases/{inspection.basis}/"))
    assert "检查" in seen
    assert case.number not in seen
    item.refresh_from_db()
    assert item.reported_on == timezone.localdate()
    assert Case.objects.get(number=inspection.basis).origin is None


def hold_post_at(unit, name: str) -> Post:
    person = Person.objects.create(username=name, name=name)
    return Post.objects.create(person=person, organization=unit, role="agent", basis="试")


def test_a_session_does_not_go_with_a_report(officers, item):
    agent = hold_post_at(firm("别家有限公司"), "别家")
    case, receipt = filed(signed_in(agent))
    assert case.entries.get().actor is None
    assert case.applicant is None
    said = words(Client().get(f"/receipts/?number={receipt}"))
    assert "接办" in said
    assert not [word for word in HIDDEN if word in said]


def test_the_receipt_tells_the_answer(officers, item):
    case = taken(officers[0])
    receipt = case.entries.order_by("seq")[0].receipt
    said = {"result": "unfounded", "words": "内部核查记录。"}
    desk.act(case, "submit", actor=officers[0], day=timezone.localdate(), answers=said)
    answer = {"words": "经核查，标准已写明试验方法。"}
    desk.act(case, "submit", actor=officers[0], day=timezone.localdate(), answers=answer)
    seen = words(Client().get(f"/receipts/?number={receipt}"))
    assert "标准已写明试验方法" in seen
    assert "内部核查记录" not in seen
    assert not [word for word in HIDDEN if word in seen]


def test_both_faces_of_the_handler_agree_and_one_who_left_gives_way(officers, item):
    case = taken(officers[0])
    for post in (*officers, hold_post("审计", "市市场监管局", "auditor"), None):
        rows = Case.objects.filter(handler.rows(post))
        assert handler(post, case) == (case in rows) == (post == officers[0])
    assert case in reach.in_tray(officers[0])
    assert case not in reach.in_tray(officers[1])
    Post.objects.filter(pk=officers[0].pk).update(until=date(2026, 1, 1))
    assert case in reach.in_tray(officers[1])
    desk.act(case, "retake", actor=officers[1], day=timezone.localdate())
    assert handler(officers[1], case)
    assert not handler(officers[0], case)


def test_a_report_without_a_name_or_from_a_machine_is_refused_in_a_sentence(officers, item):
    answer = Client().post("/named-reports/new/", SAID | {"person": ""})
    assert answer.status_code == 409
    assert not Case.objects.exists()
    page = words(Client().get(f"/named-reports/new/?declaration={item.pk}"))
    assert 'value="Q/RCSB 001—2026"' in page
    assert Client().get("/named-reports/new/?declaration=x").status_code == 200
    assert NamedReportProcedure.stages[0].key == "report"
    again = Client()
    codes = {again.post("/named-reports/new/", SAID).status_code for _n in range(35)}
    assert codes == {302, 429}
