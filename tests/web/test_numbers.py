"""The ledger of numbers on its page: serials, gaps, filters, the table, and what an officer says."""

import csv
import io
import time
from datetime import date

import pytest

from rongbiao.standards import ledger
from rongbiao.standards.models import Gap, Standard
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number
from tests.web.shelf import put

PAGE, TABLE, FORM = "/registers/numbers/", "/registers/numbers.csv", "/registers/numbers/explain/"
DAY = date(2026, 3, 2)
SAID = {
    "first": "5", "last": "17", "reason": "unkept", "words": "档案移交时缺失",
    "basis": "榕标〔2026〕1号", "basis_on": "2026-03-02",
}  # fmt: skip


@pytest.fixture
def shelf(city):
    put("DB3501/T 004-2016", "助餐服务规范", status="superseded", issued_on=date(2016, 1, 1))
    put("DB3501/T 004-2021", "老年助餐服务规范", status="current", issued_on=date(2021, 4, 20),
        title_en="Meal services for older people")  # fmt: skip
    put("DB3501/T 018-2024", "长者食堂规范", status="current", issued_on=date(2024, 1, 18))


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer.person)
    return client


def text(answer) -> str:
    return answer.content.decode()


def serials(answer) -> list[tuple[int, int]]:
    return [(row[0].first, row[0].last) for row in answer.context["rows"]]


def test_everybody_reads_who_holds_which_number(client, shelf):
    said = client.get(PAGE)
    assert serials(said) == [(18, 18), (5, 17), (4, 4), (1, 3)]
    page = text(said)
    for words in (
        "DB3501/T 018—2024",
        "DB3501/T 004—2016",
        "被代替",
        "005—<wbr>017",
        "13 个空号",
        "001—<wbr>003",
        "尚未说明",
        "本平台还没有取过号",
        "/standards/DB3501~T004-2021/",
    ):
        assert words in page
    assert page.index("DB3501/T 004—2021") < page.index("DB3501/T 004—2016")
    assert FORM not in page
    counts = [said.context["book"].highest, said.context["book"].held]
    assert [*counts, said.context["book"].unexplained] == [18, 2, 16]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"order": "low"}, [(1, 3), (4, 4), (5, 17), (18, 18)]),
        ({"show": "held"}, [(18, 18), (4, 4)]),
        ({"show": "gaps"}, [(5, 17), (1, 3)]),
        ({"show": "open"}, [(1, 3)]),
        ({"serial": "9"}, [(5, 17)]),
        ({"serial": "018"}, [(18, 18)]),
        ({"serial": "99"}, []),
        ({"serial": "9\x00", "show": "<script>", "order": "?", "page": "x"},
         [(18, 18), (5, 17), (4, 4), (1, 3)]),
    ],
)  # fmt: skip
def test_an_address_asks_for_some(client, shelf, officer, asked, found):
    said = {"words": "", "basis": "据", "basis_on": DAY, "actor": officer, "day": DAY}
    ledger.explain(5, 17, "unkept", **said)
    assert serials(client.get(PAGE, asked)) == found


def test_an_officer_explains_from_the_page(as_officer, shelf):
    assert f"{FORM}?first=5&amp;last=17" in text(as_officer.get(PAGE))
    form = text(as_officer.get(FORM, {"first": "5", "last": "17"}))
    assert 'value="17"' in form
    page = text(as_officer.post(FORM, SAID, follow=True))
    for words in (
        "已说明 005 至 017 号空号",
        "标准已废止且未保留记录",
        "档案移交时缺失",
        "依据：榕标〔2026〕1号（2026年3月2日）",
        "重新说明",
    ):
        assert words in page
    as_officer.post(FORM, SAID | {"words": "档案已找到", "reason": "unloaded"})
    page = text(as_officer.get(PAGE))
    assert page.index("档案已找到") < page.index("以前的说明") < page.index("档案移交时缺失")


def test_what_is_refused_stands_above_the_form(as_officer, shelf):
    answer = as_officer.post(FORM, SAID | {"last": "18"})
    assert answer.status_code == 409
    assert "018 号由 DB3501/T 018—2024 长者食堂规范 使用" in text(answer)
    assert "档案移交时缺失" in text(answer)
    for wrong in ({"first": "0"}, {"last": "x"}, {"basis_on": ""}, {"last": "9" * 30}):
        assert as_officer.post(FORM, SAID | wrong).status_code == 409
    assert not Gap.objects.exists()


def test_others_do_not_reach_the_form(client, shelf, reporter):
    client.force_login(reporter.person)
    assert client.post(FORM, SAID).status_code == 403
    assert FORM not in text(client.get(PAGE))


def test_the_table_gives_back_the_counts(client, shelf, officer):
    put("DB3501/T 020-2025", "=1+1", issued_on=DAY)
    said = {"words": "=HYPERLINK(1)", "basis": "据", "basis_on": DAY, "actor": officer, "day": DAY}
    ledger.explain(5, 17, "unkept", **said)
    lines = b"".join(client.get(TABLE).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines)))
    counted = {}
    for row in rows:
        counted[row["情形"]] = counted.get(row["情形"], 0) + int(row["个数"])
    assert counted == {"已用": 3, "空号，已说明": 13, "空号，尚未说明": 4}
    book = ledger.read()
    assert list(counted.values()) == [book.unexplained, book.held, book.explained]
    assert sum(counted.values()) == book.highest
    told = {row["标准编号"]: row for row in rows}
    assert told["DB3501/T 020—2025"]["标准名称"] == "'=1+1"
    assert [row["说明"] for row in rows if row["原因"]] == ["'=HYPERLINK(1)"]
    assert told["DB3501/T 004—2016"]["个数"] == "0"


def test_the_page_costs_the_same_with_one_and_with_three_thousand(
    client, city, django_assert_max_num_queries
):
    put("DB3501/T 001-2020", "一", issued_on=DAY)
    asked, spent = [], 0.0
    for start in (0, 3, 3000):
        Standard.objects.bulk_create(
            Standard(**columns(read_number(f"DB3501/T {n}-2020")), title="某规范", basis="试")
            for n in range(10, 10 + 2 * start, 2)
            if not Standard.objects.filter(key=f"DB3501/T{n}-2020").exists()
        )
        with django_assert_max_num_queries(40) as counted:
            begun = time.process_time()
            answer = client.get(PAGE)
            spent = time.process_time() - begun
        asked.append(len(counted))
    assert len(set(asked)) == 1
    assert len(answer.context["rows"]) == 30
    assert answer.context["page"].paginator.num_pages == 201
    assert spent < 1.0


def test_the_other_languages(client, shelf):
    english = text(client.get(PAGE, headers={"accept-language": "en"}))
    for words in (
        "Ledger of numbers",
        "Meal services for older people",
        "Not yet explained",
        "13 serials",
    ):
        assert words in english
    client.post("/language/", {"language": "zh-hant", "next": PAGE})
    assert "編號台賬" in text(client.get(PAGE)) or "編號臺賬" in text(client.get(PAGE))


def test_the_empty_register_says_what_comes(client, city):
    assert "从 1 号起列在这里" in text(client.get(PAGE))
    assert text(client.get("/registers/")).count(PAGE) == 1
