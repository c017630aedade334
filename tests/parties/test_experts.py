"""Experts: engaged in known fields for a term, renewed, released; what binds them is declared."""

from datetime import date

import pytest

from rongbiao.parties import experts, journal
from rongbiao.parties.experts import Fields, Term
from rongbiao.parties.models import Expertise, Organization, Person, Post, Tie
from rongbiao.parties.refused import Refused
from tests.conftest import hold_post

DAY = date(2026, 3, 2)
TEA = Fields(("67.140.10",), ("X55",), "教授级高级工程师", "senior")
TERM = Term(DAY, date(2029, 3, 1), "榕标联办〔2026〕3号")


@pytest.fixture
def by(officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return {"actor": officer, "day": DAY}


@pytest.fixture
def unit(city):
    return Organization.objects.create(name="茶业研究所", kind="institute")


@pytest.fixture
def person(db):
    return Person.objects.create(username="chen", name="陈茶")


def test_an_expert_is_engaged_for_a_term_with_fields_and_proof(by, unit, person):
    fields = Fields(
        ("67.140.10", "67.140.10"), ("x55",), "研究员", "senior", ("职称证书".encode(), "证书.txt")
    )
    post = experts.enroll(person, unit, fields, TERM, **by)
    post.refresh_from_db()
    assert (post.role, post.since, post.until) == ("expert", DAY, date(2029, 3, 1))
    row = post.expertise
    assert (row.ics, row.ccs, row.proof.name) == ("67.140.10", "X55", "证书.txt")
    with row.proof.content.open() as kept:
        assert kept.read() == "职称证书".encode()
    assert [line.verb for line in journal.lines_of(post)] == ["appoint", "enroll-expert"]
    assert list(experts.on(DAY)) == [post]
    assert not experts.on(date(2029, 3, 2)).exists()
    assert not experts.on(date(2026, 3, 1)).exists()


@pytest.mark.parametrize(
    ("code", "covered"),
    [
        ("67.140.10", True), ("67.140", True), ("67", True), ("67.140.20", False),
        ("67.160", False), ("X55", True), ("X", True), ("X54", False), ("A00", False),
    ],
)  # fmt: skip
def test_a_field_covers_what_is_beneath_and_is_found_from_above(code, covered):
    assert Expertise(ics="67.140.10", ccs="X55").covers(code) is covered


def test_a_broad_field_covers_what_is_beneath():
    broad = Expertise(ics="67.140", ccs="B")
    assert [broad.covers(code) for code in ("67.140.10", "67.140", "B50", "67.120")] == [
        True, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "term", "sentence"),
    [
        (Fields((), (" ",), "研究员", "senior"), TERM, "请至少写明一个专业领域的分类号。"),
        (Fields(("68.1",), (), "研究员", "senior"), TERM, "没有ICS分类号“68.1”。"),
        (Fields(("X55",), (), "研究员", "senior"), TERM, "没有ICS分类号“X55”。"),
        (Fields((), ("67.140",), "研究员", "senior"), TERM, "没有CCS分类号“67.140”。"),
        (Fields(tuple(f"{n:02}" for n in (1, 3, 7, 11, 13, 17, 19, 21, 23, 25, 27, 29, 31)), (),
                "研究员", "senior"), TERM, "专业领域有 13 个，超过 12 个的上限"),
        (TEA, Term(DAY, date(2026, 1, 1), "文"), "聘期至2026-01-01，早于起始日期2026-03-02。"),
        (TEA, Term(DAY, DAY, " "), "请写明依据的文件。"),
        (Fields(("67",), (), "", "senior"), TERM, "陈茶：“职称”不合要求"),
        (Fields(("67",), (), "研究员", "院士"), TERM, "陈茶：“职称等级”不合要求"),
        (Fields(("67",), (), "研究员", "senior", (b"MZ\x90\x00", "a.exe")), TERM, "“a.exe”"),
        (Fields(("67",), (), "研究员", "senior", (b"", "a.pdf")), TERM, "“a.pdf”是空文件"),
    ],
)  # fmt: skip
def test_what_cannot_be_entered_is_refused_and_leaves_nothing(
    by, unit, person, fields, term, sentence
):
    before = (Post.objects.count(), Expertise.objects.count())
    with pytest.raises(Refused) as refused:
        experts.enroll(person, unit, fields, term, **by)
    assert str(refused.value).startswith(sentence)
    assert (Post.objects.count(), Expertise.objects.count()) == before


def test_who_is_engaged_is_not_engaged_again(by, unit, person):
    post = experts.enroll(person, unit, TEA, TERM, **by)
    with pytest.raises(Refused, match="陈茶已是专家，聘期至2029-03-01；续聘请在专家页上办理。"):
        experts.enroll(person, unit, TEA, Term(date(2029, 3, 1), date(2030, 1, 1), "文"), **by)
    later = experts.enroll(person, unit, TEA, Term(date(2029, 3, 2), date(2030, 1, 1), "文"), **by)
    assert later.pk != post.pk


def test_a_collective_name_has_no_experts(by, person):
    unit = Organization.objects.create(name="各企业", kind="collective")
    with pytest.raises(Refused, match="“各企业”是集合名称"):
        experts.enroll(person, unit, TEA, TERM, **by)


def test_only_an_officer_engages(by, unit, person, reporter, administrator):
    for actor in (reporter, administrator):
        with pytest.raises(Refused, match="专家库由联席会议办公室经办人维护。"):
            experts.enroll(person, unit, TEA, TERM, actor=actor, day=DAY)


def test_a_term_is_renewed_or_ended(by, unit, person):
    post = experts.enroll(person, unit, TEA, TERM, **by)
    post = experts.renew(post, date(2031, 3, 1), "榕标联办〔2029〕1号", **by)
    assert post.until == date(2031, 3, 1)
    with pytest.raises(Refused, match="新的聘期至2030-01-01，应晚于现在的聘期至2031-03-01。"):
        experts.renew(post, date(2030, 1, 1), "文", **by)
    with pytest.raises(Refused, match="解聘日期2031-03-02晚于它"):
        experts.release(post, date(2031, 3, 2), "调离", "文", **by)
    with pytest.raises(Refused, match="请写明解聘的理由。"):
        experts.release(post, date(2026, 6, 30), " ", "文", **by)
    post = experts.release(post, date(2026, 6, 30), "调离", "榕标联办〔2026〕9号", **by)
    assert post.until == date(2026, 6, 30)
    assert [line.verb for line in journal.lines_of(post)] == [
        "appoint", "enroll-expert", "renew-expert", "resign", "release-expert",
    ]  # fmt: skip
    late = {"actor": by["actor"], "day": date(2026, 7, 1)}
    with pytest.raises(Refused, match="陈茶的聘期已于2026-06-30届满，请重新聘任。"):
        experts.renew(post, date(2032, 1, 1), "文", **late)
    with pytest.raises(Refused, match="不是专家"):
        experts.renew(by["actor"], date(2032, 1, 1), "文", **by)


def test_a_tie_is_declared_by_the_expert_or_an_officer(by, unit, person, reporter):
    post = experts.enroll(person, unit, TEA, TERM, **by)
    firm = Organization.objects.create(name="茉莉茶厂", kind="enterprise")
    tie = experts.declare_tie(post, "adviser", firm, "本人申报", actor=post, day=DAY)
    assert (tie.organization, tie.declared_on, str(tie.other)) == (firm, DAY, "茉莉茶厂")
    experts.declare_tie(post, "kin", reporter.person, "举报核实", note="配偶", **by)
    assert Tie.objects.filter(post=post).count() == 2
    for line in journal.lines_of(post):
        assert "配偶" not in str(line.words)
    for words, more, sentence in [
        (("adviser", firm, " "), {}, "请写明依据的文件。"),
        (("friend", firm, "文"), {}, "陈茶：“关系”不合要求"),
        (("kin", person, "文"), {}, "利害关系的另一方不能是专家本人。"),
        (
            ("owner", firm, "文"),
            {"since": DAY, "until": date(2026, 1, 1)},
            "终止日期2026-01-01早于",
        ),
    ]:
        with pytest.raises(Refused) as refused:
            experts.declare_tie(post, *words, **more, **by)
        assert str(refused.value).startswith(sentence)
    other = hold_post("他人", "市农业农村局", "expert")
    for actor in (other, reporter):
        with pytest.raises(Refused, match="利害关系由专家本人申报"):
            experts.declare_tie(post, "money", firm, "文", actor=actor, day=DAY)
