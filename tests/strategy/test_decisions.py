"""What a decision of the joint conference adds is that decision's, with its number and day."""

from datetime import date
from decimal import Decimal

import pytest

from rongbiao.parties import journal
from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused
from rongbiao.strategy import decisions
from rongbiao.strategy.decisions import ChargeLine, CourseLine, StepLine
from rongbiao.strategy.models import Assignment, Charge, CoursePoint, Decision, Step
from tests.at_once import compete
from tests.conftest import hold_post
from tests.plan_desk import enter as enter_plan
from tests.plan_desk import settle as settle_doubts
from tests.plan_desk import take_in

DECIDED = date(2023, 11, 8)
DAY = date(2024, 7, 1)
TEXT = "决定全文。".encode()


def unit(name):
    return Organization.objects.get(name=name)


@pytest.fixture
def room(opinion_plan, officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Room(opinion_plan, officer)


class Room:
    """A plan and an officer who enters decisions on it."""

    def __init__(self, plan, officer):
        self.plan, self.officer = plan, officer

    def task(self, key):
        return self.plan.tasks.get(key=key)

    def target(self, key):
        return self.plan.targets.get(key=key)

    def charge(self, task, name, part="lead"):
        return ChargeLine(self.task(task), unit(name), part)

    def step(self, title="提出标准清单", due_on=date(2024, 12, 31)):
        return StepLine(self.task("11"), title, unit("市海洋与渔业局"), due_on)

    def point(self, on=date(2024, 12, 31), value=78, target="standards-led"):
        return CourseLine(self.target(target), on, Decimal(value))

    def enter(self, **said):
        said = {"number": "联办〔2023〕1号", "title": "任务分工", "decided_on": DECIDED} | said
        said = {"actor": self.officer, "day": DAY} | said
        return decisions.enter(self.plan, **said)

    def refused(self, **said):
        before = [model.objects.count() for model in (Decision, Charge, Step, CoursePoint)]
        with pytest.raises(Refused) as told:
            self.enter(**said)
        after = [model.objects.count() for model in (Decision, Charge, Step, CoursePoint)]
        assert after == before
        return str(told.value)

    def part(self, task, name):
        rows = Assignment.objects.filter(task__plan=self.plan, task__key=task)
        return rows.get(organization__name=name).part


def test_a_decision_says_who_leads_and_the_policy_still_does_not(room):
    decision = room.enter(charges=[room.charge("11", "市海洋与渔业局")])
    assert room.part("11", "市海洋与渔业局") == "lead"
    policy, added = Charge.objects.filter(task=room.task("11"), name="市海洋与渔业局")
    assert (policy.part, policy.decision) == ("", None)
    assert (added.part, added.decision, added.since) == ("lead", decision, DECIDED)
    assert str(added.decision) == "任务分工（联办〔2023〕1号）"
    assert Assignment.objects.filter(task=room.task("11")).exclude(part="").count() == 1


@pytest.mark.parametrize("part", ["lead", "support", ""])
def test_a_decision_adds_a_unit_from_its_day(room, part):
    room.enter(charges=[room.charge("11", "市气象局", part)])
    row = Assignment.objects.get(task=room.task("11"), organization__name="市气象局")
    assert (row.since, row.until, row.part, row.first) == (DECIDED, None, part, False)
    assert not row.holds_on(date(2023, 11, 7))
    assert row.holds_on(DECIDED)


def test_the_newest_word_on_a_part_holds_in_whatever_order_it_is_entered(room):
    newer = {"number": "联办〔2024〕2号", "decided_on": date(2024, 3, 1)}
    both = [room.charge("11", "市科技局"), room.charge("11", "市海洋与渔业局", "support")]
    room.enter(**newer, charges=both)
    room.enter(charges=[room.charge("11", "市海洋与渔业局")])
    assert room.part("11", "市科技局") == "lead"
    assert room.part("11", "市海洋与渔业局") == "support"


def test_a_new_lead_is_named_together_with_what_becomes_of_the_old(room):
    room.enter(charges=[room.charge("11", "市海洋与渔业局")])
    newer = {"number": "联办〔2024〕2号", "decided_on": date(2024, 3, 1)}
    lead = room.charge("11", "市科技局")
    assert room.refused(**newer, charges=[lead]) == (
        "“11 加强海洋经济标准化”已由市海洋与渔业局牵头（联办〔2023〕1号）；改由其他单位牵头的，"
        "请在同一决定中写明市海洋与渔业局的职责。"
    )
    room.enter(**newer, charges=[lead, room.charge("11", "市海洋与渔业局", "")])
    assert (room.part("11", "市科技局"), room.part("11", "市海洋与渔业局")) == ("lead", "")


def test_steps_are_the_decisions_and_are_finished_once(room):
    decision = room.enter(steps=[room.step()])
    (step,) = decision.steps.all()
    assert (step.task.key, step.due_on, step.done_on) == ("11", date(2024, 12, 31), None)
    by = {"actor": room.officer, "day": DAY}
    for day, sentence in (
        (date(2023, 11, 7), "完成日期2023-11-07早于决定日期2023-11-08，请核对。"),
        (date(2024, 7, 2), "完成日期2024-07-02还没有到。"),
    ):
        with pytest.raises(Refused, match=sentence):
            decisions.finish_step(step, day, **by)
    assert decisions.finish_step(step, DECIDED, **by).done_on == DECIDED
    with pytest.raises(Refused, match="“提出标准清单”已于2023-11-08登记完成。"):
        decisions.finish_step(step, DAY, **by)
    assert [line.verb for line in journal.lines_of(step)] == ["finish"]


def test_only_officers_finish_steps(room):
    (step,) = room.enter(steps=[room.step()]).steps.all()
    actor = hold_post("外人", "市海洋与渔业局", "reporter")
    with pytest.raises(Refused, match="由联席会议办公室经办人登记"):
        decisions.finish_step(step, DAY, actor=actor, day=DAY)


def test_a_later_decision_moves_a_point_of_the_course_and_the_journal_remembers(room):
    room.enter(course=[room.point(value=78), room.point(date(2025, 12, 31), 150)])
    newer = {"number": "联办〔2024〕2号", "decided_on": date(2024, 3, 1)}
    decision = room.enter(**newer, course=[room.point(value=70)])
    rows = list(room.target("standards-led").course.values_list("on", "value", "decision__number"))
    assert rows == [
        (date(2024, 12, 31), 70, "联办〔2024〕2号"),
        (date(2025, 12, 31), 150, "联办〔2023〕1号"),
    ]
    (line,) = journal.lines_of(decision)
    was = {"target": "standards-led", "on": "2024-12-31", "value": "78.00"}
    assert line.words["replaced"] == [was | {"decision": "联办〔2023〕1号"}]
    older = {"number": "联办〔2023〕9号", "decided_on": date(2023, 12, 1)}
    said = room.refused(**older, course=[room.point(value=60)])
    assert "已由较晚的联办〔2024〕2号确定" in said


def test_the_paper_of_a_decision_is_kept(room):
    decision = room.enter(steps=[room.step()], file=(TEXT, "决定.txt"))
    with decision.file.content.open() as kept:
        assert (decision.file.name, kept.read()) == ("决定.txt", TEXT)


@pytest.mark.parametrize("day", [date(2023, 9, 14), date(2024, 7, 1)])
def test_a_decision_may_date_from_the_day_of_signing_to_today(room, day):
    assert room.enter(decided_on=day, steps=[room.step()]).decided_on == day


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"decided_on": date(2023, 9, 13)}, "的成文日期2023-09-14，请核对。"),
        ({"decided_on": date(2024, 7, 2)}, "决定日期2024-07-02还没有到。"),
        ({"number": " "}, "录入决定应填写文号和名称。"),
        ({"title": ""}, "录入决定应填写文号和名称。"),
        ({"number": "号" * 61}, "“文号”不合要求："),
        ({"title": "名" * 201}, "“名称”不合要求："),
        ({"steps": []}, "这份决定没有填写任何内容"),
        ({"file": (b"", "空.txt")}, "“空.txt”是空文件"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_whole(room, said, sentence):
    assert sentence in room.refused(**({"steps": [room.step()]} | said))


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([("11", "市气象局", "chief")], "市气象局的职责应为牵头、配合或责任单位。"),
        ([("11", "各园区管委会", "lead")], "“各园区管委会”是集合名称，请写明具体单位。"),
        (
            [("11", "市气象局", "lead"), ("11", "市科技局", "lead")],
            "任务“11 加强海洋经济标准化”写了两个牵头单位。",
        ),
        (
            [("11", "市气象局", "lead"), ("11", "市气象局", "support")],
            "任务“11 加强海洋经济标准化”把市气象局写了两次。",
        ),
    ],
)
def test_lines_that_contradict_themselves_are_refused(room, lines, sentence):
    assert room.refused(charges=[room.charge(*line) for line in lines]) == sentence


def test_steps_and_points_outside_their_time_are_refused(room):
    early = room.step(due_on=date(2023, 11, 7))
    assert room.refused(steps=[early]) == "举措“提出标准清单”的时限2023-11-07早于决定日期。"
    assert room.refused(steps=[room.step(" ")]).endswith("的举措没有写内容。")
    assert "“举措”不合要求" in room.refused(steps=[room.step("长" * 301)])
    for on in (date(2023, 9, 13), date(2026, 1, 1)):
        assert room.refused(course=[room.point(on)]).endswith(f"的计划日期{on}不在实施期内。")
    for on in (date(2023, 9, 14), date(2025, 12, 31)):
        assert room.enter(number=f"联办{on}", course=[room.point(on)]).number == f"联办{on}"
    assert "写了两个计划值" in room.refused(number="新", course=[room.point(), room.point()])
    for value in ("-1", "NaN", "Infinity"):
        said = room.refused(number="新", course=[room.point(value=value)])
        assert said.endswith("的计划值应是不小于0的数。")
    assert "“计划值”不合要求" in room.refused(number="新", course=[room.point(value="1e15")])


def test_a_plan_that_is_over_gets_no_new_units(room):
    over = {"decided_on": date(2026, 1, 1), "day": date(2026, 1, 1)}
    said = room.refused(**over, charges=[room.charge("11", "市气象局")])
    assert said.endswith("的实施期已于2025-12-31结束，不能再确定责任单位。")
    last = {"decided_on": date(2025, 12, 31), "day": date(2026, 1, 1)}
    assert room.enter(**last, charges=[room.charge("11", "市气象局")]).charges.count() == 1


def test_a_line_on_another_plan_is_refused(room):
    reading = settle_doubts(take_in(room.officer), room.officer)
    other = enter_plan(reading, room.officer)
    task, target = other.tasks.first(), other.targets.first()
    line = ChargeLine(task, unit("市气象局"), "lead")
    assert room.refused(charges=[line]) == "任务“一 完善工作机制”不属于这一规划代次。"
    assert room.refused(steps=[StepLine(task, "做")]).endswith("不属于这一规划代次。")
    point = CourseLine(target, date(2024, 12, 31), Decimal(1))
    assert room.refused(course=[point]) == "指标“新增地方标准”不属于这一规划代次。"


@pytest.mark.parametrize("role", ["reporter", "leader", "administrator", "auditor"])
def test_only_officers_enter_decisions(room, role):
    actor = hold_post("外人", "市教育局", role)
    said = room.refused(actor=actor, steps=[room.step()])
    assert said == "联席会议决定由联席会议办公室经办人录入。"


def test_what_the_demonstration_decides_is_marked_and_binds_nobody_real(room):
    room.officer.demonstration = True
    room.officer.save()
    demo = room.enter(
        charges=[room.charge("11", "市海洋与渔业局")], steps=[room.step()], course=[room.point()]
    )
    rows = [demo, *demo.charges.all(), *demo.steps.all(), *demo.coursepoint_set.all()]
    assert [row.demonstration for row in rows] == [True] * 4
    real = hold_post("黄经办", "市市场监管局", "officer")
    by = {"actor": real, "number": "联办〔2024〕5号", "decided_on": date(2024, 5, 1)}
    assert room.enter(**by, charges=[room.charge("11", "市科技局")]).demonstration is False
    said = room.refused(**by | {"number": "联办〔2024〕6号"}, course=[room.point(value=1)])
    assert said.endswith("演示与正式的计划不能互相替换。")


@pytest.mark.django_db(transaction=True)
def test_of_six_who_enter_one_number_at_one_moment_one_does(room):
    step = room.step()
    told = compete(*[lambda: room.enter(steps=[step])] * 6)
    assert sum(isinstance(one, Decision) for one in told) == 1
    lost = [one for one in told if isinstance(one, str)]
    assert lost == ["文号“联办〔2023〕1号”的决定已经录入，不能重复录入。"] * 5
    assert Step.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_name_a_lead_at_one_moment_one_does(room):
    lines = [room.charge("11", "市海洋与渔业局"), room.charge("11", "市科技局")]
    told = compete(
        lambda: room.enter(charges=lines[:1]),
        lambda: room.enter(number="联办〔2023〕2号", charges=lines[1:]),
    )
    assert sum(isinstance(one, Decision) for one in told) == 1
    assert Assignment.objects.filter(task=room.task("11"), part="lead").count() == 1
