"""The page of one standard: what is known, what surrounds it, where an inexact number leads."""

import hashlib
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from rongbiao.archive.models import File
from rongbiao.parties.models import Organization
from rongbiao.standards.models import Claim, Participation, Standard
from tests.conftest import hold_post
from tests.web.shelf import canteen, put, tie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("marking_engine")]
CANTEEN = "/standards/DB3501~T018-2024/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2025, 9, 30))


def page(client, address=CANTEEN) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def part(text: str, key: str) -> str:
    start = text.index(f'aria-labelledby="{key}"')
    return text[start : text.index("</section>", start)]


def test_the_head_says_number_title_and_state(client):
    canteen()
    text = page(client)
    head = strip_tags(text[text.index('class="std-head"') : text.index('class="tabs"')])
    for words in ("现行", "市级地方标准", "推荐性", "DB3501/T 018—2024", "长者食堂建设与服务规范",
                  "Specification for senior canteens"):  # fmt: skip
        assert words in head


def test_the_timeline_shows_the_older_edition_the_months_and_the_review(client):
    canteen()
    text = page(client)
    drawn = text[text.index('<svg class="lifeline"') : text.index("</svg>", text.index("lifeline"))]
    for words in ("DB3501/T 004—2021，2021年6月1日实施，被代替", "制定 10.3 个月",
                  "现行，2024年3月1日起", "今日", "2029年1月18日，余 3 年 3 个月"):  # fmt: skip
        assert words in drawn
    said = re.search(r'class="lifeline"[^>]*aria-label="([^"]+)"', text)[1]
    assert "2024年1月18日发布，制定 10.3 个月" in said
    moments = strip_tags(text[text.index('class="log tl-s"') : text.index('class="tabs"')])
    assert "复审期限，余 3 年 3 个月" in moments
    assert "《中华人民共和国标准化法》（2017年修订）第二十九条" in text


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"confirmed_on": date(2025, 1, 20)}, "2030年1月20日"),
        ({"status": "withdrawn"}, None),
        ({"level": "national"}, None),
        ({"issued_on": date(2018, 1, 1)}, "已过 1003 天"),
    ],
)
def test_the_review_of_local_standards_in_force_is_reckoned_from_the_last_look(
    client, more, expected
):
    one = canteen()
    Standard.objects.filter(pk=one.pk).update(**more)
    text = page(client)
    assert ("复审期限" in text) == bool(expected)
    assert expected is None or expected in text


def test_a_cited_document_that_changed_is_warned_of(client):
    canteen()
    text = page(client)
    warned = text[
        text.index('class="note warn"') : text.index("</section>", text.index("note warn"))
    ]
    assert "1 项引用文件有变化" in strip_tags(warned)
    assert 'href="/standards/GB50763-2012/"' in warned
    assert 'href="/standards/GB55019-2021/"' in warned


def test_relations_stand_as_picture_and_as_table(client):
    canteen()
    ties = part(page(client), "ties")
    assert ties.count('class="t-line changed"') == 1
    assert ties.count('class="t-box"') == 3
    assert "JGJ 450—2018" in strip_tags(ties)  # cited, though the register does not hold it
    assert "名录未收录" in ties
    rows = re.findall(r"<tr[^>]*><td class=\"nowrap\">([^<]+)</td><td>(.*?)</td>", ties, re.DOTALL)
    told = [(words, strip_tags(end).split()[0]) for words, end in rows]
    assert ("引用", "GB") in told
    assert [words for words, _end in told].count("被引用") == 1


def test_a_replaced_edition_says_so_and_leads_on(client):
    canteen()
    text = page(client, "/standards/DB3501~T004-2021/")
    warned = text[text.index('class="note bad"') : text.index("</section>", text.index("note bad"))]
    assert "本标准已被代替，不再有效" in warned
    assert f'href="{CANTEEN}"' in warned
    assert "2024年3月1日起实施" in warned


def test_a_later_edition_lets_the_page_infer_what_no_source_says(client):
    put("ISO 9001:2008", "Quality", source="relaton-iso", issued_on=date(2008, 11, 1))
    put("ISO 9001:2015", "Quality", source="relaton-iso", issued_on=date(2015, 9, 1))
    text = page(client, "/standards/ISO9001-2008/")
    assert "本标准已被代替，不再有效" in text
    assert "由同一编号的后一版本推定，来源没有载明。" in text
    assert 'href="/standards/ISO9001-2015/"' in text
    now = page(client, "/standards/ISO9001-2015/")
    assert "不再有效" not in now
    assert "现行" not in strip_tags(now[now.index("std-tags") : now.index("<h1")])


def test_drafts_and_amendments_are_no_editions(client):
    put("ISO 9001:2008", "Quality", status="superseded", issued_on=date(2008, 11, 1))
    put("ISO 9001:2015", "Quality", status="current", issued_on=date(2015, 9, 1))
    put("ISO 9001:2015/Amd 1:2024", "Quality", status="current", issued_on=date(2024, 2, 1))
    put("ISO 9001", "Quality", status="project")
    put("ISO/CD 9001", "Quality", status="project")
    tie("ISO 9001:2015", "replaces", "ISO 9001:2008")
    tie("ISO/CD 9001", "replaces", "ISO 9001:2015")
    text = page(client, "/standards/ISO9001-2015/")
    assert "代替本标准" not in text
    assert "修订版正在制定" in text
    editions, others = part(text, "editions").split("<h3>")
    assert re.findall(r"ISO 9001:\d{4}(?!/)", editions) == ["ISO 9001:2015", "ISO 9001:2008"]
    assert "ISO 9001:2015/Amd 1:2024" in others
    assert 'href="/standards/ISO9001/?project"' in others
    assert client.get("/standards/ISO9001/")["Location"] == "/standards/ISO9001-2015/"
    assert "这是制定中的项目" in page(client, "/standards/ISO9001/?project")


def test_all_editions_are_listed_through_the_chain(client):
    canteen()
    put("DB3501/T 004-2016", "助餐服务规范", status="superseded", issued_on=date(2016, 1, 1))
    put("DB3501/T 001-2010", "老年食堂规范", status="withdrawn", issued_on=date(2010, 1, 1))
    tie("DB3501/T 004-2021", "replaces", "DB3501/T 004-2016")
    tie("DB3501/T 004-2016", "replaces", "DB3501/T 001-2010")
    for address in (CANTEEN, "/standards/DB3501~T001-2010/"):
        told = re.findall(r"DB3501/T \d+—\d{4}", part(page(client, address), "editions"))
        assert told == ["DB3501/T 018—2024", "DB3501/T 004—2021", "DB3501/T 004—2016",
                        "DB3501/T 001—2010"]  # fmt: skip


def test_a_chain_that_bites_its_tail_ends(client):
    for number in ("GB/T 8-1990", "GB/T 9-1991"):
        put(number, "环", issued_on=date(1990, 1, 1))
    tie("GB/T 8-1990", "replaces", "GB/T 9-1991")
    tie("GB/T 9-1991", "replaces", "GB/T 8-1990")
    assert "GB/T 9—1991" in part(page(client, "/standards/GB~T8-1990/"), "editions")


def test_drafters_stand_in_order_with_their_part(client, city):
    one = canteen()
    unit = Organization.objects.get(name="市海洋与渔业局")
    for place, (name, organization) in enumerate([("某协会", None), (unit.name, unit)]):
        Participation.objects.create(
            standard=one, name=name, organization=organization, place=place,
            part="join" if place else "lead",
        )  # fmt: skip
    told = part(page(client), "drafters")
    assert re.sub(r"\s+", "", strip_tags(told)).endswith("1某协会主导2市海洋与渔业局本市参与")
    assert f'href="/organizations/{unit.pk}/"' in told
    assert 'href="/organizations/named/?name=' in told


def test_sources_that_disagree_are_shown_whole(client):
    one = canteen()
    for value, source, day in (("2024-03-01", "city", date(2024, 1, 18)),
                               ("2024-04-01", "table", date(2024, 6, 2))):  # fmt: skip
        Claim.objects.create(
            standard=one, field="implemented_on", value=value, source=source, source_on=day
        )
    said = part(page(client), "said")
    rows = re.findall(r"<tr>(.*?)</tr>", said, re.DOTALL)[1:]
    assert ["采用" in row for row in rows] == [True, False]
    assert "2024年4月1日" in rows[1]
    assert "导入的明细表" in rows[1]
    assert "来源级别高的优先" in said


def test_the_text_is_given_with_size_and_hash(client):
    one = canteen()
    content = "标准文本".encode()
    one.text = File.objects.keep(content, "规范.txt", "text/plain")
    one.save()
    told = part(page(client), "text")
    assert hashlib.sha256(content).hexdigest() in told
    answer = client.get(f"{CANTEEN}text/")
    assert answer.content == content
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_texts_from_abroad_are_for_the_office(client, city):
    one = put("ISO 9001:2015", "Quality management systems", issued_on=date(2015, 9, 1))
    one.text = File.objects.keep(b"iso", "iso.pdf", "application/pdf")
    one.save()
    assert client.get("/standards/ISO9001-2015/text/").status_code == 404
    assert "text/" not in part(page(client, "/standards/ISO9001-2015/"), "text").replace(
        "/text", ""
    )
    client.force_login(hold_post("林经办", "市市场监管局", "officer").person)
    assert client.get("/standards/ISO9001-2015/text/").content == b"iso"


def test_a_standard_without_text_has_none(client):
    canteen()
    assert client.get(f"{CANTEEN}text/").status_code == 404
    assert "标准文本" not in strip_tags(page(client))


def test_it_is_cited_as_gb_t_7714_says(client):
    canteen()
    assert "福州市市场监督管理局. 长者食堂建设与服务规范：DB3501/T 018—2024[S]. 2024." in page(
        client
    )


def test_an_undated_number_leads_to_the_edition_in_force(client):
    put("GB/T 1.1-2009", "结构和编写", status="superseded", issued_on=date(2009, 6, 17))
    put("GB/T 1.1-2020", "起草规则", status="current", issued_on=date(2020, 3, 31))
    put(
        "GB/T 1.1-2026",
        "起草规则",
        status="upcoming",
        issued_on=date(2025, 9, 1),
        implemented_on=date(2026, 4, 1),
    )
    assert client.get("/standards/GB~T1.1/")["Location"] == "/standards/GB~T1.1-2020/"


@pytest.mark.parametrize(
    "written", ["gbt 1.1-2020", "GB~T 1.1—2020", "GB1.1-2020", "ＧＢ~Ｔ1.1-2020"]
)
def test_a_number_written_otherwise_leads_to_its_page(client, written):
    put("GB/T 1.1-2020", "起草规则", status="current", issued_on=date(2020, 3, 31))
    assert client.get(f"/standards/{written}/")["Location"] == "/standards/GB~T1.1-2020/"


def test_the_short_address_leads_to_the_page(client):
    assert client.get("/std/GB~T1.1-2020/")["Location"] == "/standards/GB~T1.1-2020/"


def test_an_unknown_number_is_404_with_the_nearest_ones(client):
    put("GB/T 1.1-2009", "结构和编写", issued_on=date(2009, 6, 17))
    put("GB/T 1.2-2020", "第2部分", issued_on=date(2020, 6, 17))
    put("JB/T 1.2-2020", "机械", issued_on=date(2020, 6, 17))
    wrong_year = client.get("/standards/GB~T1.1-2021/")
    assert (wrong_year.status_code, "GB/T 1.1—2009" in wrong_year.content.decode()) == (404, True)
    none = client.get("/standards/GB~T1.3/")
    text = none.content.decode()
    assert none.status_code == 404
    assert "GB/T 1.2—2020" in text
    assert "JB/T" not in text
    odd = client.get("/standards/%3Cb%3E%00/")
    assert odd.status_code == 404
    assert "没有“<b>" not in odd.content.decode()


def test_every_relation_stands_on_a_page_of_its_own(client):
    canteen()
    for n in range(60):
        put(f"GB/T 88{n:03d}-2024", "引用者", issued_on=date(2024, 5, 1))
        tie(f"GB/T 88{n:03d}-2024", "cites", "DB3501/T 018-2024")
    text = page(client)
    assert "全部 61 项" in text
    own = page(client, f"{CANTEEN}relations/?page=2")
    assert "第 2 页，共 2 页" in own
    assert client.get("/standards/none/relations/").status_code == 404


def test_the_number_of_questions_does_not_grow_with_what_surrounds_it(client, city):
    one = canteen()
    page(client)
    counted = []
    for many in (1, 3):
        for n in range(many):
            number = f"GB/T 7{many}{n}-2024"
            put(number, "别的", status="superseded", issued_on=date(2024, 5, 1))
            tie(number, "cites", "DB3501/T 018-2024")
            tie("DB3501/T 018-2024", "cites", number)
            tie("GB 55019-2021", "replaces", number)
            put(
                f"DB3501/T 018-{2010 + many + n}",
                "旧",
                status="superseded",
                issued_on=date(2010, 1, 1),
            )
            Participation.objects.create(
                standard=one,
                name=f"单位{many}{n}",
                place=many * 5 + n,
                part="join",
                organization=Organization.objects.all()[many * 5 + n],
            )
            Claim.objects.create(standard=one, field="title", value="名", source=f"s{many}{n}")
        with CaptureQueriesContext(connection) as seen:
            page(client)
        counted.append(len(seen))
    assert counted[0] == counted[1]
    assert counted[0] <= 26


def test_english_and_traditional(client):
    canteen()
    client.post("/language/", {"language": "zh-hant"})
    text = page(client)
    assert "長者食堂建設與服務規範" in text
    client.post("/language/", {"language": "en"})
    assert "Basic facts" in page(client)


def test_an_edition_of_which_only_the_month_is_known_is_not_said_to_hold_from_a_day(client):
    month = {"issued_precision": "month", "level": "international", "implemented_on": None}
    put("ISO 9001:2008", "Requirements", status="superseded", issued_on=date(2008, 11, 1), **month)
    put("ISO 9001:2015", "Requirements", issued_on=date(2015, 9, 1), **month)
    text = page(client, "/standards/ISO9001-2015/")
    assert "ISO 9001:2008，2008年11月发布，被代替" in text
    moments = strip_tags(text[text.index('class="log tl-s"') : text.index('class="tabs"')])
    assert ("ISO 9001:2008 发布" in moments, "2008年11月1日" in text) == (True, False)
