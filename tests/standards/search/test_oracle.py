"""The set found is the set that a plain search through every text finds."""

import random

import pytest

from rongbiao.standards.search import Query
from rongbiao.texts.folding import chain
from scripts.benches.corpus import rows
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
