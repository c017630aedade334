"""Allowances are exact, also when many ask at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from rongbiao.parties.allowance import Allowance, spend, sweep


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


@pytest.mark.django_db
def test_only_windows_that_have_ended_are_swept():
    spend("短", limit=1, seconds=60)
    spend("长", limit=1, seconds=3600 * 24 * 365 * 20)
    spend("永", limit=1, seconds=10**12)
    now = timezone.now()
    assert sweep(now - timedelta(minutes=1)) == 0
    assert sweep(now + timedelta(minutes=2)) == 1
    assert {one.key for one in Allowance.objects.all()} == {"长", "永"}
