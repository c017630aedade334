"""A text as received beside its normal form: Simplified, full width, with every place kept.

Each character of the normal form knows where it stood in the received text, so
that a finding can always be shown in the original.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3007"
WIDE = str.maketrans(",:;?!()", "，：；？！（）")
BESIDE_HAN = re.compile(f"(?<=[{HAN}”》〕）])[,:;?!()]|[,:;?!()](?=[{HAN}“《〔（])")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
# What OpenCC leaves in words where Simplified writes another character.
WORDS = (("著力", "着力"), ("著眼", "着眼"), ("著重", "着重"), ("随著", "随着"), ("沿著", "沿着"),
         ("围绕著", "围绕着"), ("意味著", "意味着"), ("关係", "关系"), ("臺", "台"))  # fmt: skip


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Return a text in Simplified characters, of the same length.

    >>> simplified("標準化戰略，著力")
    '标准化战略，着力'
    """
    converted: str = _converter().convert(text)
    if len(converted) != len(text):  # a phrase changed length: go letter by letter
        converted = "".join(_letter(letter) for letter in text)
    for was, now in WORDS:
        converted = converted.replace(was, now)
    return converted


@cache
def _letter(letter: str) -> str:
    converted: str = _converter().convert(letter)
    return converted if len(converted) == 1 else letter


def wide(text: str) -> str:
    """Return a text with full-width punctuation beside Chinese characters and ASCII letters elsewhere.

    >>> wide("市級,(修)訂:2025年")
    '市級，（修）訂：2025年'
    """
    text = text.translate(FULL_WIDTH)
    for _ in range(2):  # the second round sees what the first has widened
        text = BESIDE_HAN.sub(lambda mark: mark.group().translate(WIDE), text)
    return _pairs(text)


def _pairs(text: str) -> str:
    """Give both parentheses of a pair the same width."""
    letters = list(text)
    opened: list[int] = []
    for place, letter in enumerate(letters):
        if letter in "(（":
            opened.append(place)
        elif letter in ")）" and opened:
            first = opened.pop()
            if "（" in letters[first] or "）" in letter:
                letters[first], letters[place] = "（", "）"
        elif letter == "\n":
            opened.clear()
    return "".join(letters)


@dataclass(frozen=True, slots=True)
class Received:
    """A normal form and, for each of its characters, its place in the received text."""

    text: str
    places: tuple[int, ...]  # one more than characters: the last is the end

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the received text of a span in the normal form.

        A restored stretch is taken whole: its last character stands at the stretch's end.
        """
        if end <= start:
            return self.places[start], self.places[start]
        last = self.places[end - 1]
        following = self.places[end]
        while end < len(self.text) and following <= last:
            end += 1
            following = self.places[end]
        return self.places[start], following if following > last else last + 1

    def replaced(self, changes: list[tuple[int, int, str]]) -> Received:
        """Return this text with spans replaced; changes are (start, end, new), in order."""
        letters: list[str] = []
        places: list[int] = []
        at = 0
        for start, end, new in changes:
            letters.append(self.text[at:start])
            places += self.places[at:start]
            letters.append(new)
            places += [self.places[min(start + i, max(end - 1, start))] for i in range(len(new))]
            at = end
        letters.append(self.text[at:])
        places += self.places[at:]
        return Received("".join(letters), tuple(places))


def received(text: str) -> Received:
    """Return a text as it came, every character in its own place."""
    return Received(text, tuple(range(len(text) + 1)))
