"""Pages of classes: trees with counts, one class with its standards, in a fixed number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rongbiao.standards.classes import sums
from rongbiao.standards.models import Standard
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number

pytestmark = pytest.mark.django_db
IN_FORCE = date(2020, 1, 1)


def standard(number, ics="", ccs="", **said):
    said = {"title": f"标准 {number}", "issued_on": IN_FORCE, "implemented_on": IN_FORCE} | said
    made = columns(read_number(number))
    return Standard.objects.create(**made, **said, ics=ics, ccs=ccs, basis="试验")


def page(client, address, language="zh-hans"):
    client.cookies["language"] = language
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_standard_counts_once_in_every_class_above_its_codes(city):
    standard("GB/T 1-2020", ics="13.020.10 13.020.20 35.080", ccs="Z04")
    standard("GB/T 2-2020", ics="13.020", ccs="Z04 A00")
    standard("GB/T 3-2020", ics="59.080.60", ccs="B32")  # another edition; no name established
    standard("GB/T 4-2020", ics="13.020", withdrawn_on=date(2021, 1, 1))
    standard("GB/T 5-2030", ics="13.020", issued_on=date(2030, 1, 1), implemented_on=None)
    standard("GB/T 6-2020")
    counted = sums("ics", date(2026, 1, 1))
    assert counted.classes == {
        "13": 2, "13.020": 2, "13.020.10": 1, "13.020.20": 1, "35": 1, "35.080": 1,
        "59": 1, "59.080": 1,
    }  # fmt: skip
    assert [row.number for row in counted.standards("13")] == ["GB/T 1-2020", "GB/T 2-2020"]
    assert [row.number for row in counted.standards("59.080")] == ["GB/T 3-2020"]
    ccs = sums("ccs", date(2026, 1, 1))
    assert ccs.classes["Z00/09"] == 2
    assert ccs.classes["B30/39"] == ccs.classes["A00"] == 1
    assert [row.number for row in ccs.standards("B")] == ["GB/T 3-2020"]


def test_what_is_entered_counts_at_once(city):
    standard("GB/T 1-2020", ics="13.020")
    day = timezone.localdate()
    assert sums("ics", day).classes["13"] == 1
    standard("GB/T 2-2020", ics="13.030")
    assert sums("ics", day).classes["13"] == 2


@pytest.mark.parametrize(
    "address",
    ["/classes/", "/classes/?scheme=ccs&all=1", "/classes/?q=环境", "/classes/ics/13.020/"],
)
def test_one_row_or_three_take_as_many_queries(city, client, address):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(client, address)
        return len(asked)

    standard("GB/T 1-2020", ics="13.020.10", ccs="Z04")
    page(client, address)  # what a process asks once
    standard("GB/T 2-2020", ics="13.020.20", ccs="Z01")
    one, again = queries(), queries()
    standard("GB/T 3-2020", ics="13.020.30 13.030", ccs="Z02")
    standard("GB/T 4-2020", ics="13.040", ccs="A00")
    assert queries() == one
    assert queries() == again < one <= 24


def test_the_tree_links_every_class(city, client):
    standard("GB/T 1-2020", ics="13.020.10", ccs="A01")
    said = page(client, "/classes/")
    assert '<a class="cls" href="/classes/ics/13.020/">' in said
    assert "综合、术语学、标准化、文献" in said
    assert said.count("1 项") == 2  # the field and the group
    said = page(client, "/classes/?scheme=ccs&all=1")
    assert "/classes/ccs/A00~09/" in said
    assert '<details class="cls-top" open>' in said


def test_a_search_finds_in_both_classifications(city, client):
    said = page(client, "/classes/?q=白酒&scheme=ccs")
    assert "/classes/ccs/X61/" in said
    assert "食品发酵、酿造" in said  # where it stands
    assert "没有找到这样的分类" in page(client, "/classes/?q=白酒")
    assert "没有找到这样的分类" in page(client, "/classes/?q=%00%3Cscript%3E")


def test_a_class_shows_its_place_its_names_and_its_standards(city, client):
    standard("GB/T 1-2020", ics="13.020.10", title_en="Of the environment")
    said = page(client, "/classes/ics/13.020/")
    for words in ("环保、保健和安全", "环境保护", "Environmental protection", "GB/T 1—2020",
                  "/classes/ics/13.020.10/", "现行 1 项"):  # fmt: skip
        assert words in said
    assert 'href="/standards/?ics=13.020"' in said
    said = page(client, "/classes/ccs/A00~09/")
    assert "本类还没有现行标准" in said
    assert "标准化管理与一般规定" in said


def test_a_group_of_ccs_leads_to_the_search_by_all_its_codes(city, client):
    standard("GB/T 1-2020", ccs="X16")
    said = page(client, "/classes/ccs/X10~29/")
    assert 'href="/standards/?ccs=X1&amp;ccs=X2"' in said


def test_where_no_chinese_name_is_established_the_english_one_stands_marked(city, client):
    said = page(client, "/classes/ics/95.060/")
    assert '<span lang="en">Weapons</span>' in said
    assert "中文类名未能查证" in said


def test_a_code_of_another_edition_leads_to_the_class_above(city, client):
    for asked, led in [
        ("ics/59.080.60", "ics/59.080"), ("ccs/B32", "ccs/B30~39"), ("ccs/x61", "ccs/X61"),
    ]:  # fmt: skip
        answer = client.get(f"/classes/{asked}/")
        assert (answer.status_code, answer["Location"]) == (302, f"/classes/{led}/")


@pytest.mark.parametrize(
    "address",
    ["ics/98.010", "ics/A00", "ccs/13.020", "ccs/I00", "udc/01", "ics/%00", "ics/x/../01"],
)
def test_no_such_class(city, client, address):
    assert client.get(f"/classes/{address}/").status_code == 404
    assert client.get("/classes/?scheme=udc").status_code == 404


def test_english_and_traditional_pages(city, client):
    client.post("/language/", {"language": "en", "next": "/"})
    said = client.get("/classes/ics/13.020/").content.decode()
    assert '<span lang="en">Environmental protection</span>' in said
    assert '<span lang="zh-Hans">环境保护</span>' in said
    client.post("/language/", {"language": "zh-hant", "next": "/"})
    assert "環境保護" in client.get("/classes/ics/13.020/").content.decode()
    assert "/classes/ics/13.020/" in client.get("/classes/", {"q": "環境保護"}).content.decode()
