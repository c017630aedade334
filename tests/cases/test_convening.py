"""A panel may be convened by a draw: those who were drawn are asked, and nobody else."""

import pytest

from rongbiao.cases import desk
from rongbiao.parties import draws
from rongbiao.parties.refused import Refused
from rongbiao.texts.lots import Lot, Rules
from tests.cases.conftest import DAY, GATE


@pytest.fixture
def drawn(case, officer, experts):
    lots = [Lot(f"post:{e.pk}", e.person.name, e.organization.name) for e in experts]
    matter = draws.Matter("立项论证", case.number)
    draw = draws.freeze(matter, lots, Rules(5, 0), actor=officer, day=DAY)
    return draws.reveal(draw, "三七二", actor=officer, day=DAY)


def convene(case, officer, **more):
    said = {"profile": "meeting", "meets_on": "2024-01-25", **more}
    return desk.act(case, "convene", actor=officer, day=DAY, answers=said)


def test_those_drawn_are_seated(case, officer, drawn):
    desk.act(case, "accept", actor=officer, day=DAY, answers=GATE)
    convene(case, officer, draw=drawn.number)
    seated = set(case.seats.filter(capacity="expert").values_list("post", flat=True))
    assert seated == {one["post"] for one in drawn.seated}
    assert len(seated) == 5


def test_nobody_chosen_is_refused(case, officer):
    desk.act(case, "accept", actor=officer, day=DAY, answers=GATE)
    with pytest.raises(Refused, match="请选择抽取结果"):
        convene(case, officer)


def test_a_draw_for_another_case_is_no_choice(case, officer, drawn):
    desk.act(case, "accept", actor=officer, day=DAY, answers=GATE)
    drawn.basis = "DB-2024-9999"
    drawn.save()
    with pytest.raises(Refused, match="按抽取结果邀请"):
        convene(case, officer, draw=drawn.number)
