"""Every change of a cited edition, through whichever door, becomes one duty of each document."""

from datetime import date, timedelta

import pytest

from rongbiao.standards import events, status
from rongbiao.standards.citing import alerts, registering, telling
from rongbiao.standards.models import (
    Alert,
    CitingDocument,
    Duty,
    Event,
    KeptCitation,
    Letter,
    Relation,
    Watch,
)
from tests.at_once import compete
from tests.citing_desk import DAY, change, new_edition, paper, registered
from tests.conftest import hold_post
from tests.standards_desk import enter

LATER = DAY + timedelta(days=10)
SOON = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cited(reporter):
    """An edition that a document of the reporter's unit cites."""
    row = enter("GB/T 19001-2016", "质量管理体系 要求")
    registered(reporter, "应符合GB/T 19001—2016。")
    return row


def told():
    return [
        (duty.alert.kind, duty.alert.by_number, duty.organization.name)
        for duty in Duty.objects.all()
    ]


def replaces(newer, older):
    return Relation.objects.create(
        kind="replaces", subject=newer.number, subject_key=newer.key, object=older.number,
        object_key=older.key, basis="试",
    )  # fmt: skip


def test_an_abolished_edition_becomes_one_duty_and_no_second_on_the_next_run(cited, reporter):
    change(cited, LATER, status="withdrawn", withdrawn_on=LATER)
    said = alerts.tick(LATER)
    assert said == ["2026-03-12：标准变化告警 1 项，引用处置任务 1 件。"]
    duty = Duty.objects.get()
    assert (duty.alert.kind, duty.alert.number, duty.alert.since) == (
        "withdrawn",
        "GB/T 19001-2016",
        LATER,
    )
    assert (duty.due_on, duty.organization) == (date(2026, 4, 13), reporter.organization)
    assert alerts.tick(LATER) == []
    assert alerts.tick(SOON) == []
    assert Duty.objects.count() == 1


def test_a_new_edition_is_told_when_issued_and_goes_on_as_one_matter_when_in_force(cited):
    newer = new_edition("GB/T 19001-2026", LATER, status="upcoming", implemented_on=SOON)
    alerts.tick(LATER)
    assert told() == [("edition", "GB/T 19001-2026", "市海洋与渔业局")]
    due = Duty.objects.get().due_on
    replaces(newer, cited)
    cited.withdrawn_on = SOON
    cited.save()
    status.turn(SOON)
    events.note_days(SOON)
    alerts.tick(SOON)
    assert told() == [("replaced", "GB/T 19001-2026", "市海洋与渔业局")]
    assert Duty.objects.get().due_on == due
    assert sorted(Event.objects.values_list("kind", flat=True)) == [
        "edition",
        "implemented",
        "replaced",
    ]


def test_kept_while_only_issued_it_is_asked_again_when_in_force(cited):
    new_edition("GB/T 19001-2026", LATER, status="upcoming", implemented_on=SOON)
    alerts.tick(LATER)
    Duty.objects.update(answer="keep", closed_on=LATER)
    events.note_days(SOON)
    alerts.tick(SOON)
    assert [kind for kind, _by, _unit in told()] == ["edition", "replaced"]


def test_replaced_through_several_doors_is_told_once(cited):
    newer = new_edition("GB/T 19001-2026", LATER, implemented_on=LATER)
    replaces(newer, cited)
    change(cited, LATER, status="superseded", withdrawn_on=LATER)
    events.note_days(LATER)
    alerts.tick(LATER)
    change(cited, SOON, status="current", withdrawn_on=None)
    alerts.tick(SOON)
    change(cited, SOON, status="superseded", withdrawn_on=SOON)
    alerts.tick(SOON)
    kinds = [kind for kind, _by, _unit in told()]
    assert sorted(kinds) == ["corrected", "replaced", "replaced"]  # it came back, and went again


def test_an_end_that_is_called_both_is_one_matter(cited):
    newer = new_edition("GB/T 19001-2026", LATER, implemented_on=LATER)
    replaces(newer, cited)
    alerts.tick(LATER)
    change(cited, LATER, status="withdrawn", withdrawn_on=LATER)
    alerts.tick(LATER)
    assert [kind for kind, _by, _unit in told()] == ["replaced"]


def test_an_end_told_before_its_day_names_who_begins_by_then_and_is_one_matter(cited):
    newer = new_edition("GB/T 19001-2026", LATER, status="upcoming", implemented_on=SOON)
    replaces(newer, cited)
    change(cited, LATER, withdrawn_on=SOON)
    alerts.tick(LATER)
    assert told() == [("replaced", "GB/T 19001-2026", "市海洋与渔业局")]
    assert Duty.objects.get().alert.since == SOON
    events.note_days(SOON)
    alerts.tick(SOON)
    assert Duty.objects.count() == 1


def test_who_begins_after_the_end_is_added_to_what_was_told(reporter):
    old = enter("GB 3100-1993")
    registered(reporter, "应符合GB 3100的规定。")
    change(old, LATER, status="withdrawn", withdrawn_on=LATER)
    alerts.tick(LATER)
    assert told() == [("withdrawn", "", "市海洋与渔业局")]
    newer = new_edition("GB 3100-2026", SOON, implemented_on=SOON)
    replaces(newer, old)
    alerts.tick(SOON)
    assert told() == [("replaced", "GB 3100-2026", "市海洋与渔业局")]
    assert KeptCitation.objects.get().standard == newer


def test_an_edition_of_another_number_that_replaces_it_is_told(cited):
    newer = new_edition("GB/T 29001-2026", LATER, status="upcoming", implemented_on=SOON)
    replaces(newer, cited)
    alerts.tick(LATER)
    assert told() == [("edition", "GB/T 29001-2026", "市海洋与渔业局")]


def test_an_amendment_and_a_correction_are_told_and_bookkeeping_is_not(cited):
    change(cited, LATER, owner="另一归口单位")
    alerts.tick(LATER)
    assert told() == []
    new_edition("GB/T 19001-2016/XG1-2026", LATER, status="current")
    change(cited, LATER, title="质量管理体系 新要求")
    alerts.tick(LATER)
    assert sorted(kind for kind, _by, _unit in told()) == ["amended", "corrected"]


def test_drafts_and_standards_that_nobody_cites_make_nothing(cited):
    new_edition("GB/T 19001", LATER, status="project", stage="征求意见")
    other = enter("GB/T 1.1-2009")
    change(other, LATER, status="withdrawn", withdrawn_on=LATER)
    assert alerts.tick(LATER) == []
    assert Watch.objects.get().told == events.newest()


def test_documents_that_hold_no_more_or_wait_to_be_confirmed_are_left_alone(cited, reporter):
    CitingDocument.objects.update(ended_on=DAY)
    registering.register(paper("GB/T 19001-2016", title="未确认"), actor=reporter, day=DAY)
    change(cited, LATER, status="withdrawn", withdrawn_on=LATER)
    alerts.tick(LATER)
    assert told() == []


def test_an_undated_citation_follows_the_edition_in_force_and_remembers(reporter):
    old = enter("GB 3100-1993")
    registered(reporter, "应符合GB 3100的规定。")
    newer = new_edition("GB 3100-2026", LATER, implemented_on=LATER)
    replaces(newer, old)
    change(old, LATER, status="superseded", withdrawn_on=LATER)
    alerts.tick(LATER)
    one = KeptCitation.objects.get()
    assert (one.standard, one.number, one.first_key) == (newer, "GB 3100", "GB3100-1993")
    assert told() == [("replaced", "GB 3100-2026", "市海洋与渔业局")]


def test_a_number_that_was_not_held_is_bound_when_its_edition_comes(reporter):
    registered(reporter, "应符合GB/T 99999-2026。")
    row = new_edition("GB/T 99999-2026", LATER)
    alerts.tick(LATER)
    assert KeptCitation.objects.get().standard == row
    assert told() == []


def test_each_body_hears_of_all_it_owes_in_one_letter(cited, reporter):
    reporter.person.email = "chen@example.org"
    reporter.person.save()
    registered(reporter, "另一份，GB/T 19001-2016。", title="另一办法")
    other = hold_post("李填报", "市农业农村局", "reporter")
    registered(other, "GB/T 19001-2016", title="农业办法")
    change(cited, LATER, status="withdrawn", withdrawn_on=LATER)
    alerts.tick(LATER)
    letter = Letter.objects.get()
    assert letter.address == "chen@example.org"
    assert "GB/T 19001-2016自2026-03-12起废止。贵单位登记的 2 份文件引用了它。" in letter.text
    assert Duty.objects.count() == 3


def test_reminders_come_before_on_and_after_the_day_and_once_a_day(cited, reporter):
    reporter.person.email = "chen@example.org"
    reporter.person.save()
    change(cited, LATER, status="withdrawn", withdrawn_on=LATER)
    alerts.tick(LATER)
    Letter.objects.all().delete()
    due = Duty.objects.get().due_on
    days = {}
    for n in range(-6, 17):
        day = due + timedelta(days=n)
        for _again in range(2):
            if telling.remind(day):
                days[n] = Letter.objects.latest("pk").text.splitlines()[0]
    assert list(days) == [-3, 1, 8, 15]
    assert days[-3] == "引用处置任务 0 件已超期，1 件将到期，最早的期限是 2026-04-13。"
    assert days[8] == "引用处置任务 1 件已超期，0 件将到期，最早的期限是 2026-04-13。"
    assert Duty.objects.get().chased == 4


def test_what_happens_to_the_demonstration_concerns_the_demonstration_alone(reporter):
    row = enter("GB/T 990001-2023", demonstration=True)
    registered(reporter, "GB/T 990001-2023", title="真的")
    registered(reporter, "演示 GB/T 990001-2023", title="演示的")
    CitingDocument.objects.filter(title="演示的").update(demonstration=True)
    change(row, LATER, status="withdrawn", withdrawn_on=LATER)
    alerts.tick(LATER)
    duty = Duty.objects.get()
    assert (duty.document.title, duty.demonstration, duty.alert.demonstration) == (
        "演示的",
        True,
        True,
    )


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_write_each_duty_once(cited):
    change(cited, LATER, status="withdrawn", withdrawn_on=LATER)
    said = compete(lambda: alerts.tick(LATER), lambda: alerts.tick(LATER))
    assert sorted(map(len, said)) == [0, 1]
    assert (Duty.objects.count(), Alert.objects.count()) == (1, 1)
