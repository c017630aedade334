"""A table of standards comes in line by line, and what is public goes out again."""

import pytest

from rongbiao.exchange.declaring_excel import COLUMNS, HANDED, handed_over, take_in, template
from rongbiao.exchange.tables import excel, read_rows
from rongbiao.parties.refused import Refused
from rongbiao.standards.models import Indicator, Statement
from tests.declared import DAY
from tests.procedures.test_self_declaration import agent, declare  # noqa: F401  a fixture

HEADINGS = [str(heading) for _key, heading, _needed, _most in COLUMNS]


def line(number, name="保温效能", limit="≥65", own="企业标准", title="水杯", method="GB/T 1"):
    return [own, number, title, "杯", "", "", "性能指标", name, limit, "℃", method]


def table(*rows) -> bytes:
    return excel("表", "注", HEADINGS, rows)


def test_two_hundred_products_come_in_and_again_change_nothing_twice(agent):  # noqa: F811
    rows = [line(f"Q/RC {n:03}—2026", name) for n in range(200) for name in ("甲", "乙", "丙")]
    report = take_in(table(*rows), "产品.xlsx", actor=agent, day=DAY)
    assert (report.new, report.changed, report.indicators, report.refused) == (200, 0, 600, [])
    again = take_in(table(*rows), "产品.xlsx", actor=agent, day=DAY)
    assert (again.new, again.changed) == (0, 200)
    assert Statement.objects.count() == 200
    assert Indicator.objects.count() == 600


def test_a_wrong_line_keeps_its_standard_out_and_says_why(agent):  # noqa: F811
    rows = [
        line("Q/RC 001—2026"),
        line("Q/RC 001—2026", "容量偏差", "10～5", title=""),
        line("Q/RC 002—2026", own="企业"),
        line("", "甲"),
        line("Q/RC 003—2026", title=""),
        line("Q/RC 004—2026", name="", limit="≥5"),
        line("Q/RC 005—2026", name="x" * 101),
        line("Q/RC 006—2026"),
    ]
    report = take_in(table(*rows), "产品.xlsx", actor=agent, day=DAY)
    assert [one[:2] for one in report.refused] == [
        (5, "指标值"), (6, "类别"), (7, "标准编号"), (8, "标准名称"), (9, "指标名称"), (10, "指标名称"),
    ]  # fmt: skip
    assert list(Statement.objects.values_list("number", flat=True)) == ["Q/RC 006—2026"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "空文件"),
        (b"\xff\xfe\x00", "不是表格文件"),
        (table(), "只有表头"),
        (b"a,b\n1,2", "没有找到表头"),
    ],
)
def test_what_is_no_such_table_is_refused_in_a_sentence(agent, content, why):  # noqa: F811
    with pytest.raises(Refused, match=why):
        take_in(content, "产品.csv", actor=agent, day=DAY)


def test_the_template_comes_in_as_it_goes_out(agent):  # noqa: F811
    report = take_in(template(), "模板.xlsx", actor=agent, day=DAY)
    assert (report.new, report.indicators, report.refused) == (2, 2, [])


def test_what_is_public_goes_out_with_every_indicator(agent):  # noqa: F811
    take_in(table(line("Q/RC 001—2026"), line("Q/RC 002—2026")), "产品.xlsx", actor=agent, day=DAY)
    one = Statement.objects.get(number="Q/RC 001—2026")
    declare(agent, one)
    rows = [cells for _line, cells in read_rows(handed_over(agent.organization, DAY), "出.xlsx")]
    assert rows[2] == [str(heading) for heading in HANDED]
    assert len(rows) == 4
    assert rows[3][3] == "Q/RC 001—2026"
    assert rows[3][9:13] == ["保温效能", "≥65", "℃", "GB/T 1"]
