"""A standard number as a value: display, keys, order, matching, ranges, what its code means."""

import random
from dataclasses import FrozenInstanceError

import pytest

from rongbiao.texts.numbers import KIND_NAMES, Kind, NotANumber, read_number
from rongbiao.texts.numbers.codes import CODES
from tests.texts.numbers.corpora import PASS

NUMBERS = [read_number(text) for text, _ in PASS]


@pytest.mark.parametrize(
    ("text", "display"),
    [
        ("DB3501/T 018-2024", "DB3501/T 018—2024"),
        ("DB44/26-2001", "DB44/26—2001"),
        ("GB 7718-2011/XG1-2014", "GB 7718—2011/XG1—2014"),
        ("GB 50045-95(2005年版)", "GB 50045—1995（2005年版）"),
        ("GB/T 16886 (all parts)", "GB/T 16886（所有部分）"),
        ("GB 3100~3102-93", "GB 3100—1993～GB 3102—1993"),
        ("GB/T 45001-2020(ISO 45001:2018, IDT)", "GB/T 45001—2020（ISO 45001:2018，IDT）"),
        ("GB/T 2828.1-2012/ISO 2859-1:1999", "GB/T 2828.1—2012/ISO 2859-1:1999"),
        ("ISO 9001:2015", "ISO 9001:2015"),
        ("IEEE 1547-2018", "IEEE 1547-2018"),
    ],
)
def test_print_takes_the_long_dash(text, display):
    assert read_number(text).display == display


@pytest.mark.parametrize(
    ("text", "key", "resolver"),
    [
        ("GB/T 1.1-2020", "GB/T1.1-2020", "GB1.1-2020"),
        ("GB/Z 2-2020", "GB/Z2-2020", "GB2-2020"),
        ("GB 1.1-2020", "GB1.1-2020", "GB1.1-2020"),
        ("GBZ/T 189.8-2007", "GBZ/T189.8-2007", "GBZ/T189.8-2007"),
        ("GBJ 16-87", "GBJ16-1987", "GBJ16-1987"),
        ("GJB/Z 9000-1996", "GJB/Z9000-1996", "GJB/Z9000-1996"),
        ("DB44/26-2001", "DB4426-2001", "DB4426-2001"),
        ("DB 4426-1989", "DB4426-1989", "DB4426-1989"),
        ("ISO 9001:2015", "ISO9001-2015", "ISO9001-2015"),
        ("GB 50045-95(2005年版)", "GB50045-1995", "GB50045-1995"),
        ("GB/T 16886 (all parts)", "GB/T16886", "GB16886"),
        ("GB/T 1.1~1.3", "GB/T1.1~GB/T1.3", "GB1.1~GB1.3"),
        ("GB/T 45001-2020(ISO 45001:2018, IDT)", "GB/T45001-2020", "GB45001-2020"),
    ],
)
def test_keys(text, key, resolver):
    number = read_number(text)
    assert (number.key, number.resolver_key) == (key, resolver)


def test_order_is_what_people_expect():
    expected = [
        "GB/T 1.1", "GB/T 1.1-2009", "GB/T 1.1-2020", "GB/T 1.2-2020", "GB/T 1.10-2020", "GB 2-2020",
        "GB/T 10-2020", "GB/T 10-2020/XG1-2021", "HJ 2.2-2018", "HJ/T 55-2000", "JGJ 55-2011",
        "DB35/T 9-2020", "DB35/T 10-2020", "T/CECS 2-2020", "Q/CR 1-2020", "ISO 9000:2015",
        "ISO/TR 9001:2015", "ISO 10000:2015", "IEC 60364-7-2:2017", "IEC 60364-7-12:2017",
        "ISO/IEC 1:2000", "EN 1:2000", "ASTM A1-20",
    ]  # fmt: skip
    mixed = [read_number(text) for text in expected]
    random.Random(3).shuffle(mixed)
    assert [str(number) for number in sorted(mixed)] == expected


def test_order_is_total_and_agrees_with_equality():
    for one in NUMBERS:
        assert not one < one  # noqa: PLR0124
        for two in NUMBERS:
            assert (one < two) + (two < one) + (one == two) == 1
    with pytest.raises(TypeError):
        NUMBERS[0] < "GB"  # noqa: B015


@pytest.mark.parametrize(
    ("one", "two", "ignore", "same"),
    [
        ("GB/T 1.1-2020", "gbt1.1—2020", set(), True),
        ("GB/T 1.1-2020", "GB/T 1.1-2009", set(), False),
        ("GB/T 1.1-2020", "GB/T 1.1", {"year"}, True),
        ("GB/T 1.1-2020", "GB 1.1-2020", set(), False),
        ("GB/T 1.1-2020", "GB 1.1-2009", {"year", "mandate"}, True),
        ("GBZ 2-2020", "GB/Z 2-2020", {"mandate"}, False),
        ("GB 1-2020/XG1-2021", "GB 1-2020", {"changes"}, True),
        ("GB 1-2020/XG1-2021", "GB 1-2020", set(), False),
    ],
)
def test_matching(one, two, ignore, same):
    assert read_number(one).matches(read_number(two), ignore=ignore) is same


def test_matching_refuses_what_cannot_be_ignored():
    with pytest.raises(ValueError, match="不能忽略“title”"):
        NUMBERS[0].matches(NUMBERS[1], ignore={"title"})


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("GB 3100~3102-93", ["GB 3100-1993", "GB 3101-1993", "GB 3102-1993"]),
        ("T/ABC 009~011-2020", ["T/ABC 009-2020", "T/ABC 010-2020", "T/ABC 011-2020"]),
        ("ISO 10303-1~ISO 10303-2", ["ISO 10303-1", "ISO 10303-2"]),
        ("GB/T 1.1", ["GB/T 1.1"]),
    ],
)
def test_ranges_expand(text, members):
    assert [str(member) for member in read_number(text).expand()] == members


@pytest.mark.parametrize("text", ["GB 1~GB/T 3", "GB 9~GB 3", "GB 1.1~GB 2.3", "GB 1~GB 99999"])
def test_a_range_that_is_none_does_not_expand(text):
    with pytest.raises(ValueError, match="逐个列出"):
        list(read_number(text).expand())


@pytest.mark.parametrize(
    ("text", "kind", "level", "mandatory", "region", "publisher"),
    [
        ("GB 1-2020", "national", "national", True, "", "GB"),
        ("GB/T 1.1-2020", "national", "national", False, "", "GB"),
        ("HJ/T 55-2000", "sector", "sector", False, "", "HJ"),
        ("JGJ 55-2011", "engineering", "sector", True, "", "JGJ"),
        ("GJB 1-2000", "military", "national", None, "", "GJB"),
        ("JJF 1001-2011", "metrology", "national", True, "", "JJF"),
        ("JJF(闽) 1055-2012", "metrology", "provincial", True, "福建省", "JJF"),
        ("DB35/T 1-2020", "local", "provincial", False, "福建省", "DB35/T"),
        ("DB3501/T 1-2020", "local", "municipal", False, "福州市", "DB3501/T"),
        ("DB350100/T 1-2009", "local", "municipal", False, "福州市", "DB350100/T"),
        ("DB44/26-2001", "local", "provincial", True, "广东省", "DB44"),
        ("DBJ/T 13-81-2006", "local", "provincial", False, "福建省", "DBJ/T 13"),
        ("DB/T 8.1-2003", "sector", "sector", False, "", "DB"),
        ("SJG 47-2018", "local", "municipal", True, "深圳市", "SJG"),
        ("T/CECS 500-2018", "group", "group", False, "", "T/CECS"),
        ("CECS 02:2005", "group", "group", False, "", "CECS"),
        ("Q/GDW 1-2020", "enterprise", "enterprise", None, "", "Q/GDW"),
        ("ISO/IEC TR 29110-1", "international", "international", None, "", "ISO/IEC"),
        ("EN ISO 9001:2015", "regional", "foreign", None, "", "EN"),
        ("BS EN ISO 9001:2015", "foreign", "foreign", None, "", "BS"),
        ("JIS G 3454", "foreign", "foreign", None, "", "JIS"),
        ("TR X 0036:2001", "foreign", "foreign", None, "", "JIS"),
    ],
)
def test_what_a_code_means(text, kind, level, mandatory, region, publisher):
    number = read_number(text)
    assert (number.kind, number.level, number.mandatory) == (kind, level, mandatory)
    assert (number.region, number.publisher.code) == (region, publisher)


def test_parts_base_and_bare():
    number = read_number("GB 50045-95/XG1-2001(2005年版)")
    assert (str(number.base), number.base.base, number.year, number.year_printed) == (
        "GB 50045-1995(2005年版)", None, 1995, "95",
    )  # fmt: skip
    assert str(number.bare) == "GB 50045-1995/XG1-2001"
    assert str(number.undated) == "GB 50045"
    assert read_number("IEC 61850-7-420:2009").parts == ("7", "420")
    assert read_number("GB/T 1").parts == ()
    assert read_number("GB 50045-1995") == read_number("GB 50045-95")


@pytest.mark.parametrize(
    ("text", "engineering"),
    [("GB 50016-2014", True), ("GB/T 51231-2016", True), ("GB 5009.3-2016", False),
     ("GBJ 16-87", True), ("JGJ 55-2011", True), ("DBJ15-51-2007", True), ("DB35/T 1-2020", False)],
)  # fmt: skip
def test_engineering(text, engineering):
    assert read_number(text).engineering is engineering


def test_a_number_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        NUMBERS[0].year = 1


def test_adopted_numbers_and_their_relation():
    number = read_number("GB/T 24040-1999 eqv ISO 14040:1997")
    assert ([str(other) for other in number.adopts], number.relation) == (["ISO 14040:1997"], "EQV")
    with pytest.raises(NotANumber):
        read_number("GB/T 1-2020/ISO 1:2000(ISO 2:2000, IDT)")


def test_departments_that_nobody_checked_say_so():
    assert sorted(c for c, e in CODES.items() if e.kind is Kind.SECTOR and not e.verified) == [
        "GF", "JS", "KA", "MR", "RF", "YJ",
    ]  # fmt: skip
    assert set(KIND_NAMES) == set(Kind)


@pytest.mark.parametrize(
    "text",
    ["GB/T " + "1" * 10_000, "A" * 200, "GB/T " + "1." * 97, "Q/" + "A1 " * 66, "ISO 1" + "-A" * 97,
     "ITU-T A" + "/A.1" * 48, "DIN 1" + "-1" * 97, "GB 1(" + "(" * 190, "ISO 1:2000" + "/AMD1" * 38],
)  # fmt: skip
def test_no_text_is_too_odd_to_answer(text):
    try:
        assert str(read_number(text))
    except NotANumber as why:
        assert str(why).endswith("。")  # noqa: PT017
