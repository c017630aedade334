"""The page of a case: who may read what, what it shows, and that it asks no more for more rows."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongbiao.cases.models import Attachment, Case, Entry, Seat
from tests.conftest import hold_post


def words(answer) -> str:
    """Return what a page says, without its mark-up."""
    text = re.sub(r"<(script|style).*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_a_case_looks_missing_to_strangers(desk):
    case = desk.until("appraisal")
    there = desk.browser().get(case.get_absolute_url())
    missing = desk.browser().get("/cases/DB-2024-9999/")
    assert there.status_code == missing.status_code == 404
    assert words(there) == words(missing)
    assert desk.browser("孙主任").get(case.get_absolute_url()).status_code == 404  # not yet invited


def test_a_recused_expert_no_longer_finds_the_case(desk):
    case = desk.until("appraisal")
    desk.told.one(*desk.lines.pop(0), "")  # the panel is convened
    browser = desk.browser("王教授")
    assert browser.get(case.get_absolute_url()).status_code == 200
    answer = browser.post(
        f"{case.get_absolute_url()}recuse/", {"words": "参与过起草", "token": "r", "seen": ""}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/inbox/")
    browser.get("/inbox/")  # where it is said that this was done
    gone = browser.get(case.get_absolute_url())
    assert gone.status_code == 404
    assert words(gone) == words(browser.get("/cases/DB-2024-9999/"))


def test_the_public_reads_what_is_public_and_no_more(desk):
    case = desk.until("disposition")
    said = words(desk.browser().get(case.get_absolute_url()))
    assert "海带育苗技术规程" in said
    assert "水温应为8℃～12℃" in said  # the comment is public
    for kept in ("林某", "13800000000", "郑工", "冬春水温", "编制说明.docx", "草案.docx"):
        assert kept not in said, kept
    assert "提交征求意见稿" in said  # a step from stage to stage, without its words
    inner = words(desk.browser("郑工").get(case.get_absolute_url()))
    assert "冬春水温" in inner
    assert "编制说明.docx" in inner
    assert "林某" not in inner
    assert "138****0000" not in inner
    office = words(desk.browser("林处").get(case.get_absolute_url()))
    assert "林*" in office
    assert "138****0000" in office
    assert "13800000000" not in office


def test_what_an_officer_hid_the_public_does_not_read(desk):
    case = desk.until("consultation")
    desk.told.one(*desk.lines.pop(0)[:3], comment(), "")
    comment_entry = case.entries.get(action_key="comment")
    address = f"{case.get_absolute_url()}hide/"
    answer = desk.browser("林处").post(
        address, {"words": "与本标准无关", "about": comment_entry.seq, "token": "h"}
    )
    assert answer.status_code == 302
    assert "水温应为" not in words(desk.browser().get(case.get_absolute_url()))
    assert "水温应为" in words(desk.browser("林处").get(case.get_absolute_url()))


def test_what_waits_for_an_officer_the_public_does_not_read(desk):
    case = desk.until("consultation")
    links = "见 http://a.cn http://b.cn http://c.cn"
    desk.told.one(case.stage_since, "公众", "提意见", comment() | {"理由": links}, "")
    browser, held = desk.browser(), case.entries.get(action_key="comment")
    assert held.answers["held"]
    assert "水温应为" not in words(browser.get(case.get_absolute_url()))
    assert "水温应为" in words(desk.browser("林处").get(case.get_absolute_url()))
    sent = {"about": held.seq, "token": "v"}
    desk.browser("林处").post(f"{case.get_absolute_url()}release/", sent)
    assert "水温应为" in words(browser.get(case.get_absolute_url()))


def comment() -> dict:
    return {
        "章条编号": "5.1",
        "类型": "修改",
        "建议改为": "水温应为8℃",
        "理由": "实测",
        "姓名": "林某",
    }


def test_ballots_stay_sealed_until_they_are_counted(desk):
    case = desk.until("appraisal")
    while desk.lines[0][2] != "开票":
        line = desk.lines.pop(0)
        desk.told.one(*line[:3], dict(line[3]) if line[3:] else {}, "")
    for who in ("林处", "王教授", "黄海"):
        said = words(desk.browser(who).get(case.get_absolute_url()))
        assert "密封，开票前任何人不能查看" in said
        assert "建议补充水质要求" not in said
        assert "不同意" not in said
    line = desk.lines.pop(0)
    desk.told.one(*line[:3], {}, "")
    office = words(desk.browser("林处").get(case.get_absolute_url()))
    assert "同意 4，不同意 1" in office
    assert "建议补充水质要求" in office
    party = words(desk.browser("黄海").get(case.get_absolute_url()))
    assert "同意 4，不同意 1" in party
    assert "建议补充水质要求" not in party  # who voted what is the office's to know


def test_every_closed_button_says_why_where_all_can_read_it(desk):
    case = desk.until("appraisal")
    desk.told.one(*desk.lines.pop(0), "")  # the panel is convened, nobody has voted
    page = desk.browser("林处").get(case.get_absolute_url())
    assert "开票 ：应到 5 人，实际表决 0 人，不足三分之二" in words(page)
    closed = re.findall(r'<a [^>]*aria-disabled="true"[^>]*>', page.content.decode())
    assert len(closed) == 2  # to count, and to pass
    assert all("aria-describedby" in tag for tag in closed)


def test_a_file_is_a_download_for_those_who_may_read_it(desk):
    case = desk.until("disposition")
    notes = Attachment.objects.get(entry__case=case, field="notes")
    address = f"{case.get_absolute_url()}files/{notes.pk}/"
    answer = desk.browser("郑工").get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.content[:4] == b"PK\x03\x04"
    assert desk.browser().get(address).status_code == 404
    other = Case.objects.create(
        number="DB-2024-7777", procedure_key=case.procedure_key, stage_key="application",
        title="别的", opened_on=case.opened_on, stage_since=case.opened_on,
    )  # fmt: skip
    astray = f"{other.get_absolute_url()}files/{notes.pk}/"
    assert desk.browser("林处").get(astray).status_code == 404


def test_two_versions_are_compared(desk):
    case = desk.until("review")
    draft = Attachment.objects.filter(entry__case=case, field="draft").last()
    address = f"{case.get_absolute_url()}files/{draft.pk}/compare/"
    assert "两个版本文字相同" in words(desk.browser("郑工").get(address))
    first = Attachment.objects.filter(entry__case=case, field="draft").first()
    none = desk.browser("郑工").get(f"{case.get_absolute_url()}files/{first.pk}/compare/")
    assert none.status_code == 404


def test_the_steps_say_where_the_case_is(desk):
    case = desk.until("consultation")
    page = desk.browser("郑工").get(case.get_absolute_url())
    said = words(page)
    assert "第 6 步，共 13 步" in said
    assert page.content.decode().count('aria-current="step"') == 1
    assert "制定周期" in said
    assert "还没有" not in said.split("经办记录")[0]


def test_the_page_of_a_closed_case_says_how_it_ended(desk):
    case = desk.until("没有这一环节")
    said = words(desk.browser("林处").get(case.get_absolute_url()))
    assert "已办结" in said
    assert "备案完成" in said
    assert "DB3501/T 001—2024" in said


@pytest.mark.parametrize("who", ["林处", "郑工", None])
def test_more_rows_ask_no_more_questions(desk, who):
    case = desk.until("disposition")
    browser = desk.browser(who)

    def asked() -> int:
        browser.get(case.get_absolute_url())
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(case.get_absolute_url()).status_code == 200
        return len(caught)

    before = asked()
    for number in range(2):
        entry = Entry.objects.filter(case=case, action_key="comment").first()
        more(case, entry, number)
        Seat.objects.create(
            case=case, stage="drafting", capacity="invited", invited_on=case.stage_since,
            organization=hold_post(f"某{number}", "市农业农村局", "reporter").organization
            if number == 0 else hold_post("某某", "市市场监管局", "reporter").organization,
        )  # fmt: skip
    assert asked() == before


def more(case, entry, number) -> None:
    """Write another comment straight into the journal: only its rows matter here."""
    Entry.objects.create(
        case=case, seq=10_000 + number, at=entry.at, day=entry.day, stage_key=entry.stage_key,
        action_key=entry.action_key, answers=entry.answers, digest=f"x{number}",
        receipt=f"20240101-{number:08}",
    )  # fmt: skip
