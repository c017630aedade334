"""Leaders: a plan frozen before anybody applies, a ranking anybody recomputes, a list kept true."""

from datetime import date, timedelta

import pytest

from rongbiao.awards import leading
from rongbiao.awards.models import Leader, LeaderList, LeaderPlan, StandingLoss
from rongbiao.cases import desk
from rongbiao.cases.models import Case, Message
from rongbiao.parties.refused import Refused
from rongbiao.procedures import leader_expiry
from rongbiao.procedures.leader_adjustment import (
    LeaderAdjustment,
    standing_lost,
    standing_restored,
)
from rongbiao.shell import tick
from rongbiao.stages import clock
from rongbiao.texts.ranking import check
from tests import leader_desk as at
from tests.leader_desk import CLOSES, DRAFTED, FROZEN, LISTED, OPENS, RANKED

LATER = LISTED + timedelta(days=30)


def adjustments(**more):
    return list(Case.objects.filter(procedure_key="leader_adjustment", **more).order_by("pk"))


def test_a_plan_is_frozen_with_its_text_before_anybody_applies(officer):
    case = at.frozen(officer)
    row = LeaderPlan.objects.get(number=case.number)
    assert (row.frozen_on, row.sha256) == (FROZEN, row.plan.digest())
    assert row.content["fee"] is False
    assert row.content["items"][1]["lines"][0] == ["≤0.01", "100"]
    assert [row.takes(day) for day in (FROZEN, OPENS, CLOSES, RANKED)] == [False, True, True, False]


def test_a_plan_that_would_open_before_it_is_frozen_is_sent_back(officer):
    case = at.drafted(officer, opens_on=str(FROZEN))
    desk.act(case, "close", actor=officer, day=FROZEN)
    with pytest.raises(Refused, match=f"申请开始日期{FROZEN}不晚于冻结日期{FROZEN}"):
        desk.act(case, "approve", actor=officer, day=FROZEN, answers={"paper": "一号"})
    assert not LeaderPlan.objects.exists()


def test_a_frozen_plan_cannot_be_changed_by_any_door(officer):
    case = at.frozen(officer)
    with pytest.raises(
        Refused, match=r"已于2026-01-20冻结（SHA-256 [0-9a-f]{16}…），冻结后不能变更"
    ):
        desk.act(case, "change", actor=officer, day=OPENS, answers={"words": "改权重"})
    row = LeaderPlan.objects.get()
    row.content = row.content | {"places": 3}
    with pytest.raises(Refused, match="已于2026-01-20冻结"):
        row.save()
    assert LeaderPlan.objects.get().content["places"] == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"items": "保温效能\t℃\t越高越好\t100"}, "第 1 项指标应有 6 列"),
        ({"items": "保温效能\t℃\t越高越好\t90\t\t60=60"}, "权重之和应为 100，现为 90"),
        ({"items": "保温效能\t℃\t越大越好\t100\t\t60=60"}, "方向应为"),
        ({"level": "90"}, "三项占比之和应为 100，现为 110"),
        ({"free": ""}, "不收取任何费用"),
        ({"closes_on": "2026-01-01"}, "早于开始日期"),
    ],
)
def test_a_plan_that_cannot_be_used_is_refused(officer, more, said):
    with pytest.raises(Refused, match=said):
        at.drafted(officer, **more)


def test_only_a_declaration_in_good_standing_is_taken_and_only_in_time(officer):
    who, plan = at.agent("甲"), at.frozen(officer)
    item = at.declare(who, "Q/甲 1—2026")
    other = at.declare(at.agent("乙"), "Q/乙 1—2026")
    for day in (OPENS - timedelta(days=1), CLOSES + timedelta(days=1)):
        with pytest.raises(Refused, match="现在不受理申请"):
            at.apply(who, plan, item, day=day)
    with pytest.raises(Refused, match="该标准不能参评"):
        at.apply(who, plan, other)
    standing_lost(item, "检查不合格：保温效能", OPENS)
    with pytest.raises(Refused, match="该标准不能参评"):
        at.apply(who, plan, item)
    standing_restored(item, OPENS)
    case = at.applied(officer, who, plan, item)
    assert case.title == "Q/甲 1—2026 甲公司保温杯申请领跑者"
    with pytest.raises(Refused, match="已申请本方案"):
        at.apply(who, plan, item)
    at.withdraw(who, item, RANKED)
    with pytest.raises(Refused, match="没有一家达到入围条件"):
        at.ranked(officer, plan)
    ranking = Case.objects.get(procedure_key="leader_list")
    desk.act(ranking, "stop", actor=officer, day=RANKED, answers={"words": "没有可评的标准"})
    assert LeaderPlan.objects.get().ended_on == RANKED


def test_the_ranking_waits_for_the_period_and_for_every_application(officer):
    who, plan = at.agent("甲"), at.frozen(officer)
    with pytest.raises(Refused, match="申请期至2026-03-02 24 时届满"):
        desk.act(plan, "submit", actor=officer, day=CLOSES)
    with pytest.raises(Refused, match="没有受理的申请"):
        desk.act(plan, "submit", actor=officer, day=RANKED)
    at.apply(who, plan, at.declare(who, "Q/甲 1—2026"))
    with pytest.raises(Refused, match="还有 1 件申请没有审查"):
        desk.act(plan, "submit", actor=officer, day=RANKED)
    desk.act(plan, "stop", actor=officer, day=RANKED, answers={"words": "只有一家申请"})
    assert LeaderPlan.objects.get().ended_on == RANKED


def test_from_ranking_to_list(officer):
    row, case, _posts, items = at.world(officer)
    made = LeaderList.objects.get()
    assert check(made.record) == []
    assert made.record["plan_sha256"] == row.sha256
    first = made.record["standings"][0]  # 0.8 × (0.6 × 100 + 0.3 × 80 + 0.1 × 100) + 10 + 0.1 × 75
    assert (first["level"], first["complete"], first["drafting"]) == ("94.00", "100.00", "75.00")
    assert (first["must"], first["note"]) == (1, 1)  # a title that repeats, no text
    totals = [(one["number"], one["total"], one["rank"]) for one in made.record["standings"]]
    assert totals == [
        ("Q/甲 1—2026", "92.70", 1), ("Q/乙 1—2026", "83.10", 2), ("Q/丙 1—2026", "73.50", 3),
    ]  # fmt: skip
    assert [one.declaration for one in Leader.objects.in_force(LISTED)] == [
        items["甲"],
        items["乙"],
    ]
    assert (made.since, made.until, made.left_out) == (LISTED, date(2028, 3, 19), [])
    assert (case.outcome, row.takes(LATER)) == ("approve", True)


def test_whoever_does_not_commit_is_left_out_by_name(officer):
    posts = {name: at.agent(name) for name in "甲乙"}
    plan = at.frozen(officer)
    for name, who in posts.items():
        at.applied(officer, who, plan, at.declare(who, f"Q/{name} 1—2026"))
    case = at.ranked(officer, plan)
    with pytest.raises(Refused, match="还有 2 家入围企业没有提交承诺"):
        desk.act(case, "submit", actor=officer, day=RANKED)
    with pytest.raises(Refused, match="没有一家入围企业提交"):
        desk.act(case, "submit", actor=officer, day=LISTED)
    with pytest.raises(Refused, match="证明材料"):
        desk.act(case, "commit", actor=posts["甲"], day=RANKED, answers={})
    stranger = at.agent("丙")
    with pytest.raises(Refused, match="由入围企业办理"):
        at.commit(case, stranger)
    at.commit(case, posts["甲"])
    desk.act(case, "submit", actor=officer, day=LISTED)
    at_end = LISTED + timedelta(days=14)
    desk.act(case, "close", actor=officer, day=at_end)
    desk.act(case, "approve", actor=officer, day=at_end, answers={"paper": "一号"})
    made = LeaderList.objects.get()
    assert made.left_out == ["乙公司 Q/乙 1—2026"]
    assert [one.organization.name for one in made.leaders.all()] == ["甲公司"]


def test_who_withdraws_while_the_notice_runs_is_not_announced(officer):
    who, plan = at.agent("甲"), at.frozen(officer)
    item = at.declare(who, "Q/甲 1—2026")
    at.applied(officer, who, plan, item)
    case = at.ranked(officer, plan)
    at.commit(case, who)
    at.withdraw(who, item, RANKED)
    with pytest.raises(Refused, match="Q/甲 1—2026已停止声明或者资格存疑，请退回重新排名"):
        at.listed(officer, case)
    assert not Leader.objects.exists()


def test_a_list_that_is_not_announced_ends_the_evaluation(officer):
    who, plan = at.agent("甲"), at.frozen(officer)
    at.applied(officer, who, plan, at.declare(who, "Q/甲 1—2026"))
    case = at.ranked(officer, plan)
    at.commit(case, who)
    desk.act(case, "submit", actor=officer, day=RANKED)
    desk.act(case, "close", actor=officer, day=LISTED)
    assert case.stage.action("refuse") is None
    desk.act(case, "stop", actor=officer, day=LISTED, answers={"words": "异议成立"})
    assert (LeaderPlan.objects.get().ended_on, LeaderList.objects.count()) == (LISTED, 0)


def test_an_objection_is_answered_before_the_list(officer):
    who, plan = at.agent("甲"), at.frozen(officer)
    at.applied(officer, who, plan, at.declare(who, "Q/甲 1—2026"))
    case = at.ranked(officer, plan)
    at.commit(case, who)
    desk.act(case, "submit", actor=officer, day=RANKED)
    said = {"kind": "question", "reason": "指标与产品不符", "person": "某人"}
    entry = desk.act(case, "object", actor=None, day=RANKED, answers=said)
    with pytest.raises(Refused, match="还有 1 条未处理"):
        desk.act(case, "close", actor=officer, day=LISTED)
    reply = {"words": "已核对检验报告，相符。"}
    desk.act(case, "reply", actor=officer, day=LISTED, answers=reply, about=entry.seq)
    desk.act(case, "close", actor=officer, day=LISTED)


def test_a_withdrawal_becomes_a_task_and_the_removal_an_act_with_notice(officer):
    _row, _case, posts, items = at.world(officer)
    at.withdraw(posts["乙"], items["乙"], LATER)
    (case,) = adjustments()
    assert "声明已于" in case.title
    assert Leader.objects.in_force(LATER).count() == 2  # not silently
    leader = Leader.objects.get(declaration=items["乙"])
    said = {"leader": str(leader.pk), "trigger": "ended", "words": "企业停产并废止标准"}
    desk.act(case, "submit", actor=officer, day=LATER, answers=said)
    assert case.public_since == LATER
    assert Message.objects.filter(post=posts["乙"], entry__case=case).exists()
    with pytest.raises(Refused, match="期限至"):
        desk.act(case, "close", actor=officer, day=LATER)
    end = LATER + timedelta(days=14)
    desk.act(case, "close", actor=officer, day=end)
    desk.act(case, "approve", actor=officer, day=end, answers={"paper": "二号"})
    leader.refresh_from_db()
    assert (leader.removed_on, leader.reason, leader.removal) == (
        end,
        "企业停产并废止标准",
        case.number,
    )
    assert [row.declaration for row in Leader.objects.in_force(end)] == [items["甲"]]
    assert Leader.objects.in_force(end - timedelta(days=1)).count() == 2
    assert not leading.open_losses().exists()
    assert list(LeaderAdjustment.due(end)) == []
    with pytest.raises(Refused, match=f"自{end}起已不在名单上"):
        desk.open_case(LeaderAdjustment, actor=officer, day=end, answers=said)


def test_a_replacement_and_a_weaker_version_become_tasks_and_a_stronger_one_does_not(officer):
    _row, _case, posts, items = at.world(officer)
    at.declare(posts["甲"], "Q/甲 1—2026", day=LATER, heat="≥69")
    assert adjustments() == []
    at.declare(posts["甲"], "Q/甲 1—2026", day=LATER + timedelta(days=1), heat="≥61")
    (weaker,) = adjustments()
    assert "按方案得" in weaker.title
    at.declare(posts["甲"], "Q/甲 1—2026", day=LATER + timedelta(days=2), heat="≥50")
    assert adjustments() == [weaker]  # one matter while it is open
    at.declare(posts["乙"], "Q/乙 2—2026", day=LATER, replaces=items["乙"])
    other = adjustments()[-1]
    assert "由 Q/乙 2—2026 代替" in other.title
    desk.act(weaker, "keep", actor=officer, day=LATER, answers={"words": "笔误，企业已更正"})
    assert [one.declaration for one in leading.open_losses()] == [items["乙"]]


def test_a_failed_inspection_is_told_once_and_stays_until_it_is_passed(officer):
    _row, _case, _posts, items = at.world(officer)
    (case,) = standing_lost(items["甲"], "检查不合格：没有试验方法", LATER)
    assert standing_lost(items["甲"], "检查不合格：没有试验方法", LATER) == []
    leader = Leader.objects.get(declaration=items["甲"])
    said = {"leader": str(leader.pk), "trigger": "failed", "words": "检查不合格"}
    desk.act(case, "submit", actor=officer, day=LATER, answers=said)
    end = LATER + timedelta(days=14)
    desk.act(case, "close", actor=officer, day=end)
    desk.act(case, "approve", actor=officer, day=end, answers={"paper": "二号"})
    assert StandingLoss.objects.get().settled_on is None
    standing_restored(items["甲"], end)
    assert StandingLoss.objects.get().settled_on == end


def test_what_ended_by_another_door_is_found_by_the_clock(officer):
    _row, _case, _posts, items = at.world(officer)
    items["乙"].withdrawn_on = LATER  # as a batch enters it
    items["乙"].save()
    assert any("领跑者" in line or "Q/乙" in line for line in clock.tick(LATER))
    clock.tick(LATER)
    (case,) = adjustments()
    assert case.applicant == items["乙"].organization


def test_a_better_declaration_becomes_one_task_and_leads_to_another_list(officer):
    row, _case, posts, items = at.world(officer)
    who = at.agent("丁")
    at.declare(at.agent("戊"), "Q/戊 1—2026", day=LATER, heat="≥61")  # no better than the last
    item = at.declare(who, "Q/丁 1—2026", day=LATER, heat="≥70")
    clock.tick(LATER)
    clock.tick(LATER + timedelta(days=1))
    gone = LATER + timedelta(days=1)  # the last of the list becomes another one
    leading.remove(Leader.objects.get(declaration=items["乙"]), "停产", basis="试", day=gone)
    clock.tick(LATER + timedelta(days=2))
    (case,) = adjustments()
    assert case.title.startswith("丁公司 Q/丁 1—2026第 1 版按方案得 ")
    desk.act(case, "invite", actor=officer, day=LATER, answers={"words": "贵单位可以申请。"})
    assert Message.objects.filter(post=who, words__contains="可以补充申请").exists()
    plan = Case.objects.get(number=row.number)
    at.applied(officer, who, plan, item, day=LATER)
    again = LATER + timedelta(days=3)
    desk.act(case, "again", actor=officer, day=again, answers={"words": "指标更优"})
    ranking = Case.objects.filter(procedure_key="leader_list").latest("pk")
    desk.act(ranking, "submit", actor=officer, day=again)
    at.commit(ranking, who, posts["甲"], day=again)
    at.listed(officer, ranking, again + timedelta(days=20))
    first, second = LeaderList.objects.order_by("pk")
    assert first.replaced_on == second.since
    held = Leader.objects.in_force(second.since)
    assert {one.declaration for one in held} == {item, items["甲"]}


def test_a_list_expires_by_the_clock_with_warnings(officer):
    _row, case, posts, _items = at.world(officer)
    until = LeaderList.objects.get().until
    soon = until - timedelta(days=60)
    assert leader_expiry.tick(soon - timedelta(days=1)) == []
    assert leader_expiry.tick(soon) == [
        f"{soon}：领跑者名单“保温杯壶领跑者评估方案”将于{until}到期。"
    ]
    assert leader_expiry.tick(until) == []
    assert Leader.objects.in_force(until).count() == 2
    over = until + timedelta(days=1)
    assert "已于2028-03-19到期" in "".join(tick.all_of(over))
    assert Leader.objects.in_force(over).count() == 0
    told = Message.objects.filter(post=posts["甲"], entry__case=case, words__contains="到期")
    assert told.count() == 2


def test_only_the_office_moves_an_evaluation(officer):
    who = at.agent("甲")
    with pytest.raises(Refused, match="由联席会议办公室经办人提出"):
        at.drafted(who)
    plan = at.frozen(officer)
    with pytest.raises(Refused, match="由企业经办人和负责人提出"):
        at.apply(officer, plan, at.declare(who, "Q/甲 1—2026"))
    assert plan.opened_on == DRAFTED
