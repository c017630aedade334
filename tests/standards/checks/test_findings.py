"""The precheck finds what inspections find, where it stands, and nothing in what is in order."""

import pytest

from rongbiao.parties.refused import Refused
from rongbiao.standards.checks import findings
from rongbiao.standards.checks.copies import catch_up, keep
from rongbiao.standards.checks.running import check, order, waiting, work
from rongbiao.standards.models import Precheck, Relation, Statement
from tests.conftest import hold_post
from tests.declared import DAY, TEXT, firm, require, state
from tests.standards_desk import enter

METHOD = "GB/T 29606—2013 6.4"
GOOD = [("保温效能", "≥65", "℃", METHOD), ("容量偏差", "±5", "%", METHOD)]


@pytest.fixture(autouse=True)
def register(db):
    """A recommended standard, a mandatory one, and one that was replaced."""
    require(
        "GB/T 29606-2013",
        "不锈钢真空杯",
        [("保温效能", "≥60", "℃", "5.3"), ("容量偏差", "±5", "%", "5.4")],
    )
    require(
        "GB 4806.9-2016",
        "食品接触用金属材料及制品",
        [("铅迁移量", "≤0.05", "mg/kg", "4.3")],
        nature="mandatory",
    )
    old = enter("GB/T 8174-2008", "设备及管道绝热效果的测试", status="superseded")
    new = enter("GB/T 8174-2018", "设备及管道绝热效果的测试")
    Relation.objects.create(
        subject=new.number, subject_key=new.key, object=old.number, object_key=old.key,
        kind="replaces", basis="试〔2026〕1号",
    )  # fmt: skip


def keys(row: Statement) -> set[tuple[str, str]]:
    return {(one.key, one.field) for one in findings([row], DAY)[0]}


def test_nothing_is_found_where_all_is_in_order():
    assert keys(state(rows=GOOD, references="GB/T 29606-2013")) == set()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"number": "水杯一号"}, ("number-unreadable", "number")),
        ({"number": "GB/T 29606-2013"}, ("number-not-own", "number")),
        ({"number": "Q/RCSB 001"}, ("number-without-year", "number")),
        ({"own": False}, ("number-own", "number")),
        ({"rows": []}, ("no-indicators", "indicators")),
        ({"words": ""}, ("no-text", "text")),
        ({"words": "1 范围\n水杯。\n4 要求\n好用。"}, ("chapters-missing", "text")),
        ({"words": "2 规范性引用文件\n无\n1 范围\n水杯\n3 术语和定义\n无"}, ("chapters-order", "text")),
        ({"words": TEXT + "按 GB/T 8174—2008 试验。"}, ("not-in-force", "text")),
        ({"words": TEXT + "按 GB 29606—2013 试验。"}, ("mark-differs", "text")),
        (
            {"words": TEXT.replace("不锈钢真空杯", "塑料饮水口杯通用规范")},
            ("cited-name-differs", "text"),
        ),
        ({"references": "GB/T 8174-2008"}, ("not-in-force", "references")),
        ({"references": "GB/T 99999-2008"}, ("number-unknown", "references")),
        ({"rows": [GOOD[0], ("容量偏差", "±5", "%", "")]}, ("no-method", "indicator-2")),
        ({"rows": [("保温效能", "10～5", "℃", METHOD)]}, ("limit-unreadable", "indicator-1")),
        ({"rows": [("保温效能", "≥65", "℃", "GB/T 8174-2008")]}, ("not-in-force", "indicator-1")),
        ({"rows": [("保温效能", "≥55", "℃", METHOD), GOOD[1]]}, ("lower-without-notice", "indicator-1")),
        ({"rows": GOOD[:1]}, ("fewer", "notice")),
        (
            {"rows": [*GOOD, ("铅迁移量", "≤0.1", "mg/kg", METHOD)], "references": "GB 4806.9-2016"},
            ("below-mandatory", "indicator-3"),
        ),
        (
            {"rows": [*GOOD, ("铅迁移量", "≤0.01", "mg/L", METHOD)], "references": "GB 4806.9-2016"},
            ("not-comparable", "indicator-3"),
        ),
        ({"rows": GOOD, "references": "GB 4806.9-2016"}, ("fewer", "notice")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_where_it_stands(said, expected):
    assert expected in keys(state(**{"rows": GOOD} | said))


def test_a_notice_answers_for_what_is_lower_than_recommended_but_not_for_mandatory():
    rows = [("保温效能", "≥55", "℃", METHOD)]
    assert keys(state(rows=rows, notice="保温效能低于 GB/T 29606，未规定容量偏差。")) == set()
    rows += [("铅迁移量", "≤100", "μg/kg", METHOD)]
    barred = state("Q/RCSB 002—2026", rows=rows, notice="低于。", references="GB 4806.9-2016")
    assert keys(barred) == {("below-mandatory", "indicator-2")}


def test_a_standard_executed_is_called_as_in_the_register_and_in_force():
    assert keys(state("GB/T 29606-2013", "不锈钢 真空杯", own=False)) == set()
    assert keys(state("GB/T 8174-2008", "绝热测试", own=False)) == {
        ("not-in-force", "number"), ("name-differs", "title"),
    }  # fmt: skip


def test_a_text_copied_from_another_region_is_found_and_one_of_its_own_is_not():
    copied = "茉莉花茶窨制工艺应当分摊凉、窨花、通花、起花、烘焙五步进行，每步记录温度与时间。" * 3
    copied += "".join(
        f"第{n}步的温度为{n * 7 % 60}摄氏度，时间为{n * 13 % 50}分钟，由专人核对。"
        for n in range(40)
    )
    theirs = enter("DB3301/T 100-2020", "茉莉花茶窨制规程", level="municipal")
    assert keep(theirs, copied) > 8
    mine = state(words=TEXT + copied, rows=GOOD, references="GB/T 29606-2013")
    assert keys(mine) == {("copied", "text")}
    assert "DB3301/T 100-2020" in findings([mine], DAY)[0][0].words
    assert catch_up() == 0


def test_the_number_of_questions_does_not_grow(django_assert_num_queries):
    for n in range(30):
        state(f"Q/RCSB {n:03}—2026", rows=GOOD, references="GB/T 29606-2013")
    one, many = Statement.objects.all()[:1], Statement.objects.all()
    with django_assert_num_queries(14):
        findings(one, DAY)
    with django_assert_num_queries(14):
        findings(many, DAY)


def test_a_precheck_goes_on_where_it_was_killed(city, monkeypatch):
    agent = hold_post("甲", "市海洋与渔业局", "agent")
    agent.organization = firm()
    agent.save()
    for n in range(5):
        state(f"Q/RCSB {n:03}—2026", rows=GOOD[: n % 2 + 1])
    monkeypatch.setattr("rongbiao.standards.checks.running.PORTION", 2)
    monkeypatch.setattr("rongbiao.standards.checks.running.AT_ONCE", 1)
    run = order(agent.organization, actor=agent, day=DAY)
    assert (run.state, run.total) == ("waiting", 5)

    def killed(one):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work(run, killed)
    run = waiting().get()
    assert (run.state, run.progress, run.percent) == ("running", 2, 40)
    work(run)
    assert (run.progress, run.percent, run.counts["fewer"]) == (5, 100, 3)
    assert Precheck.objects.get().state == "done"
    assert Statement.objects.filter(checked_on=DAY).count() == 5
    with pytest.raises(Refused, match="预检由企业"):
        order(None, actor=agent, day=DAY)
    assert check([], DAY) == {}
