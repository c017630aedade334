"""Every rule says since when, from which source, and whether that was verified."""

from datetime import date

import pytest

from rongbiao.law import TABLES, NoSuchRule, read_table, table


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_rule_has_a_source(path):
    for rule in read_table(path).rules.values():
        assert rule.name
        assert rule.values
        for value in rule.values:
            assert value.source
            assert isinstance(value.verified, bool)


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.toml")), ids=lambda path: path.stem)
def test_each_side_of_every_day_on_which_a_rule_changed(path):
    for rule in read_table(path).rules.values():
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
