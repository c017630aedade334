"""One suite, two engines: the embedded one everywhere, PostgreSQL's where the suite runs on it."""

import pytest
from django.db import connection

from rongbiao.standards.search.embedded import Tantivy
from rongbiao.standards.search.postgresql import PostgreSQL


@pytest.fixture
def index(settings, tmp_path):
    """A folder of its own for the embedded index of a test."""
    settings.VAR = tmp_path
    return tmp_path / "search"


@pytest.fixture(params=["tantivy", "postgresql"])
def engine(request, db, index):
    """Each engine in turn, with nothing indexed."""
    if request.param == "tantivy":
        return Tantivy()
    if connection.vendor != "postgresql":
        pytest.skip("这个引擎在 PostgreSQL 里，本次测试用的是 SQLite")
    return PostgreSQL()
