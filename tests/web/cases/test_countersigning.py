"""Countersigning: units are asked at once, sign in any order, and nothing is approved without them."""

from datetime import date

import pytest

from rongbiao.cases import desk as acts
from rongbiao.cases.models import Message
from rongbiao.parties.refused import Refused
from rongbiao.stages import reach
from tests.conftest import hold_post
from tests.web.cases.test_case_page import words

DAY = date(2024, 2, 1)
PLAN = {
    "number": "榕市监标〔2024〕9号", "drafters": "连江海产研究所", "owner": "市海洋与渔业局",
    "finish_on": "2024-12-20",
}  # fmt: skip


@pytest.fixture
def asked(desk):
    """A plan that two units are asked to sign; the case, its officer and the units' clerks."""
    science = hold_post("科局长", "市科技局", "reporter")
    justice = hold_post("司局长", "市司法局", "reporter")
    case, office = desk.until("plan"), desk.told.cast["林处"]
    said = {"units": "市科技局\n市司法局\n市科技局"}
    acts.act(case, "ask_signers", actor=office, day=DAY, answers=said)
    return case, office, science, justice


def sign(case, post):
    return acts.act(case, "sign", actor=post, day=DAY, answers={"words": "同意。"})


def test_both_are_asked_at_once_and_sign_in_any_order(asked):
    case, office, science, justice = asked
    told = Message.objects.filter(words__contains="会签").values_list("post", flat=True)
    assert set(told) == {science.pk, justice.pk}
    for post in (science, justice):
        assert case in reach.in_tray(post)
    with pytest.raises(Refused, match="还缺：市科技局、市司法局"):
        acts.act(case, "approve", actor=office, day=DAY, answers=PLAN)
    sign(case, justice)
    assert case not in reach.in_tray(justice)
    with pytest.raises(Refused, match="还缺：市科技局。"):
        acts.act(case, "approve", actor=office, day=DAY, answers=PLAN)
    sign(case, science)
    acts.act(case, "approve", actor=office, day=DAY, answers=PLAN)
    assert case.stage_key == "drafting"


def test_whoever_is_not_asked_any_more_leaves_unless_they_signed(asked):
    case, office, science, justice = asked
    sign(case, justice)
    acts.act(case, "ask_signers", actor=office, day=DAY, answers={"units": "市教育局"})
    seats = case.seats.filter(capacity="signer").order_by("organization__name")
    assert {str(one.organization) for one in seats} == {"市司法局", "市教育局"}
    assert case not in reach.in_tray(science)


def test_only_registered_units_and_only_by_who_decides(asked):
    case, office, science, _justice = asked
    with pytest.raises(Refused, match=r"名录里没有这些单位.*无此局"):
        acts.act(case, "ask_signers", actor=office, day=DAY, answers={"units": "无此局"})
    with pytest.raises(Refused, match="不能办理"):
        acts.act(case, "ask_signers", actor=science, day=DAY, answers={"units": "市教育局"})


def test_the_page_says_who_has_still_to_sign(desk, asked):
    case, _office, science, _justice = asked
    said = words(desk.browser("林处").get(case.get_absolute_url()))
    assert "还缺：市科技局、市司法局" in said
    assert "邀请会签" in said
    assert "会签" in words(desk.browser("林处").get(f"{case.get_absolute_url()}ask_signers/"))
    sign(case, science)
    assert "还缺：市司法局。" in words(desk.browser("林处").get(case.get_absolute_url()))
