"""Differing (删增对照): what a proposal takes out of a clause and puts in, letter by letter."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

PIECES = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)  # a number is changed as a whole
MOST = 90_000  # pieces before times pieces after: beyond it nobody waits for the comparison
MOST_SENTENCES = 60
ALIKE = 0.4  # what is less alike is another text, not a change of this one

Marks = list[tuple[str, str]]  # same, del or ins; and the words


def marks(before: str, after: str) -> Marks:
    """Return a proposal as what stays, goes and comes; nothing where the two have little in common.

    >>> marks("每日不少于 1 次。", "每日不少于 2 次。")
    [('same', '每日不少于 '), ('del', '1'), ('ins', '2'), ('same', ' 次。')]
    >>> marks("每日不少于 1 次。", "删除本条")
    []
    """
    return _against([before], PIECES.findall(after))


def proposed(clause: str, proposal: str) -> Marks:
    """Return a proposal against all of a clause or the sentence of it that is most like it.

    >>> proposed("应日产日清。每日清理不少于 1 次。", "每日清理不少于 2 次。")
    [('same', '每日清理不少于 '), ('del', '1'), ('ins', '2'), ('same', ' 次。')]
    """
    sentences = re.findall(r"[^。；\n]+[。；]?", clause)[:MOST_SENTENCES]
    return _against([clause, *sentences], PIECES.findall(proposal))


def _against(texts: list[str], after: list[str]) -> Marks:
    """Return the marks against the text that is most like; all comparisons together are bounded."""
    best, alike, left = None, ALIKE, MOST
    for text in texts:
        before = PIECES.findall(text)
        if not before or not after or len(before) * len(after) > left:
            continue
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        if matcher.real_quick_ratio() <= alike or matcher.quick_ratio() <= alike:
            continue
        left -= len(before) * len(after)
        if (ratio := matcher.ratio()) > alike:
            best, alike = matcher, ratio
    return _marked(best) if best else []


def _marked(matcher: SequenceMatcher[str]) -> Marks:
    found: Marks = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        old, new = "".join(matcher.a[a1:a2]), "".join(matcher.b[b1:b2])
        if tag == "equal":
            found.append(("same", old))
            continue
        found += [("del", old)] if old else []
        found += [("ins", new)] if new else []
    return found
