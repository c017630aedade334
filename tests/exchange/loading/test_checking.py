"""Keys that are made column by column are those that are made one by one."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rongbiao.exchange.loading.checking import made_of
from rongbiao.standards.numbering import bare_key, sorting
from rongbiao.texts.numbers.columns import number_columns

SAID = (
    "GB/T 1.1-2020", "GB 1", "Q/ABC 012-2020", "T/AB 1.2.3-2001", "DB3501/T 12-2021",
    "GB/T 5009.3-2016/XG1-2020", "GB/T 1-2000 (2018年版)", "ISO/IEC 9798-3:1998/Amd 1:2010",
    "ISO 9001:2015", "IEC 60950-1:2005+AMD1:2009 CSV", "ITU-T X.509 (10/2019)", "ISO/TR 12345-1-2:1999",
    "JIS X 0208:1997 SYMBOL 123456789", "DB44/26-2001", "没有编号", "",
)  # fmt: skip


@given(st.lists(st.sampled_from(SAID), max_size=20))
def test_bare_keys_and_sorting(texts):
    read = number_columns(pl.Series(texts, dtype=pl.String)).rename({"level": "own"})
    made = made_of(read)
    assert made.height == len(texts)
    for row in made.iter_rows(named=True):
        assert row["bare_key"] == bare_key(row["number"], row["key"], row["year"])
        assert row["sorting"] == sorting(row["key"])
