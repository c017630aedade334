"""The procurement helper: a tender is given without an account, nothing is kept, files come back."""

import re

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from rongbiao.texts.documents import read_document
from tests.exchange.procurement.tenders import DAY, TENDER, shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: DAY)


def give(client, name="招标文件.txt", content=None, **said):
    file = SimpleUploadedFile(name, TENDER.encode() if content is None else content)
    return client.post("/procurement/", {"file": file, **said})


def seal_of(answer) -> str:
    return re.search(r'name="seal" value="([^"]+)"', answer.content.decode())[1]


def test_the_first_page_asks_for_a_tender(client):
    said = client.get("/procurement/").content.decode()
    assert 'enctype="multipart/form-data"' in said
    assert "不作结论" in said


def test_a_tender_shows_its_list_its_doubts_and_its_general_references(client):
    shelf()
    answer = give(client)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="/standards/GB~T24908-2014/"' in said
    assert "已被代替，现行版本 GB 7000.1-2023" in said
    assert "<mark>" in said
    assert "第二十条第（四）项" in said
    assert "概括引用" in said
    assert said.count('<select class="sel sm"') == 5


def test_pasted_text_and_another_day_will_do(client):
    shelf()
    said = client.post("/procurement/", {"text": "应符合GB 7000.1-2015。", "on": "2020-01-01"})
    assert said.status_code == 200
    assert "2020年1月1日" in said.content.decode()


def test_nothing_given_is_one_sentence(client):
    answer = client.post("/procurement/", {})
    assert answer.status_code == 409
    assert "请选择采购文件，或者粘贴文字。" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", b"PK\x03\x04broken", "a.docx"),
        ("a.exe", b"MZ\x90\x00" * 20, "a.exe"),
        ("a.txt", b" ", "a.txt"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(client, name, content, sentence):
    answer = give(client, name, content)
    assert answer.status_code == 409
    assert sentence in answer.content.decode()


def test_nothing_of_a_tender_is_kept(client):
    shelf()
    models = [model for model in apps.get_models() if model._meta.app_label != "sessions"]

    def held() -> dict[str, int]:
        return {m._meta.label: m.objects.count() for m in models if m.__name__ != "Allowance"}

    before = held()
    answer = give(client)
    client.post("/procurement/file/", {"seal": seal_of(answer), "kind": "docx"})
    assert held() == before


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_files_hold_what_the_page_showed_in_the_groups_chosen(client, kind):
    shelf()
    seal = seal_of(give(client))
    answer = client.post("/procurement/file/", {"seal": seal, "kind": kind, "g1": "service"})
    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]
    said = read_document(answer.content, f"a.{kind}").text
    assert "GB/T 24908-2014" in said
    if kind == "docx":
        assert (
            said.index("\n服务标准\n") < said.index("GB/T 24908-2014") < said.index("\n安全标准\n")
        )


def test_a_changed_seal_another_kind_and_reading_are_answered(client):
    seal = seal_of(give(client))
    assert (
        client.post("/procurement/file/", {"seal": f"{seal}x", "kind": "docx"}).status_code == 409
    )
    assert client.post("/procurement/file/", {"seal": "", "kind": "docx"}).status_code == 409
    assert client.post("/procurement/file/", {"seal": seal, "kind": "exe"}).status_code == 404
    assert client.get("/procurement/file/")["Location"] == "/procurement/"


def test_an_old_seal_is_refused(client, monkeypatch):
    monkeypatch.setattr("rongbiao.exchange.procurement.sealing.SECONDS", -1)
    answer = client.post("/procurement/file/", {"seal": seal_of(give(client)), "kind": "docx"})
    assert answer.status_code == 409
    assert "一天以前" in answer.content.decode()


def test_one_address_may_not_give_too_many(client, monkeypatch):
    monkeypatch.setattr("rongbiao.web.procurement.asking.LIMIT", 1)
    assert give(client).status_code == 200
    assert give(client).status_code == 429


def test_english_pages_give_english_reasons(client):
    client.cookies["django_language"] = "en"
    said = client.post(
        "/procurement/", {"text": "灯具应为飞利浦品牌。"}, headers={"accept-language": "en"}
    )
    assert "A brand or mark is prescribed." in said.content.decode()
