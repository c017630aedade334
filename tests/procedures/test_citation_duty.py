"""引用处置 as it is played: 登记、确认、告警、处置（改、留、废）、办结."""

from datetime import date, timedelta

import pytest

from rongbiao.cases.models import Case, Entry
from rongbiao.parties.refused import Refused
from rongbiao.procedures.citation_duty import dispose
from rongbiao.stages import reach
from rongbiao.standards.citing import alerts
from rongbiao.standards.models import CitingDocument, Duty, KeptCitation
from tests.citing_desk import DAY, change, new_edition, registered
from tests.conftest import hold_post
from tests.standards_desk import enter

LATER = DAY + timedelta(days=10)
SOON = date(2026, 6, 1)


@pytest.fixture
def owed(reporter, settings, tmp_path):
    """Three documents of one body cite an edition that was replaced."""
    settings.MEDIA_ROOT = tmp_path
    old = enter("GB/T 19001-2016", "质量管理体系 要求")
    for n in range(3):
        registered(reporter, f"第{n}份：应符合GB/T 19001—2016。", title=f"办法{n}")
    new_edition("GB/T 19001-2026", LATER, implemented_on=LATER)
    change(old, LATER, status="superseded", withdrawn_on=LATER)
    alerts.tick(LATER)
    return list(Duty.objects.order_by("pk"))


def test_kept_revised_and_repealed_each_to_its_end(owed, reporter):
    one, two, three = (duty.pk for duty in owed)
    by = {"actor": reporter, "day": LATER}
    case = dispose([one], "keep", reason="合同履行期内，双方约定不变", **by)
    assert (case.closed_on, case.outcome, case.number) == (LATER, "submit", "YY-2026-0001")
    assert case.title == "引用处置：GB/T 19001-2016 已被代替（1 份文件）"
    dispose([two], "revise", reason="列入修订计划", until=SOON, **by)
    dispose([three], "repeal", reason="文件到期", **by)
    kept, revised, repealed = Duty.objects.order_by("pk")
    assert (kept.answer, kept.closed_on, kept.basis) == ("keep", LATER, "YY-2026-0001")
    assert (revised.answer, revised.closed_on, revised.due_on) == ("revise", None, SOON)
    assert (repealed.answer, repealed.document.ended_on) == ("repeal", LATER)
    dispose([two], "done", actor=reporter, day=SOON)
    revised.refresh_from_db()
    assert (revised.closed_on, revised.edition, revised.answered_on) == (
        SOON,
        "GB/T 19001-2026",
        LATER,
    )
    assert revised.reason == "列入修订计划"
    now = KeptCitation.objects.get(document=revised.document)
    assert (now.number, now.standard.number) == ("GB/T 19001-2026", "GB/T 19001-2026")
    said = Entry.objects.order_by("seq").first().answers
    assert said["duties"] == [
        {"duty": one, "document": "榕试〔2026〕1号 办法0", "change": "GB/T 19001-2016 已被代替"}
    ]


def test_many_are_answered_at_once_and_pressing_twice_answers_once(owed, reporter):
    pks = [duty.pk for duty in owed]
    by = {"actor": reporter, "day": LATER, "reason": "仍适用", "token": "一次"}
    assert dispose(pks, "keep", **by) == dispose(pks, "keep", **by)
    assert Case.objects.count() == 1
    assert set(Duty.objects.values_list("basis", flat=True)) == {"YY-2026-0001"}


def test_what_is_refused_changes_nothing(owed, reporter, officer):
    pks = [duty.pk for duty in owed]
    by = {"actor": reporter, "day": LATER}
    with pytest.raises(Refused, match="请写明处置的理由"):
        dispose(pks, "keep", reason=" ", **by)
    with pytest.raises(Refused, match=r"自 2026-03-12 至 2027-03-12"):
        dispose(pks, "revise", reason="改", until=date(2030, 1, 1), **by)
    with pytest.raises(Refused, match="还没有答复“改”"):
        dispose(pks, "done", **by)
    with pytest.raises(Refused, match="任务"):
        dispose([10**9], "keep", reason="理由", **by)
    stranger = hold_post("李填报", "市农业农村局", "reporter")
    with pytest.raises(Refused, match="任务"):
        dispose(pks, "keep", reason="别家的", actor=stranger, day=LATER)
    with pytest.raises(Refused, match="“引用处置”由引用单位提出"):
        dispose(pks, "keep", reason="办公室代答", actor=officer, day=LATER)
    dispose(pks, "revise", reason="改", until=SOON, **by)
    with pytest.raises(Refused, match="改引的版本“乱写”不是标准编号"):
        dispose(pks, "done", edition="乱写", **by)
    assert not Duty.objects.exclude(answer="revise").exists()
    assert not Duty.objects.exclude(closed_on=None).exists()
    assert Case.objects.count() == 1


def test_a_repealed_document_owes_nothing_more(owed, reporter):
    first = owed[0]
    dispose([first.pk], "repeal", reason="废止", actor=reporter, day=LATER)
    assert CitingDocument.objects.filter(ended_on=None).count() == 2
    change(KeptCitation.objects.first().standard, SOON, title="又有更正")
    alerts.tick(SOON)
    assert not Duty.objects.filter(document=first.document, closed_on=None).exists()
    assert Duty.objects.filter(closed_on=None).count() == 4


def test_only_the_body_and_the_office_read_the_answer(owed, reporter, officer):
    case = dispose([owed[0].pk], "keep", reason="理由", actor=reporter, day=LATER)
    stranger = hold_post("李填报", "市农业农村局", "reporter")
    assert [case in reach.readable(who) for who in (None, stranger, reporter, officer)] == [
        False, False, True, True,
    ]  # fmt: skip
