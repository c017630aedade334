"""What is news, and that noting it is quick and safe to repeat."""

from datetime import date, timedelta

import pytest

from rongbiao.standards import events
from rongbiao.standards.models import Event, Standard
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number

DAY = date(2026, 3, 2)
KIND = Event.Kind


def edition(number="GB/T 1.1—2020", **said):
    made = columns(read_number(number)) | {"title": "标准化工作导则", "status": "current"}
    return Standard.objects.create(basis="试", **(made | said))


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"status": "superseded"}, KIND.REPLACED),
        ({"status": "superseded", "withdrawn_on": DAY}, KIND.REPLACED),
        ({"status": "withdrawn"}, KIND.WITHDRAWN),
        ({"withdrawn_on": DAY}, KIND.WITHDRAWN),
        ({"title": "导则"}, KIND.CHANGED),
        ({"implemented_on": DAY}, KIND.CHANGED),
        ({"address": "https://example.org"}, None),
        ({"title_en": ""}, None),
    ],
)
def test_the_kind_follows_from_before_and_after(db, change, kind):
    row = edition()
    before = events.columns_of(row)
    for name, value in change.items():
        setattr(row, name, value)
    assert events.note(row, before, day=DAY) == (1 if kind else 0)
    assert [event.kind for event in Event.objects.all()] == ([kind] if kind else [])


def test_a_new_row_of_a_known_standard_is_a_new_edition(db):
    edition("GB/T 1.1—2009", issued_on=date(2009, 6, 17))
    first, second = edition(issued_on=DAY), edition("GB/T 2—2026", issued_on=DAY)
    events.note(first, None, day=DAY)
    events.note(second, None, day=DAY)
    assert [event.kind for event in Event.objects.order_by("pk")] == [KIND.EDITION, KIND.ENTERED]


def test_filling_the_register_with_old_standards_is_no_news(db):
    assert events.note(edition(issued_on=DAY - timedelta(days=366)), None, day=DAY) == 0
    assert events.note(edition("ISO 9001:2015", issued_on=None), None, day=DAY) == 0


def test_a_day_that_comes_is_noted_once_and_caught_up(db):
    edition(implemented_on=DAY, issued_on=DAY)
    edition("GB/T 3—2026", implemented_on=DAY + timedelta(days=3))
    edition("GB/T 4—2026", withdrawn_on=DAY + timedelta(days=1))
    edition("GB/T 5—2026", implemented_on=DAY - timedelta(days=30))
    assert events.note_days(DAY) == 1
    assert events.note_days(DAY) == 0
    assert events.note_days(DAY + timedelta(days=5)) == 2
    assert events.note_days(DAY + timedelta(days=5)) == 0
    found = Event.objects.order_by("pk").values_list("number", "kind", "day")
    assert list(found) == [
        ("GB/T 1.1-2020", KIND.IMPLEMENTED, DAY),
        ("GB/T 3-2026", KIND.IMPLEMENTED, DAY + timedelta(days=3)),
        ("GB/T 4-2026", KIND.WITHDRAWN, DAY + timedelta(days=1)),
    ]


@pytest.mark.slow
def test_many_are_noted_in_portions(db):
    def changes():
        for n in range(10_000):
            key = f"GB/T{n}-2026"
            named = {"key": key, "bare_key": f"GB/T{n}", "number": key, "title": "甲"}
            yield ({**named, "status": "current"}, {**named, "status": "withdrawn"})

    assert events.note_many(changes(), day=DAY) == 10_000
