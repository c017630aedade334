"""Rules as they stand here: law's tables, the city's own, and what officers corrected."""

from datetime import date

import pytest

from rongbiao.law import NoSuchRule, Origin, Unit, names
from rongbiao.law import table as law_table
from rongbiao.parties import journal, rules
from rongbiao.parties.models import RuleChange
from rongbiao.parties.refused import Refused

DAY = date(2026, 11, 26)
GIVEN = {
    "source": "《地方标准管理办法》（国家市场监督管理总局令第26号）",
    "article": "第十三条",
    "basis": "市监标〔2026〕1号",
}
SAID = {"value": "30", "since": date(2020, 3, 1), "verified": True, **GIVEN}


@pytest.fixture
def change(officer):
    def entered(name="local_standard", key="consultation_days", **other):
        return rules.change(name, key, **SAID | {"actor": officer, "day": DAY} | other)

    return entered


def in_force(key="consultation_days", day=DAY, name="local_standard"):
    return rules.table(name).at(day).rule(key)


@pytest.mark.parametrize("name", names())
@pytest.mark.django_db
def test_without_corrections_the_tables_are_the_laws(name):
    assert rules.table(name) == law_table(name)


def test_an_unread_rule_is_confirmed_without_a_release(change):
    assert not in_force().verified
    made = change()
    value = in_force()
    assert (value.value, value.verified, value.origin) == (30, True, Origin.OFFICER)
    assert (value.basis, value.unit) == ("市监标〔2026〕1号", Unit.DAYS)
    [line] = journal.lines_of(made)
    assert line.verb == "change-rule"
    assert line.words["was"]["verified"] is False
    assert line.words["now"] == {"value": "30个自然日", "source": value.cited, "verified": True}


def test_the_law_itself_stays_pure(change):
    change(value="45")
    assert in_force().value == 45
    assert law_table("local_standard").at(DAY).consultation_days == 30


def test_of_two_corrections_of_one_day_the_later_counts_and_both_are_kept(change):
    change(value="45", verified=False)
    change(value="60", verified=False)
    told = rules.table("local_standard").rules["consultation_days"].values
    assert [one.value for one in told] == [60, 45, 30]
    assert in_force().value == 60
    assert [row.value for row in rules.corrections("local_standard", "consultation_days")] == [
        60,
        45,
    ]


def test_each_side_of_the_day_on_which_a_new_law_takes_effect(change):
    change(value="15", unit="working_days", since=date(2027, 1, 1))
    assert in_force(day=date(2026, 12, 31)).amount == "30个自然日"
    assert in_force(day=date(2027, 1, 1)).amount == "15个工作日"


def test_what_was_read_is_not_rewritten_but_may_be_followed(change):
    rule = {"key": "review_years", "value": "3", "article": "第二十九条第二款"}
    with pytest.raises(Refused, match="自2018-01-01的取值已核对原文（《中华人民共和国标准化法》"):
        change(**rule, since=date(2018, 1, 1))
    with pytest.raises(Refused, match="不能更正"):
        change(**rule, since=date(2017, 1, 1))
    with pytest.raises(Refused, match="新取值须核对原文后才能录入"):
        change(**rule, since=date(2027, 1, 1), verified=False)
    change(**rule, since=date(2027, 1, 1))
    assert in_force("review_years", date(2026, 12, 31)).value == 5
    assert in_force("review_years", date(2027, 1, 1)).value == 3


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"value": "三十"}, "“公开征求意见期限，不少于”：“三十”不是整数。"),
        ({"value": "９"}, "不是整数"),
        ({"value": "99999"}, "超出范围"),
        ({"value": " "}, "取值不能为空"),
        ({"unit": "people"}, "单位不能改"),
        ({"basis": " "}, "更正规则应写明依据"),
        ({"basis": "字" * 201}, "依据："),
        ({"source": ""}, "出处："),
        ({"source": "字" * 201}, "出处："),
        ({"verified": False}, "与现有取值相同"),
        ({"key": "nothing"}, "没有规则“local_standard.nothing”"),
        ({"name": "../etc"}, "没有规则“../etc"),
        ({"name": "holidays"}, "没有规则“holidays"),
    ],
)
def test_a_wrong_correction_is_refused_and_writes_nothing(other, said, change):
    with pytest.raises(Refused) as refused:
        change(**other)
    assert said in str(refused.value)
    assert not RuleChange.objects.exists()


def test_only_an_officer_in_post_corrects(change, reporter, officer):
    for actor in (None, reporter):
        with pytest.raises(Refused, match="由联席会议办公室经办人录入"):
            change(actor=actor)
    with pytest.raises(Refused, match="任职自2023-01-01至今"):
        change(day=date(2022, 1, 1))


@pytest.mark.parametrize(
    ("name", "key", "text", "value"),
    [
        ("local_standard", "second_consultation", "否", False),
        (
            "local_standard",
            "duties",
            "谁提出、谁实施\n谁引用、谁负责",
            ["谁提出、谁实施", "谁引用、谁负责"],
        ),
        ("local_standard", "review_on_law", "法律变动", "法律变动"),
        ("scope", "food_drugs.routes", "团体标准\n国家标准", ["group", "national"]),
        ("expert_draw", "pool_share", "1/3", "1/3"),
        (
            "review_profiles",
            "meeting",
            "同意不少于：2/3\n专家不少于：7\n材料提前送达：10天",
            {"passing": "2/3", "least": 7, "papers": "10 days"},
        ),
    ],
)
def test_every_kind_of_value_can_be_corrected(name, key, text, value, change):
    change(name, key, value=text, since=date(2026, 1, 1), verified=False)
    assert in_force(key, name=name).value == value


@pytest.mark.parametrize(
    ("name", "key", "text", "said"),
    [
        ("local_standard", "second_consultation", "也许", "应为“是”或“否”"),
        ("scope", "food_drugs.routes", "火星标准", "“火星标准”不是去向"),
        ("expert_draw", "pool_share", "3/2", "应在 0 与 1 之间"),
        ("review_profiles", "meeting", "随便", "“随便”无法识别"),
        ("local_standard", "filed_by", "字" * 501, "不应超过 500 字"),
        ("local_standard", "duties", "甲\n" * 51, "不应超过 50 行"),
    ],
)
def test_a_value_of_another_kind_is_refused(name, key, text, said, change):
    with pytest.raises(Refused, match=said):
        change(name, key, value=text, since=date(2026, 1, 1))


def test_what_another_process_entered_counts_at_once(change, django_assert_num_queries):
    assert in_force().value == 30
    RuleChange.objects.create(
        table="local_standard", key="consultation_days", value=40, unit="days", source="甲",
        since=date(2020, 3, 1), basis="乙",
    )  # fmt: skip
    assert in_force().value == 40
    with django_assert_num_queries(1):  # and then asks no more than whether something came in
        assert in_force().value == 40


def test_a_correction_of_a_rule_that_is_gone_waits(change):
    RuleChange.objects.create(
        table="local_standard", key="dropped", value=1, source="甲", since=DAY, basis="乙"
    )
    with pytest.raises(NoSuchRule):
        in_force("dropped")


def test_a_citys_folder_is_heard(settings, tmp_path, db):
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "expert_draw.toml").write_text(
        '[minimum]\nname = "人数"\nunit = "people"\n'
        'values = [{ since = 2024-01-01, value = 7, source = "榕市监〔2024〕1号", verified = true }]\n'
    )
    settings.CITY_FOLDER = tmp_path
    value = in_force("minimum", name="expert_draw")
    assert (value.value, value.origin) == (7, Origin.CITY)
    assert in_force("minimum", date(2023, 12, 31), "expert_draw").value == 5


def test_what_the_demonstration_corrects_is_of_the_demonstration(change, officer):
    officer.demonstration = True
    officer.save()
    assert change().demonstration
