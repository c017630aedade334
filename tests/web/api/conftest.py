import pytest
from django.test import Client

from rongbiao.standards import search
from tests.plain_engine import PlainEngine
from tests.standards_desk import enter


@pytest.fixture
def engine(monkeypatch):
    """A plain engine in place of the installation's own."""
    own = PlainEngine()
    monkeypatch.setattr(search, "engine", lambda: own, raising=False)
    return own


@pytest.fixture
def ask(db, engine):
    """Ask the API; an address of its own, so that nothing was counted against it."""
    client = Client(raise_request_exception=True)

    def get(address: str, words: str = "", **headers):
        if words:
            headers["authorization"] = f"Bearer {words}"
        return client.get(f"/api/{address}", headers=headers)

    return get


@pytest.fixture
def some(db):
    """Twelve standards whose numbers are sorted otherwise than they are written."""
    return [
        enter(f"GB/T {n}-2020", f"茶 {n}", status="current" if n % 2 else "withdrawn")
        for n in (10, 1, 2, 33, 4, 5, 6, 7, 8, 9, 11, 12)
    ]
