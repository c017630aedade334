"""Pages of registered citations: handing in, confirming, answering; who sees what."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from rongbiao.cases.models import Case
from rongbiao.standards.citing import alerts, telling
from rongbiao.standards.models import CitingDocument, Duty
from tests.citing_desk import TEXT, change, registered
from tests.conftest import hold_post
from tests.standards_desk import enter


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def page(client, reporter):
    client.force_login(reporter.person)
    return client


def said(**more):
    return {"kind": "normative", "title": "某项管理办法", "number": "榕试〔2026〕1号"} | more


def owed(actor, count=1, number="GB/T 19001-2016", **more):
    """Return an edition that was abolished, cited by some documents of the actor's unit."""
    row = enter(number, "质量管理体系 要求")
    for n in range(count):
        text = f"第{n}份，应符合{number}。"
        registered(actor, text, day=localdate(), dated_on=localdate(), title=f"办法{n}", **more)
    change(row, localdate(), status="withdrawn", withdrawn_on=localdate())
    alerts.tick(localdate())
    return row


def queries(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_a_document_is_handed_in_confirmed_and_shown(page):
    enter("GB/T 19001-2016", "质量管理体系 要求")
    sent = SimpleUploadedFile("办法.txt", TEXT.encode())
    answer = page.post(reverse("citing-register"), said(file=sent), follow=True)
    assert "GB/T 19001-2016" in answer.text
    assert "强制性国家标准" in answer.text
    row = CitingDocument.objects.get()
    confirm = reverse("citing_confirm", args=[row.pk])
    answer = page.post(
        confirm, {"keep": ["1", "3"], "number-1": "GB/T 19001-2016", "number-2": "GB 3100"}
    )
    assert answer.status_code == 409
    assert "第 3 处已选为引用，请填写标准编号。" in answer.text
    answer = page.post(confirm, {"keep": ["1"], "number-1": "GB/T 19001-2016"}, follow=True)
    assert answer.redirect_chain == [(row.get_absolute_url(), 302)]
    assert [one.state for one in row.citations.all()] == ["confirmed", "rejected", "rejected"]
    assert page.get(confirm).status_code == 302


def test_text_may_be_pasted_and_one_of_both_is_needed(page):
    answer = page.post(reverse("citing-register"), said())
    assert answer.status_code == 409
    assert "请上传文件，或者粘贴正文，两者选一。" in answer.text
    page.post(reverse("citing-register"), said(text=TEXT, spread="no"))
    row = CitingDocument.objects.get()
    assert (row.public, row.file.name, row.citations.count()) == (False, "正文.txt", 3)
    answer = page.post(reverse("citing_withdraw", args=[row.pk]), follow=True)
    assert "已撤回" in answer.text
    assert not CitingDocument.objects.exists()


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(page):
    sent = SimpleUploadedFile("坏.pdf", b"%PDF-1.7 broken")
    answer = page.post(reverse("citing-register"), said(file=sent))
    assert answer.status_code == 409
    assert "坏.pdf" in answer.text


def test_several_tasks_are_answered_at_once_from_the_inbox(page, reporter):
    owed(reporter, 3)
    tray = page.get(reverse("inbox")).text
    assert f"GB/T 19001-2016自{localdate()}起废止。" in tray
    assert "3 份文件" in tray
    alert = Duty.objects.first().alert_id
    address = f"{reverse('citing_duties')}?alert={alert}"
    assert page.get(address).text.count('name="duties"') == 3
    pks = list(Duty.objects.values_list("pk", flat=True))
    answer = page.post(address, {"duties": pks[:2], "answer": "keep", "reason": " "})
    assert answer.status_code == 409
    assert "请写明处置的理由。" in answer.text
    assert answer.text.count("checked") == 3  # the two rows and 留 are kept as they were
    form = {"duties": pks[:2], "answer": "keep", "reason": "合同期内不变", "token": "一次"}
    assert "已答复 2 件，办件号 YY-" in page.post(address, form, follow=True).text
    page.post(address, form)
    assert (Case.objects.count(), Duty.objects.filter(closed_on=None).count()) == (1, 1)
    assert "合同期内不变" in page.get(f"{reverse('citing_duties')}?state=done").text
    assert page.get(reverse("matter_new", args=["citation_duty"])).url == reverse("citing_duties")


def test_nothing_chosen_is_said_and_tasks_of_others_are_not_answered(page, reporter, city):
    other = hold_post("李填报", "市农业农村局", "reporter")
    owed(other)
    answer = page.post(reverse("citing_duties"), {"answer": "keep", "reason": "理由"})
    assert "请至少选择一件任务。" in answer.text
    form = {"duties": [Duty.objects.get().pk], "answer": "keep", "reason": "理由"}
    assert page.post(reverse("citing_duties"), form).status_code == 409
    assert Duty.objects.get().closed_on is None


def test_who_reads_what(client, reporter, officer):
    owed(reporter)
    private = registered(
        reporter,
        "合同 GB/T 19001-2016",
        kind="contract",
        title="采购合同",
        day=localdate(),
        dated_on=localdate(),
    )
    public = CitingDocument.objects.get(kind="normative")
    standard = reverse("standard", args=["GB~T19001-2016"])
    unit = reverse("organization", args=[reporter.organization_id])
    for actor, sees in ((None, False), (officer, True), (reporter, True)):
        client.logout()
        if actor:
            client.force_login(actor.person)
        assert client.get(public.get_absolute_url()).status_code == 200
        assert client.get(private.get_absolute_url()).status_code == (200 if sees else 404)
        for address in (reverse("citing_documents"), unit, standard):
            text = client.get(address).text
            assert "办法0" in text
            assert ("采购合同" in text) is sees, f"{actor} {address}"
        assert ("共 2 份登记的文件引用，其中 1 份不公开" in client.get(standard).text) is (
            actor is officer
        )
    client.logout()
    assert client.get(reverse("citing_confirm", args=[public.pk])).status_code == 302
    assert "答复处置任务" not in client.get(public.get_absolute_url()).text


def test_the_file_is_for_the_body_and_the_office(client, reporter, officer):
    row = registered(reporter, day=localdate(), dated_on=localdate())
    address = reverse("file", args=[row.file.sha256])
    other = hold_post("李填报", "市农业农村局", "reporter")
    for actor, status in ((reporter, 200), (officer, 200), (other, 404)):
        client.force_login(actor.person)
        assert client.get(address).status_code == status


def test_the_office_sees_who_is_late_unit_by_unit(client, reporter, officer):
    owed(reporter, 2)
    Duty.objects.update(due_on=localdate() - timedelta(days=9))
    telling.remind(localdate())
    client.force_login(officer.person)
    text = client.get(reverse("citing_late")).text
    assert "待处置 2 件，其中逾期 2 件" in text
    assert text.count("逾期 9 天") == 2
    other = hold_post("李填报", "市农业农村局", "reporter")
    assert (
        client.get(f"{reverse('citing_late')}?unit={other.organization_id}").text.count("逾期 9 天")
        == 0
    )
    client.force_login(reporter.person)
    assert client.get(reverse("citing_late")).status_code == 403
    assert "已催办 1 次" in client.get(reverse("inbox")).text


def test_the_number_of_queries_does_not_grow(page, reporter, officer):
    owed(reporter, 1)
    row = CitingDocument.objects.get()
    addresses = [
        reverse("citing_documents"), reverse("citing_duties"), row.get_absolute_url(), reverse("inbox"),
        reverse("standard", args=["GB~T19001-2016"]),
        reverse("organization", args=[reporter.organization_id]),
    ]  # fmt: skip
    for address in addresses:
        page.get(address)
    few = [queries(page, address) for address in addresses]
    for n in range(2):
        owed(reporter, 2, number=f"GB/T {80000 + n}-2016")
        registered(
            reporter,
            f"GB/T 19001-2016 {n}",
            title=f"又一份{n}",
            day=localdate(),
            dated_on=localdate(),
        )
    assert [queries(page, address) for address in addresses] == few
    page.force_login(officer.person)
    page.get(reverse("citing_late"))
    late = queries(page, reverse("citing_late"))
    owed(hold_post("李填报", "市农业农村局", "reporter"), 2, number="GB/T 90000-2016")
    assert queries(page, reverse("citing_late")) == late
