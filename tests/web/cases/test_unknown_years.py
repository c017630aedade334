"""A deadline that rests on a year whose days off are not known says so, and moves when they are."""

from datetime import date, timedelta

from rongbiao.cases import desk as acts
from rongbiao.cases.models import Case
from rongbiao.parties import days
from rongbiao.stages import clock
from tests.web.cases.test_case_page import words

FAR = date(2031, 6, 10)


def test_the_page_tells_that_a_deadline_is_not_sure(desk):
    case = desk.until("consultation")
    told = words(desk.browser("林处").get(case.get_absolute_url()))
    assert "放假安排尚未录入" not in told
    Case.objects.filter(pk=case.pk).update(stage_since=FAR, due_on=FAR + timedelta(days=30))
    told = words(desk.browser("林处").get(case.get_absolute_url()))
    assert "不确定 2031年的放假安排尚未录入，期限暂按周一至周五为工作日推算" in told


def test_a_deadline_is_counted_again_when_days_off_become_known(desk, officer):
    case = desk.until("consultation")
    Case.objects.filter(pk=case.pk).update(stage_since=date(2026, 3, 2))
    assert acts.redate(case)
    assert not acts.redate(case)
    case.refresh_from_db()
    assert case.due_on == date(2026, 4, 1)
    day = date(2026, 3, 20)
    days.enter(
        2026, "试验：4月1日放假。", basis="国办发〔2026〕1号", basis_on=day, whole=False,
        actor=officer, day=day,
    )  # fmt: skip
    told = clock.tick(day)
    case.refresh_from_db()
    assert case.due_on == date(2026, 4, 2)
    assert any("放假安排有变" in line for line in told)
    assert not any("放假安排有变" in line for line in clock.tick(day))
