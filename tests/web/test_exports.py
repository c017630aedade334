"""Files of standards by address: what the page finds, one standard, how often."""

import csv
import io
import json

import pytest
from django.test import Client

from rongbiao.exchange.export import KINDS, streams
from rongbiao.standards import search
from rongbiao.web import exports
from tests.plain_engine import PlainEngine
from tests.standards_desk import enter


@pytest.fixture
def client(db, monkeypatch):
    engine = PlainEngine()
    monkeypatch.setattr(search, "engine", lambda: engine, raising=False)
    for n in (1, 2, 10):
        enter(f"GB/T {n}-2020", f"茶 {n}", status="current" if n < 10 else "withdrawn")
    return Client()


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_streams_under_its_name(client, kind):
    answer = client.get(f"/standards.{kind}?q=茶")
    assert answer.status_code == 200
    assert answer.streaming
    assert answer["Content-Type"] == KINDS[kind].media
    assert answer["Content-Disposition"].startswith('attachment; filename="standards-')
    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    assert len(body(answer)) > 100
    one = client.get(f"/standards/GB~T10-2020.{kind}")
    assert one.status_code == 200
    assert 'filename="GB-T10-2020-' in one["Content-Disposition"]
    assert body(one)


def test_filters_are_those_of_the_page(client):
    rows = csv.reader(io.StringIO(body(client.get("/standards.csv?status=current")).decode()))
    assert [row[0] for row in rows][1:] == ["GB/T 2-2020", "GB/T 1-2020"]
    lines = body(client.get("/standards.jsonl?order=number&status=&page=3")).splitlines()
    assert [json.loads(line)["number"] for line in lines] == [
        "GB/T 1-2020", "GB/T 2-2020", "GB/T 10-2020",
    ]  # fmt: skip


def test_what_does_not_fit_into_excel_is_refused_in_a_sentence(client, monkeypatch):
    kinds = exports.KINDS | {"xlsx": streams.Kind("xlsx", "Excel", "x", KINDS["xlsx"].write, 2)}
    monkeypatch.setattr(exports, "KINDS", kinds)
    answer = client.get("/standards.xlsx")
    assert answer.status_code == 409
    assert "共 3 项标准，超过 Excel 一次导出 2 项的上限" in answer.content.decode()


def test_files_of_one_address_are_counted(client, monkeypatch):
    monkeypatch.setattr(exports, "LIMIT", 2)
    statuses = [client.get("/standards.csv").status_code for _n in range(3)]
    assert statuses == [200, 200, 429]
    answer = client.get("/standards.csv")
    assert answer["Retry-After"] == "600"
    assert "请稍后再试" in answer.content.decode()


def test_what_is_not_there_is_404(client):
    for address in ("standards/GB~T9.bib", "standards/%00.csv", "standards.exe"):
        assert client.get(f"/{address}").status_code == 404


def test_reading_only_the_head_writes_no_file(client):
    answer = client.head("/standards.xlsx")
    assert (answer.status_code, answer["Content-Type"]) == (200, KINDS["xlsx"].media)


@pytest.mark.parametrize("odd", ["%00", "%ff", "'", "%ed%a0%80", "a" * 900, "-", '"'])
def test_odd_input_never_breaks_an_export(client, odd):
    names = ("q", "level", "ics", "ccs", "region", "year", "organization", "order", "page")
    query = "&".join(f"{name}={odd}" for name in names)
    answer = client.get(f"/standards.jsonl?{query}")
    assert answer.status_code == 200
    body(answer)
