"""The page of imports: report of a dry run, headings understood anew, entry, progress, result."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rongbiao.exchange.loading import background, loads
from rongbiao.standards.load import Load
from rongbiao.standards.models import Standard
from tests.conftest import hold_post
from tests.exchange.loading.samples import CSV

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(city, tmp_path, monkeypatch) -> Client:
    """A browser in which an officer is signed in."""
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "files")
    client = Client()
    client.force_login(hold_post("林经办", "市市场监管局", "officer").person)
    return client


def upload(client, text=CSV, name="台账.csv"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post("/registers/load/", {"file": file, "source": ""}, follow=True)


def test_a_file_is_tried_then_entered(office):
    page = upload(office)
    text = page.content.decode()
    assert ("已试读" in text, "还没有登记" in text, Standard.objects.count()) == (True, True, 0)
    load = Load.objects.get()
    address = f"/registers/load/{load.pk}/"
    refused = office.post(address, {"enter": "", "basis": ""})
    assert (refused.status_code, Standard.objects.count()) == (409, 0)
    page = office.post(address, {"enter": "", "basis": "试〔2025〕9号"}, follow=True)
    assert ("已登记" in page.content.decode(), Standard.objects.count()) == (True, 3)
    assert Standard.objects.first().basis == "试〔2025〕9号"
    assert "台账.csv" in office.get("/registers/load/").content.decode()
    trial = office.get(address).content.decode()
    assert ("这个文件已经登记" in trial, 'name="enter"' in trial) == (True, False)
    assert "还没有登记" not in trial


def test_headings_are_understood_as_the_officer_says(office):
    text = "标准编号,标准名称,编制单位\nGB 1-2001,甲,某院\n"
    upload(office, text)
    load = Load.objects.get()
    assert load.headings == [["标准编号", "number"], ["标准名称", "title"], ["编制单位", ""]]
    said = {"map": "", "column": ["number", "title", "drafters"]}
    office.post(f"/registers/load/{load.pk}/", said)
    again = Load.objects.first()
    assert again.headings[2] == ["编制单位", "drafters"]
    office.post(f"/registers/load/{again.pk}/", {"enter": "", "basis": "据"})
    assert Standard.objects.get().participations.get().name == "某院"


def test_headings_that_nobody_knows_are_asked_for_and_remembered(office):
    text = "登记簿\n号码,名字,等级\nGB 1-2001,甲,国家标准\n"
    page = upload(office, text).content.decode()
    load = Load.objects.get()
    assert ("没有找到表头" in page, "请选定各列是什么栏目" in page) == (True, True)
    assert (load.state, load.headings) == (
        "refused", [["号码", ""], ["名字", ""], ["等级", ""]],
    )  # fmt: skip
    address = f"/registers/load/{load.pk}/"
    page = office.post(address, {"map": "", "column": ["number", "", ""]}, follow=True)
    assert "没有找到表头" in page.content.decode()  # the title is lacking still
    said = {"map": "", "column": ["number", "title", "title"]}  # the first of two counts
    page = office.post(address, said, follow=True)
    assert ("已试读" in page.content.decode(), Load.objects.first().counts["new"]) == (True, 1)
    upload(office, text + "GB 2-2001,乙,国家标准\n")
    assert (Load.objects.first().state, Load.objects.first().counts["new"]) == ("read", 2)
    office.post(f"/registers/load/{Load.objects.first().pk}/", {"enter": "", "basis": "据"})
    assert list(Standard.objects.order_by("number").values_list("title", flat=True)) == ["甲", "乙"]


def test_refused_lines_are_shown_and_downloaded(office):
    upload(office, CSV + "坏,坏,,,,,,,,\n")
    load = Load.objects.get()
    assert "没有以标准代号开头" in office.get(f"/registers/load/{load.pk}/").content.decode()
    rows = office.get(f"/registers/load/{load.pk}/refused.csv")
    assert "5,标准编号" in b"".join(rows.streaming_content).decode()


def test_a_large_file_waits_for_the_worker_and_the_page_follows(office, monkeypatch):
    monkeypatch.setattr(background, "AT_ONCE", 10)
    text = upload(office).content.decode()
    assert ("等待办理" in text, 'http-equiv="refresh"' in text, "hx-get" in text) == (True,) * 3
    load = Load.objects.get()
    part = office.get(f"/registers/load/{load.pk}/", headers={"HX-Request": "true"})
    assert ("HX-Refresh" in part, "<html" in part.content.decode()) == (False, False)
    with loads.at_work() as alone:
        assert alone
        loads.work(load)
    part = office.get(f"/registers/load/{load.pk}/", headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true"


def test_pages_alone_load_nothing_that_only_reading_tables_needs(tmp_path):
    """Every worker has every page; what takes as much memory as Polars waits for a table."""
    program = (
        "import sys, django; django.setup()\n"
        "from django.urls import get_resolver; print(len(get_resolver().url_patterns))\n"
        "print('polars' in sys.modules)"
    )
    var = {"RONGBIAO_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "rongbiao.settings"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | var, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout.split()[1:] == ["False"]
