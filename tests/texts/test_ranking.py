"""Ranking: points by the plan's lines, exact, with ties and reasons; anybody recomputes it."""

import copy
import csv
import io
import json
from decimal import Decimal

import pytest

from rongbiao.texts.ranking import (
    BadPlan,
    Declared,
    Entrant,
    Unreadable,
    check,
    digest_of,
    rank,
    read_item,
    read_plan,
    read_record,
    read_table,
    score,
    table,
    written,
)

HEAT = read_item(1, "保温效能", "℃", "越高越好", "60", "60", "≥68=100；64=80；60=60")
LEAD = read_item(2, "铅迁移量", "mg/kg", "越低越好", "30", "", "0.01=100；0.05=60")
SEAL = read_item(3, "密封性", "", "按等级", "10", "", "一级=100；二级=60")
PLAN = {
    "number": "LP-2026-0001", "title": "保温杯壶领跑者评估方案", "field": "保温杯壶",
    "opens_on": "2026-03-01", "closes_on": "2026-04-30", "months": 24, "places": 2,
    "least_total": "70", "shares": {"level": "80", "complete": "10", "drafting": "10"},
    "deductions": {"must": "20", "note": "5"}, "between": "steps", "later": True,
    "items": [HEAT, LEAD, SEAL],
}  # fmt: skip


def plan(**more):
    return read_plan(PLAN | more)


def entrant(key, *indicators, **more):
    rows = tuple(Declared(*one) for one in indicators)
    return Entrant(key, f"{key}公司", f"Q/{key} 001—2026", "保温杯", 1, "0" * 64, rows, **more)


def full(key, heat="≥68", lead="≤0.01", seal="一级", **more):
    rows = (
        ("保温效能", heat, "℃", "6.3"),
        ("铅迁移量", lead, "mg/kg", "5.2"),
        ("密封性", seal, "", "6.5"),
    )
    return entrant(key, *rows, **more)


def points(one, **more):
    return [f"{item.points}" for item in score(plan(**more), one).items]


def test_points_by_lines_in_converted_units():
    one = entrant(
        "甲", ("保温效能", "不低于64.0", "°C", "6.3"), ("铅迁移量", "≤10", "μg/kg", ""),
        ("密封性", "二级", "", "6.5"),
    )  # fmt: skip
    found = score(plan(), one)
    assert [str(item.points) for item in found.items] == ["80.00", "100.00", "60.00"]
    assert str(found.level) == "84.00"  # 0.6 × 80 + 0.3 × 100 + 0.1 × 60
    assert str(found.complete) == "66.67"  # two of three have a method
    assert str(found.drafting) == "100.00"
    assert str(found.total) == "83.87"  # 67.2 + 6.667 + 10, rounded once


def test_what_lies_between_two_lines_is_shared_exactly():
    assert points(full("甲", heat="≥65"), between="linear")[0] == "85.00"
    assert points(full("甲", heat="≥64.333"), between="linear")[0] == "81.67"  # 81.665 goes up
    assert points(full("甲", heat="≥64.333"))[0] == "80.00"
    assert points(full("甲", lead="≤30 μg/kg"), between="linear")[1] == "80.00"
    assert points(full("甲", lead="不得检出"), between="linear")[1] == "100.00"


@pytest.mark.parametrize(
    ("rows", "why", "out"),
    [
        ([], "missing", "incomparable"),
        ([("保温效能", "≥68", "℃", "")] * 2, "twice", "incomparable"),
        ([("保温效能", "≥68", "h", "")], "units-differ", "incomparable"),
        ([("保温效能", "≤68", "℃", "")], "opposite", "incomparable"),
        ([("保温效能", "良好", "", "")], "kinds-differ", "incomparable"),
        ([("保温效能", "", "", "")], "unread", "incomparable"),
        ([("保温效能", "≥59.9", "℃", "")], "below", "under"),
    ],
)
def test_what_cannot_be_compared_is_said_and_not_ranked(rows, why, out):
    (found,) = rank(plan(), [entrant("甲", *rows)])
    assert (found.items[0].why, found.items[0].out) == (why, out)
    assert (found.rank, found.listed, found.items[0].points) == (0, False, Decimal(0))
    assert found.out[0].startswith("“保温效能”")


def test_without_a_threshold_what_is_missing_gets_nothing_and_is_ranked():
    rows = [("保温效能", "≥68", "℃", "6.3"), ("密封性", "A级", "", "6.5")]
    (found,) = rank(plan(), [entrant("甲", *rows)])
    assert [item.why for item in found.items] == ["", "missing", "schemes-differ"]
    assert (found.rank, found.out) == (1, [])


def test_equal_totals_share_a_rank_and_enter_together():
    ones = [full("丙", heat="≥64"), full("乙", heat="≥64"), full("甲"), full("丁", heat="≥60")]
    found = rank(plan(), ones)
    assert [(one.entrant.key, one.rank, one.tied, one.listed) for one in found] == [
        ("甲", 1, False, True), ("丙", 2, True, True), ("乙", 2, True, True), ("丁", 4, False, False),
    ]  # fmt: skip
    alone = rank(plan(places=500, least_total="91"), ones)
    assert [one.listed for one in alone] == [True, False, False, False]  # the others have 90.40


def test_findings_cost_what_the_plan_says_and_never_more_than_all():
    assert str(score(plan(), full("甲", must=1, note=3)).drafting) == "65.00"
    assert str(score(plan(), full("甲", must=9)).drafting) == "0.00"


def test_the_order_of_entrants_changes_nothing():
    ones = [full("甲"), full("乙", heat="≥64"), full("丙", lead="≤0.05"), entrant("丁")]
    assert written(plan(), ones, "2026-05-06") == written(plan(), ones[::-1], "2026-05-06")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"items": [HEAT]}, "权重之和应为 100，现为 60"),
        ({"items": [HEAT, HEAT | {"weight": "40"}]}, "出现了不止一次"),
        ({"shares": {"level": "90"}}, "三项占比之和应为 100，现为 90"),
        ({"closes_on": "2026-02-01"}, "早于开始日期"),
        ({"fee": True}, "不得收费"),
        ({"months": 0}, "1 至 120"),
        ({"months": True}, "1 至 120"),
        ({"least_total": "1e9"}, "0 至 100"),
        ({"items": []}, "1 至 60 项"),
        ({"items": [HEAT | {"lines": [["≥60", "60"], ["≥68", "100"]]}]}, "从高到低"),
        ({"items": [HEAT | {"lines": [["≤60", "60"]]}]}, "与方向“越高越好”不符"),
        ({"items": [HEAT | {"unit": "帕斯"}]}, "单位无法识别"),
        ({"items": [HEAT | {"better": "up"}]}, "方向无法识别"),
        ({"algorithm": "other"}, "不认识的评估算法"),
    ],
)
def test_a_plan_that_cannot_be_used_says_why(more, said):
    with pytest.raises(BadPlan, match=said):
        plan(**more)


def test_a_plan_has_one_text_and_one_digest():
    assert read_plan(json.loads(plan().text())).digest() == plan().digest()
    assert plan(places=3).digest() != plan().digest()
    heavier = HEAT | {"weight": "60.0"}  # the same weight written otherwise
    assert plan(items=[heavier, LEAD, SEAL]).digest() == plan().digest()


@pytest.fixture
def record():
    ones = [full("甲"), full("乙", heat="≥64"), full("丙", heat="≥64"), entrant("丁")]
    return written(plan(), ones, "2026-05-06")


def test_an_untouched_record_agrees(record):
    assert check(read_record(json.dumps(record).encode())) == []


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("standings", 1, "indicators", 0, 1), "≥68", "总分"),
        (("standings", 0, "items", 1, "points"), "99.00", "“铅迁移量”得分"),
        (("standings", 2, "total"), "99.00", "总分"),
        (("standings", 1, "rank"), 1, "名次"),
        (("standings", 3, "listed"), True, "入围"),
        (("standings", 1, "must"), 1, "总分"),
        (("plan", "items", 0, "weight"), "59", None),
        (("plan", "places"), 1, "评估方案摘要"),
        (("made_on",), "2026-05-07", "排名表摘要"),
    ],
)
def test_one_altered_value_is_found(record, path, value, where):
    altered = copy.deepcopy(record)
    at = altered
    for step in path[:-1]:
        at = at[step]
    assert at[path[-1]] != value
    at[path[-1]] = value
    if where is None:
        with pytest.raises(Unreadable, match="权重之和"):
            check(altered)
        return
    assert where in "".join(one.words() for one in check(altered))
    if path[0] == "standings":  # also when the digest was made anew
        assert check(altered | {"sha256": digest_of(altered)})


def test_rows_in_another_order_and_twice_are_found(record):
    turned = record | {"standings": record["standings"][::-1]}
    assert "排列顺序" in [one.where for one in check(turned)]
    twice = record | {"standings": [record["standings"][0], *record["standings"]]}
    assert "出现不止一次" in [one.said for one in check(twice)]


def as_csv(record):
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(table(record))
    return ("\ufeff" + buffer.getvalue()).encode()


def test_the_table_is_recomputed_too(record):
    content = as_csv(record)
    assert check(read_table(content, record["plan"])) == []
    altered = content.replace(b",100.00,90.40", b",100.00,90.41", 1)
    assert altered != content
    (found,) = check(read_table(altered, record["plan"]))
    assert (found.said, found.right) == ("90.41", "90.40")
    changed = read_table(content, record["plan"])
    changed["standings"][1]["indicators"][0][1] = "≥68"
    assert check(changed)
    found = check(read_table(content, PLAN | {"places": 1}))
    assert found[0].where == "评估方案摘要"


def test_a_table_with_two_of_one_name_and_a_formula_comes_back():
    ones = [
        entrant("甲", *[("保温效能", "≥68", "℃", "=1+1")] * 2),
        full("=乙", heat="≥64"),
    ]
    record = written(plan(), ones, "2026-05-06")
    content = as_csv(record)
    assert b",=" not in content
    assert check(read_table(content, record["plan"])) == []


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"standings": [1], "plan": {}}',
        b'{"standings": []}',
    ],
)
def test_what_is_no_record_is_refused_in_a_sentence(content):
    with pytest.raises(Unreadable, match=r"。$"):
        check(read_record(content))


def test_a_strange_entrant_is_refused_in_a_sentence(record):
    for name, value in [
        ("version", "1"),
        ("sha256", "x"),
        ("indicators", [["a"]]),
        ("unit", "\ud800"),
    ]:
        altered = record | {"standings": [record["standings"][0] | {name: value}]}
        with pytest.raises(Unreadable, match="排名表第 1 家"):
            check(altered)
