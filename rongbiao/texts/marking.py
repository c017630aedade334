"""Marking (标出检索词): where the words somebody looked for stand in a text as it is printed."""

from __future__ import annotations

import unicodedata

from rongbiao.texts.folding import ALIKE, STRETCHES, other_wording, units
from rongbiao.texts.received import simplified

LONGEST = 4_000  # characters in which words are marked


def marked(text: str, words: list[str] | tuple[str, ...]) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is one of the words.

    The pieces put together are the text, as received: width, script and marks are kept.

    >>> marked("432LED 燈具—规范", ["led灯具"])
    [('432', False), ('LED 燈具', True), ('—规范', False)]
    """
    chained = _placed(text[:LONGEST])
    said = [unit for unit, _ in chained]
    hit = bytearray(len(text))
    for word in words:
        for wording in (word, other_wording(word)):
            asked = units(wording)
            for at in _found(said, asked):
                start, end = chained[at][1][0], chained[at + len(asked) - 1][1][1]
                hit[start:end] = b"\1" * (end - start)
    return _pieces(text, hit)


def _placed(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Return the units of a text, each with the span it has in the text."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(simplified(text)):
        plain = unicodedata.normalize("NFKC", letter).lower().translate(ALIKE)
        letters += plain
        places += [place] * len(plain)
    out = []
    for found in STRETCHES.finditer("".join(letters)):
        spans = range(found.start(), found.end())
        if found[1]:
            out += [(letters[at], (places[at], places[at] + 1)) for at in spans]
        else:
            out.append((found[0], (places[spans[0]], places[spans[-1]] + 1)))
    return out


def _found(said: list[str], asked: list[str]) -> list[int]:
    """Return where a chain of units begins in another."""
    if not asked:
        return []
    last = len(said) - len(asked)
    return [
        at for at in range(last + 1) if said[at] == asked[0] and said[at : at + len(asked)] == asked
    ]


def _pieces(text: str, hit: bytearray) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or hit[at] != hit[start]:
            pieces.append((text[start:at], bool(hit[start])))
            start = at
    return pieces
