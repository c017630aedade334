"""Titles beside numbers (编号旁边的名称): which name a text gives a standard, and whether it is its name.

Both are careful: where the text leaves it open which number a name belongs to, there is none;
two names disagree only where hardly anything of the shorter stands in the longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from rongbiao.texts.folding import folded

from .beside import BLANK
from .words import any_of

LONGEST, SHORTEST = 80, 3  # characters of a name
HAN = re.compile("[\u3400-\u9fff]")
# 《name》 right before a number: 《name》（GB …）, 《name》GB …, 《name》，编号GB …
BEFORE = re.compile(
    rf"《([^《》\n]{{{SHORTEST},{LONGEST}}})》{BLANK}{{0,2}}\n?[(（〔\[【]?{BLANK}?"
    rf"(?:(?:标准|標準)?(?:编号|編號|号|號)[为為:：]?)?{BLANK}?$"
)
INSIDE = rf"(?:[(（][^()（）\n《》]{{0,60}}[)）]{BLANK}{{0,2}})?"
# … and right after one.
AFTER = re.compile(
    rf"{BLANK}{{0,2}}{INSIDE}[)）\]】]?[:：]?{BLANK}{{0,2}}\n?《([^《》\n]{{{SHORTEST},{LONGEST}}})》"
)
# A line that begins with the number and goes on with its name alone.
ROW = re.compile(
    rf"{BLANK}?{INSIDE}(?:{BLANK}{{1,6}}|[\t|｜]{BLANK}*)([^\n\t|｜。；;《》，,]{{{SHORTEST},{LONGEST}}}?)(?:[。；;]?{BLANK}*(?:$|[\n\t|｜]))"
)
OPENS = re.compile(
    rf"(?:^|[\n\t|｜])(?:{BLANK}|[-•●·*]|[(（\[【]?\d{{1,3}}[)）\]】.、．]|\d{{1,3}}(?=[\t|｜ ]))*$"
)
# How a name ends, and how that of an act does.
ENDS = re.compile(rf"(?:{any_of('titles', 'end')})(?:[(（][^()（）]*[)）])?$")
ACT = re.compile(rf"(?:{any_of('titles', 'act')})$|^中华人民共和国|^中華人民共和國")
SENTENCE = re.compile(rf"(?:{any_of('titles', 'sentence')})")
NUMBERED = re.compile(r"[A-Z]{2,}[/ ]?[A-Z]{0,2} ?\d{2,}|第\d|^(?:第|附录|表|图)")
ORDINARY = re.compile(
    rf"第[\d一二三四五六七八九十]+(?:部分|篇|分册|单元)|{any_of('titles', 'ordinary')}"
)
NO_WORD = re.compile(r"[^\w\u3400-\u9fff]+|_")
ENOUGH = 0.5  # of the shorter name's own characters stand in the other in their order


def title_beside(text: str, start: int, end: int) -> str:
    """Return the name that a text prints right beside the number from ``start`` to ``end``, or nothing.

    >>> said = "符合《建筑设计防火规范》（GB 50016—2014）的规定"
    >>> title_beside(said, said.index("GB"), said.index("）的"))
    '建筑设计防火规范'
    >>> title_beside("GB 5749-2022  生活饮用水卫生标准", 0, 12)
    '生活饮用水卫生标准'
    """
    if text.rfind("》", max(0, start - 12), start) >= 0 and (
        whole := BEFORE.search(text, max(0, start - LONGEST - 20), start)
    ):
        return "" if ACT.search(whole[1]) else whole[1].strip()
    if whole := AFTER.match(text, end):
        return "" if ACT.search(whole[1]) else whole[1].strip()
    if not OPENS.search(text[max(0, start - 12) : start] if start > 12 else "\n" + text[:start]):
        return ""
    if not (whole := ROW.match(text, end)):
        return ""
    said = whole[1].strip()
    named = ENDS.search(said) and not SENTENCE.search(said) and not NUMBERED.search(said)
    return said if named and len(HAN.findall(said)) > SHORTEST else ""


def disagrees(said: str, titles: Iterable[str]) -> bool:
    """Return whether a printed name can be none of the names that a standard has or had.

    >>> disagrees("环境管理体系 要求", ["质量管理体系 要求"]), disagrees("品质管理体系", ["质量管理体系"])
    (True, False)
    """
    own = _core(said)
    held = [title for title in titles if HAN.search(title)]
    return bool(own and held) and not any(_alike(own, _core(title)) for title in held)


def named_in(title: str, said: str) -> bool:
    """Return whether a name stands somewhere in a text, whatever its marks and script."""
    return NO_WORD.sub("", folded(title)) in NO_WORD.sub("", folded(said))


@lru_cache(maxsize=1 << 12)
def _core(title: str) -> str:
    """Return what is particular in a name: no marks, no words that half of all names have."""
    plain = NO_WORD.sub("", folded(title))
    return NO_WORD.sub("", ORDINARY.sub("", plain)) or plain


def _alike(one: str, other: str) -> bool:
    if one in other or other in one:
        return True
    wanted = ENOUGH * min(len(one), len(other))
    if len(set(one) & set(other)) < wanted / 2:
        return False
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= wanted
