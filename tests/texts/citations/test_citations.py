"""A citation as a value; adoption, tails, general references; whatever the text, places are its own."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongbiao.texts.citations import find_citations, find_mentions
from rongbiao.texts.citations.finding import KNOWN, read_at
from rongbiao.texts.citations.quick import quick
from rongbiao.texts.citations.spots import SPOT, capitals
from rongbiao.texts.numbers import NotANumber, read_number
from tests.texts.citations.corpus import CASES
from tests.texts.numbers.corpora import PASS

LINES = [case.text for case in CASES]
NOISE = st.text(
    st.sampled_from(
        "GBTHJISOECDQRZ/／ -—–～~.．:：()（）0123456789０１第号年版条、，和及《》标准按X\n\tgbt一所有部分"
    )
)  # fmt: skip


def spans(text: str) -> list:
    found = find_citations(text)
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.text
        assert read_number(str(one.number)) == one.number
    assert all(one.end <= two.start for one, two in zip(found, found[1:], strict=False))
    return found


def test_a_citation_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        find_citations("GB 7718")[0].start = 1


@pytest.mark.parametrize(
    ("text", "adopts", "relation"),
    [
        ("GB/T 19001-2016/ISO 9001:2015", ["ISO 9001:2015"], ""),
        ("GB/T 24001—2016（ISO 14001:2015，IDT）", ["ISO 14001:2015"], "IDT"),
        ("GB/T 3836.1-2021 MOD IEC 60079-0:2017", ["IEC 60079-0:2017"], "MOD"),
        ("GB/T 45001-2020等同采用ISO 45001:2018", ["ISO 45001:2018"], "IDT"),
        ("GB/T 4208修改采用IEC 60529", ["IEC 60529"], "MOD"),
        ("GB 4793.1（IEC 61010-1:2001，IEC 61010-2，NEQ）", ["IEC 61010-1:2001", "IEC 61010-2"], "NEQ"),
        ("GB/T 19001、ISO 9001", [], ""),
        ("GB/T 19001-2016，ISO 9001:2015", [], ""),
        ("GB/T 19001-2016 和 JB/T 8607.1-1997", [], ""),
    ],
)  # fmt: skip
def test_adoption_gives_two_citations_and_the_relation(text, adopts, relation):
    base, *others = spans(text)
    assert ([str(one) for one in base.adopts], base.relation) == (adopts, relation)
    assert [str(one.number) for one in others][: len(adopts)] == adopts
    assert not base.number.adopts


@pytest.mark.parametrize(
    ("text", "dated"), [("GB 7718-2011", True), ("GB 7718", False), ("ISO 9001:2015", True),
                        ("GB 3100～3102-93", True), ("GB/T 17626（所有部分）", False)],
)  # fmt: skip
def test_dated_says_whether_an_edition_is_named(text, dated):
    assert spans(text)[0].dated is dated


@pytest.mark.parametrize(
    ("text", "said", "level", "mandatory"),
    [
        ("产品应当符合强制性国家标准。", "强制性国家标准", "national", True),
        ("鼓励企业采用推荐性标准", "推荐性标准", "", False),
        ("提供的服务应当符合有关国家标准、行业标准的要求", "有关国家标准、行业标准", "", None),
        ("不符合国家标准的，责令改正", "国家标准", "national", None),
        ("應當符合強制性國家標準", "強制性國家標準", "national", True),
        ("按照本省地方标准执行", "本省地方标准", "local", None),
        ("达到国际标准", "国际标准", "international", None),
    ],
)
def test_general_references_are_found_for_a_person_to_link(text, said, level, mandatory):
    [one] = find_mentions(text)
    assert (one.text, one.level, one.mandatory) == (said, level, mandatory)
    assert text[one.start : one.end] == one.text


@pytest.mark.parametrize(
    "text", ["推进标准化工作", "符合条件的企业", "按照标准号查询", "没有国家标准的，可以制定行业标准", "GB 7718"]
)  # fmt: skip
def test_what_is_no_general_reference(text):
    assert find_mentions(text) == []


@given(st.sampled_from(LINES), st.sampled_from(LINES), st.integers(0, 60))
def test_places_are_places_of_the_given_text(one, two, cut):
    spans(one[:cut] + two)
    spans(one + two[cut:])


@given(NOISE)
def test_no_noise_breaks_it(text):
    spans(text)
    find_mentions(text)


@given(st.text())
def test_no_text_breaks_it(text):
    spans(text)
    assert all(text[one.start : one.end] == one.text for one in find_mentions(text))


@given(st.text())
def test_capitals_keep_every_place(text):
    assert len(capitals(text)) == len(text)


BEFORE = ["", "按", "（", "16", "ABC-", "、", "\n1 "]
AFTER = ["", "的", " 名称", "）", "-1", "年", "GB"]


@given(st.sampled_from(LINES), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_the_quick_way_says_what_the_long_way_says(line, before, after):
    raw = capitals(before + line + after)
    for spot in SPOT.finditer(raw):
        if spot[1] in KNOWN and (known := quick(raw, spot.start(), spot[1])):
            assert read_at(raw, spot.start(), spot[1], follows=False) == known


@pytest.mark.parametrize("text", [text for text, _ in PASS if not text.startswith("TR X")])
def test_numbers_of_the_other_corpus_are_found_beside_a_cue(text):
    """What can be read alone is found in a sentence, but for TR that JIS prints without its name."""
    found = [str(one.number) for one in spans(f"执行标准：{text}。")]
    number = read_number(text)
    assert found[:1] == [str(number.bare if number.adopts else number)]


@pytest.mark.parametrize(
    "text", ["GB/T " * 200, "GB 1" * 200, "GB 1、" * 200, "A" * 3000, "ISO/" * 500, "(" * 2000,
     "GB/T 1.1~" * 200, "GB 1" + ".1" * 900, "Q/" + "A1 " * 500, "T/A" + "-A" * 900, "1" * 3000, "－" * 2000,
     "符合" + "的" * 2000],
)  # fmt: skip
def test_no_text_is_too_odd(text):
    spans(text)
    find_mentions(text)


def test_no_figure_belongs_to_two_numbers():
    """The 3 of 3GPP may be the last figure of the number before it."""
    assert [one.text for one in spans("ISO/IEC 106463GPP TS36.321")] == ["ISO/IEC 106463"]


def test_a_text_is_a_text():
    with pytest.raises(NotANumber):
        read_number("")
    assert find_citations("") == []
