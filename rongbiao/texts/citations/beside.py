"""What ranges, lists and tails share: blanks, dashes, what an end of a number is never followed by."""

from __future__ import annotations

import re
from functools import lru_cache

from rongbiao.texts.numbers import NotANumber, StandardNumber, read_number
from rongbiao.texts.numbers.notation import DASHES, SPACES_OF_PRINT

BLANK = rf"[ \t{SPACES_OF_PRINT}]"
DASH = rf"[-_{DASHES}]"
# A figure before these counts or measures something; it is no number of a range or a list.
NOT_AFTER = re.compile(
    rf"{BLANK}?(?:[类類级級条條章节節项項款号號页頁卷年月日时時分秒个個种種次台套人份元万亿倍%％℃°×*=＝<>≤≥＜＞m㎡]"
    rf"|\d|[-—–－~～.．]{BLANK}?\d|[A-Za-zΩμ])"
)


@lru_cache(maxsize=1 << 14)
def number_of(plain: str) -> StandardNumber | None:
    """Return the number that a plainly written text is, or None."""
    try:
        return read_number(plain)
    except NotANumber:
        return None


def full_year(digits: str) -> str:
    """Return a year of two digits, which is of the last century, in four."""
    return digits if len(digits) == 4 else f"19{digits}"
