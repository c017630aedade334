"""The desk: one door, sentences that refuse, nothing half done, everything in the chain."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from rongbiao.archive.models import File
from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry, Message, Personal
from rongbiao.parties.refused import Refused
from rongbiao.procedures.local_standard import LocalStandard
from rongbiao.procedures.proposal import Proposal
from rongbiao.stages import erasure, journal, reach
from tests.cases.conftest import APPLICATION, DAY, GATE, upload
from tests.conftest import hold_post


def test_opening_files_the_first_form(case, reporter):
    assert (case.stage_key, case.title, case.number) == (
        "acceptance", "海带育苗技术规程", "DB-2024-0001",
    )  # fmt: skip
    entry = case.entries.get()
    assert entry.answers["draft"]["sha256"] == entry.attachments.get().file.sha256
    assert case.applicant == reporter.organization


def test_a_firm_does_not_apply(city):
    firm = hold_post("郑工", "市海洋与渔业局", "expert")
    with pytest.raises(Refused, match="由主管部门、县（市）区提出"):
        desk.open_case(LocalStandard, actor=firm, day=DAY, answers=APPLICATION)
    assert not Case.objects.exists()


def test_a_wrong_form_opens_nothing_and_keeps_no_file(reporter):
    with pytest.raises(Refused, match="计划用时（月）"):
        desk.open_case(
            LocalStandard,
            actor=reporter,
            day=DAY,
            answers=APPLICATION | {"months": "0"},
            files={"draft": upload("草案.docx")},
        )
    assert (Case.objects.count(), Entry.objects.count(), File.objects.count()) == (0, 0, 0)


def test_the_same_token_has_one_effect(case, officer):
    told = [desk.act(case, "accept", actor=officer, day=DAY, answers=GATE, token="t") for _ in "ab"]
    assert told[0] == told[1]
    assert case.entries.filter(action_key="accept").count() == 1


def test_the_same_token_opens_one_case(reporter):
    said = {"actor": reporter, "day": DAY, "answers": APPLICATION, "token": "once"}
    made = [desk.open_case(LocalStandard, files={"draft": upload("a.docx")}, **said) for _ in "ab"]
    assert made[0] == made[1]
    assert Case.objects.count() == 1


def test_whoever_is_late_is_told_who_was_faster(case, officer, second_officer):
    seen = case.entered.seq
    desk.act(case, "accept", actor=officer, day=DAY, answers=GATE, seen=seen)
    with pytest.raises(Refused, match=r"林经办.*在“立项审查”环节办理“通过审查”，您的操作没有生效"):
        desk.act(case, "decline", actor=second_officer, day=DAY, answers={"words": "x"}, seen=seen)
    assert case.stage_key == "appraisal"


def test_a_page_seen_before_a_return_is_old(case, officer, reporter):
    seen = case.entered.seq
    desk.act(case, "return", actor=officer, day=DAY, answers={"words": "请补正"})
    desk.act(case, "submit", actor=reporter, day=DAY, answers=APPLICATION,
             files={"draft": upload("b.docx")})  # fmt: skip
    with pytest.raises(Refused, match="您的操作没有生效"):
        desk.act(case, "accept", actor=officer, day=DAY, answers=GATE, seen=seen)


def test_a_post_that_is_over_does_nothing(case, officer):
    officer.until = DAY - timedelta(days=1)
    officer.save()
    with pytest.raises(Refused, match="不在任"):
        desk.act(case, "accept", actor=officer, day=DAY, answers=GATE)


def test_an_effect_that_fails_leaves_nothing(case, officer, monkeypatch):
    def fail(case, entry, day):
        raise Refused("试验")

    monkeypatch.setattr(desk.message, "moved", fail)
    with pytest.raises(Refused, match="试验"):
        desk.act(case, "accept", actor=officer, day=DAY, answers=GATE)
    case.refresh_from_db()
    assert (case.stage_key, case.entries.count()) == ("acceptance", 1)
    assert list(journal.faults()) == []


def test_those_concerned_are_told_and_the_actor_is_not(case, officer, second_officer, reporter):
    Message.objects.all().delete()
    desk.act(case, "return", actor=officer, day=DAY, answers={"words": "请补正"})
    assert [m.post for m in Message.objects.all()] == [reporter]
    desk.act(case, "submit", actor=reporter, day=DAY, answers=APPLICATION,
             files={"draft": upload("b.docx")})  # fmt: skip
    told = {m.post for m in Message.objects.filter(entry=case.entries.last())}
    assert told == {officer, second_officer}


def test_an_entry_cannot_be_altered_or_deleted(case):
    entry = case.entries.get()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(action_key="decline")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk)._raw_delete("default")


def test_an_altered_entry_is_found_at_its_place(case, officer, reporter):
    desk.act(case, "return", actor=officer, day=DAY, answers={"words": "请补正"})
    desk.act(case, "submit", actor=reporter, day=DAY, answers=APPLICATION,
             files={"draft": upload("b.docx")})  # fmt: skip
    second = case.entries.all()[1]
    with connection.cursor() as cursor:
        drop = "DROP TRIGGER cases_entry_fixed"
        cursor.execute(drop if connection.vendor == "sqlite" else f"{drop} ON cases_entry")
    Entry.objects.filter(pk=second.pk).update(answers={"words": "不予立项"})
    assert [(f.seq, f.why) for f in journal.faults()] == [
        (2, "第 2 条的内容与其摘要不符，已被改动。")
    ]


IDEA = {
    "title": "共享单车停放规范",
    "need": "占道停放。",
    "person": "欧阳试验",
    "phone": "13912345678",
    "email": "ouyang@example.com",
}


def test_the_public_proposes_and_personal_words_stand_apart(city):
    case = desk.open_case(Proposal, actor=None, day=DAY, answers=IDEA)
    entry = case.entries.get()
    assert entry.receipt.startswith("20240108-")
    assert "欧阳试验" not in str(entry.answers)
    assert entry.personal.words["person"] == "欧阳试验"


def test_a_proposal_is_to_be_answered_within_its_working_days(city):
    case = desk.open_case(Proposal, actor=None, day=DAY, answers=IDEA)
    assert case.stage_key == "answer"
    assert case.due_on == date(
        2024, 2, 4
    )  # 20 working days; this Sunday was one, before the festival


def test_personal_words_are_erased_and_the_chain_still_holds(city, officer):
    case = desk.open_case(Proposal, actor=None, day=DAY, answers=IDEA)
    entry = case.entries.get()
    erasure.erase(entry, actor=officer, day=DAY, ground=3, reason="本人申请")
    assert not Personal.objects.exists()
    assert list(journal.faults()) == []
    with pytest.raises(Refused, match="没有个人信息"):
        erasure.erase(entry, actor=officer, day=DAY, ground=3, reason="本人申请")


def test_a_forged_personal_word_is_found(city):
    desk.open_case(Proposal, actor=None, day=DAY, answers=IDEA)
    Personal.objects.update(words={"person": "别人"})
    assert [f.seq for f in journal.faults()] == [1]


def test_a_sealed_vote_is_nowhere_readable_before_counting(appraisal, officer, experts):
    for expert, vote in zip(experts, ["yes", "yes", "no", "yes", "yes"], strict=True):
        said = {"vote": vote, "opinion": f"意见{vote}", "patents": "none"}
        desk.act(appraisal, "vote", actor=expert, day=DAY, answers=said)
    sealed = [entry.answers for entry in appraisal.entries.filter(action_key="vote")]
    assert all(list(one) == ["sealed"] for one in sealed)
    assert len({len(one["sealed"]) for one in sealed}) == 1
    entry = desk.act(appraisal, "count", actor=officer, day=DAY)
    assert (entry.answers["yes"], entry.answers["no"], entry.answers["carried"]) == (4, 1, True)
    assert [one["vote"] for one in entry.answers["ballots"]] == ["yes", "yes", "no", "yes", "yes"]


def test_a_ballot_moved_to_another_case_does_not_open(appraisal, experts):
    desk.act(
        appraisal, "vote", actor=experts[0], day=DAY, answers={"vote": "yes", "patents": "none"}
    )
    entry = appraisal.entries.get(action_key="vote")
    entry.case.number = "DB-2024-9999"
    with pytest.raises(ValueError, match="密封"):
        desk.unsealed(entry)


def test_the_last_word_of_an_expert_counts_and_once(appraisal, officer, experts):
    for vote in ("no", "yes"):
        desk.act(
            appraisal, "vote", actor=experts[0], day=DAY, answers={"vote": vote, "patents": "none"}
        )
    for expert in experts[1:]:
        desk.act(
            appraisal, "vote", actor=expert, day=DAY, answers={"vote": "yes", "patents": "none"}
        )
    entry = desk.act(appraisal, "count", actor=officer, day=DAY)
    assert (entry.answers["yes"], entry.answers["no"], len(entry.answers["ballots"])) == (5, 0, 5)


def test_recusal_voids_a_vote_and_shuts_the_dossier(appraisal, officer, experts):
    first = experts[0]
    assert reach.readable(first).filter(pk=appraisal.pk).exists()
    for expert in experts:
        desk.act(
            appraisal, "vote", actor=expert, day=DAY, answers={"vote": "yes", "patents": "none"}
        )
    desk.act(appraisal, "recuse", actor=first, day=DAY, answers={"words": "曾参与起草"})
    assert not reach.readable(first).filter(pk=appraisal.pk).exists()
    with pytest.raises(Refused, match="不能办理"):
        desk.act(appraisal, "vote", actor=first, day=DAY, answers={"vote": "no", "patents": "none"})
    day = date(2024, 1, 9)
    with pytest.raises(Refused, match="参加审查的专家 4 人，不足 5 人"):
        desk.act(appraisal, "count", actor=officer, day=day)
    new = hold_post("递补专家", "市商务局", "expert")
    chosen = [expert.pk for expert in [*experts[1:], new]]
    again = {"profile": "meeting", "meets_on": "2024-01-25", "experts": chosen}
    desk.act(appraisal, "convene", actor=officer, day=day, answers=again)
    desk.act(appraisal, "vote", actor=new, day=day, answers={"vote": "no", "patents": "none"})
    entry = desk.act(appraisal, "count", actor=officer, day=day)
    assert (entry.answers["seats"], entry.answers["yes"], entry.answers["no"]) == (5, 4, 1)


def test_drafters_units_never_vote(case, officer, experts, reporter):
    own = hold_post("局里专家", reporter.organization.name, "expert")
    desk.act(case, "accept", actor=officer, day=DAY, answers=GATE)
    chosen = [e.pk for e in [*experts[:4], own]]
    with pytest.raises(Refused, match="不得参加本标准的审查：局里专家"):
        desk.act(case, "convene", actor=officer, day=DAY, answers={
            "profile": "meeting", "meets_on": "2024-01-25", "experts": chosen})  # fmt: skip
