"""Parts entered side by side: kept in their order, and nothing after one that fails."""

import time

import pytest
from django.db import connection

from rongbiao.exchange.loading import sql
from rongbiao.exchange.loading.lanes import in_lanes
from rongbiao.exchange.loading.outcome import Outcome
from rongbiao.parties.models import Organization, Region

pytestmark = pytest.mark.django_db(transaction=True)


def entry(number: int, wait: float = 0.0, fails: bool = False):
    """Return an entry that writes a row, later or sooner, or fails at its end."""

    def enter() -> Outcome:
        Region.objects.create(code=f"9{number:05d}", name=f"第{number}区")
        time.sleep(wait)
        if fails:
            raise ValueError(number)
        return Outcome(new=number)

    return None, enter


@pytest.fixture(params=[1, 3])
def lanes(request):
    if request.param > 1 and connection.vendor == "sqlite":
        pytest.skip("SQLite 只有一个连接可写")
    return request.param


def kept_rows() -> list[str]:
    return sorted(Region.objects.filter(code__startswith="9").values_list("code", flat=True))


def test_the_quicker_waits_for_the_one_before(lanes):
    kept = []
    entries = [entry(n, wait=0.2 if n % 2 else 0.0) for n in range(1, 6)]
    for done, _one in enumerate(
        in_lanes(iter(entries), lambda one: kept.append(one.new), lanes), 1
    ):
        assert len(kept) >= done
    assert kept == [1, 2, 3, 4, 5]
    assert len(kept_rows()) == 5


def test_nothing_after_a_failure_is_kept(lanes):
    kept = []
    entries = [entry(1), entry(2, wait=0.2, fails=True), entry(3), entry(4)]
    with pytest.raises(ValueError, match="2"):
        list(in_lanes(iter(entries), lambda one: kept.append(one.new), lanes))
    assert kept == [1]
    assert kept_rows() == ["900001"]


def test_keys_taken_at_once_are_nobody_elses():
    table = Organization._meta.db_table
    first = sql.reserve_apart(table, 1000)
    other = Organization.objects.create(name="一院", kind="institute", order=1)
    assert other.pk >= first + 1000
    assert sql.reserve_apart(table, 1) > other.pk
