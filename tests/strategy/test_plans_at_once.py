"""Of officers who act on one paper at one moment one is faster, and the others are told."""

import pytest

from rongbiao.strategy import plans
from rongbiao.strategy.models import Assignment, Plan, Reading
from tests.at_once import compete
from tests.conftest import hold_post
from tests.plan_desk import DAY, PAPER, enter, settle, take_in


@pytest.mark.django_db(transaction=True)
def test_of_six_who_settle_one_doubt_at_one_moment_one_does(officer):
    reading = take_in(officer)
    by = {"actor": officer, "day": DAY, "version": 0}
    told = compete(*[lambda: plans.confirm(reading, 0, "核对无误。", **by)] * 6)
    assert sum(isinstance(one, Reading) for one in told) == 1
    lost = [one for one in told if isinstance(one, str)]
    assert lost == ["林经办（市市场监管局）刚刚改动了这份解读，请刷新后再办。"] * 5
    reading.refresh_from_db()
    assert len(reading.confirmed) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_enter_one_key_at_one_moment_one_does(officer):
    other = hold_post("黄经办", "市市场监管局", "officer")
    papers = [PAPER, PAPER.replace("7号", "8号")]
    readings = [settle(take_in(officer, text), officer) for text in papers]
    told = compete(
        lambda: enter(readings[0], officer, key="same"),
        lambda: enter(readings[1], other, key="same"),
    )
    assert sum(isinstance(one, Plan) for one in told) == 1
    (lost,) = [one for one in told if isinstance(one, str)]
    assert lost.startswith("代号“same”或文号“永政〔2024〕")
    assert Plan.objects.get().tasks.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_four_who_enter_one_reading_at_one_moment_one_does(officer):
    reading = settle(take_in(officer), officer)
    told = compete(*[lambda n=n: enter(reading, officer, key=f"key-{n}") for n in range(4)])
    assert sum(isinstance(one, Plan) for one in told) == 1
    assert sum("不能再改" in one for one in told if isinstance(one, str)) == 3
    assert Assignment.objects.count() == 2 + 1 + 12
