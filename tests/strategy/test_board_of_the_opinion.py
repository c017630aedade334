"""The board over the real Opinion: its 24 tasks, its units, its targets, from an empty start."""

from datetime import date

import pytest

from rongbiao.awards.models import Recognition
from rongbiao.parties.models import Organization
from rongbiao.strategy import overview, quarters
from rongbiao.strategy.lamps import Lamp

DAY = date(2025, 9, 30)


def text(plan, day):
    return "".join(phrase.text for phrase in overview.sentence(plan, day))


@pytest.fixture
def base(opinion_plan):
    """The innovation base that the Opinion asks for: the only line in any register."""
    return Recognition.objects.create(
        kind="base",
        level="national",
        title="国家技术标准创新基地",
        organization=Organization.objects.get(name="市市场监管局"),
        approved_on=date(2024, 5, 6),
        basis="测试登记",
    )


def test_the_matrix_shows_every_task_against_every_unit(opinion_plan):
    found = overview.matrix(opinion_plan, quarters.current(opinion_plan, DAY), DAY)
    assert (len(found.tasks), len(found.columns)) == (24, 33)
    folded = next(column for column in found.columns if column.key == "districts")
    assert (folded.label, folded.members, folded.total) == ("县（市）区", 12, 288)
    assert found.columns[0].label == "市场监管"
    assert all(len(row.cells) > 0 for row in found.tasks)
    assert found.total == sum(column.total for column in found.columns) == 698
    assert found.counts == dict.fromkeys(Lamp, 0) | {Lamp.IDLE: 698}


def test_twelve_districts_and_the_high_tech_zone_have_tiles(opinion_plan):
    tiles = overview.districts(opinion_plan, quarters.current(opinion_plan, DAY), DAY)
    assert len(tiles) == 13
    assert len({(tile.row, tile.column) for tile in tiles}) == 13


def test_with_empty_registers_nothing_is_judged(opinion_plan):
    assert text(opinion_plan, DAY) == (
        "7 项量化目标待评估，名录尚无数据。24 项任务分解出 698 个责任项，2025年三季度填报率 0%。"
    )


def test_the_sentence_follows_from_what_the_registers_hold(base, opinion_plan):
    assert text(opinion_plan, DAY) == (
        "7 项量化目标中 1 项可按期达成或已达成，6 项存在缺口。"
        "24 项任务分解出 698 个责任项，2025年三季度填报率 0%。"
    )
    assert text(opinion_plan, date(2026, 2, 1)) == (
        "规划期已收官：7 项量化目标中 1 项完成，6 项未完成。"
        "24 项任务分解出 698 个责任项，2025年四季度填报率 0%。"
    )


def test_targets_with_a_gap_need_action(base, opinion_plan):
    day = date(2026, 2, 1)
    found = overview.urgent(opinion_plan, quarters.current(opinion_plan, day), day)
    kinds = [matter.kind for matter in found]
    assert (kinds.count("task"), kinds.count("target")) == (24, 6)
    assert found[24].title == "指标：国际、国家、行业、地方标准"
    assert (found[24].detail, found[24].measure) == ("现值 0，目标 150（项）", "未完成")
