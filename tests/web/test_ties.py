"""An expert declares a tie and takes it back: the draw leaves them out, the panel loses them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rongbiao.cases import desk as acts
from rongbiao.cases.models import Case, Seat
from rongbiao.parties import experts, journal
from rongbiao.parties.models import Draw, Organization, Tie
from rongbiao.parties.refused import Refused
from rongbiao.procedures.recusal import WORDS
from rongbiao.standards import pools
from rongbiao.standards.conflicts import Concern, conflicts
from rongbiao.standards.pools import Wanted
from tests.web.consultations.conftest import Asked, asked  # noqa: F401  a fixture
from tests.web.consultations.test_panel import address, convened  # noqa: F401  a fixture
from tests.web.consultations.test_speaking import words

DRAFTS = "连江海产研究所"


def declare(browser, **more):
    said = {"kind": "adviser", "unit": DRAFTS, "note": "2024 年起任顾问", "declare": "1"} | more
    return browser.post("/ties/", said, follow=True)


@pytest.fixture
def sitting(asked: Asked, convened: Case) -> Case:  # noqa: F811
    """Return the case before its panel, seen today."""
    Organization.objects.get_or_create(name=DRAFTS, defaults={"kind": "institute"})
    return convened


def seat(case, name) -> Seat:
    return case.seats.get(post__person__name=name)


def test_who_declares_leaves_the_panel_that_it_touches(asked, sitting):  # noqa: F811
    answer = declare(asked.browser("钱教授"))
    assert "已申报" in words(answer)
    assert f"您已退出{sitting}“立项论证”的评审。" in words(answer)
    gone = seat(sitting, "钱教授")
    assert (gone.recused_on, gone.reason) == (timezone.localdate(), WORDS)
    entry = sitting.entries.order_by("-seq").first()
    assert (entry.action_key, entry.actor, entry.answers) == ("recuse", gone.post, {"words": WORDS})
    office = words(asked.browser("林处").get(address(sitting)))
    assert WORDS in office
    assert "任顾问" not in office  # what it is stands with the tie
    assert seat(sitting, "孙主任").recused_on is None
    assert asked.browser("钱教授").get(address(sitting)).status_code == 404


def test_a_tie_to_somebody_else_or_of_another_time_moves_nobody(asked, sitting):  # noqa: F811
    browser, past = asked.browser("钱教授"), timezone.localdate() - timedelta(days=1)
    assert "您已退出" not in words(declare(browser, unit="市教育局"))
    assert "您已退出" not in words(declare(browser, until=past.isoformat()))
    assert seat(sitting, "钱教授").recused_on is None
    assert Tie.objects.count() == 2


def test_when_the_ballots_are_open_the_panel_stays(asked, sitting):  # noqa: F811
    while not sitting.entries.filter(action_key="count").exists():
        day, who, name, *rest = asked.lines.pop(0)
        asked.told.one(day, who, name, dict(rest[0]) if rest else {}, "")
    assert "您已退出" not in words(declare(asked.browser("钱教授")))
    assert seat(sitting, "钱教授").recused_on is None


def test_it_is_taken_back_with_a_reason_and_stays_on_record(asked, sitting):  # noqa: F811
    browser = asked.browser("孙主任")
    declare(browser, unit="市教育局")
    tie, day = Tie.objects.get(), timezone.localdate()
    concern = Concern(units=[Organization.objects.get(name="市教育局")])
    assert conflicts([tie.post], concern, day)[tie.post_id]
    assert browser.post("/ties/", {"withdraw": tie.pk, "why": " "}).status_code == 409
    answer = browser.post("/ties/", {"withdraw": tie.pk, "why": "聘期已满"}, follow=True)
    assert "聘期已满" in words(answer)
    tie.refresh_from_db()
    assert tie.withdrawn_on == day
    assert conflicts([tie.post], concern, day) == {tie.post_id: []}
    assert "已于" in words(browser.post("/ties/", {"withdraw": tie.pk, "why": "x"}))
    assert [one.verb for one in journal.lines_of(tie.post)] == ["declare-tie", "withdraw-tie"]
    assert "聘期已满" not in str([one.words for one in journal.lines_of(tie.post)])


def test_nobody_takes_back_what_another_declared(asked, sitting):  # noqa: F811
    declare(asked.browser("孙主任"), unit="市教育局")
    tie = Tie.objects.get()
    said = {"withdraw": tie.pk, "why": "x"}
    assert "没有这项申报" in words(asked.browser("王教授").post("/ties/", said))
    with pytest.raises(Refused, match="由专家本人撤回"):
        experts.withdraw_tie(tie, "x", actor=asked.told.cast["王教授"], day=timezone.localdate())
    for sent in ({"unit": ""}, {"unit": "没有的单位"}, {"kind": "friend"}):
        assert declare(asked.browser("孙主任"), **sent).status_code == 409
    for name in ("林处", "黄海"):
        assert asked.browser(name).get("/ties/").status_code == 403


def test_who_is_tied_is_not_asked_to_a_panel_and_is_shown_to_the_office(asked, sitting):  # noqa: F811
    post, day = asked.told.cast["钱教授"], timezone.localdate()
    unit = Organization.objects.get(name=DRAFTS)
    office = asked.told.cast["林处"]
    experts.declare_tie(post, "owner", unit, "举报核实", actor=office, day=day)
    said = words(asked.browser("林处").get(address(sitting)))
    assert "应当回避" in said
    assert f"持有股份（{DRAFTS}）" in said
    assert "应当回避" not in words(asked.browser("王教授").get(address(sitting)))
    own = Organization.objects.get(name="市海洋与渔业局")  # who applied
    experts.declare_tie(post, "owner", own, "举报核实", actor=office, day=day)
    chosen = list(sitting.seats.filter(capacity="expert").values_list("post", flat=True))
    asking = {"profile": "meeting", "meets_on": day.isoformat(), "experts": chosen}
    with pytest.raises(Refused, match="应当回避：钱教授"):
        acts.act(sitting, "convene", actor=office, day=sitting.stage_since, answers=asking)


# ---- the panel is drawn on its own page


@pytest.fixture
def library(asked):  # noqa: F811
    """Give everybody of the story's panel a place among the experts, and one of who drafts."""
    asked.until("appraisal")
    case = asked.told.case
    case.refresh_from_db()
    return case


def draw(browser, case, **said):
    return browser.post(f"{case.get_absolute_url()}panel/draw/", said, follow=True)


def test_an_officer_draws_reveals_and_asks_without_leaving_the_dossier(asked, library):  # noqa: F811
    case, browser = library, asked.browser("林处")
    first = words(browser.get(address(case)))
    assert "冻结名单" in first
    assert "市海洋与渔业局" in first[first.index("回避单位") :]
    lacking = words(draw(browser, case, freeze="1", count="9", reserves="0", per_unit="1"))
    assert "9" in lacking
    assert Draw.objects.count() == 0
    answer = draw(browser, case, freeze="1", codes="", count="5", reserves="0", per_unit="1")
    made = Draw.objects.get()
    assert answer.redirect_chain == [(f"{address(case)}?stage=appraisal#draw", 302)]
    assert (made.purpose, made.basis, made.state) == ("立项论证", case.number, "frozen")
    assert "揭示种子并抽取" in words(answer)
    assert "没有这次抽取" in words(draw(browser, case, reveal="2020-9", witness="1"))
    drawn = words(draw(browser, case, reveal=made.number, witness="307"))
    assert "王教授" in drawn
    assert "按抽取结果邀请" in drawn
    sent = {"draw": made.number, "profile": "meeting", "meets_on": "2024-01-25", "token": "c",
            "stage": "appraisal", "seen": case.entered.seq}  # fmt: skip
    assert browser.post(f"{case.get_absolute_url()}convene/", sent).status_code == 302
    assert case.seats.filter(capacity="expert").count() == 5
    there = words(browser.get(address(case)))
    assert "本次评审据此邀请" in there
    assert f'href="/draws/{made.number}/"' in there
    assert "冻结名单" not in words(asked.browser("王教授").get(address(case)))


def test_the_panel_is_drawn_by_officers_while_it_sits(asked, library):  # noqa: F811
    case = library
    for name in ("黄海", "郑工"):
        assert asked.browser(name).post(f"{case.get_absolute_url()}panel/draw/").status_code == 403
    assert asked.browser("林处").get(f"{case.get_absolute_url()}panel/draw/").status_code == 405
    asked.until("plan")
    assert draw(asked.browser("林处"), case, freeze="1").status_code == 404


def test_a_draw_for_another_panel_is_not_of_this_one(asked, library):  # noqa: F811
    case, office = library, asked.told.cast["林处"]
    pools.freeze("别的用途", case.number, Wanted(count=1), actor=office, day=timezone.localdate())
    assert "别的用途" not in words(asked.browser("林处").get(address(case)))
    number = Draw.objects.get().number
    assert "没有这次抽取" in words(draw(asked.browser("林处"), case, reveal=number))
