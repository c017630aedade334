"""Units are found by any of their names, and entered once."""

from datetime import date

import pytest

from rongbiao.parties import journal, units
from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused

DAY = date(2026, 3, 2)


def test_a_unit_is_found_by_any_of_its_names(city):
    firm = Organization.objects.create(name="茉莉茶厂", kind="enterprise", aliases=["国营茶厂"])
    twin = Organization.objects.create(name="茶厂", short_name="茉莉茶厂", kind="enterprise")
    assert [units.named(name) for name in ("茉莉茶厂", " 国营茶厂 ", "茶厂")] == [firm, firm, twin]
    assert units.named("市农业农村局") == Organization.objects.get(name="市农业农村局")
    assert [units.named(name) for name in ("", " ", "没有的厂")] == [None, None, None]


def test_a_unit_is_entered_once_by_an_officer(officer, reporter):
    unit = units.enter(" 茶业  大学", "university", actor=officer, day=DAY)
    assert (unit.name, unit.kind) == ("茶业 大学", "university")
    assert [line.verb for line in journal.lines_of(unit)] == ["enter-unit"]
    for words, sentence in (
        (("茶业 大学", "institute"), "“茶业 大学”已登记为茶业 大学。"),
        (("市农业农村局", "bureau"), "“市农业农村局”已登记为"),
        (("新厂", "工厂"), "“类别”不合要求"),
        (("厂" * 121, "enterprise"), "“名称”不合要求"),
    ):
        with pytest.raises(Refused) as refused:
            units.enter(*words, actor=officer, day=DAY)
        assert str(refused.value).startswith(sentence)
    with pytest.raises(Refused, match="单位由联席会议办公室经办人登记。"):
        units.enter("新厂", "enterprise", actor=reporter, day=DAY)
