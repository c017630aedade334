"""A policy paper becomes a plan: read, its doubts settled, entered with the paper as its basis."""

from datetime import date

import docx
import pytest
from django.utils import translation

from rongbiao.parties import journal
from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused
from rongbiao.strategy import plans
from rongbiao.strategy.corrections import typed
from rongbiao.strategy.models import Assignment, Charge, Clause, Plan
from tests.plan_desk import DAY, PAPER, enter, settle, take_in
from tests.texts.documents.drafts import saved
from tests.texts.documents.hostile import CASES
from tests.texts.documents.made import package


def test_a_second_plan_stands_beside_the_first(opinion_plan, officer):
    plan = enter(settle(take_in(officer), officer), officer)
    assert [target.value for target in plan.targets.all()] == [20, 8]
    assert [str(task) for task in plan.tasks.all()] == ["一 完善工作机制", "二 开展试点"]
    assert Assignment.objects.filter(task__plan=plan).count() == 2 + 1 + 12
    assert set(Plan.objects.open_on(date(2025, 1, 1))) == {opinion_plan, plan}
    assert [line.verb for line in journal.lines_of(plan)] == ["enter"]


def test_a_paper_with_open_doubts_is_not_entered(officer):
    reading = take_in(officer)
    assert reading.outcome["doubts"]
    with pytest.raises(Refused, match="还有1处存疑没有确认"):
        enter(reading, officer)


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


def test_a_hostile_paper_is_refused_in_the_language_of_the_officer(officer):
    with translation.override("en"), pytest.raises(Refused, match="has macros or controls"):
        plans.take_in(CASES["macros"][0](), "意见.docx", actor=officer, day=DAY)
    with pytest.raises(Refused, match="不接收压缩包，请逐个上传"):
        plans.take_in(package({"a.txt": "x"}), "意见.zip", actor=officer, day=DAY)


def test_a_paper_in_word_is_read_like_the_same_words_in_a_text(officer):
    document = docx.Document()
    for line in PAPER.split("\n"):
        document.add_paragraph(line)
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    content = saved(document)
    reading = plans.take_in(content, "意见.docx", actor=officer, day=DAY)
    assert reading.text == PAPER
    assert reading.outcome == take_in(officer).outcome
    assert reading.file.media.endswith("wordprocessingml.document")


def test_a_unit_that_nobody_knows_is_listed_and_not_invented(officer):
    text = PAPER.replace("市科技局", "市天文台")
    plan = enter(settle(take_in(officer, text), officer), officer)
    assert [charge.name for charge in plans.unresolved(plan)] == ["市天文台"]


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


def test_a_mark_behind_a_name_gives_the_unit_its_part(officer):
    reading = settle(take_in(officer), officer)
    place = next(n for n, row in enumerate(reading.outcome["clauses"]) if row["units"])
    said = "市科技局（牵头）、市教育局(配合)\n各县（市）区"
    by = {"actor": officer, "day": DAY, "version": reading.version}
    reading = plans.amend(reading, ["clauses", place, "units"], said, "对照原件", **by)
    assert reading.outcome["clauses"][place]["units"] == [
        {"name": "市科技局", "group": False, "lead": True},
        {"name": "市教育局", "group": False, "lead": False},
        {"name": "各县（市）区", "group": True, "lead": None},
    ]
    assert typed(reading.outcome["clauses"][place]["units"]) == said.replace("\n", "、").replace(
        "(配合)", "（配合）"
    )


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
