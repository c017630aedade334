"""The Opinion 榕政综〔2023〕157号 as a plan: what it orders of whom, and what the office adds."""

from datetime import date

from django.db.models import Q

from rongbiao.parties import journal
from rongbiao.strategy import plans
from rongbiao.strategy.measures import MEASURES
from rongbiao.strategy.models import Assignment, Charge, Plan


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
