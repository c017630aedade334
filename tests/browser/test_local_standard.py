"""A local standard from application to filing, played in a real browser by the people of its story.

Every line of the story goes through pages: a reporter proposes, one officer admits, another
approves, the drafting unit drafts, experts vote, somebody without an account and without
JavaScript speaks. What the story refuses is refused by a page.
"""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from rongbiao.cases.models import Case, Entry
from rongbiao.procedures.local_standard import LocalStandard
from rongbiao.stages import journal
from tests.story_desk import Told, read

from .hands import People

pytestmark = pytest.mark.browser
STORY = Path(__file__).parents[1] / "stories" / "eleven_months.yaml"


class Today:
    """The day of the story, where the platform asks for today."""

    def __init__(self) -> None:
        self.day, self.real = date(2024, 1, 8), timezone.localdate

    def __call__(self, value=None, timezone=None) -> date:
        return self.real(value, timezone) if value else self.day


class Played:
    """A story that is played through the pages, line by line."""

    def __init__(self, story: dict, people: People, today: Today) -> None:
        self.story, self.people, self.today = story, people, today
        self.case = ""
        self.refusals: Counter[str] = Counter()

    def play(self) -> None:
        for day, who, name, *rest in self.story["经过"]:
            self.today.day = day
            said = dict(rest[0]) if rest else {}
            self.line(who, name, said, said.pop("不能", ""))

    def line(self, who: str, name: str, said: dict, refused: str) -> None:
        """Let somebody do a line; read that it was done, or why not."""
        hands = self.people[who]
        if not self.case:
            self.beginning(hands, said, refused)
            return
        if name == "提意见":
            self.speak(hands, said)
            return
        hands.open(self.case)
        if name == "处理意见":
            self.settle(hands, said, refused)
        elif name == "表决" and not hands.button(name).count():
            self.nowhere(hands, "vote")
        elif name == "表决":
            self.vote(hands, said, refused)
        elif not hands.button(name).count():
            assert refused, f"{who}的页面上没有“{name}”"
            self.nowhere(hands, key_of(Case.objects.get().stage, name), refused)
        elif hands.button(name).get_attribute("aria-disabled"):
            assert refused, hands.page.get_by_label("可以办理").inner_text()
            expect(hands.page.get_by_label("可以办理").get_by_role("list")).to_be_visible()
            expect(hands.button(name)).to_have_accessible_description(re.compile(refused))
            self.refusals["按钮关闭"] += 1
        elif name == "审核同意":
            hands.by_keyboard(name, said)
            hands.told(f"已办理“{name}”")
        else:
            hands.button(name).click()
            expect(hands.page.get_by_role("heading", level=1, name=name)).to_be_visible()
            self.sent(hands, name, said, refused)

    def beginning(self, hands, said: dict, refused: str) -> None:
        if refused:
            hands.page.goto("/matters/local_standard/")
            assert not hands.page.locator("main a[href$='/new/']").count()
            assert hands.page.goto("/matters/local_standard/new/").status == 403
            expect(hands.page.get_by_role("main")).to_contain_text(refused)
            self.refusals["没有入口"] += 1
            return
        hands.begin(said)
        hands.page.wait_for_url(re.compile(r"/cases/DB-2024-\d+/$"))
        self.case = hands.page.url.rstrip("/").rsplit("/", 1)[-1]

    def sent(self, hands, name: str, said: dict, refused: str) -> None:
        """Fill in and send what stands open; read how it went."""
        hands.fill(said)
        hands.press(name)
        if refused:
            hands.refused(refused)
            self.refusals["表单退回"] += 1
        else:
            hands.told(f"已办理“{name}”")

    def nowhere(self, hands, key: str, why: str = "") -> None:
        """See that somebody is not offered an action, and that its address is no way in."""
        if why:
            expect(hands.page.get_by_label("时限", exact=True)).to_contain_text(why)
        case = f"/cases/{self.case}/"
        if hands.page.goto(f"{case}{key}/").status != 404:  # who may see the case is told why
            assert hands.page.url.endswith(case)
            expect(hands.page.locator("main")).to_contain_text(re.compile("不能再?办理"))
        self.refusals["没有入口"] += 1

    def vote(self, hands, said: dict, refused: str) -> None:
        """Vote on the page of the panel."""
        page = hands.page
        page.get_by_role("link", name="评审页").click()
        card = page.locator("section", has=page.get_by_role("heading", name="表决", exact=True))
        if refused:
            expect(card).to_contain_text(refused)
            assert not card.get_by_role("button").count()
            self.refusals["按钮关闭"] += 1
            return
        card.get_by_label(said["表决"], exact=True).check()
        card.get_by_label(said["涉及专利情况"], exact=True).check()
        card.get_by_label("审查意见").fill(said.get("审查意见", ""))
        card.get_by_role("button", name="表决", exact=True).click()
        hands.told("已办理“表决”")

    def speak(self, hands, said: dict) -> None:
        """Speak on a clause of the draft, as whoever passes by."""
        page = hands.page
        page.goto("/consultations/")
        page.get_by_role("link", name=self.story["经过"][1][3]["项目名称"]).first.click()
        say = re.compile(rf"^提意见\s*：\s*{re.escape(said['章条编号'])}$")
        page.get_by_role("link", name=say).click()
        form = page.locator("#form")
        expect(form.get_by_role("heading")).to_have_text(f"对 {said['章条编号']} 的意见")
        form.get_by_label(said["类型"], exact=True).check()
        for label in ("建议改为", "理由", "姓名", "联系电话"):
            form.get_by_label(label, exact=True).fill(said[label])
        form.get_by_role("button", name="提交意见").click()
        hands.told("1 条意见已登记")
        page.get_by_role("link", name=re.compile(r"^\d{8}-\w{8}$")).click()
        expect(page.get_by_role("main")).to_contain_text("还没有处理结果")

    def settle(self, hands, said: dict, refused: str) -> None:
        """Settle an opinion at the desk of dispositions."""
        page = hands.page
        page.get_by_role("link", name="意见处理台").first.click()
        page.locator("form").get_by_label(said["处理意见"], exact=True).check()
        page.get_by_role("button", name="处理并看下一条").click()
        if refused:
            hands.refused(refused)
            self.refusals["表单退回"] += 1
        else:
            hands.told("已处理 1 条意见")


def key_of(stage, name: str) -> str:
    """Return the key of an action of a stage by its Chinese name."""
    return next(one.key for one in stage.actions() if one.name == name)


@pytest.fixture
def played(browser, live_server, city, monkeypatch):
    """Return the story of eleven months with its people at their browsers."""
    today = Today()
    monkeypatch.setattr(timezone, "localdate", today)
    story = read(STORY)
    Told(story)  # the cast holds its posts
    people = People(browser, live_server.url, story["人物"])
    yield Played(story, people, today)
    people.leave()


def test_six_people_bring_a_local_standard_from_application_to_filing(played):
    played.play()

    assert played.refusals == {"没有入口": 4, "按钮关闭": 7, "表单退回": 3}
    visitor = played.people["公众"].page
    visitor.goto(f"/cases/{played.case}/")
    path = visitor.get_by_role("list", name="办理进度").get_by_role("listitem")
    passed = [one for one in LocalStandard.stages if one.key != "approval_notice"]  # no rule asks
    for step, stage in zip(path.all(), passed, strict=True):
        expect(step).to_contain_text(str(stage.name))
        expect(step).to_contain_text("已完成")
    visitor.get_by_role("link", name="DB3501/T 001—2024").first.click()
    main = visitor.get_by_role("main")
    for words in ("海带育苗技术规程", "连江海产研究所", "市海洋与渔业局", "备2025-001", "B51"):
        expect(main).to_contain_text(words)
    visitor.goto(f"/consultations/{played.case}/")
    remark = visitor.locator("#remarks .cm-list > li")
    expect(remark.locator("del").last).to_have_text("15")
    expect(remark.locator("ins")).to_have_text("12")
    expect(remark.locator(".tag").last).to_have_text("采纳")
    for kept in ("林某", "13800000000"):
        expect(main).not_to_contain_text(kept)

    assert str(Case.objects.get().closed_on) == "2025-01-20"
    done = [line for line in played.story["经过"] if "不能" not in dict(*line[3:])]
    assert Entry.objects.count() == len(done)
    assert list(journal.faults()) == []
    assert {name: hands.broken for name, hands in played.people.there.items() if hands.broken} == {}
