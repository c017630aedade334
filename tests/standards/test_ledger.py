"""The ledger of numbers: who holds each serial, what is a gap, and how a gap is explained."""

from datetime import date

import pytest

from rongbiao.parties import journal
from rongbiao.parties.models import Act, Serial
from rongbiao.parties.refused import Refused
from rongbiao.standards import ledger
from rongbiao.standards.events import note
from rongbiao.standards.models import Gap, Standard
from tests.standards_desk import enter

DAY = date(2026, 3, 2)
SAID = {"reason": "unloaded", "words": "旧档案待补录", "basis": "榕标〔2026〕1号", "basis_on": DAY}


def explain(first, last, actor, **said):
    return ledger.explain(first, last, **SAID | said, actor=actor, day=said.pop("day", DAY))


def shown(book=None):
    """Return the ledger as (first, last, how it stands)."""
    return [
        (one.first, one.last, "held" if one.held else one.reason.words if one.reason else "?")
        for one in (book or ledger.read()).stretches
    ]


@pytest.fixture
def shelf(city):
    enter("DB3501/T 003-2019", "旧版", status="superseded")
    enter("DB3501/T 3-2024", "新版")
    enter("DB3501/T 7.2-2020", "第2部分")
    for other in ("DB3502/T 5-2020", "DB35/T 6-2020", "GB/T 4-2020", "DB3501/T 008-2020"):
        enter(other, "别的")


def test_every_serial_stands_from_one_to_the_highest(shelf):
    book = ledger.read()
    assert book.code == "DB3501/T"
    assert shown(book) == [
        (1, 2, "?"), (3, 3, "held"), (4, 6, "?"), (7, 7, "held"), (8, 8, "held"),
    ]  # fmt: skip
    assert len(book.stretches[1].editions) == 2
    assert (book.highest, book.held, book.explained, book.unexplained) == (8, 3, 0, 5)


def test_an_empty_register_has_no_gaps(city, officer):
    book = ledger.read()
    assert (book.highest, book.held, book.unexplained, book.stretches) == (0, 0, 0, ())
    with pytest.raises(Refused, match="还没有 DB3501/T 的标准"):
        explain(1, 1, officer)


def test_a_high_number_makes_one_long_gap(city):
    enter("DB3501/T 999999-2024", "一处笔误")
    assert shown() == [(1, 999998, "?"), (999999, 999999, "held")]


def test_what_approvals_took_belongs_to_the_row(shelf):
    Serial.objects.create(key="DB3501/T", last=10)
    book = ledger.read()
    assert (book.taken, book.highest, shown(book)[-1]) == (10, 10, (9, 10, "?"))


def test_what_the_register_once_had_is_told_apart(shelf, officer):
    row = enter("DB3501/T 005-2026", "后来不见了", issued_on=DAY)
    note(row, None, day=DAY)
    row.delete()
    lost = [(one.first, one.last) for one in ledger.read().stretches if one.lost]
    assert lost == [(5, 5)]
    explain(4, 6, officer)
    parts = [
        (one.first, one.last, one.lost, bool(one.told)) for one in ledger.read().stretches[2:5]
    ]
    assert parts == [(4, 4, False, True), (5, 5, True, True), (6, 6, False, True)]


def test_an_officer_explains_a_range_and_the_journal_says_so(shelf, officer):
    row = explain(1, 2, officer)
    assert shown()[0] == (1, 2, "旧档案待补录")
    assert ledger.read().explained == 2
    (act,) = journal.lines_of(row)
    assert (act.verb, act.post, act.words["basis"]) == (ledger.EXPLAIN, officer, "榕标〔2026〕1号")
    assert (act.words["first"], act.words["last"], act.words["reason"]) == (1, 2, "unloaded")


def test_the_later_explanation_counts_and_the_earlier_stays(shelf, officer):
    explain(4, 6, officer)
    explain(5, 5, officer, words="查档：作废", reason="void")
    assert shown()[2:5] == [(4, 4, "旧档案待补录"), (5, 5, "查档：作废"), (6, 6, "旧档案待补录")]
    middle = ledger.read().stretches[3]
    assert [gap.words for gap in middle.told] == ["查档：作废", "旧档案待补录"]
    explain(4, 6, officer, words="全部查清")
    (whole,) = [one for one in ledger.read().stretches if one.first == 4]
    assert (whole.last, [gap.words for gap in whole.told]) == (
        6, ["全部查清", "查档：作废", "旧档案待补录"],
    )  # fmt: skip
    assert Gap.objects.count() == 3


def test_what_is_registered_meanwhile_is_no_gap(shelf, officer):
    explain(4, 6, officer)
    enter("DB3501/T 005-2018", "补录的旧标准")
    assert shown()[2:5] == [(4, 4, "旧档案待补录"), (5, 5, "held"), (6, 6, "旧档案待补录")]
    assert (ledger.read().explained, ledger.read().held) == (2, 4)


@pytest.mark.parametrize(
    ("first", "last", "said", "sentence"),
    [
        (2, 4, {}, "003 号由 DB3501/T .*使用，不是空号"),
        (7, 7, {}, "007 号由 DB3501/T 7.2—2020 第2部分 使用"),
        (0, 1, {}, "应当在 1 至 8 之间，.*填的是 0 至 1。"),
        (9, 9, {}, "填的是 9 至 9"),
        (2, 1, {}, "起号不大于止号"),
        (1, 2, {"reason": "为什么"}, "从所列的原因中选择"),
        (1, 2, {"reason": "other", "words": " "}, "选“其他”的"),
        (1, 2, {"basis": " "}, "依据的文号和日期"),
        (1, 2, {"basis_on": None}, "依据的文号和日期"),
        (1, 2, {"basis_on": date(2026, 3, 3)}, "不晚于今天"),
        (1, 2, {"words": "字" * 501}, "说明有 501 字，超过 500 字"),
        (1, 2, {"basis": "字" * 201}, "依据有 201 字，超过 200 字"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_a_sentence(shelf, officer, first, last, said, sentence):
    with pytest.raises(Refused, match=sentence):
        explain(first, last, officer, **said)
    assert not Gap.objects.exists()
    assert not Act.objects.filter(verb=ledger.EXPLAIN).exists()


def test_only_an_officer_in_post_explains(shelf, officer, reporter, administrator):
    for other in (reporter, administrator, None):
        with pytest.raises(Refused, match="由联席会议办公室经办人说明"):
            explain(1, 2, other)
    officer.until = date(2025, 12, 31)
    with pytest.raises(Refused, match="任职"):
        explain(1, 2, officer)


def test_the_same_words_twice_leave_one_line(shelf, officer):
    explain(1, 2, officer)
    for first, last in ((1, 2), (2, 2)):
        with pytest.raises(Refused, match="已有同样的说明"):
            explain(first, last, officer)
    explain(4, 6, officer)
    assert Gap.objects.count() == 2


def test_what_a_demonstration_officer_says_is_of_that_world(shelf, officer):
    officer.demonstration = True
    officer.save()
    assert explain(1, 2, officer).demonstration
    assert Act.objects.get(verb=ledger.EXPLAIN).demonstration


def test_four_questions_however_long_the_row_is(shelf, officer, django_assert_num_queries):
    with django_assert_num_queries(4):
        ledger.read()
    explain(1, 2, officer)
    for serial in range(20, 60, 2):
        enter(f"DB3501/T {serial}-2024")
    with django_assert_num_queries(4):
        assert ledger.read().held == 23


def test_an_index_finds_the_serials(shelf):
    from django.db import connection

    asked = Standard.objects.filter(ledger.under("DB3501/T")).order_by().values_list("pk", "key")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "standards_standard_key_once" in asked.explain() or "key" in asked.explain()
    plan = asked.explain().lower()
    assert "scan standards_standard\n" not in f"{plan}\n"
    assert "seq scan" not in plan
