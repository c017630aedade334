"""A review by letter: papers ahead, a last day, ballots sealed until it, and then repeated if too few."""

from datetime import date, timedelta

import pytest

from rongbiao.cases import desk
from rongbiao.cases.models import Entry, Message
from rongbiao.parties import rules
from rongbiao.parties.refused import Refused
from rongbiao.stages import clock, reach
from tests.cases.conftest import DAY, GATE
from tests.conftest import hold_post

UNTIL = date(2024, 3, 8)  # two months after DAY


class Room:
    """A case before its panel, and who acts on it."""

    def __init__(self, case, officer, experts):
        self.case, self.officer, self.experts = case, officer, experts

    def convene(self, day=DAY, until=UNTIL, experts=None, profile="letter"):
        chosen = [one.pk for one in experts or self.experts]
        said = {"profile": profile, "meets_on": until.isoformat(), "experts": chosen}
        return desk.act(self.case, "convene", actor=self.officer, day=day, answers=said)

    def vote(self, n, vote="yes", day=DAY):
        return desk.act(
            self.case, "vote", actor=self.experts[n], day=day, answers={"vote": vote, "patents": "none"}
        )  # fmt: skip

    def do(self, key, day, **said):
        return desk.act(self.case, key, actor=self.officer, day=day, answers=said)


@pytest.fixture
def room(case, officer, experts):
    desk.act(case, "accept", actor=officer, day=DAY, answers=GATE)
    return Room(case, officer, experts)


def test_papers_that_come_too_late_are_refused_with_the_first_day(room):
    with pytest.raises(Refused) as told:
        room.convene(until=UNTIL - timedelta(days=1))
    assert str(told.value) == (
        "“函审”的评审材料应当提前2个月送达专家。所邀专家 2024-01-08 收齐材料，"
        "回函截止日期最早为 2024-03-08，请改期。"
    )
    assert not room.case.entries.filter(action_key="convene").exists()
    assert not room.case.seats.filter(capacity="expert").exists()
    room.convene()
    assert room.case.due_on == UNTIL


def test_a_meeting_is_only_warned(room):
    room.convene(profile="meeting", until=DAY)
    assert room.case.due_on is None


def test_who_is_asked_later_gets_the_papers_in_time_too(room, city):
    room.convene()
    other = hold_post("后来的专家", "市发改委", "expert")
    instead = [*room.experts[:4], other]
    later = DAY + timedelta(days=10)
    with pytest.raises(
        Refused, match="所邀专家 2024-01-18 收齐材料，回函截止日期最早为 2024-03-18"
    ):
        room.convene(day=later, until=UNTIL, experts=instead)
    room.convene(day=later, until=date(2024, 3, 18), experts=instead)
    assert room.case.due_on == date(2024, 3, 18)


def test_the_last_day_is_put_off_and_ballots_stay(room):
    room.convene()
    room.vote(0)
    after = UNTIL + timedelta(days=1)
    with pytest.raises(Refused, match=r"回函已于 2024-03-08 24 时截止.*更晚的回函截止日期重新邀请"):
        room.vote(1, day=after)
    with pytest.raises(Refused, match="最早为 2024-03-09"):
        room.convene(day=after, until=UNTIL)
    later = UNTIL + timedelta(days=7)
    room.convene(day=after, until=later)
    assert room.case.due_on == later
    for n in range(1, 5):
        room.vote(n, day=later)
    counted = room.do("count", later)
    assert (counted.answers["seats"], counted.answers["yes"]) == (5, 5)


def test_ballots_open_after_the_last_day_or_when_all_have_replied(room):
    room.convene()
    for n in range(4):
        room.vote(n)
    with pytest.raises(Refused) as told:
        room.do("count", UNTIL)
    assert str(told.value) == (
        "回函至 2024-03-08 24 时截止，还有 1 人没有回函；截止以后或者全部回函以后才能开票。"
    )
    room.do("count", UNTIL + timedelta(days=1))
    assert room.case.due_on is None


def test_all_replies_open_the_ballots_before_the_day(room):
    room.convene()
    for n in range(5):
        room.vote(n)
    room.do("count", DAY)
    assert room.case.due_on is None


@pytest.mark.parametrize("votes", [("yes",) * 4, ("no",) * 4, ("abstain", "no", "yes", "no")])
def test_what_refuses_an_early_count_tells_nothing_of_the_votes(room, votes):
    room.convene()
    for n, vote in enumerate(votes):
        room.vote(n, vote)
    action = room.case.stage.action("count")
    assert reach.hindrance(room.case, action, UNTIL) == (
        "回函至 2024-03-08 24 时截止，还有 1 人没有回函；截止以后或者全部回函以后才能开票。"
    )
    assert all(set(one.answers) == {"sealed"} for one in Entry.objects.filter(action_key="vote"))


def test_who_is_recused_is_not_waited_for(room):
    room.convene()
    for n in range(4):
        room.vote(n)
    words = {"words": "曾为起草单位提供咨询。"}
    desk.act(room.case, "recuse", actor=room.experts[4], day=DAY, answers=words)
    with pytest.raises(Refused, match="参加审查的专家 4 人，不足 5 人"):  # no longer the day
        room.do("count", DAY)


def test_too_few_replies_are_repeated_from_the_beginning(room):
    room.convene()
    for n in range(3):
        room.vote(n)
    after = UNTIL + timedelta(days=1)
    with pytest.raises(Refused, match=r"应回函 5 份，实际回函 3 份，不足三分之二，.*应当再次函审"):
        room.do("count", after)
    room.do("again", after, words="再次函审。")
    assert room.case.due_on is None
    with pytest.raises(Refused, match="最早为 2024-05-09"):
        room.convene(day=after, until=date(2024, 5, 8))
    room.convene(day=after, until=date(2024, 5, 9))
    with pytest.raises(Refused, match="还有 5 人没有回函"):
        room.do("count", after)


def test_those_who_have_not_replied_are_reminded_and_see_the_day(room):
    room.convene()
    room.vote(0)
    waiting = {post.pk for post in room.experts[1:]}
    for left, words in ((3, "还有 3 天到期"), (0, "今天到期"), (-1, "已超期 1 天")):
        clock.tick(UNTIL - timedelta(days=left))
        told = Message.objects.filter(words__contains=f"函审回函{words}")
        experts = {post.pk for post in room.experts}
        assert set(told.values_list("post", flat=True)) & experts == waiting
    assert [case.due_on for case in reach.in_tray(room.experts[1])] == [UNTIL]
    assert list(reach.in_tray(room.experts[0])) == []


def test_the_experts_are_told_by_when_and_once(room):
    def told():
        rows = Message.objects.filter(words__startswith="请您参加").order_by("pk")
        return [(row.post.person.name, row.words[-26:]) for row in rows]

    room.convene(experts=room.experts)
    first = [
        (f"专家{n}", "立项论证”：函审，请于 2024-03-08 24 时以前回函。"[-26:]) for n in range(1, 6)
    ]
    assert told() == first
    room.convene()
    assert told() == first  # the same day
    words = {"words": "曾为起草单位提供咨询。"}
    desk.act(room.case, "recuse", actor=room.experts[4], day=DAY, answers=words)
    room.convene(until=UNTIL + timedelta(days=1))
    assert [name for name, _words in told()[5:]] == ["专家1", "专家2", "专家3", "专家4"]
    assert "2024-03-09" in told()[-1][1]


def test_those_who_meet_are_told_the_day(room):
    room.convene(profile="meeting", until=date(2024, 1, 25))
    told = Message.objects.filter(words__endswith="“立项论证”：2024-01-25 审查。")
    assert told.count() == 5


def test_the_day_is_not_taken_away_when_deadlines_are_counted_again(room):
    room.convene()
    assert not desk.redate(room.case)
    room.case.refresh_from_db()
    assert room.case.due_on == UNTIL


def test_a_city_may_settle_that_late_papers_only_warn(room, officer):
    rules.change(
        "review_profiles", "letter", value="参加表决不少于：2/3\n同意不少于：3/4\n以函审方式进行：是",
        since=date(2020, 3, 1), source="本市规定", basis="试验", verified=True, actor=officer, day=DAY,
    )  # fmt: skip
    with pytest.raises(Refused, match="回函截止日期 2024-01-07 已过，请填写 2024-01-08 或者以后"):
        room.convene(until=DAY - timedelta(days=1))
    room.convene(until=DAY)
    assert room.case.due_on == DAY


def test_the_form_says_what_the_day_means(room):
    form = room.case.stage.action("convene").form(case=room.case)
    field = form.fields["meets_on"]
    assert field.label == "审查日期（函审为回函截止日期）"
    assert field.help_text.startswith("“函审”的评审材料应当提前2个月送达；今天邀请的，最早为 ")
