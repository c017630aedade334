"""Allowances are exact, also when many ask at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from rongbiao.parties.allowance import spend


@pytest.mark.django_db(transaction=True)
def test_a_hundred_of_four_hundred_get_through():
    def ask(_):
        try:
            return spend("门铃", limit=100, seconds=10**9)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(ask, range(400))) == 100


@pytest.mark.django_db
def test_each_key_has_its_own_allowance():
    assert [spend("甲", limit=1, seconds=10**9) for _ in range(2)] == [True, False]
    assert spend("乙", limit=1, seconds=10**9)
