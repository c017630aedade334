"""An officer's edit: whole or not at all, with its basis, in the journal, and one of two wins."""

from datetime import date

import pytest

from rongbiao.parties import journal
from rongbiao.parties.models import Organization
from rongbiao.parties.refused import Refused
from rongbiao.standards import edits
from rongbiao.standards.edits import Basis, Overtaken, Wanted
from rongbiao.standards.models import Change, Claim, Event, Relation, Standard
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number

DAY = date(2026, 3, 2)
BASIS = Basis("国家标准公告2026年第3号", date(2026, 2, 28), "公告更正名称")


@pytest.fixture
def standard(city):
    made = columns(read_number("GB/T 99001—2025"))
    return Standard.objects.create(
        title="旧名", status="current", source="openstd", source_on=date(2025, 9, 1),
        issued_on=date(2025, 5, 1), basis="导入", **made,
    )  # fmt: skip


def edit(standard, officer, basis=BASIS, version=None, **wanted):
    said = Wanted(columns=wanted.pop("columns", {}), **wanted)
    version = version or edits.version_of(standard)
    return edits.edit(standard, said, basis, version=version, actor=officer, day=DAY)


def test_an_edit_writes_everything_that_belongs_to_it(standard, officer):
    firm = Organization.objects.create(name="榕江公司", kind="enterprise", aliases=["榕江厂"])
    row = edit(
        standard,
        officer,
        columns={"title": "新名", "ics": "35.240"},
        drafters=["北京研究院", "榕江厂", "", "北京研究院"],
        relations=[("replaces", "GB/T 99001-2011"), ("cites", "GB/T 1.1")],
    )
    row.refresh_from_db()
    assert (row.title, row.ics, row.basis, row.source) == (
        "新名", "35.240", BASIS.number, "openstd",
    )  # fmt: skip
    parts = row.participations.order_by("place").values_list("name", "organization", "part")
    assert list(parts) == [("北京研究院", None, "lead"), ("榕江厂", firm.pk, "join")]
    relations = Relation.objects.order_by("kind").values_list("kind", "object", "dated", "source")
    assert list(relations) == [
        ("cites", "GB/T 1.1", False, "city"),
        ("replaces", "GB/T 99001-2011", True, "city"),
    ]
    claims = Claim.objects.order_by("field", "source").values_list("field", "source", "value")
    assert list(claims) == [
        ("ics", "city", "35.240"),
        ("title", "city", "新名"),
        ("title", "openstd", "旧名"),
    ]
    act = journal.lines_of(row).get()
    assert act.words["before"]["title"] == "旧名"
    assert act.words["after"] == {
        "title": "新名",
        "ics": "35.240",
        "drafters": ["北京研究院", "榕江厂"],
        "relations": ["代替 GB/T 99001-2011", "引用 GB/T 1.1"],
    }
    assert (act.words["basis"], act.words["reason"]) == (BASIS.number, BASIS.reason)
    assert list(Change.objects.values_list("standard_id", flat=True)) == [row.pk]
    assert Event.objects.get().words["title"] == ["旧名", "新名"]


def test_of_two_editors_the_second_is_told(standard, officer):
    seen = edits.version_of(standard)
    edit(standard, officer, version=seen, columns={"title": "先改"})
    with pytest.raises(Overtaken, match="已经改过这项标准"):
        edit(standard, officer, version=seen, columns={"title": "后改"})
    standard.refresh_from_db()
    assert standard.title == "先改"
    assert journal.lines_of(standard).count() == 1


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"columns": {}}, "没有改动"),
        ({"columns": {"title": " "}}, "名称不能为空"),
        ({"columns": {"implemented_on": date(2025, 4, 30)}}, "实施日期（2025-04-30）早于发布日期"),
        ({"columns": {"withdrawn_on": date(2026, 1, 1)}}, "状态不能是“现行”"),
        ({"relations": [("cites", "什么")]}, "没有读懂“什么”"),
        ({"relations": [("cites", "GB/T 99001-2025")]}, "不能与自己有关系"),
        ({"drafters": ["甲" * 201]}, "超过 200 字"),
        ({"text": (b"MZ\x90", "甲.pdf")}, "甲.pdf"),
    ],
)
def test_a_refused_edit_leaves_no_trace(standard, officer, wanted, why):
    with pytest.raises(Refused, match=why):
        edit(standard, officer, **wanted)
    standard.refresh_from_db()
    assert (standard.title, standard.basis) == ("旧名", "导入")
    assert not journal.lines_of(standard).exists()
    assert not Change.objects.exists()
    assert not Relation.objects.exists()


def test_a_basis_and_a_reason_are_needed_and_an_officer(standard, officer, reporter):
    for basis, why in (
        (Basis(" ", DAY, "因为"), "依据的文号和日期"),
        (Basis("公告", None, "因为"), "依据的文号和日期"),
        (Basis("公告", DAY, " "), "写明理由"),
    ):
        with pytest.raises(Refused, match=why):
            edit(standard, officer, basis=basis, columns={"title": "新"})
    with pytest.raises(Refused, match="经办人更正"):
        edit(standard, reporter, columns={"title": "新"})


def test_an_edition_is_entered_by_hand_once(standard, officer):
    said = Wanted(columns={"title": "茶园管理", "issued_on": DAY}, drafters=["北京研究院"])
    row = edits.enter("db3501/t 12-2026", said, BASIS, actor=officer, day=DAY)
    assert (row.number, row.level, row.source) == ("DB3501/T 12-2026", "municipal", "city")
    assert Event.objects.get().kind == "entered"
    for number, why in (("DB3501/T12—2026", "已在名录中（茶园管理）"), ("GB/T 5", "写明年份")):
        with pytest.raises(Refused, match=why):
            edits.enter(number, said, BASIS, actor=officer, day=DAY)


def test_a_text_is_kept_by_its_content(standard, officer):
    edit(standard, officer, text=("第一章".encode(), "文本.txt"))
    standard.refresh_from_db()
    assert (standard.text.name, standard.text.media) == ("文本.txt", "text/plain")


def test_a_claim_goes_when_nobody_disagrees(standard, officer):
    edit(edit(standard, officer, columns={"title": "新名"}), officer, columns={"title": "旧名"})
    assert not Claim.objects.exists()
