"""Many at one moment: one wins, the others are told; numbers are never taken twice."""

import pytest

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry
from rongbiao.parties.serial import take
from rongbiao.procedures.local_standard import LocalStandard
from rongbiao.procedures.proposal import Proposal
from rongbiao.stages import journal
from tests.at_once import compete
from tests.cases.conftest import APPLICATION, DAY, GATE, upload
from tests.cases.test_desk import IDEA
from tests.conftest import hold_post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city(transactional_db, settings):
    from rongbiao.parties.founding import found

    found(settings.CITY)
    return settings.CITY


def fresh(case):
    return Case.objects.get(pk=case.pk)


def test_approve_and_decline_at_once_have_one_winner(case, officer, second_officer):
    seen = case.entered.seq
    told = compete(
        lambda: desk.act(fresh(case), "accept", actor=officer, day=DAY, answers=GATE, seen=seen),
        lambda: desk.act(
            fresh(case), "decline", actor=second_officer, day=DAY, answers={"words": "不宜"}, seen=seen
        ),
    )  # fmt: skip
    refusals = [one for one in told if isinstance(one, str)]
    assert len(refusals) == 1
    assert "您的操作没有生效" in refusals[0]
    assert case.entries.count() == 2


def test_one_token_sent_often_has_one_effect(case, officer):
    def send():
        said = {"answers": GATE, "token": "same"}
        return desk.act(fresh(case), "accept", actor=officer, day=DAY, **said).pk

    assert len(set(compete(*[send] * 12))) == 1
    assert case.entries.filter(action_key="accept").count() == 1


def test_one_token_opens_one_case(city):
    def send():
        return desk.open_case(Proposal, actor=None, day=DAY, answers=IDEA, token="same").pk

    assert len(set(compete(*[send] * 8))) == 1
    assert Case.objects.count() == 1


def test_many_open_at_once_and_the_chain_is_whole(city):
    def send():
        return desk.open_case(Proposal, actor=None, day=DAY, answers=IDEA).number

    numbers = compete(*[send] * 16)
    assert sorted(numbers) == [f"JY-2024-{n:04}" for n in range(1, 17)]
    assert sorted(Entry.objects.values_list("seq", flat=True)) == list(range(1, 17))
    assert list(journal.faults()) == []


def test_serials_are_taken_once_each_without_gaps(db):
    taken = compete(*[lambda: take("DB3501/T", above=7)] * 16)
    assert sorted(taken) == list(range(8, 24))


def test_experts_vote_at_once_and_every_vote_counts(appraisal, officer, experts):
    def vote(expert):
        return desk.act(
            fresh(appraisal),
            "vote",
            actor=expert,
            day=DAY,
            answers={"vote": "yes", "patents": "none"},
        ).pk

    told = compete(*[lambda expert=expert: vote(expert) for expert in experts])
    assert len(set(told)) == 5
    assert desk.act(appraisal, "count", actor=officer, day=DAY).answers["yes"] == 5


def test_a_vote_and_the_count_at_once_leave_one_consistent_outcome(appraisal, officer, experts):
    for expert in experts[:4]:
        desk.act(
            appraisal, "vote", actor=expert, day=DAY, answers={"vote": "yes", "patents": "none"}
        )
    told = compete(
        lambda: desk.act(fresh(appraisal), "count", actor=officer, day=DAY).answers["yes"],
        lambda: (
            desk.act(
                fresh(appraisal),
                "vote",
                actor=experts[4],
                day=DAY,
                answers={"vote": "yes", "patents": "none"},
            ).pk
        ),
    )
    late = isinstance(told[1], str)
    assert told[0] == (4 if late else 5)


def test_a_recusal_and_a_vote_at_once_never_count_a_recused_vote(appraisal, officer, experts):
    compete(
        lambda: desk.act(fresh(appraisal), "recuse", actor=experts[0], day=DAY,
                         answers={"words": "同单位"}),
        lambda: desk.act(fresh(appraisal), "vote", actor=experts[0], day=DAY,
                         answers={"vote": "yes", "patents": "none"}),
    )  # fmt: skip
    from rongbiao.stages.answers import ballots_of

    assert ballots_of(fresh(appraisal)) == []


def test_two_departments_apply_at_once(city):
    posts = [
        hold_post(f"报{n}", unit, "reporter") for n, unit in enumerate(["市科技局", "市教育局"])
    ]
    told = compete(*[
        lambda post=post: desk.open_case(
            LocalStandard, actor=post, day=DAY, answers=APPLICATION,
            files={"draft": upload("草案.docx")}).number
        for post in posts
    ])  # fmt: skip
    assert sorted(told) == ["DB-2024-0001", "DB-2024-0002"]
