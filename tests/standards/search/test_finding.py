"""What somebody types finds what is meant, on every engine."""

import os
import resource
from datetime import date
from pathlib import Path

import pytest

from rongbiao.standards.currency import standing
from rongbiao.standards.models import Participation, Standard
from rongbiao.standards.search import Order, Query
from rongbiao.standards.search.answering import FURTHEST
from rongbiao.standards.search.embedded import Tantivy
from rongbiao.standards.search.finding import Asked
from rongbiao.standards.search.typed import Phrase
from tests.standards_desk import enter

DRAFTERS = ("福建春伦集团有限公司", "福州市标准化研究院")


@pytest.fixture
def shelf(engine):
    """A dozen standards, indexed."""
    old = {"status": "superseded", "issued_on": date(2009, 6, 17)}
    enter("GB/T 1.1-2009", "标准化工作导则 第1部分：标准的结构和编写", **old)
    enter("GB/T 1.1-2020", "标准化工作导则 第1部分：标准化文件的结构和起草规则")
    enter("GB/T 1.2-2020", "标准化工作导则 第2部分：以ISO/IEC标准化文件为基础的标准化文件起草规则")
    enter("GB/T 22292-2017", "茉莉花茶", drafters=DRAFTERS, ics="67.140.10", ccs="X55")
    enter("DB3501/T 12-2022", "福州茉莉花茶 加工技术规范", region="350100", ics="67.140.10")
    enter("T/FZCX 3-2021", "茶 茉莉花茶质量分级", title_en="Jasmine tea — Quality grading")
    enter("GB/T 31831-2015", "LED室内照明应用技术要求", ics="91.160.10", ccs="K70")
    enter("Q/FJLM 012-2023", "432LED灯具", publisher="福建省灯明有限公司", nature="recommended")
    enter("GB 7000.1-2015", "灯具 第1部分：一般要求与试验", nature="mandatory", ics="29.140.40")
    enter("ISO 9001:2015", "Quality management systems — Requirements", publisher="ISO")
    enter(
        "GB/T 19001-2016", "质量管理体系 要求", title_en="Quality management systems — Requirements"
    )
    enter(
        "GB/T 8567-2006", "计算机软件文档编制规范", status="withdrawn", issued_on=date(2006, 3, 14)
    )
    engine.rebuild()
    return engine


def found(engine, words, **asked):
    """Return the numbers of what was found, in order."""
    page = engine.search(Query(words, **asked))
    rows = Standard.objects.in_bulk([hit.pk for hit in page.hits])
    assert page.total >= len(page.hits)
    return [rows[hit.pk].number for hit in page.hits]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("茉莉花茶", {"GB/T 22292-2017", "DB3501/T 12-2022", "T/FZCX 3-2021"}),
        ("茉莉花茶 规范", {"DB3501/T 12-2022"}),
        ('"花茶质量"', {"T/FZCX 3-2021"}),
        ("茉莉花茶 -规范", {"GB/T 22292-2017", "T/FZCX 3-2021"}),
        ('茉莉花茶 -"加工技术" -分级', {"GB/T 22292-2017"}),
        ("LED灯具", {"Q/FJLM 012-2023"}),
        ("ｌｅｄ灯", {"Q/FJLM 012-2023"}),
        ("LED", {"Q/FJLM 012-2023", "GB/T 31831-2015"}),
        ("燈具", {"Q/FJLM 012-2023", "GB 7000.1-2015"}),
        ("具", {"Q/FJLM 012-2023", "GB 7000.1-2015"}),
        ("軟體", {"GB/T 8567-2006"}),
        ("Quality Management", {"ISO 9001:2015", "GB/T 19001-2016"}),
        ("quality tea", {"T/FZCX 3-2021"}),
        ("第1部分一般要求", {"GB 7000.1-2015"}),
        ("部 灯", {"GB 7000.1-2015"}),
        ("没有这种东西", set()),
    ],
)
def test_words_find(shelf, words, numbers):
    page = shelf.search(Query(words))
    assert set(found(shelf, words)) == numbers
    assert page.total == len(numbers)


@pytest.mark.parametrize(
    "words", ["gbt 1.1", "GB/T 1.1", "gb/t1.1", "ＧＢ／Ｔ　１．１", "GB 1.1", "GB/T 1.1-2020"]
)
def test_a_number_in_any_notation_finds_its_editions_first_and_the_one_in_force_before(
    shelf, words
):
    assert found(shelf, words)[:2] == ["GB/T 1.1-2020", "GB/T 1.1-2009"]
    assert shelf.search(Query(words)).hits[0].by_number


def test_a_dated_number_stands_first_even_if_it_was_superseded(shelf):
    assert found(shelf, "gb/t 1.1—2009")[:2] == ["GB/T 1.1-2009", "GB/T 1.1-2020"]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("ＤＢ３５０１／Ｔ 12", "DB3501/T 12-2022"),
        ("iso9001", "ISO 9001:2015"),
        ("t/fzcx 3", "T/FZCX 3-2021"),
        ("q/fjlm 012-2023", "Q/FJLM 012-2023"),
        ("19001", "GB/T 19001-2016"),
        ("GB/T 19001 质量", "GB/T 19001-2016"),
    ],
)
def test_numbers_of_every_kind_are_found(shelf, words, number):
    assert found(shelf, words)[0] == number


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("9001", ["ISO 9001:2015"]),
        ("12", ["DB3501/T 12-2022"]),
        ("1.1", ["GB/T 1.1-2020", "GB/T 1.1-2009"]),
        ("1.1—2009", ["GB/T 1.1-2009", "GB/T 1.1-2020"]),
        ("７０００.1", ["GB 7000.1-2015"]),
    ],
)
def test_a_serial_without_its_code_names_editions(shelf, words, numbers):
    assert found(shelf, words)[: len(numbers)] == numbers
    assert found(shelf, words, filters={"level": ["group"]}) == []


def test_what_is_whole_stands_before_its_amendments(shelf):
    enter("ISO 9001:2015/Amd 1:2024", "Climate action changes", issued_on=date(2024, 2, 1))
    enter("GB/T 19001-2016/XG1-2024", "质量管理体系 要求 第1号修改单", issued_on=date(2024, 2, 1))
    assert found(shelf, "iso 9001")[:2] == ["ISO 9001:2015", "ISO 9001:2015/Amd 1:2024"]
    assert found(shelf, "9001")[:2] == ["ISO 9001:2015", "ISO 9001:2015/Amd 1:2024"]
    enter("ITU-T X.509 (10/2019)", "Public-key and attribute certificate frameworks")
    enter("ITU-T X.509 (2019) Cor. 1 (10/2021)", "Corrigendum", issued_on=date(2021, 10, 14))
    assert found(shelf, "x.509")[0] == "ITU-T X.509 (10/2019)"
    assert found(shelf, "gbt19001")[:2] == ["GB/T 19001-2016", "GB/T 19001-2016/XG1-2024"]


def test_the_parts_of_a_number_stand_for_what_is_gone(shelf):
    enter("ISO 8601:2004", "Representation of dates", status="superseded")
    enter("ISO 8601-10:2020", "Part 10")
    enter("ISO 8601-2:2019", "Extensions")
    enter("ISO 8601-2:2019/Amd 1:2025", "Amendment")
    enter("GB/T 20000.1-2014", "标准化工作指南 第1部分：标准化和相关活动的通用术语")
    parts = ["ISO 8601-2:2019", "ISO 8601-10:2020", "ISO 8601-2:2019/Amd 1:2025"]
    assert found(shelf, "iso 8601")[:4] == [*parts, "ISO 8601:2004"]
    assert found(shelf, "iso 8601:2004")[0] == "ISO 8601:2004"
    assert found(shelf, "gb/t 20000") == ["GB/T 20000.1-2014"]


def test_whoever_leaves_out_one_of_two_bodies_is_understood(shelf):
    enter("ISO/IEC 27001:2022", "Information security management systems")
    enter("ISO/IEC 27001:2013", "Information security management systems", status="superseded")
    for words in ("ISO 27001", "iec 27001", "iso iec 27001", "ISO/IEC 27001"):
        assert found(shelf, words)[:2] == ["ISO/IEC 27001:2022", "ISO/IEC 27001:2013"], words
    assert found(shelf, "ISO 27001:2013")[0] == "ISO/IEC 27001:2013"


def test_versions_of_a_recommendation_are_its_editions(shelf):
    enter("ITU-T H.264 (04/2013)", "Advanced video coding", status="withdrawn")
    enter("ITU-T H.264 (V16) (06/2026)", "Advanced video coding")
    assert found(shelf, "h.264") == ["ITU-T H.264 (V16) (06/2026)", "ITU-T H.264 (04/2013)"]
    on = date(2026, 11, 27)
    assert standing("ITU-T H.264", on).present == "ITU-T H.264 (V16) (06/2026)"


def test_a_number_is_found_before_it_is_indexed(shelf):
    enter("GB/T 1.1-2026", "标准化工作导则", issued_on=date(2026, 1, 1))
    assert found(shelf, "GB/T 1.1")[0] == "GB/T 1.1-2026"
    assert shelf.search(Query("GB/T 1.1")).total == 3


def test_pages_follow_one_another_across_the_numbers(shelf):
    whole = found(shelf, "GB/T 1.1")
    assert len(whole) == 2
    assert [found(shelf, "GB/T 1.1", start=at, size=1) for at in range(3)] == [
        [whole[0]],
        [whole[1]],
        [],
    ]


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({"level": ["municipal"]}, {"DB3501/T 12-2022"}),
        ({"level": ["municipal", "group"]}, {"DB3501/T 12-2022", "T/FZCX 3-2021"}),
        ({"status": ["withdrawn"]}, {"GB/T 8567-2006"}),
        ({"nature": ["mandatory"]}, {"GB 7000.1-2015"}),
        ({"ics": ["67"]}, {"GB/T 22292-2017", "DB3501/T 12-2022"}),
        ({"ics": ["67.140.10"], "ccs": ["X5"]}, {"GB/T 22292-2017"}),
        ({"region": ["35"]}, {"DB3501/T 12-2022"}),
        ({"year": ["2009", "2006"]}, {"GB/T 1.1-2009", "GB/T 8567-2006"}),
        ({"organization": [DRAFTERS[1]]}, {"GB/T 22292-2017"}),
        ({"organization": ["福建省灯明有限公司"]}, {"Q/FJLM 012-2023"}),
        ({"section": ["countryside"]}, {"GB/T 22292-2017", "DB3501/T 12-2022"}),
        ({"level": ["no such level"]}, set()),
        ({"organization": ["x' or 1=1 --"]}, set()),
    ],
)
def test_filters_narrow(shelf, filters, numbers):
    page = shelf.search(Query("", filters=filters))
    assert set(found(shelf, "", filters=filters)) == numbers
    assert page.total == len(numbers)


def test_filters_hold_for_numbers_too(shelf):
    assert found(shelf, "GB/T 1.1", filters={"status": ["superseded"]}) == ["GB/T 1.1-2009"]
    assert found(shelf, "GB/T 22292", filters={"organization": [DRAFTERS[0]], "ics": ["67"]}) == [
        "GB/T 22292-2017"
    ]
    assert found(shelf, "GB/T 22292", filters={"ics": ["91"]}) == []


def test_counts_leave_their_own_filter_out(shelf):
    facets = (
        "level",
        "status",
        "ics",
        "ccs",
        "region",
        "year",
        "organization",
        "section",
        "nature",
    )
    page = shelf.search(Query("茉莉花茶", filters={"level": ["group"]}, facets=facets))
    assert page.total == 1
    assert dict(page.facets["level"]) == {"national": 1, "municipal": 1, "group": 1}
    assert dict(page.facets["status"]) == {"current": 1}
    assert dict(page.facets["year"]) == {"2020": 1}
    assert page.facets["ics"] == page.facets["region"] == page.facets["section"] == []
    page = shelf.search(Query("茉莉花茶", facets=facets))
    assert dict(page.facets["ics"]) == {"67": 2}
    assert dict(page.facets["ccs"]) == {"X": 1}
    assert dict(page.facets["region"]) == {"350100": 1}
    assert dict(page.facets["organization"])[DRAFTERS[0]] == 1
    assert dict(page.facets["section"]) == {"countryside": 2}
    assert dict(shelf.search(Query("GB/T 1.1", facets=["status"])).facets["status"]) == {
        "current": 1,
        "superseded": 1,
    }


def test_what_is_in_force_stands_before_what_is_not_and_the_newer_before(shelf):
    assert found(shelf, "标准化工作导则")[-1] == "GB/T 1.1-2009"
    assert found(shelf, "", order=Order.NEWEST)[-1] == "GB/T 8567-2006"
    assert found(shelf, "GB/T", order=Order.NUMBER)[:3] == [
        "GB/T 1.1-2009",
        "GB/T 1.1-2020",
        "GB/T 1.2-2020",
    ]


def test_titles_that_begin_with_the_word_stand_first(shelf):
    assert found(shelf, "茉莉花茶")[0] == "GB/T 22292-2017"
    assert found(shelf, "灯具")[0] == "GB 7000.1-2015"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("GB/T 1.11-2020", "GB/T 1.1-2020"),
        ("GB/T 22229-2017", "GB/T 22292-2017"),
        ("末莉花茶", "茉莉花茶"),
        ("managemant", "management"),
        ("茉莉花茶", ""),
        ("彎彎曲曲", ""),
    ],
)
def test_did_you_mean(shelf, words, meant):
    assert shelf.search(Query(words)).meant == meant


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("gbt 1.", "GB/T 1.1-2020"),
        ("gb/t 19", "GB/T 19001-2016"),
        ("db3501", "DB3501/T 12-2022"),
        ("茉莉", "GB/T 22292-2017"),
        ("福州茉莉花茶加工", "DB3501/T 12-2022"),
        ("mlhc", "GB/T 22292-2017"),
        ("fzmlhcjg", "DB3501/T 12-2022"),
        ("zlgl", "GB/T 19001-2016"),
        ("iso", "ISO 9001:2015"),
        ("quality", "ISO 9001:2015"),
        ("quality man", "ISO 9001:2015"),
        ("qualitymanagementsyst", "ISO 9001:2015"),
        ("9001", "ISO 9001:2015"),
        ("12", "DB3501/T 12-2022"),
    ],
)
def test_type_ahead(shelf, typed, first):
    suggested = shelf.suggest(typed)
    assert suggested[0].number == first
    assert len({one.pk for one in suggested}) == len(suggested)


STRANGE = [
    "", " ", "\x00", "a\x00b", '"', '""', "-", "- -", "--", '-"', "(", "*", "茶*", "AND OR NOT", "title:茶", "[1 TO 9]",
    "\\", "%", "_", "{}", "'; drop table standards_standard; --", "🍵", "\ud800", "٣", "İ", "ﬁ", "GB/T", "GB/T XXXX",
    "一" * 5000, "a " * 5000, "-茶", "茶 -茶", "\u202e茶", "𠀀", "𠀀𠀁", "1" * 300, "GB/T 1~GB/T 9", "é", "ß",
]  # fmt: skip


@pytest.mark.parametrize("words", STRANGE, ids=range(len(STRANGE)))
def test_whatever_is_typed_is_answered(shelf, words):
    page = shelf.search(Query(words, facets=("level", "organization")))
    assert page.total >= len(page.hits)
    assert len(shelf.suggest(words)) <= 8
    assert shelf.search(Query("茶", filters={"organization": [words]})).total == 0
    assert shelf.search(Query(words, start=10**12, size=10**9)).hits == []


@pytest.mark.django_db
@pytest.mark.parametrize("order", Order)
def test_a_page_far_beyond_the_last_takes_no_memory(index, order):
    """What a stranger writes into an address must not end the process for want of memory."""
    shelf = Tantivy()
    enter("GB/T 22292-2017", "茉莉花茶")
    shelf.rebuild()
    asked = Asked(((Phrase(("茶",)),),), (), {}, (), order, start=FURTHEST, size=20)
    assert shelf.find(asked).total == 1
    child = os.fork()
    if not child:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + 1_000_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        os._exit(len(shelf.find(asked).pks))
    assert os.waitpid(child, 0)[1] == 0


def test_changes_are_taken_up(shelf):
    gone = Standard.objects.get(number="Q/FJLM 012-2023")
    changed = Standard.objects.get(number="GB/T 31831-2015")
    new = enter("GB/T 40000-2021", "鱼丸")
    Participation.objects.create(standard=changed, name="某某公司", place=0, part="lead")
    Standard.objects.filter(pk=changed.pk).update(title="甲乙丙丁")
    pks = [gone.pk, changed.pk, new.pk]
    gone.delete()
    before = shelf.search(Query("鱼丸")).generation
    assert tuple(vars_of(shelf.difference())) == (1, 1, 1)
    for _ in range(2):  # twice does no harm
        shelf.apply(pks)
        assert found(shelf, "鱼丸") == ["GB/T 40000-2021"]
        assert found(shelf, "432LED") == []
        assert found(shelf, "甲乙丙丁") == ["GB/T 31831-2015"]
        assert found(shelf, "室内照明") == []
        assert found(shelf, "", filters={"organization": ["某某公司"]}) == ["GB/T 31831-2015"]
        assert not shelf.difference()
    assert shelf.search(Query("鱼丸")).generation != before


def vars_of(difference):
    return difference.lacking, difference.gone, difference.stale


def test_without_an_index_the_register_is_asked_plainly(engine):
    enter("GB/T 1.1-2020", "标准化工作导则", ics="01.120")
    enter("GB/T 40000-2021", "鱼丸", ics="67.120.30", region="350100", status="withdrawn")
    enter("GB/T 40001-2021", "LED灯具 通则")
    assert not engine.ready()
    assert found(engine, "gbt 1.1") == ["GB/T 1.1-2020"]
    page = engine.search(Query("标准化", facets=("level",)))
    assert (page.total, page.generation, page.facets["level"]) == (1, "", [])
    assert found(engine, "led灯具") == ["GB/T 40001-2021"]
    assert found(engine, "标准化 灯具") == []
    assert found(engine, "-灯具 导则") == ["GB/T 1.1-2020"]
    assert found(engine, "", filters={"ics": ["67.120"], "region": ["3501"]}) == ["GB/T 40000-2021"]
    assert found(engine, "", filters={"year": ["1999"]}) == []
    assert found(engine, "", filters={"section": ["none"], "organization": ["无"]}) == []
    assert found(engine, "gbt 1.1", order=Order.NUMBER) == ["GB/T 1.1-2020"]
    assert len(found(engine, "", order=Order.NEWEST)) == 3
    Standard.objects.exclude(number="GB/T 1.1-2020").delete()
    assert engine.difference().lacking == 1
    assert engine.rebuild() == 1
    assert found(engine, "标准化") == ["GB/T 1.1-2020"]
