"""A correction that no register can hold is refused in a sentence, whoever sends it."""

from datetime import date

import pytest

from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.parties.refused import Refused
from rongbiao.procedures.correction import Correction
from rongbiao.standards import edits
from tests.standards_desk import enter

DAY = date(2026, 3, 2)
BASIS = {"basis": "试〔2026〕1号", "basis_on": "2026-03-02", "reason": "核对标准文本"}


def ask(actor, standard=None, **said):
    return desk.open_case(Correction, actor=actor, day=DAY, answers=BASIS | said, standard=standard)


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("[1]", "wanted"),
        ("5", "wanted"),
        ('"x"', "wanted"),
        ('{"columns": []}', "columns"),
        ('{"words": "x"}', "words"),
        ('{"columns": {"published_on": "x"}}', "columns.published_on"),
        ('{"columns": {"issued_on": "x"}}', "columns.issued_on"),
        ('{"columns": {"issued_on": 5}}', "columns.issued_on"),
        ('{"columns": {"title": null}}', "columns.title"),
        ('{"columns": {"status": "x"}}', "columns.status"),
        ('{"drafters": [1]}', "drafters.0"),
        ('{"relations": [1]}', "relations.0"),
        ('{"relations": [["cites", 1]]}', "relations.0"),
        ('{"relations": [["x", "GB/T 1.1"]]}', "relations.0"),
    ],
)
def test_what_is_badly_formed_is_refused_and_its_place_named(officer, wanted, place):
    row = enter("GB/T 99001-2025")
    with pytest.raises(Refused, match=f"“{place}”不符合格式"):
        ask(officer, row, wanted=wanted, version=edits.version_of(row))
    assert not Case.objects.exists()


def test_it_names_the_edition_and_the_version_on_which_it_rests(officer):
    row = enter("GB/T 99001-2025")
    with pytest.raises(Refused, match="应写明依据的版本"):
        ask(officer, row, wanted='{"columns": {"title": "新名"}}')
    with pytest.raises(Refused, match="没有写明标准"):
        ask(officer, wanted='{"columns": {"title": "新名"}}')


def test_what_is_well_formed_is_written(officer):
    row = enter("GB/T 99001-2025", issued_on=DAY)
    wanted = (
        '{"columns": {"title": "新名", "issued_on": null}, "relations": [["cites", "GB/T 1.1"]]}'
    )
    ask(officer, row, wanted=wanted, version=edits.version_of(row))
    row.refresh_from_db()
    assert (row.title, row.issued_on) == ("新名", None)
    assert edits.relations_of(row) == [("cites", "GB/T 1.1")]
