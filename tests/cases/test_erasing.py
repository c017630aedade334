"""Erasing what a person said of themselves: by whom, on what ground, and when it is refused."""

from datetime import date

import pytest

from rongbiao.cases import desk
from rongbiao.cases.models import Personal
from rongbiao.parties import rules
from rongbiao.parties.journal import Act
from rongbiao.parties.refused import Refused
from rongbiao.procedures.proposal import Proposal
from rongbiao.stages import erasure, journal
from tests.conftest import hold_post

DAY = date(2024, 1, 8)
WHO = {"person": "欧阳试验", "phone": "13912345678", "email": "ouyang@example.com"}
IDEA = WHO | {"title": "共享单车停放", "need": "占道停放。"}


@pytest.fixture
def entry(city):
    case = desk.open_case(Proposal, actor=None, day=DAY, answers=IDEA)
    return case.entries.get()


def closed(entry, officer, day=DAY):
    """Close the case of a proposal."""
    said = {"result": "declined", "words": "已有同类标准。"}
    desk.act(entry.case, "submit", actor=officer, day=day, answers=said)
    entry.case.refresh_from_db()


def erased(entry, officer, day=DAY, ground=3, reason="本人凭受理号当面提出"):
    return erasure.erase(entry, actor=officer, day=day, ground=ground, reason=reason)


def test_the_journal_says_when_and_on_what_ground_and_names_nobody(entry, officer):
    act = erased(entry, officer)
    assert act.words == {
        "entry": entry.seq,
        "ground": "本人撤回同意",
        "basis": "《中华人民共和国个人信息保护法》第四十七条第一款第三项",
        "reason": "本人凭受理号当面提出",
    }
    assert erasure.erased(entry.case) == {entry.seq: act}
    assert not Personal.objects.exists()
    assert list(journal.faults()) == []
    with pytest.raises(Refused, match="没有个人信息，或已经删除"):
        erased(entry, officer)
    assert Act.objects.filter(verb=erasure.VERB).count() == 1


def test_only_an_officer_in_post_erases(entry, officer):
    for actor in (None, hold_post("陈填报", "市海洋与渔业局", "reporter")):
        with pytest.raises(Refused, match="联席会议办公室经办人"):
            erased(entry, actor)
    with pytest.raises(Refused, match="不能办理1999-01-01的事项"):
        erased(entry, officer, day=date(1999, 1, 1))
    assert Personal.objects.count() == 1


@pytest.mark.parametrize(("ground", "said"), [(0, "情形"), (6, "情形"), (1, "尚未办结")])
def test_a_ground_of_the_law_is_needed_and_must_hold(entry, officer, ground, said):
    with pytest.raises(Refused, match=said):
        erased(entry, officer, ground=ground)
    assert Personal.objects.count() == 1


def test_what_was_answered_is_no_longer_needed(entry, officer):
    closed(entry, officer)
    assert erased(entry, officer, ground=1).words["ground"].startswith("处理目的已实现")


@pytest.mark.parametrize("word", WHO.values())
def test_the_reason_does_not_keep_what_is_erased(entry, officer, word):
    with pytest.raises(Refused, match="不能写要删除的姓名"):
        erased(entry, officer, reason=f"{word}要求")
    with pytest.raises(Refused, match="写明理由"):
        erased(entry, officer, reason=" ")
    assert Personal.objects.count() == 1


def test_what_the_law_orders_to_be_kept_is_kept_for_its_time(entry, officer):
    rules.change(
        "personal", "keep_months", value="12", since=date(2024, 1, 1), source="试行规定",
        article="第三条", verified=True, basis="试〔2024〕1号", actor=officer, day=DAY,
    )  # fmt: skip
    with pytest.raises(Refused, match=r"保存12个月（试行规定第三条），尚未办结.*第五十条"):
        erased(entry, officer)
    closed(entry, officer)
    with pytest.raises(Refused, match="须保存至 2025-01-08"):
        erased(entry, officer, day=date(2025, 1, 8))
    assert erased(entry, officer, day=date(2025, 1, 9)).day == date(2025, 1, 9)
