"""A campaign from its plan to its bulletin: drawn twice, recomputed, inspected, published."""

import json
from datetime import date, timedelta

import pytest

from rongbiao.awards import leading
from rongbiao.cases import desk
from rongbiao.cases.models import Case, Message
from rongbiao.parties import draws, experts
from rongbiao.parties.models import Organization, Person, Post, Region
from rongbiao.parties.refused import Refused
from rongbiao.procedures.supervision import campaigns
from rongbiao.stages import clock
from rongbiao.standards.models import Campaign, Declaration, Indicator, Inspection, Statement
from rongbiao.standards.supervising import counting, planning, population
from rongbiao.standards.supervising.planning import Said
from rongbiao.standards.supervising.population import Wanted
from rongbiao.texts import lots
from tests.conftest import hold_post
from tests.declared import DAY, require
from tests.expert_desk import Library

FIRMS, EACH = 6, 4
DRAWN = 12
LATER = DAY + timedelta(days=30)


@pytest.fixture
def officers(city) -> list[Post]:
    return [hold_post(name, "市市场监管局", "officer") for name in ("林处", "何处", "周处")]


@pytest.fixture
def market(city) -> list[Declaration]:
    """Declared items of six enterprises in two districts; every other one has something wrong."""
    require("GB/T 29606-2013", "不锈钢真空杯", [("保温效能", "≥60", "℃", "5.3")], ccs="Y73")
    return stock(FIRMS, EACH)


def stock(firms: int, each: int) -> list[Declaration]:
    """Enter declared items with a statement and an indicator."""
    areas = list(Region.objects.filter(pk__in=["350102", "350103"]))
    units = Organization.objects.bulk_create(
        Organization(name=f"榕城第{n}水杯有限公司", kind="enterprise", region=areas[n % 2])
        for n in range(firms)
    )
    items = Declaration.objects.bulk_create(
        Declaration(
            organization=unit, number=f"Q/RC{place} {n:03}—2025", title="水杯", basis="试验",
            declared_on=DAY - timedelta(days=30 * n),
        )
        for place, unit in enumerate(units)
        for n in range(each)
    )  # fmt: skip
    rows = Statement.objects.bulk_create(
        Statement(
            organization=one.organization, declaration=one, number=one.number, title=one.title,
            references="GB/T 29606-2013", since=one.declared_on, ordinal=1, products="保温杯",
            words="1 范围\n2 规范性引用文件\n3 术语和定义\n",
        )
        for one in items
    )  # fmt: skip
    Indicator.objects.bulk_create(
        Indicator(
            statement=row, place=1, name="保温效能", limit="≥65", unit="℃",
            method="" if place % 2 == 0 else "GB/T 29606-2013 6.4",
        )
        for place, row in enumerate(rows)
    )  # fmt: skip
    return items


def planned(actor: Post, **more) -> Campaign:
    said = {
        "title": "2026年企业标准抽查",
        "year": 2026,
        "basis": "试〔2026〕1号",
        "count": DRAWN,
        "people": 2,
    }
    return planning.plan(Said(**(said | more)), actor=actor, day=DAY)


def drawn(actor: Post, **more) -> Campaign:
    """Return a campaign whose objects and people are drawn."""
    row = planning.freeze(planned(actor, **more), actor=actor, day=DAY)
    draws.reveal(row.objects_draw, "123", actor=actor, day=DAY)
    row = planning.staff(Campaign.objects.get(pk=row.pk), actor=actor, day=DAY)
    draws.reveal(row.people_draw, "456", actor=actor, day=DAY)
    return Campaign.objects.get(pk=row.pk)


def inspect(case: Case, day: date) -> list[str]:
    """Confirm what the precheck filled in, as an inspector does; return what is wrong."""
    seat = case.seats.filter(capacity="inspector").first()
    form = case.stage.action("record").form(case=case)
    answers = {line.key: line.proposed for line in form.sheet.lines}
    entry = desk.act(case, "record", actor=seat.post, day=day, answers=answers)
    return entry.answers["faults"]


def played(campaign: Campaign, officer: Post) -> None:
    """Play every case: whoever is in order passes; of the others some correct, some do not."""
    wrong = 0
    for case in Case.objects.filter(procedure_key="supervision").order_by("pk"):
        if not inspect(case, DAY):
            desk.act(case, "pass", actor=officer, day=DAY)
            continue
        said = {"number": f"责〔2026〕{case.pk}号", "grounds": ["other"], "words": "补充试验方法。"}
        desk.act(case, "rectify", actor=officer, day=DAY, answers=said)
        wrong += 1
        if wrong % 2:
            row = Inspection.objects.get(basis=case.number)
            row.statement.until = DAY
            row.statement.save()
            new = Statement.objects.get(pk=row.statement_id)
            new.pk, new.ordinal, new.since, new.until = None, 2, DAY, None
            new.save()
            Indicator.objects.create(
                statement=new, place=1, name="保温效能", limit="≥65", unit="℃", method="附录A"
            )
            desk.act(case, "receive", actor=officer, day=DAY, answers={"words": "已改正。"})
            assert inspect(case, DAY) == []
            desk.act(case, "pass", actor=officer, day=DAY)
        else:
            desk.act(case, "lapse", actor=officer, day=LATER, answers={"words": "未报告。"})
            assert inspect(case, LATER)
            desk.act(case, "fail", actor=officer, day=LATER, answers={"words": "未改正。"})


def test_a_campaign_is_drawn_twice_recomputed_inspected_published_and_told(officers, market):
    officer = officers[0]
    row = drawn(officer)
    assert (row.step, row.size) == ("staffed", FIRMS * EACH)
    for draw in (row.objects_draw, row.people_draw):
        record = draws.record_of(draw, inside=False)
        assert not lots.check(lots.read_record(json.dumps(record).encode()))
    row = campaigns.open_all(row, actor=officer, day=DAY)
    assert (row.step, row.progress, row.order) == ("opened", DRAWN, "")
    assert Case.objects.filter(procedure_key="supervision").count() == DRAWN
    with pytest.raises(Refused, match="还有 12 个对象没有检查"):
        campaigns.report(row, "通〔2026〕1号", actor=officer, day=DAY)
    played(row, officer)
    assert campaigns.ready(row).count() == DRAWN
    row = campaigns.publish_all(row, "公共服务平台", actor=officer, day=LATER)
    assert Inspection.objects.public().count() == DRAWN
    bad = Inspection.objects.filter(result="uncorrected").values_list("declaration", flat=True)
    lost = leading.open_losses().values_list("declaration", flat=True)
    assert sorted(lost) == sorted(bad)  # none of them may apply as a leader
    assert bad
    row = campaigns.report(row, "通〔2026〕1号", actor=officer, day=LATER)
    told = counting.bulletin(row)
    whole = told.whole
    assert (whole.drawn, whole.inspected, told.open) == (DRAWN, DRAWN, 0)
    assert whole.passed + whole.found == DRAWN
    assert whole.corrected + whole.uncorrected == whole.found
    assert dict(told.items)["指标及对应的方法"] == whole.found
    assert sum(one.drawn for one in told.areas) == DRAWN
    assert {one.name for one in told.areas} <= {"鼓楼区", "台江区"}
    assert [one.name for one in told.fields] == ["Y 轻工、文化与生活用品"]
    assert Case.objects.filter(procedure_key="supervision", closed_on=None).count() == 0


def test_the_population_is_the_same_bytes_for_the_same_items(officers, market):
    one = population.members(Wanted(), DAY, demonstration=False)
    assert population.table(one) == population.table(
        population.members(Wanted(), DAY, demonstration=False)
    )
    row = planning.freeze(planned(officers[0]), actor=officers[0], day=DAY)
    with row.population.content.open("rb") as kept:
        assert kept.read() == population.table(one)
    assert any(row.population.sha256 in words for words in row.objects_draw.head["conditions"])
    with pytest.raises(Refused, match="现在“总体已冻结”"):
        planning.freeze(row, actor=officers[0], day=DAY)


@pytest.mark.parametrize(
    ("wanted", "n"),
    [
        (Wanted(areas=("350102",)), FIRMS * EACH // 2),
        (Wanted(words=("保温杯",)), FIRMS * EACH),
        (Wanted(words=("台灯",)), 0),
        (Wanted(codes=("Y",)), FIRMS * EACH),
        (Wanted(codes=("67.140",)), 0),
        (Wanted(months=2), FIRMS * (EACH - 2)),
        (Wanted(own=True), FIRMS * EACH),
        (Wanted(reported=True), 1),
        (Wanted(findings=True), 2),
        (Wanted(findings=True, reported=True), 3),
    ],
)
def test_field_area_and_risk_narrow_the_population(market, wanted, n):
    Declaration.objects.filter(pk=market[0].pk).update(reported_on=DAY)
    for item in market[1:3]:
        item.statements.update(findings=[{"grade": "must"}])
    market[5].statements.update(findings=[{"grade": "note"}])
    assert len(population.members(wanted, DAY, demonstration=False)) == n


def test_the_number_of_questions_does_not_grow_with_the_population(
    market, django_assert_max_num_queries
):
    with django_assert_max_num_queries(16):
        population.members(Wanted(findings=True, codes=("Y",)), DAY, demonstration=False)
    said = {
        "title": "杯",
        "basis": "试",
        "declared_on": DAY,
        "organization": market[0].organization,
    }
    Declaration.objects.bulk_create(Declaration(number=f"Q/X {n}", **said) for n in range(40))
    with django_assert_max_num_queries(16):
        population.members(Wanted(findings=True, codes=("Y",)), DAY, demonstration=False)


def test_whoever_is_tied_to_an_enterprise_is_never_sent_there(officers, market):
    officer = officers[0]
    library = Library(officer)
    tied = library.expert("张专家", "标准院")
    firm = market[0].organization
    experts.declare_tie(tied, "adviser", firm, "本人申报", actor=officer, day=DAY)
    Post.objects.create(
        person=officers[1].person, organization=market[4].organization, role="agent", basis="试",
        since=DAY - timedelta(days=900), until=DAY - timedelta(days=300),
    )  # fmt: skip
    row = drawn(officer, count=FIRMS * EACH, people=4)
    for one in planning.sent(row, DAY):
        unit = Declaration.objects.get(pk=one.declaration).organization_id
        if unit == firm.pk:
            assert tied.pk not in one.posts
        if unit == market[4].organization_id:
            assert officers[1].pk not in one.posts
        assert len(set(one.posts)) == 2
    passed = {pk for one in planning.sent(row, DAY) for pk in one.passed}
    assert passed <= {tied.pk, officers[1].pk}


@pytest.mark.parametrize("turn", range(4))
def test_whoever_is_drawn_every_enterprise_has_a_team(officers, market, turn):
    """Two are tied to one enterprise, and two are drawn: reserves stand in as far as needed."""
    for post in officers[1:3]:
        Post.objects.create(
            person=post.person, organization=market[0].organization, role="agent", basis="试"
        )
    library = Library(officers[0])
    free = {library.expert(f"专家{n}", "标准院").pk for n in "甲乙"} | {officers[0].pk}
    row = drawn(officers[0], count=FIRMS * EACH, people=2)
    keys = [one["post"] for one in row.people_draw.drawn]
    firm = market[0].organization_id
    for one in planning.sent(row, DAY):
        if Declaration.objects.get(pk=one.declaration).organization_id == firm:
            assert set(one.posts) <= free
        else:
            assert set(one.posts) == set(keys)


def test_a_list_without_two_people_free_of_ties_is_not_frozen(officers, market):
    for post in officers[1:]:
        Post.objects.create(
            person=post.person, organization=market[0].organization, role="agent", basis="试"
        )
    with pytest.raises(Refused, match="不须回避的只有 1 人，应有 2 人"):
        drawn(officers[0], count=FIRMS * EACH, people=2)


def test_absences_that_leave_too_few_stop_the_campaign(officers, market):
    Post.objects.create(
        person=officers[1].person, organization=market[0].organization, role="agent", basis="试"
    )
    expert = Library(officers[0]).expert("专家", "标准院")
    row = drawn(officers[0], count=FIRMS * EACH, people=2)
    gone = [f"post:{post.pk}" for post in (officers[0], expert)]
    draws.replace_absent(row.people_draw, gone, "出差", actor=officers[0], day=DAY)
    with pytest.raises(Refused, match="不须回避的只有 1 名"):
        campaigns.open_all(Campaign.objects.get(pk=row.pk), actor=officers[0], day=DAY)
    assert not Case.objects.exists()


def test_what_stopped_half_way_goes_on_where_it_stood(officers, market, monkeypatch):
    monkeypatch.setattr(campaigns, "AT_ONCE", 5)
    row = campaigns.open_all(drawn(officers[0]), actor=officers[0], day=DAY)
    assert (row.order, row.total, row.progress) == ("open", DRAWN, 0)
    assert list(campaigns.waiting()) == [row]

    class Killed(Exception):
        pass

    def kill(_row):
        raise Killed

    with pytest.raises(Killed):
        campaigns.work(row, kill)
    assert Inspection.objects.count() == campaigns.PORTION
    with pytest.raises(Refused, match="正在后台办理"):
        campaigns.publish_all(row, "平台", actor=officers[0], day=DAY) if campaigns.ready(
            row
        ).exists() else campaigns.open_all(row, actor=officers[0], day=DAY)
    row = campaigns.work(row)
    assert (Inspection.objects.count(), row.step, row.progress) == (DRAWN, "opened", DRAWN)
    assert not campaigns.waiting().exists()


def test_the_clock_reminds_before_on_and_after_the_last_day(officers, market):
    row = campaigns.open_all(drawn(officers[0], count=1), actor=officers[0], day=DAY)
    case = Case.objects.get(procedure_key="supervision")
    agent = Post.objects.create(
        person=Person.objects.create(username="经办", name="经办"), organization=case.applicant,
        role="agent", basis="试",
    )  # fmt: skip
    form = case.stage.action("record").form(case=case)
    said = {line.key: line.proposed for line in form.sheet.lines}
    said |= {"naming": "found", "naming_why": "编号没有写年份。"}
    seat = case.seats.first().post
    desk.act(case, "record", actor=seat, day=DAY, answers=said)
    order = {"number": "责1", "grounds": ["order_number"], "words": "改正编号。"}
    desk.act(case, "rectify", actor=officers[0], day=DAY, answers=order)
    due = Inspection.objects.get().due_on
    assert case.due_on == due == date(2026, 3, 23)  # fifteen working days
    told = Message.objects.filter(post=agent, deadline__isnull=False)
    for day, words in (
        (-4, ""),
        (-3, "还有 3 天到期"),
        (0, "今天到期"),
        (1, "已超期 1 天"),
        (2, ""),
    ):
        before = told.count()
        clock.tick(due + timedelta(days=day))
        assert told.count() == before + bool(words)
        if words:
            assert words in told.order_by("-pk")[0].words
    assert row.step == "opened"


def test_what_the_platform_does_not_hold_needs_its_ground(officers, market):
    Indicator.objects.all().delete()
    Statement.objects.all().delete()
    campaigns.open_all(drawn(officers[0], count=1), actor=officers[0], day=DAY)
    case = Case.objects.get(procedure_key="supervision")
    form = case.stage.action("record").form(case=case)
    assert {line.proposed for line in form.sheet.lines} == {""}
    said = {line.key: "ok" for line in form.sheet.lines}
    seat = case.seats.first().post
    with pytest.raises(Refused, match="预检不能判断，请写明检查的依据"):
        desk.act(case, "record", actor=seat, day=DAY, answers=said)
    said |= {"ground": "已在国家平台核对。", "naming": "found", "naming_why": "编号没有年份。"}
    entry = desk.act(case, "record", actor=seat, day=DAY, answers=said)
    why = {one["key"]: one["why"] for one in entry.answers["lines"]}
    assert why["methods"] == "已在国家平台核对。"
    assert why["naming"] == "编号没有年份。"


def test_an_inspector_stands_aside_and_an_officer_sends_another(officers, market):
    campaigns.open_all(drawn(officers[0], count=1), actor=officers[0], day=DAY)
    case = Case.objects.get(procedure_key="supervision")
    first = case.seats.first().post
    desk.act(case, "recuse", actor=first, day=DAY, answers={"words": "亲属在该企业任职。"})
    with pytest.raises(Refused, match="不能办理"):
        desk.act(case, "record", actor=first, day=DAY, answers={})
    seated = set(case.seats.values_list("post", flat=True))
    other = next(post for post in officers if post.pk not in seated)
    answers = {"inspector": str(first.pk), "words": "x"}
    with pytest.raises(Refused, match="检查人员"):
        desk.act(case, "another", actor=officers[0], day=DAY, answers=answers)
    answers["inspector"] = str(other.pk)
    desk.act(case, "another", actor=officers[0], day=DAY, answers=answers)
    assert case.seats.filter(recused_on=None, capacity="inspector").count() == 2


def test_only_the_office_plans_and_nothing_impossible_is_planned(officers, market, reporter):
    with pytest.raises(Refused, match="由联席会议办公室经办人办理"):
        planned(reporter)
    with pytest.raises(Refused, match="没有分类号"):
        planned(officers[0], wanted=Wanted(codes=("乱",)))
    with pytest.raises(Refused, match="没有行政区划"):
        planned(officers[0], wanted=Wanted(areas=("999999",)))
    with pytest.raises(Refused, match="1 至 500"):
        planned(officers[0], count=501)
    with pytest.raises(Refused, match="没有符合抽查范围"):
        planning.freeze(
            planned(officers[0], wanted=Wanted(words=("台灯",))), actor=officers[0], day=DAY
        )
    with pytest.raises(Refused, match="符合条件的只有 24 人"):
        planning.freeze(planned(officers[0], count=25), actor=officers[0], day=DAY)
