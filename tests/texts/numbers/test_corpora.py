"""Every line of the corpora: numbers read to their canonical form, others are refused with their reason."""

import pytest

from rongbiao.texts.numbers import NotANumber, read_number
from tests.texts.numbers.corpora import FAIL, PASS


@pytest.mark.parametrize(("text", "canonical"), PASS)
def test_a_number_is_read(text, canonical):
    number = read_number(text)
    assert str(number) == canonical
    assert read_number(canonical) == number
    assert str(read_number(canonical)) == canonical


@pytest.mark.parametrize(("text", "why"), FAIL)
def test_what_is_no_number_is_refused(text, why):
    with pytest.raises(NotANumber, match=why) as refused:
        read_number(text)
    assert str(refused.value).endswith("。")
