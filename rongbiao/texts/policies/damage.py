"""Lost characters: how a paper's text was damaged, and what it must have been.

Many mirror sites pass Traditional text through GBK and then replace full-width signs
by half-width ones *byte by byte*: the bytes ``A3 xx`` become ``xx & 7F`` even where
``A3`` is the second half of one character and ``xx`` the first half of the next.
From there on the pairs are read shifted: a lone first half shows as “?”, a pair that
means nothing is dropped. “模化” (C4A3 BBAF) becomes “?;?”.

The damage can be done again (:func:`damaged`), so a restoration can be proved: what
does not come out as received is no candidate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

FULL = 0xA3
BEAM = 300
HOPELESS = 13.0  # a state so much worse than the best is given up
MOST_DROPPED = 3
PRIVATE = range(0xE000, 0xF900)
MEANINGLESS = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))  # first halves of pairs that GBK leaves free
SIGNS = "。，、；“”《》"
UNSEEN = -6.0
DROP = 2.0  # what it costs to suppose that a pair was dropped


def damaged(text: str) -> str:
    """Return what the mirror makes of a text; unmapped pairs go, lone halves show as “?”.

    >>> damaged("規模化")
    '規?;?'
    """
    source = text.encode("gbk", "replace")
    data = bytearray()
    at = 0
    while at < len(source):
        if source[at] == FULL and at + 1 < len(source) and 0xA1 <= source[at + 1] <= 0xFE:
            data.append(source[at + 1] & 0x7F)
            at += 2
        else:
            data.append(source[at])
            at += 1
    return _read(bytes(data))


def _read(data: bytes) -> str:
    out = []
    at = 0
    while at < len(data):
        if data[at] < 0x80:
            out.append(chr(data[at]))
            at += 1
        elif at + 1 < len(data) and _trails(data[at + 1]):
            out.append(_pair(data[at], data[at + 1]))
            at += 2
        else:
            out.append("?")
            at += 1
    return "".join(out)


def _trails(byte: int) -> bool:
    return 0x40 <= byte <= 0x7E or 0x80 <= byte <= 0xFE


@cache
def _pair(lead: int, trail: int) -> str:
    """Return the character of two bytes, or nothing where GBK has none."""
    try:
        letter = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return letter if len(letter) == 1 and ord(letter) not in PRIVATE else ""


@cache
def _with_trail(trail: int) -> tuple[tuple[int, str], ...]:
    found = ((lead, _pair(lead, trail)) for lead in range(0x81, 0xFF))
    return tuple((lead, letter) for lead, letter in found if letter)


@cache
def _with_lead(lead: int) -> tuple[tuple[int, str], ...]:
    found = ((trail, _pair(lead, trail)) for trail in range(0x40, 0xFF) if trail != 0x7F)
    return tuple((trail, letter) for trail, letter in found if letter)


@dataclass(frozen=True, slots=True)
class State:
    """A partial restoration: what was written so far, and the half that waits for its other half."""

    out: str
    half: int | None  # None: aligned; -1: a half that nobody knows
    dropped: int
    score: float


@dataclass(frozen=True, slots=True)
class Restored:
    """What a damaged stretch must have been; ``sure`` when nothing else fits as well."""

    was: str
    now: str
    sure: bool


class Attested:
    """Which characters follow one another, in this paper and in the words of the trade."""

    def __init__(self, text: str, words: tuple[str, ...]) -> None:
        self.counts = Counter(zip(text, text[1:], strict=False))
        self.known = Counter(
            letter for word in words for letter in zip(word, word[1:], strict=False)
        )
        self._followers: dict[tuple[str, int], list[str]] = {}

    def score(self, before: str, letter: str) -> float:
        """Return how well a character follows another: 0 is best, UNSEEN was never seen to."""
        pair = (before, letter)
        if pair in self.known:
            return -0.2
        seen = self.counts[pair]
        if seen:
            return -1.0 + min(seen, 8) / 16
        return -1.5 if letter in SIGNS or before in SIGNS else UNSEEN

    def followers(self, before: str, trail: int) -> list[str]:
        """Return the characters with this second half that were seen to follow another."""
        found = self._followers.get((before, trail))
        if found is None:
            letters = (letter for _lead, letter in _with_trail(trail))
            found = [letter for letter in letters if self.score(before, letter) > UNSEEN]
            self._followers[before, trail] = found
        return found

    def holds(self, text: str) -> bool:
        """Tell whether every pair of neighbors in a text was seen."""
        return all(
            (a, b) in self.known or self.counts[(a, b)] or a in SIGNS or b in SIGNS
            for a, b in zip(text, text[1:], strict=False)
        )


def restore(text: str, start: int, most: int, attested: Attested) -> Restored | None:
    """Return what a stretch that begins at a “?” was, or None where nothing can be proved.

    ``most`` bounds the stretch in characters. The stretch ends where halves and pairs
    fall together again.
    """
    before = text[start - 1] if start else ""
    states = [State("", None, 0, 0.0)]
    best: list[tuple[float, int, str]] = []
    for at in range(start, min(start + most, len(text))):
        if text[at] in "\r\n":
            break
        states = _step(states, text[at], before, attested, first=at == start)
        best += [
            (state.score, at + 1, state.out) for state in states if state.half is None and state.out
        ]
        states = [state for state in states if state.half is not None]
        if not states:
            break
    return _chosen(text, start, before, best, attested)


def _chosen(
    text: str, start: int, before: str, best: list[tuple[float, int, str]], attested: Attested
) -> Restored | None:
    proved = [
        ((score + attested.score(out[-1], text[end : end + 1] or "。")) / (end - start), end, out)
        for score, end, out in best
        if damaged(out) == text[start:end]
    ]
    if not proved:
        return None
    proved.sort(key=lambda row: (-row[0], -row[1]))
    _score, end, out = proved[0]
    following = text[end : end + 1]
    fits = {
        other
        for _other, stop, other in proved
        if stop == end and attested.holds(before + other + following)
    }
    return Restored(text[start:end], out, sure=fits == {out})


def _step(
    states: list[State], letter: str, before: str, attested: Attested, *, first: bool
) -> list[State]:
    """Return the states after one more received character."""
    if first:
        return [State("", -1, 0, 0.0)]
    grown = list(states)
    for _ in range(MOST_DROPPED):  # pairs that were dropped between two received characters
        grown = _best([*grown, *(new for s in grown for new in _dropped(s, before, attested))])
    return _best([new for state in grown for new in _taken(state, letter, before, attested)])


def _best(states: list[State]) -> list[State]:
    unique = {(state.out, state.half): state for state in sorted(states, key=lambda s: s.score)}
    ranked = sorted(unique.values(), key=lambda state: -state.score)[:BEAM]
    return [state for state in ranked if state.score > ranked[0].score - HOPELESS]


def _add(
    state: State, letter: str, half: int | None, before: str, attested: Attested, cost: float = 0
) -> State:
    previous = state.out[-1] if state.out else before
    score = state.score + attested.score(previous, letter) - cost
    return State(state.out + letter, half, state.dropped + (cost > 0), score)


def _ends(state: State, trail: int) -> Iterator[str]:
    """Yield the characters that the waiting half makes with a second half."""
    if state.half == -1:
        yield from (letter for _lead, letter in _with_trail(trail))
    elif state.half is not None and (letter := _pair(state.half, trail)):
        yield letter


def _taken(state: State, letter: str, before: str, attested: Attested) -> Iterator[State]:
    """Yield the states after one received character."""
    if letter == "?":
        if state.half is not None and state.half >= 0:
            for _trail, made in _with_lead(state.half):
                yield _add(state, made, None, before, attested)
        return
    code = ord(letter)
    if code < 0x80:
        for made in _ends(state, FULL):
            yield _add(state, made, code | 0x80, before, attested)
        if 0x40 <= code <= 0x7E:
            for made in _ends(state, code):
                yield _add(state, made, None, before, attested)
        return
    halves = letter.encode("gbk", "ignore")
    if len(halves) == 2:
        for made in _ends(state, halves[0]):
            yield _add(state, made, halves[1], before, attested)


def _dropped(state: State, before: str, attested: Attested) -> Iterator[State]:
    """A pair that means nothing stood here: its first half ends a character, its second waits.

    That second half is anybody's guess; the proof at the end weeds out wrong ones.
    """
    if state.half is None or state.dropped >= MOST_DROPPED:
        return
    previous = state.out[-1] if state.out else before
    for lead in MEANINGLESS:
        if state.half == -1:  # any first half will do: by far the most letters, so kept
            fitting = attested.followers(previous, lead)
        else:
            ends = _ends(state, lead)
            fitting = [made for made in ends if attested.score(previous, made) > UNSEEN]
        for made in fitting:
            yield _add(state, made, -1, before, attested, cost=DROP)
