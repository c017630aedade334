"""What programs read: pages by number, one standard whole, ETags, counted uses, problems."""

import json
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.test import Client

from rongbiao.parties.models import Allowance
from rongbiao.standards.models import Claim, Relation
from rongbiao.standards.numbering import keyed
from rongbiao.web.api import paging
from rongbiao.web.api.paging import Cursor, read_cursor
from rongbiao.web.api.problems import CODES, Problem
from tests.standards_desk import enter

NUMBERS = [f"GB/T {n}-2020" for n in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 33)]


def pages(ask, address: str, between=lambda place: None) -> list[list[str]]:
    """Follow next to its end."""
    found, place = [], 0
    while address:
        answer = ask(address).json()
        found.append([one["number"] for one in answer["items"]])
        between(place)
        following = answer["next"]
        address = urlsplit(following)._replace(scheme="", netloc="").geturl() if following else ""
        address = address.removeprefix("/api/")
        place += 1
        assert place < 50
    return found


@pytest.fixture(params=["few", "many"])
def way(request, monkeypatch):
    """Both ways to rows: by their keys, and by looking which of the next are found."""
    if request.param == "many":
        monkeypatch.setattr(paging, "FEW", 0)
        monkeypatch.setattr(paging, "SCANNED", (1, 3))


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("question", ["", "q=茶&", "q=GB&nature=&"])
def test_pages_are_by_number_and_whole(ask, some, question):
    found = pages(ask, f"standards?{question}limit=5")
    assert found == [NUMBERS[:5], NUMBERS[5:10], NUMBERS[10:]]


@pytest.mark.parametrize(
    ("question", "name", "why"),
    [
        ("level=national&level=zzz", "level", "应是下列之一：international、national、sector"),
        ("facets=x", "facets", "应是下列之一：level、status"),
        ("limit=0", "limit", "不得小于 1。"),
        ("limit=201", "limit", "不得大于 200。"),
        ("limit=many", "limit", "应是整数。"),
        (f"q={'茶' * 501}", "q", "最多 500 个字符。"),
    ],
)
def test_a_wrong_value_names_its_parameter_and_says_why_in_chinese(ask, question, name, why):
    said = ask(f"standards?{question}").json()
    assert [one["name"] for one in said["parameters"]] == [name]
    assert said["parameters"][0]["why"].startswith(why)
    assert f"：{name}。" in said["detail"]


@pytest.mark.parametrize(
    ("address", "name", "why"),
    [
        ("numbers", "text", "没有填写。"),
        ("standards/GB~T1.1/standing?on=2025-02-30", "on", "没有这一天，日期应写作 2025-03-01。"),
        ("standards/GB~T1.1/standing?on=1", "on", "日期应写作 2025-03-01。"),
    ],
)
def test_what_is_wrong_with_other_parameters_is_said_alike(ask, address, name, why):
    assert ask(address).json()["parameters"] == [{"name": name, "why": why}]


@pytest.mark.parametrize("written", ["GB~T 5-2020", "GB~T 5—2020", "gbt5-2020", "GB~T 5"])
def test_a_standard_is_found_by_its_number_as_written(ask, some, written):
    assert ask(f"standards/{written}").json()["number"] == "GB/T 5-2020"


def test_a_number_as_written_abroad_is_found(ask, db):
    enter("ISO 9001:2015", "质量管理体系", level="international")
    assert ask("standards/ISO 9001:2015").json()["number"] == "ISO 9001:2015"
    assert ask("standards/ISO 9001:2014").status_code == 404


def test_a_closing_stroke_leads_to_the_description(client, db):
    assert client.get("/api/docs/").url == "/api/docs"


def test_filters_are_those_of_the_page(ask, some):
    answer = ask("standards?status=withdrawn&facets=status").json()
    assert [one["number"] for one in answer["items"]] == [
        f"GB/T {n}-2020" for n in (2, 4, 6, 8, 10, 12)
    ]
    assert answer["total"] == 6
    assert answer["facets"]["status"] == [
        {"value": "current", "count": 6},
        {"value": "withdrawn", "count": 6},
    ]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("question", ["", "q=茶&"])
def test_what_comes_in_before_moves_no_later_page(ask, some, question):
    def between(place):
        if place == 0:
            for n in (101, 102, 103):
                enter(f"GB/T 1.{n}-2020", "茶 在前")
            some[1].delete()  # GB/T 1: given already
        if place == 1:
            some[3].delete()  # GB/T 33: still to come

    found = pages(ask, f"standards?{question}limit=4", between)
    assert [number for page in found for number in page] == NUMBERS[:-1]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("gone", range(0, 12, 2))
def test_the_row_of_the_cursor_may_go(ask, some, gone):
    before = [one["number"] for one in ask("standards?q=茶&limit=6").json()["items"]]
    following = ask("standards?q=茶&limit=6").json()["next"].partition("/api/")[2]
    some[gone].delete()
    after = [one["number"] for one in ask(following).json()["items"]]
    assert after == [n for n in NUMBERS if n not in before and n != some[gone].number]


@pytest.mark.parametrize(
    "text",
    ["x", "e30", "WzEsMiwzXQ", "WyJhIiwtMV0", "WyJcdTAwMDAiLDFd", "WyJcdWQ4MDAiLDFd",
     str(Cursor("a", 2**63)), "%00", "WyJhIix0cnVlXQ", "W" * 1000],
)  # fmt: skip
def test_a_cursor_that_is_not_ours_is_a_problem(ask, text):
    answer = ask(f"standards?cursor={text}")
    assert (answer.status_code, answer.json()["code"]) == (422, "parameters")


def test_a_cursor_reads_back():
    cursor = Cursor("GB/T00000001—茶", 2**63 - 1)
    assert read_cursor(str(cursor)) == cursor
    with pytest.raises(Problem):
        read_cursor("!")


def test_the_members_of_a_question_are_kept_while_the_index_stays(ask, some, engine):
    ask("standards?q=茶&limit=3")
    before = len(engine.asked)
    ask("standards?q=茶&limit=3&cursor=" + str(Cursor("GB/T00000005-00002020", 1)))
    assert len(engine.asked) == before + 1  # what the whole is; who is in it was known
    enter("GB/T 77-2020", "茶")
    assert ask("standards?q=茶").json()["items"][-1]["number"] == "GB/T 77-2020"


def test_one_standard_with_all_that_is_known(ask, officer):
    row = enter("GB/T 1.1-2020", "起草规则", drafters=["甲", "乙"], ics="01.120")
    enter("GB/T 1.1-2009", "起草规则", status="superseded", issued_on=date(2009, 6, 17))
    ends = {"subject": "GB/T 1.1-2020", "object": "GB/T 1.1-2009", "basis": "公告"}
    keys = {f"{end}_key": keyed(ends[end]) for end in ("subject", "object")}
    Relation.objects.create(kind="replaces", **ends, **keys)
    Relation.objects.create(
        kind="cites", subject="GB/T 9-2021", subject_key="GB/T9-2021", object="GB/T 1.1",
        object_key="GB/T1.1", dated=False, basis="正文",
    )  # fmt: skip
    Claim.objects.create(standard=row, field="title", value="起草规则", source="city")
    Claim.objects.create(standard=row, field="title", value="旧名", source="table")
    said = ask("standards/GB~T1.1-2020").json()
    assert said["shown"] == "GB/T 1.1—2020"
    assert said["citation"].endswith("起草规则：GB/T 1.1—2020[S]. 2020.")
    assert [(one["name"], one["part"]) for one in said["participations"]] == [
        ("甲", "lead"),
        ("乙", "join"),
    ]
    assert [(one["words"], one["number"], one["slug"]) for one in said["relations"]] == [
        ("代替", "GB/T 1.1-2009", "GB~T1.1-2009"),
        ("被引用", "GB/T 9-2021", None),
    ]
    assert [(one["value"], one["chosen"]) for one in said["claims"]] == [
        ("起草规则", True),
        ("旧名", False),
    ]
    assert [one["number"] for one in said["editions"]] == ["GB/T 1.1-2009", "GB/T 1.1-2020"]
    old = ask("standards/GB~T1.1-2009").json()
    assert [(one["words"], one["outgoing"]) for one in old["relations"]] == [("被代替", False)]


def test_the_standing_of_a_number_on_a_day(ask):
    """GB/T 1.1 as the national platform shows it: 2009 in force until 2020 came."""
    enter("GB/T 1.1-2009", status="superseded", implemented_on=date(2010, 1, 1))
    enter("GB/T 1.1-2020", implemented_on=date(2020, 10, 1))
    said = ask("standards/GB~T1.1-2009/standing?on=2015-01-01").json()
    assert (said["state"], said["present"]) == ("current", "GB/T 1.1-2009")
    said = ask("standards/GB~T1.1-2009/standing?on=2020-10-01").json()
    assert (said["state"], said["replaced_by"], said["chain"]) == (
        "superseded", ["GB/T 1.1-2020"], ["GB/T 1.1-2009", "GB/T 1.1-2020"],
    )  # fmt: skip
    assert ask("standards/GB~T1.1/standing").json()["edition"] == "GB/T 1.1-2020"
    assert ask("standards/GB~T9-2001/standing").json()["state"] == "unknown"
    assert ask("standards/茶/standing").status_code == 404
    for wrong in ("昨天", "2020-13-01", "0000-00-00"):
        assert ask(f"standards/GB~T1.1/standing?on={wrong}").json()["code"] == "parameters"
    for far in ("0001-01-01", "9999-12-31"):
        assert ask(f"standards/GB~T1.1/standing?on={far}").status_code == 200


def test_what_is_not_there_is_a_problem(ask):
    answer = ask("standards/GB~T9")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:rongbiao:problem:not-found",
        "title": "没有找到",
        "status": 404,
        "code": "not-found",
        "detail": "没有编号为“GB~T9”的标准。",
    }
    assert ask("nothing/at/all").json()["code"] == "not-found"
    assert ask("classes/xyz").json()["code"] == "not-found"


def test_numbers_are_read_in_any_notation(ask):
    enter("GB/T 1.1-2020")
    said = ask("numbers?text=ＧＢ／Ｔ 1.1—2020").json()
    assert (said["number"], said["kind"], said["slug"]) == (
        "GB/T 1.1-2020", "national", "GB~T1.1-2020",
    )  # fmt: skip
    none = ask("numbers?text=茶").json()
    assert none["number"] is None
    assert none["why"].endswith("。")
    assert ask("numbers").status_code == 422
    assert ask("numbers?text=%00%00").json()["number"] is None


def test_classes_are_given_whole(ask):
    items = ask("classes/ics").json()["items"]
    assert {"67.140", "67.140.10"} <= {one["code"] for one in items}
    parents = {one["parent"] for one in items if one["parent"]}
    assert parents <= {one["code"] for one in items}
    assert {one["code"] for one in ask("classes/ccs").json()["items"]} > {"A", "X"}


@pytest.mark.parametrize(
    "address", ["standards", "standards/GB~T1-2020", "openapi.json", "classes/ccs"]
)
def test_an_answer_that_did_not_change_is_not_sent_again(ask, some, address):
    first = ask(address)
    assert first["ETag"].startswith('"')
    again = ask(address, if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert ask(address, if_none_match='"x"').status_code == 200
    head = Client().head(f"/api/{address}")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])


def test_an_answer_that_changed_is_sent(ask, some):
    tag = ask("standards/GB~T1-2020")["ETag"]
    some[1].title = "另名"
    some[1].save()
    assert ask("standards/GB~T1-2020", if_none_match=tag).json()["title"] == "另名"


def test_uses_are_counted_exactly(ask, settings):
    settings.API_MINUTE = 3
    answers = [ask("numbers?text=GB 1") for _ in range(5)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    last = answers[-1]
    assert 1 <= int(last["Retry-After"]) <= 60
    assert last.json()["code"] == "too-often"
    assert last.json()["detail"].startswith("每分钟最多请求 3 次")
    assert Allowance.objects.get(key="api:127.0.0.1").used == 3


@pytest.mark.parametrize(
    "question",
    ["level=nothing", "limit=0", "limit=x", "limit=999999999999999999999", "facets=title",
     "status=%00", "q=" + "a" * 501],
)  # fmt: skip
def test_a_wrong_parameter_is_named(ask, question):
    answer = ask(f"standards?{question}")
    assert (answer.status_code, answer.json()["code"]) == (422, "parameters")
    name = question.partition("=")[0]
    assert any(name in one["name"] for one in answer.json()["parameters"])


ODD = ["%00", "%ff%fe", "%ed%a0%80", "'\"<>", "\\", "%25", "(" * 100, "-", '"', "*", "🍵", "a" * 300,
       "1e999", "-1", "%F0%9F", "../..", "\u202e"]  # fmt: skip
FREE = ("q", "ics", "ccs", "region", "year", "organization", "section", "text", "order", "page")
CLOSED = ("level", "limit", "cursor", "facets", "on")


@pytest.mark.parametrize("address", ["standards", "standards/{odd}", "numbers", "classes/{odd}",
                                     "standards/{odd}/standing", "standards/GB~T1-2020/standing",
                                     "dumps/{odd}", "standards/GB~T1-2020"])  # fmt: skip
def test_odd_input_never_breaks_the_api(ask, some, address, settings):
    settings.API_MINUTE = 100_000
    wrong = []
    for odd in ODD:
        together = "&".join(f"{name}={odd}" for name in FREE)
        for question in (together, *(f"{name}={odd}" for name in CLOSED)):
            asked = f"{address.format(odd=odd.replace('/', '~'))}?{question}"
            answer = ask(asked)
            if answer.status_code >= 500:
                wrong.append(asked)
            elif answer.status_code >= 400:
                assert answer.json()["detail"], asked
    assert wrong == []


def test_writing_by_reading_addresses_is_refused(ask):
    for method in ("put", "patch", "delete", "post"):
        answer = getattr(Client(enforce_csrf_checks=True), method)("/api/standards")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_every_code_has_a_chinese_title():
    assert all(str(title) for _status, title in CODES.values())


def test_the_description_names_every_address_and_its_problems(ask):
    said = ask("openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert set(said["paths"]) == {
        "/api/standards", "/api/standards/{slug}", "/api/standards/{slug}/standing",
        "/api/standards/batch", "/api/numbers", "/api/classes/{key}", "/api/dumps",
    }  # fmt: skip
    for path, operations in said["paths"].items():
        for operation in operations.values():
            assert {"401", "429"} <= set(operation["responses"]), path
            assert "request" not in [one["name"] for one in operation.get("parameters", [])]
            problem = operation["responses"]["429"]["content"]
            assert list(problem) == ["application/problem+json"]
    assert "bearer" in said["components"]["securitySchemes"]
    assert json.dumps(said)


def test_the_front_leads_to_the_page(ask):
    assert ask("")["Location"] == "/api/docs"


def test_a_closed_board_closes_the_data(ask, settings, reporter):
    settings.PUBLIC_BOARD = False
    for address in ("standards", "numbers?text=GB 1", "dumps", "openapi.json", "classes/ics"):
        answer = ask(address)
        assert (answer.status_code, answer.json()["code"]) == (401, "token-needed")
        assert answer["WWW-Authenticate"] == "Bearer"
    inside = Client()
    inside.force_login(reporter.person)
    assert inside.get("/api/standards").status_code == 200


@pytest.mark.parametrize("day", ["0", "20240101", "1704067200", "2024-1-1", "2024-13-01", "今天"])
def test_a_day_is_written_out_or_refused(ask, some, day):
    answer = ask(f"standards/GB~T1-2020/standing?on={day}")
    assert (answer.status_code, answer.json()["parameters"][0]["name"]) == (422, "on")
    assert ask("standards/GB~T1-2020/standing?on=2024-01-01").json()["on"] == "2024-01-01"
