"""The panel: before the count only who has voted; after it the votes, to those who may know whose."""

from datetime import date

import pytest

from rongbiao.cases import desk as acts
from rongbiao.law import table
from rongbiao.parties.refused import Refused
from rongbiao.procedures.local_standard.opinions import opinions_of
from tests.web.consultations.test_speaking import words

OPINION = "建议补充水质要求"


def address(case, rest: str = "") -> str:
    return f"{case.get_absolute_url()}panel/{rest}"


@pytest.fixture
def convened(asked):
    """Return the case of the story before its panel, two of whom have voted."""
    asked.until("appraisal")
    for _each in range(4):
        day, who, name, *rest = asked.lines.pop(0)
        asked.told.one(day, who, name, dict(rest[0]) if rest else {}, "")
    asked.told.case.refresh_from_db()
    return asked.told.case


def counted(asked, case):
    """Play on until the ballots are open."""
    while not case.entries.filter(action_key="count").exists():
        day, who, name, *rest = asked.lines.pop(0)
        asked.told.one(day, who, name, dict(rest[0]) if rest else {}, "")
    case.refresh_from_db()
    return case


def test_strangers_find_no_panel(asked, convened):
    assert asked.browser().get(address(convened)).status_code == 404


def test_before_the_count_it_tells_who_has_voted_and_not_how(asked, convened):
    for name in ("林处", "王教授", "赵高工"):
        said = words(asked.browser(name).get(address(convened)))
        assert said.count("已表决</span>") == 3
        assert said.count("未表决</span>") == 2
        assert OPINION not in said
        assert "表决结果" not in said
        assert "表决人数不少于应到的三分之二" in said
        assert (
            f"依据 {table('review_profiles').rules['meeting'].at(convened.opened_on).source}"
            in said
        )


def test_an_expert_votes_here_and_a_stranger_to_the_panel_cannot(asked, convened):
    browser = asked.browser("钱教授")
    said = words(browser.get(address(convened)))
    assert "草案.docx" in said
    assert f'action="{convened.get_absolute_url()}vote/"' in said
    assert f'action="{convened.get_absolute_url()}recuse/"' in said
    sent = {
        "vote": "yes",
        "patents": "none",
        "token": "v",
        "stage": "appraisal",
        "seen": convened.entered.seq,
    }
    assert browser.post(f"{convened.get_absolute_url()}vote/", sent).status_code == 302
    assert "您已表决" in words(browser.get(address(convened)))
    assert "vote/" not in words(asked.browser("林处").get(address(convened)))


def test_who_stands_aside_is_told_with_the_reason_to_the_office(asked, convened):
    recuse = {"words": "曾指导该单位起草。", "token": "r", "stage": "appraisal"}
    asked.browser("孙主任").post(f"{convened.get_absolute_url()}recuse/", recuse)
    assert "曾指导该单位起草。" in words(asked.browser("林处").get(address(convened)))
    other = words(asked.browser("王教授").get(address(convened)))
    assert "回避</span>" in other
    assert "曾指导该单位起草。" not in other


def test_after_the_count_who_said_what_is_for_the_office_and_the_panel(asked, convened):
    case = counted(asked, convened)
    for name in ("林处", "王教授"):
        said = words(asked.browser(name).get(address(case)))
        assert OPINION in said
        row = said[said.index("表决和意见") :]
        assert '<th scope="row">闽江检测中心' in row or '<th scope="row">赵高工' in row
    party = words(asked.browser("黄海").get(address(case)))
    assert OPINION in party
    assert '<th scope="row">' not in party[party.index("表决和意见") : party.index("</table>")]


def test_minutes_stand_when_it_has_concluded(asked, convened):
    counted(asked, convened)
    case = asked.until("plan")
    assert "专家组同意立项，建议补充水质要求。" in words(asked.browser("林处").get(address(case)))


def test_each_opinion_of_the_review_shows_what_became_of_it(asked):
    case = asked.until("submission")
    for name in ("林处", "郑工"):
        said = words(asked.browser(name).get(address(case, "?stage=review")))
        assert said.count('<span class="tag warn">未处理</span>') == 2
    assert "answer_experts/" in said  # for who drafts
    assert "answer_experts/" not in words(asked.browser("林处").get(address(case, "?stage=review")))
    case = asked.until("audit")
    said = words(asked.browser("郑工").get(address(case, "?stage=review")))
    assert '<span class="tag ok">采纳</span>' in said
    assert "记录是追溯的依据，保留为资料性附录。" in said
    assert "未处理" not in said
    assert "赵高工</th>" not in said[said.index("表决和意见") : said.index("</table>")]
    assert "赵高工" in words(asked.browser("林处").get(address(case, "?stage=review")))


def test_a_number_of_an_opinion_does_not_tell_who_voted_first(asked):
    case = asked.until("submission")
    counted = case.entries.filter(stage_key="review", action_key="count").get()
    given = [one["opinion"] for one in counted.answers["ballots"] if one.get("opinion")]
    assert [one.words for one in opinions_of(case)] == sorted(given)
    page = words(asked.browser("郑工").get(f"{case.get_absolute_url()}answer_experts/"))
    for name in ("赵高工", "钱教授"):
        assert name not in page


def test_answers_may_come_one_after_the_other_and_the_last_word_counts(asked):
    case, actor = asked.until("submission"), asked.told.cast["郑工"]

    def answer(**said):
        acts.act(case, "answer_experts", actor=actor, day=case.stage_since, answers=said)
        return [(one.taken, one.reason) for one in opinions_of(case)]

    assert answer(taken_1="partly", reason_1="只写一处。") == [("partly", "只写一处。"), ("", "")]
    assert answer(taken_2="adopted") == [("partly", "只写一处。"), ("adopted", "")]
    assert answer(taken_1="adopted", reason_1="") == [("adopted", ""), ("adopted", "")]
    for said, why in (
        ({}, "至少处理一条"), ({"taken_1": "declined"}, "应当说明理由"), ({"reason_2": "x"}, "请选择处理意见"),
        ({"taken_3": "adopted"}, "至少处理一条"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            answer(**said)
    expert = asked.told.cast["赵高工"]
    with pytest.raises(Refused, match="起草单位、申请单位"):
        acts.act(
            case, "answer_experts", actor=expert, day=case.stage_since, answers={"taken_1": "adopted"}
        )  # fmt: skip


def test_the_rule_says_by_when_the_papers_come_and_whether_that_was_kept(asked, convened):
    office = asked.browser("林处")
    told = words(office.get(address(convened)))
    assert "评审材料不迟于2024年1月18日送达专家" in told
    assert "晚于材料送达期限" not in told
    said = convened.entries.get(action_key="convene").answers
    actor = asked.told.cast["林处"]
    acts.act(convened, "convene", actor=actor, day=date(2024, 1, 20), answers=said)
    assert "晚于材料送达期限" in words(office.get(address(convened)))
