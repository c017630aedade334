"""Sources that disagree: the rule column by column, and nothing that was said is lost."""

from datetime import date

import pytest

from rongbiao.exchange.loading.merging import merge
from rongbiao.standards.models import Claim, Standard
from tests.exchange.loading.test_loads import counts, load, own_folder, table  # noqa: F401

ISO = ("relaton-iso", date(2025, 1, 1))
PLATFORM = ("openstd", date(2024, 1, 1))
IEC = ("relaton-iec", date(2025, 1, 1))


def test_the_higher_rank_is_believed_and_both_claims_stand():
    merged = merge({"title": "甲"}, ISO, {}, {"title": "乙"}, PLATFORM)
    assert (merged.values, merged.disagreements) == ({"title": "乙"}, 1)
    assert merged.said == [("title", "甲", *ISO), ("title", "乙", *PLATFORM)]
    merged = merge({"title": "甲"}, PLATFORM, {}, {"title": "乙"}, ISO)
    assert (merged.values, len(merged.said)) == ({}, 2)


def test_a_source_may_change_its_own_word_and_an_empty_word_says_nothing():
    merged = merge({"title": "甲", "ccs": "A00"}, ISO, {}, {"title": "乙", "ccs": ""}, ISO)
    assert (merged.values, merged.said, merged.disagreements) == ({"title": "乙"}, [], 0)


def test_what_was_empty_is_filled_and_known_to_be_the_others():
    merged = merge({"ccs": ""}, ISO, {}, {"ccs": "A00"}, PLATFORM)
    assert (merged.values, merged.said, merged.filled) == (
        {"ccs": "A00"}, [("ccs", "A00", *PLATFORM)], 1,
    )  # fmt: skip
    claims = {"ccs": {"openstd": ("A00", PLATFORM[1])}}
    merged = merge({"ccs": "A00"}, ISO, claims, {"ccs": "B00"}, IEC)
    assert merged.values == {}  # the platform outranks, though the edition is another's


def test_of_equals_what_stands_goes_on_standing_when_the_same_is_said_again():
    claims = {"title": {"relaton-iso": ("甲", ISO[1]), "relaton-iec": ("乙", IEC[1])}}
    merged = merge({"title": "甲"}, ISO, claims, {"title": "乙"}, ("relaton-iec", date(2030, 1, 1)))
    assert (merged.values, merged.said) == ({}, [])


def test_who_comes_round_ends_the_disagreement():
    claims = {"title": {"openstd": ("甲", None), "relaton-iso": ("乙", None)}}
    merged = merge({"title": "甲"}, ISO, claims, {"title": "甲"}, ISO)
    assert sorted(merged.unsaid) == [("title", "openstd"), ("title", "relaton-iso")]


@pytest.mark.parametrize(
    ("held", "said", "values"),
    [
        (("2008-05-01", "month"), ("2008-05-17", "day"), ("2008-05-17", "day")),
        (("2008-05-17", "day"), ("2008-01-01", "year"), None),
        (("2008-05-01", "month"), ("2008-05-01", "day"), ("2008-05-01", "day")),
    ],
)
def test_a_day_said_more_exactly_is_no_disagreement(held, said, values):
    names = ("issued_on", "issued_precision")
    merged = merge(
        dict(zip(names, held, strict=True)), PLATFORM, {},
        dict(zip(names, said, strict=True)), ISO,
    )  # fmt: skip
    assert merged.values == (dict(zip(names, values, strict=True)) if values else {})
    assert merged.disagreements == 0


@pytest.mark.django_db
def test_two_sources_of_one_edition(tmp_path):
    head = "标准编号,标准名称,CCS,起草单位\n"
    load(table(tmp_path, head + "GB 1-2001,甲,,一院\nGB 2-2001,丙,,\n"), source="table")
    platform = table(tmp_path, head + "GB 1-2001,乙,A00,二院、一院\nGB 2-2001,丙,,\n", name="p.csv")
    tried = load(platform, source="openstd", aim="read")
    done = load(platform, source="openstd")
    for one in (tried, done):
        assert counts(one, "new", "changed", "same", "claims", "filled") == [0, 1, 1, 2, 1]
    row = Standard.objects.get(number="GB 1-2001")
    assert (row.title, row.ccs, row.source) == ("乙", "A00", "table")
    assert [part.name for part in row.participations.all()] == ["二院", "一院"]
    said = Claim.objects.order_by("field", "source").values_list("field", "source", "value")
    assert list(said) == [
        ("ccs", "openstd", "A00"),
        ("drafters", "openstd", "二院、一院"), ("drafters", "table", "一院"),
        ("title", "openstd", "乙"), ("title", "table", "甲"),
    ]  # fmt: skip
    assert counts(load(platform, source="openstd"), "new", "changed", "same") == [0, 0, 2]
