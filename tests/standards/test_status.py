"""What an edition is on a day, and the register turned with the days."""

from datetime import date

import pytest

from rongbiao.standards.models import Change, Relation, Standard
from rongbiao.standards.numbering import columns
from rongbiao.standards.status import status_on, turn
from rongbiao.texts.numbers import read_number

DAY = date(2025, 6, 1)


def edition(number="GB/T 1-2024", **said) -> Standard:
    told = {"title": "试验", "issued_on": date(2024, 1, 1), "source": "city"} | said
    return Standard(**columns(read_number(number)) | told)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, "current"),
        ({"implemented_on": DAY}, "current"),
        ({"implemented_on": date(2025, 6, 2)}, "upcoming"),
        ({"withdrawn_on": DAY}, "withdrawn"),
        ({"withdrawn_on": date(2025, 6, 2)}, "current"),
        ({"withdrawn_on": DAY, "status": "superseded"}, "superseded"),
        ({"status": "withdrawn"}, "withdrawn"),
        ({"status": "project", "implemented_on": date(2026, 1, 1)}, "project"),
        ({"status": "upcoming", "implemented_on": DAY}, "current"),
        ({"issued_on": None}, ""),
        ({"source": "relaton-iso"}, ""),  # what its source does not say is not assumed
    ],
)
def test_a_status_is_what_the_source_says_moved_on_by_its_days(said, status):
    assert status_on(edition(**said), DAY) == status


def test_the_register_turns_with_the_days_once(db):
    begun = edition("GB/T 1-2024", status="upcoming", implemented_on=DAY)
    later = edition("GB/T 2-2024", status="upcoming", implemented_on=date(2025, 6, 2))
    ended = edition("GB/T 3-2024", status="current", withdrawn_on=DAY)
    replaced = edition("GB/T 4-2020", status="current", withdrawn_on=DAY)
    draft = edition("GB/T 5-2024", status="project", implemented_on=DAY)
    Standard.objects.bulk_create([begun, later, ended, replaced, draft])
    Relation.objects.create(
        kind="replaces", subject="GB/T 4-2025", subject_key="GB/T4-2025",
        object="GB/T 4-2020", object_key="GB/T4-2020", basis="试验",
    )  # fmt: skip
    assert turn(DAY) == 3
    statuses = dict(Standard.objects.values_list("bare_key", "status"))
    assert statuses == {
        "GB/T1": "current",
        "GB/T2": "upcoming",
        "GB/T3": "withdrawn",
        "GB/T4": "superseded",
        "GB/T5": "project",
    }
    told = set(Change.objects.values_list("standard_id", flat=True))
    moved = Standard.objects.filter(bare_key__in=["GB/T1", "GB/T3", "GB/T4"])
    assert told == set(moved.values_list("pk", flat=True))
    assert turn(DAY) == 0
