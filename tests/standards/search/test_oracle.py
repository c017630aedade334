"""The set found is the set that a plain search through every text finds."""

import random

import pytest

from rongbiao.standards.search import Query, embedded_finding
from rongbiao.standards.search.embedded import Tantivy
from rongbiao.standards.search.embedded_fields import FOREMOST
from rongbiao.standards.search.entry import entry
from rongbiao.standards.search.rows import some_rows
from rongbiao.texts.folding import chain
from scripts.benches.corpus import TRADE, rows
from scripts.benches.questions import texts_of, words_asked
from scripts.benches.register import enter

ROWS, QUESTIONS = 5_000, 300


@pytest.mark.django_db
def test_what_is_found_is_what_a_plain_search_finds(engine):
    corpus = list(rows(ROWS))
    enter(corpus)
    engine.rebuild()
    texts = [[chain(text) for text in texts_of(row)] for row in corpus]
    wrong = []
    for words in words_asked(corpus, QUESTIONS, random.Random(1)):
        asked = [chain(word) for word in words.split()]
        holds = [all(any(one in text for text in row) for one in asked) for row in texts]
        expected = {pk for pk, held in enumerate(holds, start=1) if held}
        page = engine.search(Query(words, size=ROWS))
        if {hit.pk for hit in page.hits} != expected or page.total != len(expected):
            wrong.append((words, page.total, len(expected)))
    assert wrong == []


FILTERS = ({}, {"level": ["enterprise"]}, {"status": ["current"], "level": ["national", "group"]})


@pytest.mark.django_db
def test_pages_of_frequent_words_follow_the_fixed_order(index, monkeypatch):
    """Titles that begin with the word, then the rest, each by rank; however it is paged."""
    monkeypatch.setattr(embedded_finding, "FREQUENT", 0)
    corpus = list(rows(ROWS))
    enter(corpus)
    shelf = Tantivy()
    shelf.rebuild()
    rank = {row.pk: entry(row).rank for row in some_rows(range(1, ROWS + 1))}
    title = {pk: chain(row.title) for pk, row in enumerate(corpus, start=1)}
    assert 50 < sum(one >= FOREMOST for one in rank.values()) < ROWS / 4
    asked = [*TRADE[:60], *words_asked(corpus, 30, random.Random(2))]
    met = 0
    for words, filters in zip(asked, FILTERS * 30, strict=True):
        word = chain(words.split()[0])

        def place(pk: int, word: str = word) -> tuple:
            return not title[pk].startswith(word), -rank[pk], -pk

        page = shelf.search(Query(words, filters=filters, size=ROWS))
        whole = [hit.pk for hit in page.hits]
        assert (whole, page.total) == (sorted(whole, key=place), len(whole)), words
        for start in range(0, min(len(whole), 100) + 1, 10):
            page = shelf.search(Query(words, filters=filters, start=start, size=10))
            assert [hit.pk for hit in page.hits] == whole[start : start + 10], (words, start)
            assert page.total == len(whole), (words, start)
        met += len(whole) > 20
    assert met > 20
