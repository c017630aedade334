"""Implementation and feedback: opened once, counted from the journal, public without persons."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry, Message
from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused
from rongbiao.procedures import in_use
from rongbiao.procedures.feedback import FeedbackProcedure
from rongbiao.procedures.implementation import Implementation
from rongbiao.procedures.local_standard import LocalStandard
from rongbiao.procedures.local_standard_review import LocalStandardReview
from rongbiao.stages import clock, erasure, reach
from rongbiao.standards.models import Letter, Standard
from tests.conftest import hold_post
from tests.standards_desk import enter

DAY = date(2025, 6, 3)
PROPOSER = "市海洋与渔业局"
ARRANGED = {"organizes": "组织培训。", "publicizes": "市科技局"}
HELD = {
    "held_on": "2025-06-03",
    "kind": "training",
    "units": "3",
    "people": "40",
    "words": "培训。",
}
USED = {"unit": "连江官坞育苗场", "since": "2025-05-01", "proof": "企业文件〔2025〕3号"}
REPORT = {"done": "培训。", "users": "21", "effect": "好。", "advice": "confirm"}
TOLD = {"clause": "5.2", "kind": "hard", "words": "楼道达不到。", "person": "林小明",
        "email": "lin@example.cn"}  # fmt: skip
EXPLAINED = {"result": "explained", "words": "老小区可以分设。"}


def standard(serial: int = 7, **said) -> Standard:
    """Enter a local standard of the city, in force since 2025."""
    said = {"issued_on": date(2025, 1, 2), "implemented_on": DAY, "proposer": PROPOSER,
            "owner": PROPOSER} | said  # fmt: skip
    return enter(f"DB3501/T {serial:03}-2025", "海带育苗技术规程", **said)


def made_here(row: Standard, officer) -> Case:
    """Return a project that approved a standard, as far as the clock looks at it."""
    project = desk.open_case(LocalStandard, actor=None, day=DAY, standard=row)
    Entry.objects.create(case=project, seq=9000 + row.pk, at="2025-01-02T00:00Z", day=DAY,
                         actor=officer, stage_key="approval", action_key="approve",
                         digest="x", answers={"publicizes": "市科技局"})  # fmt: skip
    return project


@pytest.fixture
def carried(reporter, officer):
    """An implementation, arranged by the office for the department that proposed the standard."""
    row = standard()
    return desk.open_case(Implementation, actor=officer, day=DAY, answers=ARRANGED, standard=row)


def tell(row, **said) -> Case:
    answers = TOLD | said
    return desk.open_case(FeedbackProcedure, actor=None, day=DAY, answers=answers, standard=row)


def test_the_clock_opens_one_for_each_edition_made_here(reporter, officer):
    rows = [standard(7), standard(8), standard(9, implemented_on=DAY + timedelta(1))]
    older = standard(10)  # was not made here
    for row in rows:
        made_here(row, officer)
    clock.tick(DAY)
    clock.tick(DAY)
    opened = Case.objects.filter(procedure_key="implementation")
    assert {case.standard_id for case in opened} == {rows[0].pk, rows[1].pk}
    assert {str(case.applicant) for case in opened} == {PROPOSER}
    assert {case.due_on for case in opened} == {date(2026, 6, 3)}
    clock.tick(DAY + timedelta(1))
    opened = opened.all()
    assert len(opened) == 3
    assert older.pk not in {case.standard_id for case in opened}
    for case in opened:
        assert case in reach.in_tray(reporter)


def test_a_revision_that_is_under_way_does_not_open_one_for_the_old_edition(officer, reporter):
    row = standard()
    desk.open_case(LocalStandard, actor=None, day=DAY, standard=row)
    assert list(Implementation.due(DAY)) == []


def test_a_proposer_without_an_account_here_leaves_it_to_the_office(officer):
    row = standard(proposer="省某厅")
    made_here(row, officer)
    clock.tick(DAY)
    case = Case.objects.get(procedure_key="implementation")
    assert case.applicant is None
    assert case in reach.in_tray(officer)
    desk.act(case, "submit", actor=officer, day=DAY, answers=ARRANGED)
    assert case.applicant is None


@pytest.mark.parametrize("many", [1, 3])
def test_looking_for_what_is_due_takes_the_same_queries(officer, reporter, many):
    for n in range(many):
        made_here(standard(20 + n), officer)
    with CaptureQueriesContext(connection) as seen:
        assert len(list(Implementation.due(DAY))) == many
    assert len(seen) == 2


def test_an_edition_is_recorded_once(carried, officer):
    with pytest.raises(Refused, match="一项标准只登记一件"):
        desk.open_case(
            Implementation, actor=officer, day=DAY, answers=ARRANGED, standard=carried.standard
        )


def test_who_publicizes_and_who_drafted_records_what_was_done(carried, reporter):
    science = hold_post("科小", "市科技局", "reporter")
    stranger = hold_post("外小", "市教育局", "reporter")
    for actor in (science, reporter):
        desk.act(carried, "publicize", actor=actor, day=DAY, answers=HELD)
    with pytest.raises(Refused, match="不能办理"):
        desk.act(carried, "publicize", actor=stranger, day=DAY, answers=HELD)
    with pytest.raises(Refused, match="不能办理"):
        desk.act(carried, "submit", actor=science, day=DAY, answers=REPORT)
    assert carried not in reach.in_tray(science)  # nobody waits for a record


def test_the_period_of_the_report_counts_from_the_opening_also_after_a_return(
    carried, reporter, officer
):
    later = DAY + timedelta(300)
    assert carried.due_on == date(2026, 6, 3)
    desk.act(carried, "submit", actor=reporter, day=later, answers=REPORT)
    desk.act(carried, "return", actor=officer, day=later, answers={"words": "补充。"})
    assert (carried.stage_key, carried.due_on) == ("carry", date(2026, 6, 3))


def test_figures_are_counted_from_what_is_not_withheld(carried, reporter, officer):
    desk.act(carried, "publicize", actor=reporter, day=DAY, answers=HELD)
    desk.act(carried, "publicize", actor=reporter, day=DAY, answers=HELD | {"people": ""})
    desk.act(carried, "adopt", actor=reporter, day=DAY, answers=USED)
    wrong = desk.act(carried, "adopt", actor=reporter, day=DAY, answers=USED | {"unit": "乙场"})
    desk.act(carried, "hide", actor=officer, day=DAY, answers={"words": "误登"}, about=wrong.seq)
    case = tell(carried.standard)
    tell(carried.standard, words="另一条。")
    desk.act(case, "submit", actor=officer, day=DAY, answers=EXPLAINED)
    counted = in_use.figures(carried.standard)
    assert counted == in_use.Figures(2, 40, 1, 2, 1, 0)
    desk.act(carried, "adopt", actor=reporter, day=DAY, answers=USED | {"unit": "乙场"})
    assert in_use.figures(carried.standard).users == 2  # what was withheld may be told anew


def test_an_assessment_keeps_what_was_counted_on_the_day(carried, reporter, officer):
    desk.act(carried, "publicize", actor=reporter, day=DAY, answers=HELD)
    desk.act(carried, "submit", actor=reporter, day=DAY, answers=REPORT)
    said = {"words": "有效。", "counted": "宣贯 999 次"}
    entry = desk.act(carried, "submit", actor=officer, day=DAY, answers=said)
    assert entry.answers["counted"].startswith("宣贯 1 次，40 人次；登记的使用单位 0 家")
    assert carried.closed_on == DAY


def test_an_assessment_opens_a_review_that_begins_with_its_reason(carried, reporter, officer):
    desk.act(carried, "submit", actor=reporter, day=DAY, answers=REPORT)
    said = {"words": "技术已变。", "trigger": "technique"}
    desk.act(carried, "review", actor=officer, day=DAY, answers=said)
    review = Case.objects.get(procedure_key="local_standard_review")
    assert (review.origin, review.standard) == (carried, carried.standard)
    form = review.stage.action("submit").form(case=review)
    assert form.fields["trigger"].initial == "technique"
    assert ("登记的使用单位", "0 家") in [(str(label), words) for label, words in form.facts]


def test_what_is_no_longer_in_force_is_ended_and_not_assessed(carried, officer, reporter):
    desk.act(carried, "submit", actor=reporter, day=DAY, answers=REPORT)
    with pytest.raises(Refused, match="现行有效"):
        desk.act(carried, "end", actor=officer, day=DAY, answers={"words": "废止。"})
    Standard.objects.update(status="withdrawn", withdrawn_on=DAY)
    carried.refresh_from_db()
    for key, said in (("submit", {"words": "x"}), ("review", {"words": "x", "trigger": "other"})):
        with pytest.raises(Refused, match="只办理现行标准"):
            desk.act(carried, key, actor=officer, day=DAY, answers=said)
    desk.act(carried, "end", actor=officer, day=DAY, answers={"words": "废止。"})
    assert carried.outcome == "end"


def test_feedback_is_passed_on_answered_and_told(carried, reporter, officer):
    case = tell(carried.standard)
    assert case.due_on == date(2025, 7, 1)  # twenty working days
    assert case not in reach.readable(reporter)
    unit = Organization.objects.get(name=PROPOSER)
    desk.act(case, "pass_on", actor=officer, day=DAY, answers={"department": str(unit.pk)})
    assert case in reach.in_tray(reporter)
    assert Message.objects.filter(post=reporter, entry__case=case, words__contains="答复").exists()
    desk.act(case, "submit", actor=reporter, day=DAY, answers=EXPLAINED)
    letter = Letter.objects.get(address="lin@example.cn")
    assert case.entries.first().receipt in letter.text
    assert case in reach.readable(None)


def test_another_department_takes_the_place_of_the_first(carried, reporter, officer):
    other = hold_post("科小", "市科技局", "reporter")
    case = tell(carried.standard)
    for post in (reporter, other):
        unit = str(post.organization_id)
        desk.act(case, "pass_on", actor=officer, day=DAY, answers={"department": unit})
    assert case not in reach.readable(reporter)
    assert case in reach.in_tray(other)


def test_feedback_that_is_withheld_stays_closed(carried, officer):
    case = tell(carried.standard, words="见 http://a.cn http://b.cn www.c.cn")
    form = case.stage.action("submit").form(case=case)
    assert form.fields["withheld"].initial is True  # so many links are warned of
    desk.act(case, "submit", actor=officer, day=DAY, answers=EXPLAINED | {"withheld": "on"})
    assert case.public_since is None
    assert case not in reach.readable(None)


def test_the_same_words_are_taken_once_while_they_wait(carried, officer):
    case = tell(carried.standard)
    with pytest.raises(Refused, match="不必重复提交"):
        tell(carried.standard)
    desk.act(case, "submit", actor=officer, day=DAY, answers=EXPLAINED)
    tell(carried.standard)


def test_adopted_feedback_opens_one_review_and_joins_it(carried, officer):
    taken = {"result": "review", "words": "采纳。", "review": "FS-0000-0000"}
    cases = [tell(carried.standard, words=words) for words in ("一", "二")]
    first, second = (
        desk.act(case, "submit", actor=officer, day=DAY, answers=taken) for case in cases
    )
    review = Case.objects.get(procedure_key=LocalStandardReview.key)
    assert review.origin == cases[0]
    assert first.answers.get("review", "") == ""
    assert second.answers["review"] == review.number
    assert in_use.figures(carried.standard).taken_up == 2


def test_who_gave_feedback_can_be_erased(carried, officer):
    case = tell(carried.standard)
    desk.act(case, "submit", actor=officer, day=DAY, answers=EXPLAINED)
    entry = case.entries.first()
    assert "林小明" not in str(entry.answers)
    assert entry.personal.words["person"] == "林小明"
    erasure.erase(entry, actor=officer, day=DAY, ground=1, reason="本人要求")
    assert not Letter.objects.filter(address="lin@example.cn").exists()


def test_the_standards_of_other_cities_are_left_alone(officer, reporter):
    row = enter("DB3502/T 7-2025", "厦门的标准", implemented_on=DAY, issued_on=DAY)
    made_here(row, officer)
    assert list(Implementation.due(DAY)) == []
    with pytest.raises(Refused, match="不是本市的地方标准"):
        tell(row)


def test_the_clock_opens_reviews_of_this_citys_standards_alone(city):
    for number in ("DB3501/T 7-2019", "DB3502/T 8-2019", "DB4401/T 9-2019"):
        enter(number, "社区服务规范", status="current", issued_on=date(2019, 3, 1))
    due = list(LocalStandardReview.due(date(2024, 3, 1)))
    assert [one["standard"].number for one in due] == ["DB3501/T 7-2019"]
