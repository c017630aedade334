"""How numbers are written: full width, many dashes, Traditional words, all brought to one notation."""

from __future__ import annotations

import re

from .number import NotANumber

LONGEST = 200  # characters; no number of the registers is half as long
DASHES, TILDES, SLASHES = "‐‑‒–—―−－﹣─", "～∼〜﹏˜", "／⁄∕"
SPACES_OF_PRINT = "\u3000\u00a0\u2002\u2003\u2004\u2005\u2009\u202f"
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# One character for one: places in a text stay what they are.
LEVEL = (
    _FULL_WIDTH
    | dict.fromkeys(map(ord, DASHES), "-")
    | dict.fromkeys(map(ord, TILDES), "~")
    | dict.fromkeys(map(ord, SLASHES), "/")
    | dict.fromkeys(map(ord, SPACES_OF_PRINT), " ")
)
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_WORDS = str.maketrans("號單補冊規強薦圖準標團體黨類〔〕【】", "号单补册规强荐图准标团体党类()()")
TABLE = LEVEL | _NOTHING | _WORDS | {ord("。"): "."}
CYRILLIC = str.maketrans("ГОСТР", "GOSTR")
MANY_DASHES = re.compile(r"-{2,}")
HAN_DASH = re.compile(r"(?<=\d)一(?=\d\d)", re.ASCII)
SPACES = re.compile(r"[ \t\n\r]+")
UNEVEN = re.compile(r"--|[ \t\n\r]{2}|[\t\n\r]")
YEAR_FIRST, YEAR_LAST = 1900, 2099


def one_notation(text: str) -> str:
    """Return a text in half width, with ASCII dashes and single spaces; refuse what is too long."""
    if len(text) > LONGEST:
        raise NotANumber(f"文字长{len(text)}个字符，标准编号不超过{LONGEST}个字符。")
    if not text.isascii():
        text = HAN_DASH.sub("-", text.translate(TABLE))
        if text.startswith("ГОСТ"):
            text = text.translate(CYRILLIC)
    if UNEVEN.search(text):
        text = SPACES.sub(" ", MANY_DASHES.sub("-", text))
    return text.strip()


def full_year(digits: str) -> int:
    """Return the year that two or four digits print; refuse what no standard bears.

    Two digits are years of the last century, 50 to 99: nobody has written this century's with two.
    """
    if len(digits) == 4:
        year = int(digits)
        if YEAR_FIRST <= year <= YEAR_LAST:
            return year
        raise NotANumber(f"“{digits}”不是年份：年份应在{YEAR_FIRST}至{YEAR_LAST}之间。")
    if len(digits) == 2:
        if digits >= "50":
            return 1900 + int(digits)
        raise NotANumber(f"两位年份只有50至99，“{digits}”说不清是哪一年。")
    raise NotANumber(f"“{digits}”不是年份：年份应为四位数字。")
