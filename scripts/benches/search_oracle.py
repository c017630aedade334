"""What a plain search through every text finds: all questions answered in one pass over the rows."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rongbiao.standards.search import Query, SearchBackend
from rongbiao.texts.folding import units
from scripts.benches.questions import words_asked

ASKED = 1_000
COMPARED = 100_000  # primary keys of one answer that are compared; beyond, the total alone
Words = tuple[tuple[str, ...], ...]


class Plain:
    """Counts what holds every word of each question, and sums up which editions these are."""

    def __init__(self, questions: Iterable[str]) -> None:
        self.words = {
            asked: tuple(dict.fromkeys(tuple(units(word)) for word in asked.split()))
            for asked in questions
        }
        every = {word for words in self.words.values() for word in words}
        self.begun: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for word in every:
            self.begun["".join(word[:2])].append(word)
        self.asking: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for asked, words in self.words.items():
            self.asking[words[0]].append(asked)
        self.totals = dict.fromkeys(self.words, 0)
        self.sums = dict.fromkeys(self.words, 0)

    def look(self, pk: int, texts: Sequence[str]) -> None:
        """Look through the texts of one edition for every word of every question."""
        held: set[tuple[str, ...]] = set()
        for text in texts:
            chained = units(text)
            for at, unit in enumerate(chained):
                two = unit + chained[at + 1] if at + 1 < len(chained) else unit
                for begun in (unit, two):
                    for word in self.begun.get(begun, ()):
                        if tuple(chained[at : at + len(word)]) == word:
                            held.add(word)
        for first in held:
            for asked in self.asking.get(first, ()):
                if held.issuperset(self.words[asked]):
                    self.totals[asked] += 1
                    self.sums[asked] += pk * pk


def compared(engine: SearchBackend, corpus: Sequence, texts: Iterable[tuple]) -> list[str]:
    """Return the questions of which an engine finds something else, out of a thousand."""
    chance, asked = random.Random(1), dict[str, None]()
    while len(asked) < ASKED:
        asked |= dict.fromkeys(words_asked(corpus, ASKED, chance))
    plain = Plain(list(asked)[:ASKED])
    for pk, *said in texts:
        plain.look(pk, [text for text in said if text])
    wrong = []
    for words, total in plain.totals.items():
        page = engine.search(Query(words, size=min(max(total, 20), COMPARED)))
        same = page.total == total
        if same and total <= COMPARED:
            same = sum(hit.pk**2 for hit in page.hits) == plain.sums[words]
        if not same:
            wrong.append(f"{words}：{page.total}，应为 {total}")
    return wrong
