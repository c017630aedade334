"""Sentences (句): a text is cut where a reader of a tender stops; a line or a cell ends one too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 400  # characters: what goes on without a stop is cut, so that every pattern stays short
SENTENCE = re.compile(rf"[^\n\t。；;！？]{{1,{LONGEST}}}[。；;！？]?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a text, without the blanks around it."""

    start: int
    end: int
    text: str


def sentences(text: str) -> Iterator[Sentence]:
    r"""Yield the sentences of a text in order, in time linear in its length.

    >>> [one.text for one in sentences("甲方验收；乙方配合。\n第二章")]
    ['甲方验收；', '乙方配合。', '第二章']
    """
    for found in SENTENCE.finditer(text):
        said = found[0]
        inner = said.strip()
        if inner:
            start = found.start() + len(said) - len(said.lstrip())
            yield Sentence(start, start + len(inner), inner)


def sentence_at(text: str, start: int, end: int) -> Sentence:
    """Return the sentence around a place, at most ``LONGEST`` characters to each side of it."""
    left, right = max(0, start - LONGEST), min(len(text), end + LONGEST)
    stops = "\n\t。；;！？"
    first = max((text.rfind(stop, left, start) + 1 for stop in stops), default=0)
    ends = [at for stop in stops if (at := text.find(stop, end, right)) >= 0]
    last = min(ends, default=right)
    if ends and text[last] not in "\n\t":
        last += 1  # the stop belongs to its sentence
    said = text[max(first, left) : last]
    inner = said.strip()
    begin = max(first, left) + len(said) - len(said.lstrip())
    return Sentence(begin, begin + len(inner), inner)
