"""A policy paper becomes a plan: read, its doubts settled, entered with the paper as its basis."""

from datetime import date

import pytest
from django.db.models import Q

from rongbiao.parties import journal
from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused
from rongbiao.strategy import plans
from rongbiao.strategy.measures import MEASURES
from rongbiao.strategy.models import Assignment, Charge, Clause, Plan, Reading
from tests.at_once import compete
from tests.conftest import hold_post

DAY = date(2024, 2, 1)
PAPER = """永和市人民政府关于推进标准化工作的意见
永政〔2024〕7号
各县（市）区人民政府，市直各委、办、局：
一、总体目标
到2027年，新增地方标准20项，培育发展团体标准8项。
二、主要任务
（一）完善工作机制。健全工作台账。
责任单位：市教育局、市科技局
（二）开展试点。建设示范点。
责任单位：市工信局，各县（市）区人民政府
发布时间：2024-01-20
永和市人民政府
2024年1月15日
"""


def take_in(officer, text=PAPER):
    return plans.take_in(text.encode(), "意见.txt", actor=officer, day=DAY)


def settle(reading, officer):
    for number in range(len(reading.outcome["doubts"])):
        by = {"actor": officer, "day": DAY, "version": reading.version}
        reading = plans.confirm(reading, number, "核对无误。", **by)
    return reading


def enter(reading, officer, key="yonghe-2024-7"):
    by = {"actor": officer, "day": DAY}
    return plans.enter(reading, key=key, since=DAY, until=date(2027, 12, 31), **by)


def test_the_opinion_is_a_plan_with_all_it_orders(opinion_plan):
    assert opinion_plan.number == "榕政综〔2023〕157号"
    assert opinion_plan.tasks.filter(safeguard=False).count() == 20
    assert opinion_plan.tasks.filter(safeguard=True).count() == 4
    assert opinion_plan.targets.count() == 7
    assert list(opinion_plan.tasks.values_list("key", flat=True)) == [
        *(str(number) for number in range(1, 21)),
        "s1",
        "s2",
        "s3",
        "s4",
    ]
    assert plans.unresolved(opinion_plan) == []


def test_the_policy_says_of_nobody_that_it_leads(opinion_plan):
    charges = Charge.objects.filter(task__plan=opinion_plan)
    assert set(charges.values_list("part", flat=True)) == {""}


def test_every_bureau_district_and_zone_answers_for_its_tasks(opinion_plan):
    rows = Assignment.objects.filter(task__plan=opinion_plan)
    ocean = rows.filter(organization__name="市海洋与渔业局")
    # Ten tasks name all members of the conference; 7, 11, 14, 15 name the bureau itself.
    assert sorted(ocean.values_list("task__key", flat=True)) == sorted(
        ["1", "2", "3", "4", "5", "19", "20", "s1", "s2", "s4", "7", "11", "14", "15"]
    )
    assert rows.filter(organization__kind="district").count() == 24 * 12
    assert rows.filter(organization__name="高新区管委会").count() == 24


def test_a_unit_listed_first_is_marked_first_and_no_more(opinion_plan):
    rows = Assignment.objects.filter(task__plan=opinion_plan, first=True)
    assert rows.get(task__key="11").organization.name == "市工信局"
    assert set(rows.values_list("part", flat=True)) == {""}


def test_founding_again_changes_nothing(opinion_plan):
    from rongbiao.shell.founding import lay_foundation

    before = Assignment.objects.count()
    assert lay_foundation() == opinion_plan
    assert Assignment.objects.count() == before
    assert Plan.objects.count() == 1


def test_a_paper_with_open_doubts_is_not_entered(officer):
    reading = take_in(officer)
    assert reading.outcome["doubts"]
    with pytest.raises(Refused, match="还有1处存疑没有确认"):
        enter(reading, officer)


def test_a_second_plan_stands_beside_the_first(opinion_plan, officer):
    plan = enter(settle(take_in(officer), officer), officer)
    assert [target.value for target in plan.targets.all()] == [20, 8]
    assert [str(task) for task in plan.tasks.all()] == ["一 完善工作机制", "二 开展试点"]
    assert Assignment.objects.filter(task__plan=plan).count() == 2 + 1 + 12
    assert set(Plan.objects.open_on(date(2025, 1, 1))) == {opinion_plan, plan}
    assert [line.verb for line in journal.lines_of(plan)] == ["enter"]


def test_the_same_paper_is_not_entered_twice(officer):
    enter(settle(take_in(officer), officer), officer)
    with pytest.raises(Refused, match="已有规划代次使用"):
        enter(settle(take_in(officer), officer), officer, key="another")


def test_a_doubt_is_settled_once_and_with_words(officer):
    reading = take_in(officer)
    by = {"actor": officer, "day": DAY}
    with pytest.raises(Refused, match="请写明"):
        plans.confirm(reading, 0, " ", version=0, **by)
    reading = plans.confirm(reading, 0, "核对无误。", version=0, **by)
    with pytest.raises(Refused, match="已经确认"):
        plans.confirm(reading, 0, "再来", version=1, **by)
    with pytest.raises(Refused, match=r"林经办（市市场监管局）刚刚改动了"):
        plans.confirm(reading, 0, "慢了一步", version=0, **by)


def test_a_wrong_value_is_put_right_with_a_reason(officer):
    reading = take_in(officer)
    by = {"actor": officer, "day": DAY}
    with pytest.raises(Refused, match="应写明理由"):
        plans.amend(reading, ["targets", 0, "value"], "25", "", version=0, **by)
    with pytest.raises(Refused, match="不能更正"):
        plans.amend(reading, ["targets", 0, "start"], "25", "错", version=0, **by)
    with pytest.raises(Refused, match="“许多”不是数字"):
        plans.amend(reading, ["targets", 0, "value"], "许多", "错", version=0, **by)
    reading = plans.amend(reading, ["targets", 0, "value"], "25", "对照原件", version=0, **by)
    assert reading.outcome["targets"][0]["value"] == 25
    line = journal.lines_of(reading).last()
    assert (line.words["was"], line.words["now"], line.words["reason"]) == (20, 25, "对照原件")


def test_only_officers_take_in_papers(reporter):
    with pytest.raises(Refused, match="由联席会议办公室经办人录入"):
        take_in(reporter)


def test_an_unreadable_file_is_refused_in_a_sentence(officer):
    with pytest.raises(Refused, match=r"“空\.txt”是空文件"):
        plans.take_in(b"", "空.txt", actor=officer, day=DAY)


def test_a_unit_that_nobody_knows_is_listed_and_not_invented(officer):
    text = PAPER.replace("市科技局", "市天文台")
    plan = enter(settle(take_in(officer, text), officer), officer)
    assert [charge.name for charge in plans.unresolved(plan)] == ["市天文台"]


def test_the_opinion_has_its_seven_targets_with_what_the_office_adds(opinion_plan):
    rows = opinion_plan.targets.values_list("key", "value", "unit", "direction", "basis", "by")
    assert list(rows) == [
        ("standards-led", 150, "项", "at_least", "increment", 2025),
        ("group-standards", 50, "项", "at_least", "increment", 2025),
        ("declared-standards", 10000, "项", "at_least", "total", 2025),
        ("secretariats", 1, "个", "at_least", "increment", 2025),
        ("innovation-bases", 1, "个", "at_least", "increment", 2025),
        ("cycle-months", 12, "个月", "at_most", "level", 2025),
        ("pilots", 30, "个", "at_least", "increment", 2025),
    ]
    assert set(opinion_plan.targets.values_list("clause__number", flat=True)) == {"一"}
    known = {target.key for target in opinion_plan.targets.all() if target.measure in MEASURES}
    assert len(known) == 7
    blank = opinion_plan.targets.filter(Q(name_en="") | Q(short_name="") | Q(section=""))
    assert list(blank) == []


def test_a_figure_that_counts_another_thing_is_no_baseline(opinion_plan):
    rows = opinion_plan.targets.exclude(baseline=None)
    assert {row.key: (row.baseline, row.baseline_on) for row in rows} == {
        "standards-led": (12 + 328 + 217 + 202 + 11, date(2022, 10, 13)),
        "group-standards": (55, date(2022, 10, 13)),
        "pilots": (154, date(2022, 10, 13)),
    }
    for row in rows:  # a stock beside an increment: the source says that it does not count
        assert row.basis == "increment"
        assert row.baseline_source.endswith("不计入期内新增")


def test_every_task_of_the_opinion_has_its_english_title_and_its_block(opinion_plan):
    assert opinion_plan.tasks.filter(title_en="").count() == 0
    assert opinion_plan.title_en.startswith("Opinion of the Fuzhou Municipal People's Government")
    blocks = list(dict.fromkeys(opinion_plan.tasks.values_list("block", flat=True)))
    assert len(blocks) == 6
    assert (opinion_plan.since, opinion_plan.until) == (date(2023, 9, 14), date(2025, 12, 31))
    assert opinion_plan.horizon == 2035


def test_every_target_and_clause_points_at_its_words_in_the_original(opinion_plan):
    text = opinion_plan.reading.text
    for target in opinion_plan.targets.all():
        assert str(int(target.value)) in text[target.start : target.end]
    spans = list(opinion_plan.clauses.values_list("start", "end"))
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_only_the_platform_itself_enters_without_a_post(opinion_plan):
    acts = journal.Act.objects.filter(post=None).values_list("verb", flat=True)
    doubts = len(opinion_plan.reading.outcome["doubts"])
    assert list(acts) == ["take-in", *["confirm"] * doubts, "enter"]


def test_the_foundation_is_laid_again_in_a_few_queries(opinion_plan, django_assert_max_num_queries):
    from rongbiao.shell.founding import lay_foundation

    with django_assert_max_num_queries(120):
        assert lay_foundation() == opinion_plan


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"key": "两会"}, "“代号”不合要求"),
        ({"key": ""}, "“代号”不合要求"),
        ({"key": "k" * 41}, "“代号”不合要求"),
        ({"until": DAY}, "实施期止2024-02-01不晚于实施期起2024-02-01。"),
        ({"horizon": 2027}, "远景年份2027应晚于实施期止2027-12-31。"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_whole(officer, said, sentence):
    reading = settle(take_in(officer), officer)
    given = {"key": "yonghe", "since": DAY, "until": date(2027, 12, 31)} | said
    with pytest.raises(Refused, match=sentence):
        plans.enter(reading, **given, actor=officer, day=DAY)
    assert (Plan.objects.count(), Clause.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("lost", "sentence"),
    [
        ("永政〔2024〕7号\n", "没有读出文号，请先更正再录入。"),
        ("责任单位：市教育局、市科技局\n", ""),
        ("责任单位：市工信局，各县（市）区人民政府\n", ""),
    ],
)
def test_what_was_not_read_is_asked_for(officer, lost, sentence):
    reading = settle(take_in(officer, PAPER.replace(lost, "")), officer)
    if sentence:
        with pytest.raises(Refused, match=sentence):
            enter(reading, officer)
    else:
        assert enter(reading, officer).tasks.count() == 1


def test_a_paper_without_tasks_is_no_plan(officer):
    text = "".join(line for line in PAPER.splitlines(keepends=True) if "责任单位" not in line)
    reading = settle(take_in(officer, text), officer)
    with pytest.raises(Refused, match="没有读出带责任单位的任务"):
        enter(reading, officer)
    assert Plan.objects.count() == 0


def test_a_plan_once_entered_stands(officer):
    reading = settle(take_in(officer), officer)
    plan = enter(reading, officer)
    by = {"actor": officer, "day": DAY}
    with pytest.raises(Refused, match="不能再改"):
        plans.amend(reading, ["title"], "别的", "错", version=reading.version, **by)
    with pytest.raises(Refused, match="不能再改"):
        enter(reading, officer, key="again")
    assert [line.verb for line in journal.lines_of(reading)] == ["take-in", "confirm"]
    assert plan.reading == reading


def test_units_are_put_right_as_a_list_of_names(officer):
    reading = settle(take_in(officer), officer)
    by = {"actor": officer, "day": DAY, "version": reading.version}
    place = next(n for n, row in enumerate(reading.outcome["clauses"]) if row["units"])
    reading = plans.amend(
        reading, ["clauses", place, "units"], "市科技局、各县(市)区", "对照原件", **by
    )
    reading = plans.amend(
        reading,
        ["clauses", place, "units", 0, "lead"],
        "牵头",
        "原件写明牵头",
        **by | {"version": reading.version},
    )
    plan = enter(reading, officer)
    rows = plan.tasks.get(key="1").charges.values_list("name", "part", "group__key")
    assert list(rows) == [("市科技局", "lead", None), ("各县(市)区", "", "districts")]
    assert plan.tasks.get(key="1").assignments.count() == 1 + 12


def test_a_target_that_is_none_goes(officer):
    reading = settle(take_in(officer), officer)
    by = {"actor": officer, "day": DAY, "version": reading.version}
    reading = plans.amend(reading, ["targets", 0], None, "不是指标", **by)
    assert [target.name for target in enter(reading, officer).targets.all()] == ["培育发展团体标准"]
    assert journal.lines_of(reading).get(verb="amend").words["was"]["value"] == 20


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (["targets", 0, "value"], "-1", "不在可用的范围内"),
        (["targets", 0, "value"], "nan", "不在可用的范围内"),
        (["targets", 0, "by"], "1900", "不是可用的年份"),
        (["targets", 0, "by"], "2027.5", "不是可用的年份"),
        (["targets", 0, "direction"], "up", "不在可选之列：at_least、at_most。"),
        (["targets", 0, "name"], " ", "更正后的内容不能为空"),
        (["targets", 9, "value"], "1", "没有这一处"),
        (["targets", -1, "value"], "1", "没有这一处"),
        (["targets", "x", "value"], "1", "没有这一处"),
        (["signed_on"], "2024年1月", "不是日期"),
        (["signed_on"], "", "不是日期"),
        (["doubts"], None, "不能更正"),
        ([], "x", "不能更正"),
        (["targets"], None, "不能更正"),
        (["title"], "永和市人民政府关于推进标准化工作的意见", "更正前后相同"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(officer, path, value, sentence):
    reading = take_in(officer)
    before = reading.outcome
    with pytest.raises(Refused, match=sentence):
        plans.amend(reading, path, value, "错", actor=officer, day=DAY, version=0)
    reading.refresh_from_db()
    assert (reading.outcome, reading.version) == (before, 0)


@pytest.mark.parametrize("name", ["市教育局", "市 教育局", "教育", "福州市市场监督管理局"])
def test_a_unit_is_known_by_name_alias_and_short_name(officer, name):
    text = PAPER.replace("市科技局", name)
    plan = enter(settle(take_in(officer, text), officer), officer)
    assert plans.unresolved(plan) == []


def test_a_name_that_two_units_bear_means_neither(officer):
    for name in ("甲中心", "乙中心"):
        Organization.objects.create(name=name, short_name="市共用局", kind="bureau")
    text = PAPER.replace("市科技局", "市共用局")
    plan = enter(settle(take_in(officer, text), officer), officer)
    assert [charge.name for charge in plans.unresolved(plan)] == ["市共用局"]


def test_what_the_paper_says_of_lead_and_baseline_is_the_papers(officer):
    text = PAPER.replace("责任单位：市教育局、市科技局", "牵头单位：市教育局，配合单位：市科技局")
    reading = settle(take_in(officer, text), officer)
    reading.outcome["targets"][0]["baseline"] = 12
    reading.save()
    plan = enter(reading, officer)
    rows = plan.tasks.get(key="1").charges.values_list("name", "part", "decision")
    assert list(rows) == [("市教育局", "lead", None), ("市科技局", "support", None)]
    assert (plan.targets.first().baseline, plan.targets.first().baseline_source) == (
        12,
        "永政〔2024〕7号",
    )


def test_what_the_demonstration_enters_is_marked(officer):
    officer.demonstration = True
    officer.save()
    plan = enter(settle(take_in(officer), officer), officer)
    rows = [plan, plan.reading, plan.reading.file]
    rows += Charge.objects.filter(task__plan=plan)
    assert all(row.demonstration for row in rows)
    assert not Assignment.objects.filter(task__plan=plan, demonstration=False).exists()


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
