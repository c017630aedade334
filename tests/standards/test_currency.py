"""Standing on a day: the facts of the national platform, in pages of its structure."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongbiao.exchange.loading import loads
from rongbiao.standards.currency import standing, standings
from rongbiao.standards.models import Relation, Standard
from tests.exchange.loading import samples

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 5)
# Number, title, status, issued, implemented, remark: as the platform says.
FACTS = [
    ("GB/T 1.1-2000", "标准的结构和编写规则", "废止", "2000-12-20", "2001-06-01", ""),
    ("GB/T 1.1-2009", "标准的结构和编写", "废止", "2009-06-17", "2010-01-01", ""),
    ("GB/T 1.1-2020", "标准化文件的结构和起草规则", "现行", "2020-03-31", "2020-10-01", ""),
    ("GB/T 20223-2006", "棉短绒", "废止", "2006-03-10", "2006-09-01", "2006-09-01实施"),
    (
        "GB/T 5606.1-2004", "卷烟 第1部分:抽样", "现行", "2004-12-14", "2005-03-01",
        "2005-03-01实施,代替GB/T 5606.1-1996",
    ),
]  # fmt: skip


@pytest.fixture(autouse=True)
def register(tmp_path, monkeypatch):
    """Enter the facts through the reader of saved pages: one list, the rest as details."""
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")
    pages = [samples.list_page([fact[:5] for fact in FACTS[:3]])]
    pages += [samples.detail_page(*fact) for fact in FACTS]
    for number, page in enumerate(pages):
        path = tmp_path / f"{number}.html"
        path.write_text(page)
        done = loads.work(loads.order(path, aim="enter", basis="平台网页"))
        assert (done.state, done.source) == ("done", "openstd"), done.why


def test_the_pages_are_read_whole():
    row = Standard.objects.get(number="GB/T 1.1-2020")
    assert (row.ccs, row.ics, row.authority, row.owner, row.publisher, row.nature) == (
        "A00", "01.120", "国家标准委", "国家标准委", "国家市场监督管理总局", "recommended",
    )  # fmt: skip
    assert (row.title_en, row.source) == ("Directives", "openstd")
    assert row.address.endswith("hcno=0123456789ABCDEF0123456789ABCDEF")
    relation = Relation.objects.get()
    assert (str(relation), relation.source) == ("GB/T 5606.1-2004 代替 GB/T 5606.1-1996", "openstd")


@pytest.mark.parametrize(
    ("number", "on", "state", "since", "replaced_by", "present"),
    [
        ("GB/T 1.1-2000", TODAY, "superseded", date(2010, 1, 1), ["GB/T 1.1-2009"], "GB/T 1.1-2020"),
        ("GB/T 1.1-2009", TODAY, "superseded", date(2020, 10, 1), ["GB/T 1.1-2020"], "GB/T 1.1-2020"),
        ("GB/T 1.1-2020", TODAY, "current", date(2020, 10, 1), [], "GB/T 1.1-2020"),
        ("gb/t1.1—2009", date(2015, 1, 1), "current", date(2010, 1, 1), [], "GB/T 1.1-2009"),
        ("GB/T 1.1-2009", date(2020, 6, 1), "current", date(2010, 1, 1), [], "GB/T 1.1-2009"),
        ("GB/T 1.1-2020", date(2020, 6, 1), "upcoming", date(2020, 10, 1), [], ""),
        ("GB/T 20223-2006", TODAY, "withdrawn", None, [], ""),
        ("GB/T 5606.1-1996", TODAY, "superseded", date(2005, 3, 1), ["GB/T 5606.1-2004"], "GB/T 5606.1-2004"),
        ("GB/T 5606.1-2004", TODAY, "current", date(2005, 3, 1), [], "GB/T 5606.1-2004"),
    ],
)  # fmt: skip
def test_the_facts_of_the_platform(number, on, state, since, replaced_by, present):
    found = standing(number, on)
    assert (found.state, found.since, list(found.replaced_by), found.present) == (
        state, since, replaced_by, present,
    )  # fmt: skip


def test_the_chain_leads_to_the_present_edition():
    found = standing("GB/T 1.1-2000", TODAY)
    assert found.chain == ("GB/T 1.1-2000", "GB/T 1.1-2009", "GB/T 1.1-2020")
    assert (found.basis, found.source, found.edition.number) == (
        "平台网页", "openstd", "GB/T 1.1-2000",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "present"), [(TODAY, "GB/T 1.1-2020"), (date(2020, 6, 1), "GB/T 1.1-2009")]
)
def test_a_number_without_its_year_means_the_edition_in_force(on, present):
    found = standing("GB/T 1.1", on)
    assert (found.undated, found.state, found.edition.number) == (True, "current", present)


def test_what_is_not_held_is_unknown_with_what_may_be_meant():
    found = standing("GB 1.1-2009", TODAY)
    assert (found.state, found.sure, found.candidates) == ("unknown", False, ("GB/T 1.1-2009",))
    other = standing("GB/T 1.1-2015", TODAY)
    assert other.candidates == ("GB/T 1.1-2000", "GB/T 1.1-2009", "GB/T 1.1-2020")
    assert (standing("甲乙", TODAY).state, standing("甲乙", TODAY).number) == ("unknown", "")


def test_relations_in_a_ring_end():
    for one, other in (("1.1-2020", "1.1-2009"), ("1.1-2009", "1.1-2020")):
        Relation.objects.create(
            kind="replaces", basis="误", subject=f"GB/T {one}", subject_key=f"GB/T{one}",
            object=f"GB/T {other}", object_key=f"GB/T{other}",
        )  # fmt: skip
    assert len(standing("GB/T 1.1-2009", TODAY).chain) == 2


def test_many_numbers_take_as_many_questions_as_one():
    with CaptureQueriesContext(connection) as one:
        standing("GB/T 1.1-2000", TODAY)
    numbers = [fact[0] for fact in FACTS] * 50 + [f"GB {n}-2001" for n in range(500)]
    with CaptureQueriesContext(connection) as many:
        found = standings(numbers, TODAY)
    assert (len(found), len(many)) == (750, len(one))
