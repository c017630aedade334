"""What needs action comes with the right words, the most urgent first."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from rongbiao.strategy import overview
from rongbiao.strategy.figures import Figure
from rongbiao.strategy.lamps import Lamp
from rongbiao.strategy.models import Decision, Report, Step, Target
from tests.bench_world import build

AFTER = date(2023, 7, 19)  # the quarter fell due on 10 July


@pytest.fixture
def world(db):
    """24 tasks for two bureaus and two districts; everything accepted at the share of time."""
    made = build(plans=1, assignments=96, quarters=2, reported=False)
    plan = made.newest
    quarter = made.quarters[plan.pk][1]
    Report.objects.bulk_create(
        Report(
            assignment=row,
            quarter=quarter,
            state="accepted",
            share=50,
            first_filed_on=quarter.opens_on,
            filed_on=quarter.opens_on,
            reviewed_on=quarter.opens_on,
        )
        for row in made.assignments[plan.pk]
    )
    return made


def urgent(world, measured=(), limit=None, **options):
    plan = world.newest
    quarter = world.quarters[plan.pk][1]
    return overview.urgent(plan, quarter, AFTER, limit, measured=measured, **options)


def change(world, number, **facts):
    row = world.assignments[world.newest.pk][number]
    Report.objects.filter(assignment=row).update(**facts)


def lose(world, *numbers):
    rows = [world.assignments[world.newest.pk][number] for number in numbers]
    Report.objects.filter(assignment__in=rows).delete()


def said(matter):
    return matter.lamp.value, matter.title, matter.detail, matter.measure


def test_nothing_is_urgent_where_all_is_well(world):
    assert urgent(world) == []


def test_overdue_assignments_are_gathered_by_task(world):
    lose(world, 0, 24, 1)
    assert [said(matter) for matter in urgent(world)] == [
        ("bad", "任务 1 量测任务1", "量测局0、量测局1・2023年二季度进展未按期报送", "逾期 9 天"),
        ("bad", "任务 2 量测任务2", "量测局0・2023年二季度进展未按期报送", "逾期 9 天"),
    ]
    assert urgent(world)[0].href_name == "task"
    assert urgent(world)[0].args == {"plan": "bench-0", "key": "1"}


def test_many_units_are_counted_not_listed(world):
    lose(world, 0, 24, 48, 72)
    (matter,) = urgent(world)
    assert matter.detail == "量测局0、量测局1、量测县0等 4 个单位・2023年二季度进展未按期报送"


def test_that_a_report_was_returned_is_said_only_inside(world):
    returned = {"state": "returned", "returned_on": date(2023, 7, 8), "reviewed_on": None}
    change(world, 0, **returned)
    lose(world, 24)
    (outside,) = urgent(world)
    assert outside.detail == "量测局0、量测局1・2023年二季度进展未按期报送"
    assert [said(matter)[2:] for matter in urgent(world, inside=True)] == [
        ("量测局1・2023年二季度进展未按期报送", "逾期 9 天"),
        ("量测局0・退回后未再报送", "逾期 6 天"),
    ]


def test_lagging_assignments_follow_with_their_gap(world):
    change(world, 2, share=10)  # time has run 181 of 365 days: 49 %
    change(world, 26, share=28)
    change(world, 3, share=29)  # twenty points behind is not yet lagging
    lose(world, 0)
    assert [said(matter) for matter in urgent(world)][1:] == [
        ("warn", "任务 3 量测任务3", "量测局0、量测局1・完成比例落后于时间进度", "差 39 个百分点")
    ]


def test_a_late_report_that_came_needs_nobody_any_more(world):
    late = date(2023, 7, 12)
    change(world, 0, first_filed_on=late, filed_on=late, reviewed_on=late)
    assert urgent(world) == []


@pytest.fixture
def targets(world):
    """Three targets of the plan, with one figure each: short, tight, on course."""
    rows = [
        Target.objects.create(
            plan=world.newest,
            key=key,
            name=name,
            short_name=short,
            value=value,
            unit="项",
            direction="at_least",
            basis="total",
            by=2025,
            start=0,
            end=1,
            place=place,
        )
        for place, (key, name, short, value) in enumerate(
            [
                ("bases", "国家技术标准创新基地", "", 1),
                ("declared", "自我声明公开的企业标准", "企业标准", 10000),
                ("pilots", "标准化试点", "试点", 30),
            ]
        )
    ]
    values, states = (0, Decimal("9486.00"), 27), ("short", "tight", "on_course")
    return [
        Figure(
            target=row,
            value=Decimal(value),
            day=AFTER,
            planned=None,
            baseline=None,
            state=state,
            settled=False,
            forecast=None,
            gap=row.value - value,
        )
        for row, value, state in zip(rows, values, states, strict=True)
    ]


def test_targets_with_a_gap_stand_between_overdue_and_lagging(world, targets):
    lose(world, 0)
    change(world, 2, share=10)
    found = urgent(world, targets)
    assert [(matter.lamp, matter.kind) for matter in found] == [
        (Lamp.BAD, "task"),
        (Lamp.BAD, "target"),
        (Lamp.WARN, "task"),
        (Lamp.WARN, "target"),
    ]
    assert said(found[1]) == (
        "bad",
        "指标：国家技术标准创新基地",
        "现值 0，目标 1（项）",
        "有缺口",
    )
    assert said(found[3])[1:] == ("指标：企业标准", "现值 9486，目标 10000（项）", "偏紧")
    assert (found[3].href_name, found[3].args) == (
        "target",
        {"plan": "bench-0", "key": "declared"},
    )


def test_a_target_missed_at_the_end_is_urgent_too(world, targets):
    (matter,) = urgent(world, [replace(targets[2], state="missed", settled=True)])
    assert (matter.lamp, matter.measure) == (Lamp.BAD, "未完成")


def test_steps_of_decisions_that_are_over_or_near(world):
    task = world.assignments[world.newest.pk][0].task
    decision = Decision.objects.create(
        plan=world.newest, number="榕标联〔2023〕1号", title="决定", decided_on=date(2023, 5, 1)
    )
    unit = world.assignments[world.newest.pk][0].organization
    for title, days, done_on in (
        ("已过", -3, None),
        ("将到", 15, None),
        ("还远", 16, None),
        ("办结", -3, AFTER),
        ("后来办结", -2, AFTER + timedelta(days=1)),
    ):
        Step.objects.create(
            decision=decision,
            task=task,
            title=title,
            organization=unit if days == -3 else None,
            due_on=AFTER + timedelta(days=days),
            done_on=done_on,
        )
    assert [said(matter) for matter in urgent(world)] == [
        ("bad", "举措：已过", "量测局0・榕标联〔2023〕1号", "逾期 3 天"),
        ("bad", "举措：后来办结", "榕标联〔2023〕1号", "逾期 2 天"),
        ("warn", "举措：将到", "榕标联〔2023〕1号", "余 15 天"),
    ]


def test_steps_of_a_decision_that_was_not_yet_taken_are_not_known(world):
    decision = Decision.objects.create(
        plan=world.newest, number="榕标联〔2023〕2号", title="决定", decided_on=date(2023, 8, 1)
    )
    task = world.assignments[world.newest.pk][0].task
    Step.objects.create(decision=decision, task=task, title="后事", due_on=AFTER)
    assert urgent(world) == []


def test_the_limit_cuts_the_least_urgent(world):
    lose(world, 0, 1, 2)
    assert [matter.title for matter in urgent(world, limit=2)] == [
        "任务 1 量测任务1",
        "任务 2 量测任务2",
    ]


def test_units_have_their_english_names_on_an_english_page(world):
    lose(world, 0, 24)
    first = world.assignments[world.newest.pk][0].organization
    type(first).objects.filter(pk=first.pk).update(name_en="Bureau of Measuring")
    with override("en"):
        (matter,) = urgent(world)
    assert matter.detail.startswith("Bureau of Measuring, 量测局1・")
