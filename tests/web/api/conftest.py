import pytest

from rongbiao.standards import search
from tests.plain_engine import PlainEngine


@pytest.fixture
def engine(monkeypatch):
    """A plain engine in place of the installation's own."""
    own = PlainEngine()
    monkeypatch.setattr(search, "engine", lambda: own, raising=False)
    return own
