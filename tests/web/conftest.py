"""What tests of pages share."""

from dataclasses import replace

import pytest
from django.utils import translation

from rongbiao.standards import search
from rongbiao.standards.models import Standard
from rongbiao.standards.search import Page, Query, Suggestion
from tests.plain_engine import PlainEngine


class MarkingEngine(PlainEngine):
    """The plain engine, with the words to mark, what was meant, and type-ahead."""

    def search(self, query: Query) -> Page:
        """Answer a question."""
        page = super().search(query)
        meant = "茉莉花茶" if not page.total and query.words == "茉丽花茶" else ""
        return replace(page, marks=tuple(query.words.split()), meant=meant)

    def suggest(self, words: str, size: int = 8) -> list[Suggestion]:
        """Return the editions whose titles hold the words, newest first."""
        rows = Standard.objects.filter(title__contains=words).order_by("-issued_on")[:size]
        return [Suggestion(row.pk, row.number, row.title) for row in rows]


@pytest.fixture
def marking_engine(monkeypatch):
    """Let pages ask an engine that needs no index."""
    monkeypatch.setattr(search, "engine", MarkingEngine)


@pytest.fixture(autouse=True)
def plain_language():
    """Leave no language of a page behind."""
    yield
    translation.deactivate()
