"""Every rule says since when, from which source, and whether that was verified."""

import re
from datetime import date

import pytest

from rongbiao.law import (
    NoSuchRule,
    Origin,
    Unit,
    UnreadableTable,
    names,
    profiles,
    read_table,
    said,
    table,
)

CHINESE = re.compile(r"[\u3400-\u9fff]")


@pytest.mark.parametrize("name", names())
def test_every_rule_has_a_source_and_both_names(name):
    read = table(name)
    assert CHINESE.search(read.title)
    assert read.title_en
    for rule in read.rules.values():
        assert CHINESE.search(rule.name)
        assert rule.name_en, rule.key
        assert not CHINESE.search(rule.name_en)
        assert rule.values
        for value in rule.values:
            assert value.source
            assert isinstance(value.verified, bool)


@pytest.mark.parametrize("name", names())
def test_what_is_the_platforms_own_is_not_called_verified(name):
    values = [value for rule in table(name).rules.values() for value in rule.values]
    assert [one.name for one in values if one.source.startswith("平台") and one.verified] == []
    assert [one.name for one in values if one.verified and not one.cited.strip("》").strip()] == []


@pytest.mark.parametrize("name", names())
def test_each_side_of_every_day_on_which_a_rule_changed(name):
    for rule in table(name).rules.values():
        for newer, older in zip(rule.values, [*rule.values[1:], None], strict=True):
            assert rule.at(newer.since) == newer
            eve = date.fromordinal(newer.since.toordinal() - 1)
            if older is None:
                with pytest.raises(NoSuchRule):
                    rule.at(eve)
            else:
                assert rule.at(eve) == older


def test_the_newest_value_stands_first_whatever_the_order_in_the_file(tmp_path):
    path = tmp_path / "t.toml"
    path.write_text(
        '[days]\nname = "期限"\nvalues = [\n'
        '{ since = 2020-01-01, value = 30, source = "甲", verified = true },\n'
        '{ since = 2026-01-01, value = 20, source = "乙", verified = false },\n]\n'
    )
    read = read_table(path)
    assert read.at(date(2025, 12, 31)).days == 30
    assert read.at(date(2026, 1, 1)).days == 20


def test_an_unknown_rule_is_refused_in_a_sentence():
    with pytest.raises(NoSuchRule, match="规则表中没有“nothing”"):
        _ = table("reporting").at(date(2025, 1, 1)).nothing


def test_a_rule_in_force_gives_its_source_article_and_unit():
    law = table("local_standard").at(date(2024, 1, 1))
    assert law.consultation_days == 30
    rule = law.rule("consultation_days")
    assert (rule.value, rule.unit, rule.article) == (30, Unit.DAYS, "第十三条")
    assert rule.cited == "《地方标准管理办法》（国家市场监督管理总局令第26号）第十三条"
    assert rule.amount == "30个自然日"
    assert not rule.verified  # its wording was not read
    assert law.rule("review_years").verified


def test_what_the_law_of_a_day_does_not_say_is_absent():
    law = table("local_standard").at(date(2019, 12, 31))
    assert law.known("consultation_days") is None
    with pytest.raises(NoSuchRule, match="在2019-12-31尚无有效规定"):
        _ = law.consultation_days
    assert law.known("city_filing_days") is None  # the province's term was not found


def test_a_group_is_read_at_once():
    law = table("scope").at(date(2024, 1, 1))
    field = law.group("food_drugs")
    assert field["forbidden"].value is True
    assert field["routes"].amount == "国家标准、省级地方标准"
    assert "预制菜" in field["words"].value
    assert law.group("nobody") == {}
    rule = table("scope").rules["food_drugs.routes"]
    assert (rule.group, rule.heading) == ("food_drugs", "食品药品")
    assert len(table("scope").groups()["food_drugs"]) == 3


@pytest.mark.parametrize("key", table("review_profiles").rules)
def test_a_profile_is_told_and_read_again(key):
    value = table("review_profiles").rules[key].values[0]
    assert profiles.read_lines("\n".join(profiles.lines(value.value))) == value.value
    assert value.amount.replace("；", "\n").splitlines() == profiles.lines(value.value)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "应写明“同意不少于”"),
        ("同意不少于：四分之三", "不是比例，应写作 3/4"),
        ("同意不少于：5/4", "应在 0 与 1 之间"),
        ("同意不少于：1/0", "不是比例"),
        ("同意不少于：3/4\n专家不少于：0", "“专家不少于：0”无法识别"),
        ("同意不少于：3/4\n专家人数为单数：也许", "无法识别"),
        ("同意不少于：3/4\n材料提前送达：一周", "无法识别"),
        ("同意", "“同意”无法识别"),
    ],
)
def test_a_profile_that_cannot_be_read_is_refused(text, wrong):
    with pytest.raises(ValueError, match=wrong):
        profiles.read_lines(text)


def write(path, text):
    path.write_text(text)
    return path


RULE = '{ since = 2020-01-01, value = 30, source = "甲", verified = true }'


def test_a_citys_table_joins_in(tmp_path):
    write(
        tmp_path / "local_standard.toml",
        f"""[consultation_days]
        name = "公开征求意见期限"
        values = [{RULE.replace("2020-01-01", "2021-02-01").replace("30", "45")}]
        [notice_days]
        name = "发布前公示期限"
        unit = "working_days"
        values = [{RULE.replace("30", "7")}]
        """,
    )
    joined = table("local_standard", tmp_path)
    assert joined.at(date(2021, 1, 31)).consultation_days == 30
    city = joined.at(date(2021, 2, 1)).rule("consultation_days")
    assert (city.value, city.origin, city.unit) == (45, Origin.CITY, Unit.DAYS)
    assert city.name == "公开征求意见期限，不少于"
    assert joined.at(date(2021, 2, 1)).rule("notice_days").amount == "7个工作日"
    assert table("local_standard").at(date(2021, 2, 1)).consultation_days == 30


def test_on_one_day_the_citys_value_stands_before_the_laws(tmp_path):
    own = f'[review_years]\nname = "周期"\nvalues = [{RULE}]'
    write(tmp_path / "standards.toml", own.replace("2020-01-01", "2018-01-01").replace("30", "3"))
    assert table("standards", tmp_path).at(date(2018, 1, 1)).review_years == 3


def test_a_city_without_tables_has_the_laws(tmp_path):
    assert table("standards", tmp_path).rules == table("standards").rules


def test_there_is_no_table_of_another_name():
    with pytest.raises(NoSuchRule, match=r"没有规则表“\.\./x”"):
        table("../x")


@pytest.mark.parametrize(
    ("text", "said_"),
    [
        ("[a", "不是有效的 TOML"),
        ("[a]\nvalues = []", "的“a”没有名称"),
        ('[a]\nname = "甲"\nvalues = []', "没有取值"),
        (f'[a]\nname = "甲"\n[a.b]\nvalues = [{RULE}]', "的“a”.b没有名称"),
        (f'[rule]\nname = "甲"\nvalues = [{RULE}]', "请换一个代号"),
        (f'[a]\nname = "甲"\nvalues = [{RULE.replace("source", "sauce")}]', "缺少source"),
        (f'[a]\nname = "甲"\nvalues = [{RULE.replace("value", "worth")}]', "缺少value"),
        (f'[a]\nname = "甲"\nvalues = [{RULE.replace("true", "1")}]', "缺少verified"),
        (f'[a]\nname = "甲"\nvalues = [{RULE.replace("01-01", "01-01T00:00:00")}]', "缺少since"),
        (f'[a]\nname = "甲"\nunit = "weeks"\nvalues = [{RULE}]', "weeks"),
        (f'[a]\nname = "甲"\nunit = "share"\nvalues = [{RULE}]', "应在 0 与 1 之间"),
        (f'[a]\nname = "甲"\nunit = "years"\nvalues = [{RULE.replace("30", "-1")}]', "超出范围"),
        (f'[a]\nname = "甲"\nunit = "route"\nvalues = [{RULE}]', "不是去向"),
    ],
)
def test_a_table_that_cannot_be_taken_is_told_in_one_sentence(text, said_, tmp_path):
    with pytest.raises(UnreadableTable, match=said_) as told:
        read_table(write(tmp_path / "t.toml", text))
    assert "“t.toml”" in str(told.value)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (30, Unit.DAYS, "30个自然日"),
        (20, Unit.WORKING_DAYS, "20个工作日"),
        (12, Unit.MONTHS, "12个月"),
        (5, Unit.YEARS, "5年"),
        (5, Unit.PEOPLE, "5人"),
        ("3/4", Unit.SHARE, "3/4"),
        (["group", "national"], Unit.ROUTE, "团体标准、国家标准"),
        (False, None, "否"),
        (["甲", "乙"], None, "甲、乙"),
    ],
)
def test_values_are_said_as_officials_write_them(value, unit, expected):
    assert said(value, unit) == expected
