"""Whatever is accepted prints, and what it prints reads back the same; the quick ways agree with the long."""

import re

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rongbiao.texts.numbers import Loaded, NotANumber, bulk_numbers, read_number
from rongbiao.texts.numbers.codes import CHINESE, PROVINCES
from rongbiao.texts.numbers.columns import number_columns
from rongbiao.texts.numbers.plain import HEADS, read_plain
from rongbiao.texts.numbers.reading import _single
from tests.texts.numbers.corpora import FAIL, PASS

LINES = [text for text, _ in PASS + FAIL] + [said for _, said in PASS]
years = st.integers(1950, 2099)
numbers = st.from_regex(r"[1-9][0-9]{0,5}(\.[1-9][0-9]{0,2}){0,3}", fullmatch=True)
dashes = st.sampled_from("-－—–―−‐‑‒")
marks = st.sampled_from(["", "/T", "/Z"])
codes = st.sampled_from(
    sorted(set(CHINESE.values()) - {"RISN-TG", "DB", "GBJ", "GBn", "GBZ", "TSG"})
)
heads = st.one_of(
    st.tuples(codes, marks).map("".join),
    st.sampled_from(sorted(PROVINCES)).map("DB{}/T".format),
    st.from_regex(r"[TQ]/[A-W]{2,8}", fullmatch=True),
)
alphabet = st.sampled_from(list("GBTZDQISOECJR0123456789/.-: ~()XAM年版—／１"))


def said(text: str) -> Loaded:
    try:
        number = read_number(text)
    except NotANumber as why:
        assert str(why)[-1] == "。"  # noqa: PT017
        return Loaded("", "", "", "", None, str(why))
    again = read_number(str(number))
    assert (again, str(again)) == (number, str(number))
    return Loaded(str(number), number.key, number.resolver_key, number.level, number.year)


def by_columns(texts: list[str]) -> list[Loaded]:
    return [Loaded(*row) for row in number_columns(pl.Series(texts, dtype=pl.String)).iter_rows()]


@given(heads, numbers, years, dashes)
def test_chinese_numbers_in_any_notation(head, number, year, dash):
    canonical = f"{head} {number}-{year}"
    read = read_number(f"{head.lower()}{number}{dash}{year}")
    assert (str(read), read.year) == (canonical.replace("GBN", "GBn"), year)
    assert read_number(str(read)) == read


@given(
    st.sampled_from(sorted(HEADS)),
    st.from_regex(r"[0-9]{4,5}(-[1-9]{1,3}){0,2}", fullmatch=True),
    years,
)
def test_plain_numbers_agree_with_the_long_way(head, number, year):
    for text in (f"{head} {number}:{year}", f"{head} {number}-{year}", f"{head} {number}"):
        plain = read_plain(text)
        if plain is not None:
            long = _single(text)
            assert (plain, plain.year_printed) == (long, long.year_printed)
        assert list(bulk_numbers([text])) == [said(text)] == by_columns([text])


@given(st.text(alphabet, max_size=30))
def test_noise_is_refused_or_reads_back(text):
    assert list(bulk_numbers([text])) == [said(text)] == by_columns([text])


@given(st.sampled_from(LINES), st.integers(0, 40), st.text(alphabet, max_size=3))
def test_a_damaged_number_is_refused_or_reads_back(text, place, put):
    for damaged in (text[:place] + put + text[place:], text[:place] + put + text[place + 1 :]):
        assert list(bulk_numbers([damaged])) == [said(damaged)] == by_columns([damaged])


@given(st.text(max_size=250))
def test_any_text_is_refused_or_reads_back(text):
    said(text)


def test_bulk_agrees_on_the_corpora():
    assert list(bulk_numbers(LINES)) == [said(text) for text in LINES] == by_columns(LINES)
    assert by_columns([]) == []


def test_what_bulk_returns_is_canonical():
    assert [row.number for row in bulk_numbers(said for _, said in PASS)] == [
        said for _, said in PASS
    ]
    assert all(re.search(r"。$", row.why) for row in bulk_numbers(text for text, _ in FAIL))
