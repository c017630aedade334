"""Both faces of every predicate agree, for every actor, on every case in every stage."""

import pytest
from django.db.models import Q

from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.cases.procedure import STAY, procedures
from rongbiao.procedures.proposal import Proposal
from rongbiao.stages import reach, reading
from tests.cases.conftest import DAY
from tests.cases.test_desk import IDEA
from tests.conftest import hold_post
from tests.leader_desk import agent
from tests.society_desk import society


def everybody():
    """Return every predicate that a declaration uses."""
    found = set()
    for procedure in procedures.values():
        found |= {procedure.readers, procedure.opened_by}
        for stage in procedure.stages:
            found |= {action.by for action in stage.actions()} | set(stage.awaited())
    return found


@pytest.fixture
def world(appraisal, officer, second_officer, experts, reporter, administrator):
    """Two cases in different stages, and one of everybody."""
    desk.act(
        appraisal, "vote", actor=experts[0], day=DAY, answers={"vote": "yes", "patents": "none"}
    )
    desk.act(appraisal, "recuse", actor=experts[1], day=DAY, answers={"words": "同单位"})
    desk.open_case(Proposal, actor=None, day=DAY, answers=IDEA)
    society("榕城茶叶协会", "RCCY")
    return [
        None, officer, second_officer, *experts, reporter, administrator,
        hold_post("外人", "市教育局", "reporter"), hold_post("审计", "市市场监管局", "auditor"),
        hold_post("会长", "榕城茶叶协会", "leader"), hold_post("干事", "榕城茶叶协会", "agent"),
        agent("榕城水杯"),
    ]  # fmt: skip


def test_both_faces_agree(world):
    cases = list(Case.objects.all())
    assert {case.stage_key for case in cases} == {"appraisal", "answer"}
    asked = 0
    for who in everybody():
        for actor in world:
            rows = set(Case.objects.filter(Q(who.rows(actor))).distinct())
            assert rows == {case for case in cases if who(actor, case)}, f"{who.name} {actor}"
            asked += 1
    assert asked > 100


def test_the_tray_holds_what_can_be_done(world, appraisal):
    for actor in world:
        tray = set(reach.in_tray(actor))
        for case in Case.objects.all():
            awaited = any(who(actor, case) for who in case.stage.awaited())
            assert (case in tray) == awaited, f"{actor} {case}"


def test_nothing_is_asked_about_stages_at_which_no_case_stands(world, django_assert_num_queries):
    Case.objects.update(closed_on=DAY)
    for actor in world:
        with django_assert_num_queries(1) as asked:
            assert not reach.in_tray(actor)
        assert "seat" not in asked[0]["sql"]


def test_a_vote_cast_leaves_the_tray(appraisal, experts):
    assert appraisal in reach.in_tray(experts[0])
    desk.act(
        appraisal, "vote", actor=experts[0], day=DAY, answers={"vote": "yes", "patents": "none"}
    )
    assert appraisal not in reach.in_tray(experts[0])


def test_a_stranger_reads_nothing(appraisal, city):
    stranger = hold_post("外人", "市教育局", "reporter")
    assert list(reach.readable(stranger)) == list(reach.readable(None)) == []


@pytest.mark.parametrize("word", ["public", "sealed", "moves"])
def test_entries_are_asked_for_by_the_actions_that_are_declared(word):
    """An action that is wanted wherever it is offered is asked for by its key alone, no other is."""

    def wanted(action):
        return action.to != STAY if word == "moves" else getattr(action, word)

    for procedure in procedures.values():
        keys, pairs = reading.wanted_actions(procedure, wanted)
        for stage in procedure.stages:
            for action in stage.actions():
                asked = action.key in keys or action.key in pairs.get(stage.key, ())
                assert asked == wanted(action), f"{procedure.key} {stage.key} {action.key}"
