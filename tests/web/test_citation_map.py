"""The map of citations: two steps deep, within limits, the same as picture, table and file."""

import csv
import io
import re
from datetime import date
from time import process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rongbiao.standards.models import Relation
from rongbiao.standards.surroundings import surroundings
from tests.citing_desk import TEXT, registered
from tests.web.shelf import canteen, put, tie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("marking_engine")]
MAP = "/standards/DB3501~T018-2024/map/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2025, 9, 30))


def two_steps():
    """The canteen, with one behind what it cites and two behind who cites it."""
    one = canteen()
    put("GB/T 1.1-2020", "标准化工作导则 第1部分", status="current")
    put("DB3501/T 030-2025", "养老服务综合体规范", status="upcoming")
    tie("GB 50763-2012", "cites", "GB/T 1.1-2020")
    tie("DB3501/T 030-2025", "cites", "DB3501/T 027-2025")
    tie("DB3501/T 031-2025", "adopts-mod", "DB3501/T 027-2025")
    return one


def crowd(number: str, n: int, start: int = 1000) -> None:
    """Let so many others cite a number."""
    key = number.replace(" ", "")
    Relation.objects.bulk_create(
        [
            Relation(
                kind="cites",
                subject=f"T/RB {start + place}-2024",
                subject_key=f"T/RB{start + place}-2024",
                object=number,
                object_key=key,
                basis="试验",
            )
            for place in range(n)
        ],
        batch_size=1000,
    )


def test_two_steps_to_each_side():
    found = surroundings(two_steps())
    said = [
        (side, step, tie.shown, via.shown if via else "") for side, step, tie, via in found.ties()
    ]
    assert said == [
        ("cites", 1, "GB 50763—2012", ""),
        ("cites", 2, "GB/T 1.1—2020", "GB 50763—2012"),
        ("cites", 1, "JGJ 450—2018", ""),
        ("cited", 1, "DB3501/T 027—2025", ""),
        ("cited", 2, "DB3501/T 030—2025", "DB3501/T 027—2025"),
        ("cited", 2, "DB3501/T 031—2025", "DB3501/T 027—2025"),
    ]
    assert (found.cites_total, found.cited_total) == (2, 1)


def test_an_undated_citation_means_the_present_edition_only():
    two_steps()
    put(
        "DB3501/T 018-2026", "长者食堂建设与服务规范", status="upcoming", issued_on=date(2026, 1, 1)
    )
    old = put("DB3501/T 018-2020", "长者食堂", status="superseded", issued_on=date(2020, 1, 1))
    assert surroundings(old).cited_total == 0


def test_picture_and_table_say_the_same(client):
    two_steps()
    said = client.get(MAP).content.decode()
    drawn = set(re.findall(r"<title>([^<]+)</title>", said[said.index("<svg class") :]))
    for number in (
        "GB 50763—2012",
        "JGJ 450—2018",
        "GB/T 1.1—2020",
        "DB3501/T 027—2025",
        "DB3501/T 030—2025",
    ):
        assert any(one.startswith(number) for one in drawn)
        assert said.count(number) >= 2
    assert 'class="t-line changed"' in said  # GB 50763-2012 is cited by its year and gone
    assert "即将实施" in said or "尚未实施" in said


@pytest.mark.parametrize(("n", "left"), [(1, ""), (10, "另有 2 项"), (500, "另有 492 项")])
def test_limits_say_how_many_are_left(client, n, left):
    put("GB/T 1.1-2020", "标准化工作导则 第1部分", status="current")
    crowd("GB/T 1.1-2020", n)
    said = client.get("/standards/GB~T1.1-2020/map/").content.decode()
    assert f"被引用、被采用 {n}" in said
    assert said.count('class="t-box"') == min(n, 8)
    assert (left in said) if left else ("另有" not in said[: said.index("点开一个方框")])


def test_a_standard_alone_says_so(client):
    put("GB/T 1.1-2020", "标准化工作导则 第1部分", status="current")
    said = client.get("/standards/GB~T1.1-2020/map/").content.decode()
    assert "没有它与其他标准的引用、采用关系" in said
    assert client.get("/standards/GB~T9-9999/map/").status_code == 404


def test_the_table_is_sorted_as_asked(client):
    two_steps()

    def numbers(sort: str) -> list[str]:
        said = client.get(f"{MAP}?sort={sort}").content.decode()
        rows = said[said.index('class="tbl map-list"') :]
        return re.findall(r'translate="no"[^>]*>([A-Z][^<]+)</(?:a|span)>\s*(?!</td>)', rows)

    up, down = numbers("state"), numbers("-state")
    assert up != down
    assert numbers("number") != numbers("-number")
    assert numbers("nothing") == numbers("")
    assert 'aria-sort="descending"' in client.get(f"{MAP}?sort=-way").content.decode()


def test_the_file_holds_every_relation(client):
    two_steps()
    crowd("DB3501/T 018-2024", 60)
    answer = client.get("/standards/DB3501~T018-2024/map.csv")
    said = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(said)))
    assert rows[0] == ["方向", "层", "经由", "关系", "标准编号", "标准名称", "状态"]
    assert [
        "引用、采用",
        "2",
        "GB 50763—2012",
        "引用",
        "GB/T 1.1—2020",
        "标准化工作导则 第1部分",
        "现行",
    ] in rows
    assert sum(row[4].startswith("T/RB") for row in rows) == 60


def test_the_number_of_questions_does_not_depend_on_the_map(client):
    two_steps()
    client.get(MAP)

    def asked() -> int:
        with CaptureQueriesContext(connection) as said:
            client.get(MAP)
        return len(said)

    few = asked()
    crowd("DB3501/T 018-2024", 30)
    crowd("DB3501/T 027-2025", 30, start=5000)
    tie("JGJ 450-2018", "cites", "GB/T 1.1-2020")
    assert asked() == few


def test_a_standard_that_twenty_thousand_cite_is_answered_at_once():
    one = put("GB/T 1.1-2020", "标准化工作导则 第1部分", status="current")
    crowd("GB/T 1.1-2020", 20_000, start=100_000)
    surroundings(one)
    costs = []
    for _time in range(3):
        started = process_time()
        found = surroundings(one)
        costs.append(process_time() - started)
    assert found.cited_total == 20_000
    assert len(found.cited) == 8
    assert min(costs) < 0.1


def test_registered_documents_that_cite_it_are_named_where_they_may_be_read(client, reporter):
    put("GB/T 19001-2016", "质量管理体系 要求", status="current")
    registered(reporter, title="公开的办法", public=True)
    registered(reporter, f"合同。{TEXT}", title="不公开的合同", kind="contract", public=False)
    said = client.get("/standards/GB~T19001-2016/map/").content.decode()
    assert "公开的办法" in said
    assert "不公开的合同" not in said
