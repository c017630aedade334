"""Unified social credit codes: the check character of GB 32100."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongbiao.texts.credit_codes import (
    ALPHABET,
    BadCreditCode,
    check_character,
    read_credit_code,
)

first_seventeen = st.text(ALPHABET, min_size=17, max_size=17)


@given(first_seventeen)
def test_what_the_check_character_completes_is_read(first):
    code = first + check_character(first)
    assert read_credit_code(f" {code.lower()} ") == code


@given(first_seventeen, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_always_seen(first, place, letter):
    code = first + check_character(first)
    wrong = code[:place] + letter + code[place + 1 :]
    if wrong != code:
        with pytest.raises(BadCreditCode, match="校验位不符"):
            read_credit_code(wrong)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "应为18位，实为0位"),
        ("91350100", "应为18位，实为8位"),
        ("9135010000000000OX", "第17位“O”不是允许的字符"),
    ],
)
def test_a_refusal_says_what_is_wrong(text, why):
    with pytest.raises(BadCreditCode, match=why):
        read_credit_code(text)
