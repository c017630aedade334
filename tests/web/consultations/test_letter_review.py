"""The panel of a review by letter: its last day, who has replied, what became of an earlier round."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.stages import clock
from tests.web.consultations.test_panel import address
from tests.web.consultations.test_speaking import words

NAMES = ("王教授", "李研究员", "赵高工", "钱教授", "孙主任")
SECRET = "附录中的记录表可以删去"


class Letter:
    """A case whose appraisal is by letter; its last day is so many days from today."""

    def __init__(self, asked):
        self.asked = asked
        self.case = asked.until("appraisal")
        self.cast = asked.told.cast
        self.today = timezone.localdate()

    def act(self, key, who, day=None, **said):
        self.case.refresh_from_db()
        return desk.act(self.case, key, actor=self.cast[who], day=day or self.today, answers=said)

    def convene(self, left: int, sent: int = 70):
        chosen = [self.cast[name].pk for name in NAMES]
        until = self.today + timedelta(days=left)
        self.act(
            "convene", "林处", self.today - timedelta(days=sent),
            profile="letter", meets_on=until.isoformat(), experts=chosen,
        )  # fmt: skip
        return self

    def vote(self, *names, vote="yes", day=None):
        for name in names:
            self.act("vote", name, day, vote=vote, opinion=SECRET, patents="none")

    def page(self, name="林处", rest=""):
        return words(self.asked.browser(name).get(address(self.case, rest)))


@pytest.fixture
def letter(asked):
    return Letter(asked)


def zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def test_it_tells_the_last_day_and_how_many_have_replied(letter):
    letter.convene(left=2).vote("王教授", "赵高工")
    until = zh(letter.today + timedelta(days=2))
    for name in ("林处", "钱教授", "黄海"):
        said = letter.page(name)
        assert f"回函至{until} 24 时截止" in said
        assert said.count("已回函</span>") == 3  # two experts and the sum
        assert said.count("未回函</span>") == 4
        assert "回函不少于应回函的三分之二" in said
        assert "已表决" not in said
        assert SECRET not in said
        assert "同意</span>" not in said.split('id="replies"')[1].split("</section>")[0]
    assert f"请于{until} 24 时以前回函" in letter.page("钱教授")
    assert "您已回函，再次提交以后一次为准" in letter.page("王教授")
    assert "还有 3 人没有回函" in letter.page("林处")


def test_the_case_and_the_inbox_show_the_day(letter):
    letter.convene(left=2).vote("王教授")
    case = words(letter.asked.browser("钱教授").get(letter.case.get_absolute_url()))
    assert "天后回函截止" in case
    assert "“函审”，国土资源系统标准审查规定" in case
    assert letter.case.title in words(letter.asked.browser("钱教授").get("/inbox/"))
    clock.tick(letter.today)
    told = letter.cast["钱教授"].messages.latest("pk").words
    assert told == f"“{letter.case.title}”的“立项论证”函审回函还有 2 天到期。"


def test_after_the_day_an_expert_reads_why_the_form_is_closed(letter):
    letter.convene(left=-1).vote("王教授", day=letter.today - timedelta(days=9))
    said = letter.page("钱教授")
    assert "24 时截止，逾期的表决不能登记" in said
    assert 'action="' + letter.case.get_absolute_url() + 'vote/"' not in said
    office = letter.page()
    assert "应回函 5 份，实际回函 1 份，不足三分之二，不能形成结论，应当再次函审。" in office
    case = words(letter.asked.browser("林处").get(letter.case.get_absolute_url()))
    assert "天前回函已截止，可以开票" in case


def test_an_earlier_round_keeps_its_replies_and_why_it_ended(letter):
    letter.convene(left=-1)
    letter.vote("王教授", "李研究员", day=letter.today - timedelta(days=9))
    letter.act("recuse", "孙主任", letter.today - timedelta(days=8), words="曾指导起草。")
    letter.act("again", "林处", words="回函不足，再次函审。")
    new = letter.page()
    assert "还没有邀请专家" in new
    assert 'id="members"' not in new
    first = letter.page(rest="?sitting=1")
    assert "本次没有开票。" in first
    assert "回函不足，再次函审。" in first
    assert first.count("已回函</span>") == 3
    assert first.count("未回函</span>") == 3
    assert "曾指导起草。" in first
    assert "曾指导起草。" not in letter.page("王教授", "?sitting=1")
    assert SECRET not in first
    letter.convene(left=90, sent=0)
    assert letter.page().count("未回函</span>") == 5  # who stood aside still does


def test_opened_replies_are_counted_as_letters(letter):
    letter.convene(left=2).vote(*NAMES[:4])
    letter.vote(NAMES[4], vote="no")
    letter.act("count", "林处")
    letter.act("pass", "林处", minutes="回函五份，同意四份。")
    said = letter.page(rest="?stage=appraisal")
    result = said.split('id="result"')[1].split("</section>")[0]
    assert "应回函</span>" in result
    assert "已回函</span>" in result
    assert "应到" not in result
    assert "函审结论</h2>" in said
    assert "论证函审结论表" in said
    assert "论证会纪要" not in said


def test_officers_ask_with_the_day_explained_and_are_refused_in_a_sentence(letter):
    browser = letter.asked.browser("林处")
    url = f"{letter.case.get_absolute_url()}convene/"
    shown = words(browser.get(url))
    assert "审查日期（函审为回函截止日期）" in shown
    assert "“函审”的评审材料应当提前2个月送达；今天邀请的，最早为" in shown
    assert "通知所邀专家，写明审查日期或者回函截止日期" in shown
    sent = {
        "profile": "letter", "meets_on": (letter.today + timedelta(days=20)).isoformat(), "token": "c",
        "experts": [letter.cast[name].pk for name in NAMES], "stage": "appraisal",
        "seen": Case.objects.get(pk=letter.case.pk).entered.seq,
    }  # fmt: skip
    answer = browser.post(url, sent)
    assert answer.status_code == 409
    assert "回函截止日期最早为" in words(answer)


def test_queries_do_not_grow_with_rounds_and_replies(letter):
    browser = letter.asked.browser("林处")

    def counted(rest):
        browser.get(address(letter.case, rest))
        with CaptureQueriesContext(connection) as found:
            browser.get(address(letter.case, rest))
        return len(found)

    past = letter.today - timedelta(days=9)
    letter.convene(left=-1).vote("王教授", day=past)
    one = counted("")
    letter.vote("李研究员", "赵高工", day=past)
    assert counted("") == one
    letter.act("again", "林处", words="再次函审。")
    early = counted("?sitting=1")
    letter.convene(left=90, sent=0).vote("王教授", "钱教授", "赵高工")
    letter.act("again", "林处", words="再次函审。")
    assert counted("?sitting=2") == counted("?sitting=1") == early
