"""Classifications: every code has its place, nothing is named twice, searches find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongbiao.texts import classes

EVERY = [one for key in classes.SCHEMES for one in classes.scheme(key).every.values()]
NAMED_ICS = {0: (40, 40), 1: (401, 329), 2: (940, 248)}  # depth: how many, how many in Chinese


def below(one):
    yield one
    for child in one.children:
        yield from below(child)


@pytest.mark.parametrize(("key", "count"), [("ics", 1381), ("ccs", 793)])
def test_the_tree_holds_every_line_of_the_table_once(key, count):
    codes = [one.code for top in getattr(classes, key)() for one in below(top)]
    assert len(codes) == len(set(codes)) == count
    assert set(codes) == set(classes.scheme(key).every)


def test_a_class_has_its_parent_and_its_names():
    for one in EVERY:
        has_its_place(one)


def has_its_place(one):
    assert one.en
    assert one.en == " ".join(one.en.split())
    assert one.zh or classes.scheme_of(one.code) == "ics"
    if one.parent:
        parent = classes.classification(one.parent)
        assert one in parent.children
        assert classes.scheme_of(one.parent) == classes.scheme_of(one.code)
    assert classes.line(one.code)[-1] is one
    assert classes.within(one.code) == classes.line(one.code)
    assert one.slug.replace("~", "/") == one.code


def test_how_many_names_of_ics_are_established():
    counted = {}
    for one in classes.scheme("ics").every.values():
        depth = one.code.count(".")
        n, named = counted.get(depth, (0, 0))
        counted[depth] = (n + 1, named + bool(one.zh))
    assert counted == NAMED_ICS


def test_the_table_says_of_every_name_of_ics_whether_it_is_sure():
    table = classes.files(classes.__name__).joinpath("ics.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    assert {len(line) for line in lines} == {4}
    assert {(bool(zh), sure) for _code, _en, zh, sure in lines} == {(True, "yes"), (False, "no")}


def test_the_classes_of_ccs():
    assert "".join(one.code for one in classes.ccs()) == "ABCDEFGHJKLMNPQRSTUVWXYZ"
    groups = [one for top in classes.ccs() for one in top.children]
    assert len(groups) == 213
    for before, after in zip(groups, groups[1:], strict=False):  # ranges never overlap
        assert before.code[0] != after.code[0] or before.code[4:] < after.code[1:3]


def test_the_codes_under_a_class_begin_as_said():
    for one in EVERY:
        begun = tuple(classes.beginnings(one.code))
        for other in classes.scheme(classes.scheme_of(one.code)).every.values():
            if "/" not in other.code and len(other.code) > 1 and one.code[0] == other.code[0]:
                assert other.code.startswith(begun) == (one in classes.line(other.code))


def test_a_name_in_a_language():
    assert classes.name_of("11.180") == "残疾人用设备"
    assert classes.name_of("11.180", "en").startswith("Aids for disabled")
    assert classes.name_of("95.060", "zh-hans") == "Weapons"  # not established: the English one
    assert classes.name_of("no") == "no"


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("35.260.10", ["35", "35.260"]),
        ("59.080.60", ["59", "59.080"]),
        ("98.010", []),
        ("x04", ["X", "X00/09", "X04"]),
        ("B32", ["B", "B30/39"]),
        ("E60", ["E"]),
        ("I00", []),
        ("X-no", []),
        ("A00/09", ["A", "A00/09"]),
        ("", []),
        (" 13 ", ["13"]),
    ],
)
def test_what_a_code_as_written_falls_under(written, codes):
    assert [one.code for one in classes.within(written)] == codes


@given(st.text(max_size=20))
def test_any_text_can_be_asked(text):
    for key in classes.SCHEMES:
        assert len(classes.find_class(key, text)) <= classes.MOST
    assert classes.valid(text) == (classes.classification(text) is not None)
    assert classes.within(text) == () or classes.within(text)[0].parent == ""


def test_every_class_is_found_by_its_code():
    for one in EVERY[::3]:
        assert classes.find_class(classes.scheme_of(one.code), one.code)[0] is one


@pytest.mark.parametrize(
    ("key", "words", "code"),
    [
        ("ics", "环境保护", "13.020"),
        ("ics", "環境保護", "13.020"),
        ("ics", "Environmental protection", "13.020"),
        ("ics", "tea coffee", "67.140"),
        ("ics", "信息技术（IT）", "35.020"),
        ("ccs", "白酒", "X61"),
        ("ccs", "標準化、質量管理", "A00"),
        ("ccs", "lathes", "J53"),
        ("ccs", "a00/09", "A00/09"),
    ],
)
def test_a_search_finds_first(key, words, code):
    assert classes.find_class(key, words)[0].code == code


@pytest.mark.parametrize(
    ("words", "code", "other"),
    [("tea", "67.140.10", "27.040"), ("steam", "27.040", "67.140.10"), ("140.10", "67.140.10", "")],
)
def test_a_latin_word_is_found_where_a_word_begins(words, code, other):
    found = [one.code for one in classes.find_class("ics", words)]
    assert code in found
    assert other not in found


def test_a_search_without_words_finds_nothing():
    assert classes.find_class("ics", " ，、 ") == []
    assert classes.find_class("ics", "不存在的分类") == []
