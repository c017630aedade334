"""What tests of pages share: an engine that reads the database, so that nothing is indexed."""

import pytest
from django.utils import translation

from rongbiao.standards import search
from tests.web.plain_engine import PlainEngine


@pytest.fixture(autouse=True)
def plain_engine(monkeypatch):
    """Let pages ask an engine without an index."""
    monkeypatch.setattr(search, "engine", PlainEngine, raising=False)


@pytest.fixture(autouse=True)
def plain_language():
    """Leave no language of a page behind."""
    yield
    translation.deactivate()
