"""An action's page: it says what it does and to whom, does it once, and keeps what was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from rongbiao.cases.models import Case, Entry
from rongbiao.web.cases import doing
from tests.story_desk import made
from tests.web.cases.test_case_page import words

COMMENT = {"clause": "5.1", "kind": "change", "reason": "实测", "person": "林某", "token": "one"}


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, made("docx"))


def running(case):
    """Let a consultation of the story still run today."""
    case.due_on = timezone.localdate()
    case.save(update_fields=["due_on"])
    return case


def test_it_says_what_follows_and_who_will_be_told(desk):
    case = desk.until("drafting")
    said = words(desk.browser("郑工").get(f"{case.get_absolute_url()}submit/"))
    assert "办件进入“征求意见”。" in said
    assert "市市场监管局 林处" in said
    assert "市海洋与渔业局 黄海" in said
    assert "连江海产研究所 郑工" not in said  # who acts is not told


def test_it_lists_what_is_still_in_the_way(desk):
    case = desk.until("consultation")
    said = words(desk.browser("郑工").get(f"{case.get_absolute_url()}close/"))
    assert "期限届满" in said
    assert "《地方标准管理办法》" in said


def test_a_double_submit_acts_once(desk):
    case = running(desk.until("consultation"))
    browser = desk.browser()
    address = f"{case.get_absolute_url()}comment/"
    first = browser.post(address, COMMENT)
    again = browser.post(address, COMMENT)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert case.entries.filter(action_key="comment").count() == 1
    assert words(browser.get(first["Location"])).count("还没有处理结果") == 1


def test_a_refusal_keeps_what_was_typed(desk):
    case = desk.until("consultation")
    answer = desk.browser().post(
        f"{case.get_absolute_url()}comment/", COMMENT | {"reason": "", "proposed": "原话在此"}
    )
    assert answer.status_code == 409
    assert "原话在此" in words(answer)
    assert case.entries.filter(action_key="comment").count() == 0


def test_whoever_comes_second_is_told_who_was_faster(desk):
    case = desk.until("acceptance")
    seen = case.entered.seq
    address = f"{case.get_absolute_url()}return/"
    sent = {"words": "请补充论证材料。", "seen": seen, "stage": "acceptance"}
    assert desk.browser("林处").post(address, sent | {"token": "a"}).status_code == 302
    late = desk.browser("陈处").post(address, sent | {"token": "b", "words": "第二份意见"})
    assert late.status_code == 409
    assert "林处" in words(late)
    assert "您的操作没有生效" in words(late)
    assert "第二份意见" in words(late)
    assert "不能再提交" in words(late)


def told(browser, address: str, send=None) -> str:
    """Return what the page of the case says to whom an action led back to it."""
    answer = browser.get(address) if send is None else browser.post(address, send)
    assert answer.status_code == 302
    page = browser.get(answer["Location"])
    return "；".join(map(str, page.context["messages"]))


def test_an_action_not_open_leads_back_to_the_case_and_says_why(desk):
    case = desk.until("acceptance")
    number, address = case.number, case.get_absolute_url()
    sent = {"words": "请补充论证材料。", "seen": case.entered.seq, "stage": "acceptance"}
    assert desk.browser("林处").post(f"{address}return/", sent).status_code == 302
    other = desk.browser("陈处")
    stage = case.procedure.stage(Case.objects.get().stage_key).name
    assert told(other, f"{address}return/") == f"{number}现在“{stage}”环节，不能办理“退回补正”。"
    assert "您的操作没有生效" in told(other, f"{address}return/", {"words": "第二份意见"})
    assert other.get(f"{address}nothing/").status_code == 404
    assert desk.browser().get(f"{address}return/").status_code == 404  # who may not read it
    Case.objects.update(closed_on=case.opened_on)
    assert told(other, f"{address}return/") == f"{number}已办结，不能再办理“退回补正”。"


def test_an_action_of_others_is_refused_by_name(desk):
    case = desk.until("consultation")
    address = case.get_absolute_url()
    assert "联席会议办公室经办人办理" in told(desk.browser("郑工"), f"{address}terminate/")
    assert "未登录的来访者不能办理" in told(desk.browser(), f"{address}close/")
    refused = desk.browser("郑工").post(f"{case.get_absolute_url()}terminate/", {"words": "x"})
    assert refused.status_code == 409
    assert "联席会议办公室经办人" in words(refused)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(desk, monkeypatch):
    from rongbiao.web.cases import filling

    case = desk.until("drafting")
    monkeypatch.setattr(filling, "LIMIT", 1000)
    sent = {"draft": upload("稿.docx"), "notes": upload("说明.docx"), "patents": "none"}
    answer = desk.browser("郑工").post(f"{case.get_absolute_url()}submit/", sent | {"token": "f"})
    assert answer.status_code == 409
    assert "超过 20 MB 的上限" in words(answer)
    case.refresh_from_db()
    assert case.stage_key == "drafting"


def test_one_address_cannot_flood_the_desk(desk, monkeypatch):
    monkeypatch.setattr(doing, "LIMIT", 2)
    case = running(desk.until("consultation"))
    browser = desk.browser()
    address = f"{case.get_absolute_url()}comment/"
    codes = [browser.post(address, COMMENT | {"token": str(n)}).status_code for n in range(3)]
    assert codes == [302, 302, 429]


def test_an_opinion_is_answered_one_by_one(desk):
    case = desk.until("disposition")
    browser, address = desk.browser("郑工"), f"{case.get_absolute_url()}dispose/"
    listed = words(browser.get(address))
    assert "水温应为8℃～12℃" in listed
    seq = case.entries.get(action_key="comment").seq
    assert browser.get(f"{address}?about={seq}").status_code == 200
    answer = browser.post(address, {"taken": "adopted", "about": seq, "token": "d"})
    assert answer.status_code == 302
    assert Entry.objects.get(action_key="dispose").about.seq == seq
    assert "没有待处理的记录" in words(browser.get(address))


def test_anyone_proposes_and_asks_by_the_receipt(desk):
    browser = desk.browser()
    sent = {"title": "社区助餐服务规范", "need": "各社区做法不一。", "person": "林某", "token": "p"}
    first = browser.post("/matters/proposal/new/", sent)
    again = browser.post("/matters/proposal/new/", sent)
    assert first.status_code == 302
    assert first["Location"] == again["Location"]
    case = Case.objects.get()
    assert browser.get(case.get_absolute_url()).status_code == 404
    told = words(browser.get(first["Location"]))
    assert "社区助餐服务规范" in told
    assert "林某" not in told
    desk.browser("林处").post(
        f"{case.get_absolute_url()}submit/",
        {
            "result": "passed",
            "department": "市民政局",
            "words": "转市民政局研究。",
            "token": "q",
        },
    )
    told = words(browser.get(first["Location"]))
    assert "已办结" in told
    assert "转市民政局研究。" in told
    project = Case.objects.get(procedure_key="local_standard")
    assert (project.origin, str(project.applicant)) == (case, "市民政局")
    assert project.number not in told  # not public yet
    Case.objects.filter(pk=project.pk).update(public_since=project.opened_on)
    assert project.number in words(browser.get(first["Location"]))
    assert browser.get("/receipts/?number=20240101-AAAAAAAA").status_code == 404


@pytest.mark.parametrize(("who", "status"), [(None, 403), ("郑工", 403), ("黄海", 200)])
def test_only_a_department_begins_a_local_standard(desk, who, status):
    assert desk.browser(who).get("/matters/local_standard/new/").status_code == status


def test_a_review_names_the_standard_that_it_is_about(desk):
    browser = desk.browser("林处")
    material = {
        "trigger": "law",
        "effect": "良好",
        "need": "仍需要",
        "advice": "confirm",
        "token": "r",
    }
    unknown = browser.post("/matters/local_standard_review/new/", material | {"standard": "GB 1"})
    assert unknown.status_code == 409
    assert "名录中没有" in words(unknown)
    case = desk.until("没有这一环节")
    answer = browser.post(
        "/matters/local_standard_review/new/", material | {"standard": case.standard.number}
    )
    review = Case.objects.latest("pk")
    assert answer["Location"] == review.get_absolute_url()
    assert review.standard == case.standard


@pytest.mark.parametrize("matter", ["feedback", "implementation", "local_standard_review"])
@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("", "请填写所涉标准的编号。"),
        ("什么", "所涉标准的编号无法识别"),
        ("GB 1", "名录中没有“GB 1”"),
    ],
)
def test_the_number_of_the_standard_is_checked_with_the_other_fields(desk, matter, number, why):
    answer = desk.browser("林处").post(
        f"/matters/{matter}/new/", {"standard": number, "token": "s"}
    )
    assert answer.status_code == 409
    said = answer.content.decode()
    assert said.count(why) == 2  # above the form, and at its field
    assert '<div class="error" id="id_standard_error">' in said
    assert len(answer.context["form"].errors) > 1  # the others are told at once
    assert not Case.objects.filter(procedure_key=matter).exists()


def test_the_number_that_an_address_gives_is_filled_in_with_the_name(desk):
    standard = desk.until("没有这一环节").standard
    page = desk.browser("林处").get(f"/matters/feedback/new/?standard={standard.number}")
    said = page.content.decode()
    assert f'value="{standard.number}"' in said
    assert standard.title in said
