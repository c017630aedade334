"""Alike (相同意见): which opinions on a clause say nearly the same, so that one answer serves all.

They are only suggested: a person decides, and each opinion gets its own answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

BARE = re.compile(r"[\W_]+")
LONGEST = 400  # letters that are compared
MOST = 400_000  # letters here times letters there, of all comparisons together
NEAR = 0.8  # the share of letters in common


def bare(text: str) -> str:
    """Return a text as it is compared: letters and figures only.

    >>> bare("每日，不少于 2 次。")
    '每日不少于2次'
    """
    return BARE.sub("", text).lower()[:LONGEST]


def alike(one: str, others: Mapping[int, str]) -> list[int]:
    """Return the keys of the texts that are nearly one, in their order.

    >>> alike("每日不少于2次", {1: "每日不少于 2 次！", 2: "删除", 3: "每日应不少于2次"})
    [1, 3]
    """
    text, left, found = bare(one), MOST, []
    if not text:
        return []
    matcher = SequenceMatcher(None, "", text, autojunk=False)  # the second one is prepared once
    for key, words in others.items():
        other = bare(words)
        if other == text:
            found.append(key)
            continue
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() < NEAR or len(text) * len(other) > left:
            continue
        if matcher.quick_ratio() < NEAR:
            continue
        left -= len(text) * len(other)
        if matcher.ratio() >= NEAR:
            found.append(key)
    return found
