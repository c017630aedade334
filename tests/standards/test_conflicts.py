"""Who must stand aside, and why: several reasons at once, each a sentence, in constant queries."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from rongbiao.parties import draws, experts
from rongbiao.parties.appointments import appoint
from rongbiao.parties.draws import Matter
from rongbiao.parties.models import Draw, Person
from rongbiao.parties.refused import Refused
from rongbiao.standards import pools
from rongbiao.standards.conflicts import Concern, conflicts, standards_named
from rongbiao.standards.models import Participation
from rongbiao.standards.pools import Wanted
from rongbiao.texts.lots import Lot, Rules, check, read_record
from tests.expert_desk import DAY, Library
from tests.web.shelf import put


@pytest.fixture
def library(officer):
    return Library(officer)


@pytest.fixture
def firm(library):
    return library.unit("茉莉茶厂", "enterprise")


def said(post, concern, day=DAY):
    return [(r.kind.value, r.sentence) for r in conflicts([post], concern, day)[post.pk]]


def drafted(number, issued_on, *units, by=""):
    row = put(number, f"标准{number}", issued_on=issued_on, drafted_by=by)
    for place, unit in enumerate(units):
        Participation.objects.create(
            standard=row, name=unit.name, organization=unit, place=place, part="join"
        )
    return row


def test_who_is_or_was_of_the_unit(library, firm, officer):
    own = library.expert("现任", "茉莉茶厂", kind="enterprise")
    was = library.expert("曾任", "茶研所")
    long_ago = library.expert("早已离任", "茶研所")
    for post, until in ((was, date(2023, 3, 2)), (long_ago, date(2023, 3, 1))):
        old = appoint(post.person, firm, "reporter", date(2020, 1, 1), "文", actor=None, day=DAY)
        old.until = until
        old.save()
    concern = Concern(units=[firm])
    assert said(own, concern) == [("与回避单位同单位", "现任职于茉莉茶厂。")]
    assert said(was, concern) == [("与回避单位同单位", "至2023-03-02任职于茉莉茶厂。")]
    assert said(long_ago, concern) == []
    assert said(long_ago, Concern(units=[firm], employer_years=4)) != []
    assert said(own, Concern()) == []


def test_who_drafted_the_standard_under_review(library, firm):
    mine = library.expert("张三", "茶研所")
    named = library.expert("李四", "茶科院")
    other = library.expert("李四光", "茶学院")
    row = drafted(
        "DB3501/T 7-2021", date(2021, 5, 1), library.unit("茶研所"), by="王五、李四，赵六"
    )
    concern = Concern(standards=standards_named(["DB3501/T 7"])[0])
    shown = row.shown
    assert said(mine, concern) == [("参与起草所评标准", f"所在单位茶研所是{shown}的起草单位。")]
    assert said(named, concern) == [("参与起草所评标准", f"李四列于{shown}的主要起草人。")]
    assert said(other, concern) == []
    assert standards_named(["DB3501/T 7", "没有", "GB/T 99999"])[1] == ["没有", "GB/T 99999"]


def test_whose_unit_lately_drafted_with_the_unit(library, firm):
    post = library.expert("张三", "茶研所")
    unit = post.organization
    drafted("GB/T 90001-2024", date(2024, 5, 1), firm, unit)
    drafted("GB/T 90002-2025", date(2025, 5, 1), unit, firm)
    drafted("GB/T 90003-2022", date(2022, 5, 1), unit, firm)
    drafted("GB/T 90004-2025", date(2025, 6, 1), unit)
    concern = Concern(units=[firm])
    assert said(post, concern) == [
        ("单位近年与回避单位共同起草标准",
         "所在单位茶研所与茉莉茶厂共同起草GB/T 90002—2025等 2 项标准。"),
    ]  # fmt: skip
    assert said(post, Concern(units=[firm], drafting_years=0)) == []
    assert said(post, concern, date(2028, 6, 1)) == []
    own = library.expert("厂内", "茉莉茶厂", kind="enterprise")
    assert [kind for kind, _ in said(own, concern)] == ["与回避单位同单位"]


def test_declared_ties_hold_for_their_time(library, firm, officer):
    post = library.expert("张三", "茶研所")
    person = Person.objects.create(username="cai", name="蔡总")
    by = {"actor": officer, "day": DAY}
    experts.declare_tie(post, "adviser", firm, "本人申报", since=date(2026, 1, 1),
                        until=date(2026, 12, 31), **by)  # fmt: skip
    experts.declare_tie(post, "kin", person, "本人申报", **by)
    assert said(post, Concern(units=[firm])) == [
        ("有须回避的利害关系", "2026-03-02申报与茉莉茶厂的利害关系：受聘顾问。")
    ]
    assert said(post, Concern(units=[firm]), date(2027, 1, 1)) == []
    both = said(post, Concern(units=[firm], persons=[person, post.person]))
    assert both == [
        ("本人是当事人", "张三是本事项的当事人。"),
        ("有须回避的利害关系", "2026-03-02申报与茉莉茶厂的利害关系：受聘顾问。"),
        ("有须回避的利害关系", "2026-03-02申报与蔡总的利害关系：亲属关系。"),
    ]


def test_a_tie_outlives_a_term(library, firm, officer):
    first = library.expert("张三", "茶研所", until=date(2026, 6, 30))
    experts.declare_tie(first, "owner", firm, "申报", actor=officer, day=DAY)
    second = library.expert("张三", "茶研所", since=date(2026, 7, 1))
    assert [kind for kind, _ in said(second, Concern(units=[firm]), date(2026, 8, 1))] == [
        "有须回避的利害关系"
    ]


def test_who_met_the_case_before_stands_aside(library, officer):
    posts = [library.expert(f"专家{n}", f"单位{n}") for n in range(4)]
    lots = [Lot(f"post:{p.pk}", p.person.name, p.organization.name) for p in posts]
    by = {"actor": officer, "day": DAY}
    draw = draws.reveal(draws.freeze(Matter("立项论证", "7号"), lots, Rules(2, 2), **by), **by)
    seated = {one["post"] for one in draw.seated}
    concern = Concern(basis="7号", purpose="技术审查")
    for post in posts:
        sentence = f"曾在抽取 {draw.number} 中抽中，参与本事项的立项论证。"
        right = [("曾参与同一事项", sentence)] if post.pk in seated else []
        assert said(post, concern) == right
        assert said(post, Concern(basis="8号", purpose="技术审查")) == []
        assert said(post, Concern(basis="7号", purpose="立项论证")) == []
    gone = draw.drawn[0]
    draws.replace_absent(draw, [gone["key"]], "出差", **by)
    post = next(post for post in posts if post.pk == gone["post"])
    assert said(post, Concern(basis="7号", purpose="立项论证")) == [
        ("已登记不能到会", f"在抽取 {draw.number} 中已登记不能到会。")
    ]


# The pool.


def test_the_pool_holds_everybody_with_every_reason(library, firm, officer):
    library.expert("合适", "茶研所")
    library.expert("外行", "钢研院", ics=("77.140",), rank="middle")
    library.expert("厂内", "茉莉茶厂", kind="enterprise")
    library.expert("期满", "茶学院", since=date(2020, 1, 1), until=date(2023, 1, 1))
    closed = library.expert("停用", "茶学院")
    Person.objects.filter(pk=closed.person_id).update(is_active=False)
    wanted = Wanted(1, codes=["67.140.10"], ranks=["senior", "associate"], units=[firm.pk])
    with translation.override("en"):
        found = pools.pool(wanted, DAY)
    assert {lot.name: lot.why for lot in found.lots} == {
        "合适": (),
        "外行": ("专业领域不符", "职称等级不符"),
        "厂内": ("与回避单位同单位",),
        "停用": ("账号已停用",),
    }
    assert [lot.name for lot in found.ready] == ["合适"]
    grounds = {lot.name: found.grounds.get(lot.key) for lot in found.lots}
    assert grounds["外行"] == ["专业领域为77.140。", "职称为高级工程师。"]
    assert found.lots[0].group in {"科研院所", "企业"}
    assert found.conditions[:3] == (
        "抽取 1 人，备选 0 人",
        "专业领域：67.140.10 茶",
        "职称等级：正高级、副高级",
    )


def test_who_was_drawn_often_rests(library, officer):
    posts = [library.expert(f"专家{n}", f"单位{n}") for n in range(3)]
    lots = [Lot(f"post:{p.pk}", p.person.name) for p in posts[:1]]
    for n, day in enumerate((date(2026, 1, 5), date(2025, 12, 2), date(2025, 12, 1))):
        officer.since = date(2023, 1, 1)
        by = {"actor": officer, "day": day}
        draws.reveal(draws.freeze(Matter("审查", f"{n}号"), lots, Rules(1), **by), **by)
    wanted = Wanted(1, recent_months=3, recent_times=2)
    assert [lot.why for lot in pools.pool(wanted, DAY).lots] == [("近期抽中次数已满",), (), ()]
    three = Wanted(1, recent_months=3, recent_times=3)
    assert [lot.why for lot in pools.pool(three, DAY).lots] == [(), (), ()]


def test_a_draw_from_the_pool_and_again(library, firm, officer):
    for n in range(6):
        library.expert(f"专家{n}", f"单位{n}", kind="enterprise" if n % 2 else "university")
    library.expert("厂内", "茉莉茶厂", kind="enterprise")
    by = {"actor": officer, "day": DAY}
    wanted = Wanted(3, 1, 1, {"university": 2}, ["67.140"], units=[firm.pk])
    draw = pools.freeze("技术审查", "7号", wanted, **by)
    assert draw.grounds == {draw.lots[-1]["key"]: ["现任职于茉莉茶厂。"]}
    draw = draws.reveal(draw, **by)
    kinds = [row["group"] for row in draw.lots if row["key"] in {one["key"] for one in draw.drawn}]
    assert kinds.count("高等院校") >= 2
    draw.refresh_from_db()
    new = pools.again(draw, "两人回避", **by)
    new.refresh_from_db()
    assert new.asked == draw.asked
    assert draws.record_of(new, inside=False)["conditions"] == list(
        draws.record_of(draw, inside=False)["conditions"]
    )
    draws.reveal(new, **by)
    for one in Draw.objects.all():
        assert check(read_record(json.dumps(draws.record_of(one, inside=True)).encode())) == ""


def test_a_draw_of_something_else_is_not_made_again_from_the_library(library, officer):
    by = {"actor": officer, "day": DAY}
    lots = [Lot("object:1", "甲厂"), Lot("object:2", "乙厂")]
    draw = draws.reveal(draws.freeze(Matter("抽查对象", "9号"), lots, Rules(1), **by), **by)
    assert draw.drawn[0]["post"] is None
    with pytest.raises(Refused, match="不是从专家库抽取的"):
        pools.again(draw, "理由", **by)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (Wanted(1, standards=["DB3501/T 999"]), "名录中没有标准“DB3501/T 999”。"),
        (Wanted(1, codes=["99.9"]), "没有分类号“99.9”。"),
        (Wanted(1, units=[987654]), "所选的回避单位或人员已不存在"),
        (Wanted(2, 3), "符合条件的只有 1 人，抽取和备选共需 5 人，尚缺 4 人。"),
    ],
)
def test_what_cannot_be_asked_is_refused(library, officer, wanted, sentence):
    library.expert("合适", "茶研所")
    with pytest.raises(Refused) as refused:
        pools.freeze("审查", "7号", wanted, actor=officer, day=DAY)
    assert str(refused.value).startswith(sentence)
    assert not Draw.objects.exists()


def test_the_number_of_queries_does_not_depend_on_the_number_of_experts(library, firm, officer):
    wanted = Wanted(1, codes=["67"], units=[firm.pk], standards=["DB3501/T 7"], recent_times=1)
    drafted("DB3501/T 7-2021", date(2021, 5, 1), firm)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            pools.pool(wanted, DAY, basis="7号", purpose="审查")
        return len(seen)

    library.expert("甲", "茶研所")
    few = queries()
    for n in range(12):
        post = library.expert(f"专家{n}", f"单位{n % 4}")
        experts.declare_tie(post, "money", firm, "申报", actor=officer, day=DAY)
        drafted(f"GB/T {90100 + n}-2025", date(2025, 5, 1), firm, post.organization)
    assert queries() == few
    assert few < 14
