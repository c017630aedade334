"""The journal files every act under its subject, marked as its actor is."""

from datetime import date

from rongbiao.parties import journal


def test_an_act_is_found_under_its_subject(officer):
    unit = officer.organization
    journal.write(officer, "rename", unit, day=date(2024, 3, 1), was="旧名")
    (line,) = journal.lines_of(unit)
    assert (line.verb, line.day, line.post, line.words) == (
        "rename",
        date(2024, 3, 1),
        officer,
        {"was": "旧名"},
    )
    assert not line.demonstration


def test_what_a_demonstration_post_does_is_demonstration(officer):
    officer.demonstration = True
    line = journal.write(officer, "rename", officer.organization, day=date(2024, 3, 1))
    assert line.demonstration


def test_the_journal_keeps_names_in_chinese_whoever_writes(officer):
    from django.utils import translation

    from rongbiao.strategy.models import Quarter

    quarter = Quarter(pk=1, year=2025, number=3)
    with translation.override("en"):
        line = journal.write(officer, "move", quarter, day=date(2025, 9, 1))
        assert str(quarter) == "Q3 2025"
    assert line.subject == "2025年三季度"
