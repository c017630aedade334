"""Limits are read and compared as the lines of the corpus say."""

import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongbiao.texts.indicators import NotALimit, Result, UnknownUnit, compare, read_limit, unit

CORPUS = Path(__file__).parents[2] / "corpora" / "indicators"


def rows(name: str) -> list[list[str]]:
    """Return the lines of a corpus, without its remarks."""
    lines = (CORPUS / name).read_text().splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def shown(value: Fraction | None, strict: bool, mark: str) -> str:
    return "" if value is None else f"{float(value):g}{mark if strict else ''}"


@pytest.mark.parametrize("row", rows("limits.tsv"), ids=lambda row: row[0])
def test_a_limit_is_read(row):
    text, kind, low, high, symbol = [*row, "", "", "", ""][:5]
    found = read_limit(text)
    said = (
        str(found.kind),
        shown(found.low, found.strict_low, "("),
        shown(found.high, found.strict_high, ")"),
        found.unit,
    )
    assert said == (kind, low, high, symbol)


@pytest.mark.parametrize("row", rows("comparisons.tsv"), ids=lambda row: "|".join(row[:2]))
def test_two_limits_compare(row):
    declared, other, result = row
    assert compare(read_limit(declared), read_limit(other)).result == result


@pytest.mark.parametrize("row", rows("comparisons.tsv"), ids=lambda row: "|".join(row[:2]))
def test_the_other_way_round_higher_is_lower(row):
    one, other = read_limit(row[0]), read_limit(row[1])
    there, back = compare(one, other).result, compare(other, one).result
    if there is Result.HIGHER:
        assert back in {Result.LOWER, Result.INCOMPARABLE}  # a value beside a range is no range
    if there is Result.EQUAL:
        assert back is Result.EQUAL


def test_the_unit_of_the_column_is_that_of_a_bare_limit():
    assert read_limit("≥90", "%").unit == "%"
    assert read_limit("≥90 mg/L", "%").unit == "mg/L"


@pytest.mark.parametrize("text", ["", "   ", "10～5 mm", "长" * 301, "1e999"])
def test_what_is_no_limit_is_refused(text):
    with pytest.raises(NotALimit):
        read_limit(text)


@pytest.mark.parametrize(
    ("symbol", "factor"),
    [
        ("mm", "1/1000"), ("kPa", "1000"), ("g/(m²·d)", "1/86400000"), ("N·m", "1"),
        ("毫克/千克", "1/1000000"), ("W/(m·K)", "1"), ("min⁻¹", "1/60"), ("cm3", "1/1000000"),
    ],
)  # fmt: skip
def test_a_unit_is_so_many_base_units(symbol, factor):
    assert unit(symbol).factor == Fraction(factor)


@pytest.mark.parametrize("symbol", ["", "xyz", "米粒", "m//s", "长" * 50])
def test_an_unknown_unit_is_refused(symbol):
    if symbol:
        with pytest.raises(UnknownUnit):
            unit(symbol)


@given(st.text(alphabet="0123456789.≥≤<>±~-%()mgkL/级万×^ 不大小于且，", max_size=40))
def test_whatever_is_written_is_read_or_refused(text):
    try:
        found = read_limit(text)
    except NotALimit:
        return
    assert compare(found, found).result in {Result.EQUAL, Result.INCOMPARABLE}


def test_precision_on_the_corpus(capsys):
    lines = rows("limits.tsv")
    numeric = [row for row in lines if row[1] in {"interval", "nominal"}]
    right = sum(str(read_limit(row[0]).kind) == row[1] for row in lines)
    with capsys.disabled():
        sys.stdout.write(f"\n{right} of {len(lines)} limits, {len(numeric)} with numbers\n")
    assert right == len(lines)
