"""The block of papers on the page of a case, each as a file, and very long ones made beside."""

import io
import re
import time

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from rongbiao.cases.models import Entry, Head
from rongbiao.exchange.case_papers import making
from rongbiao.web.cases import paper as page
from tests.exchange.case_papers.desk import table_of, text_of


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


def listed(answer) -> set[str]:
    return set(re.findall(r'href="[^"]*/papers/([^"]+)"', answer.content.decode()))


def address(case, key: str, kind: str = "docx") -> str:
    return f"{case.get_absolute_url()}papers/{key}.{kind}"


def test_the_page_lists_what_the_reader_gets(desk):
    case = desk.until("consultation")
    office, guest = desk.browser("林处"), desk.browser()
    inner = listed(office.get(case.get_absolute_url()))
    assert {"application.docx", "plan_notice.pdf", "asking_letters.zip", "asking_letter-2.docx",
            "comment_form.xlsx", "summary.xlsx"} <= inner  # fmt: skip
    public = listed(guest.get(case.get_absolute_url()))
    assert public == {
        "plan_notice.docx", "plan_notice.pdf", "consultation_notice.docx", "consultation_notice.pdf",
        "comment_form.docx", "comment_form.xlsx",
    }  # fmt: skip
    for one in inner:
        answer = office.get(f"{case.get_absolute_url()}papers/{one}")
        assert answer.status_code == 200, one
        assert answer["Content-Disposition"].startswith("attachment"), one
        assert guest.get(f"{case.get_absolute_url()}papers/{one}").status_code == (
            200 if one in public else 404
        ), one


def test_a_private_dossier_gives_nothing_away(desk):
    case = desk.until("acceptance")
    for browser in (desk.browser(), desk.browser("王教授"), desk.browser("郑工")):
        assert browser.get(address(case, "application")).status_code == 404
    assert desk.browser("黄海").get(address(case, "application")).status_code == 200


@pytest.mark.parametrize("name", ["application.exe", "application.pdf", "nothing.docx",
                                  "asking_letter-9.docx", "asking_letter-0.docx", "approval.docx"])  # fmt: skip
def test_what_cannot_be_made_is_not_there(desk, name):
    case = desk.until("consultation")
    answer = desk.browser("林处").get(f"{case.get_absolute_url()}papers/{name}")
    assert answer.status_code == 404


def test_letters_and_notices_lead_to_the_page_where_everybody_comments(desk, settings):
    case = desk.until("consultation")
    where = f"/consultations/{case.number}/"
    assert desk.browser().get(where).status_code == 200
    for key in ("consultation_notice", "asking_letter-1"):
        answer = desk.browser("林处").get(address(case, key))
        assert f"{settings.SITE_ADDRESS}{where}" in text_of(answer.content)


def test_the_file_is_named_after_case_and_paper(desk):
    case = desk.until("consultation")
    answer = desk.browser("林处").get(address(case, "asking_letter-1"))
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    from urllib.parse import unquote

    assert f"{case.number} 征求意见函（连江县人民政府）.docx" in unquote(
        answer["Content-Disposition"]
    )
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_the_public_has_so_many_and_no_more(desk, monkeypatch):
    monkeypatch.setattr(page, "LIMIT", 2)
    case = desk.until("drafting")
    guest, office = desk.browser(), desk.browser("林处")
    codes = [guest.get(address(case, "plan_notice")).status_code for _turn in range(3)]
    assert codes == [200, 200, 429]
    assert [office.get(address(case, "plan_notice")).status_code for _ in range(3)] == [200] * 3


@pytest.fixture
def many(desk):
    """A consultation with more comments than a page waits for."""
    case = desk.until("consultation")
    start = Entry.objects.order_by("-seq").first().seq
    Entry.objects.bulk_create(
        Entry(
            case=case, seq=start + n, at=timezone.now(), day=case.stage_since, digest="0" * 64,
            stage_key="consultation", action_key="comment",
            answers={"clause": f"5.{n}", "kind": "change", "reason": f"意见{n}。", "unit": f"单位{n}"},
        )
        for n in range(1, page.MANY + 101)
    )  # fmt: skip
    Head.objects.update(seq=start + page.MANY + 100)
    return case


def until_made(browser, path: str):
    end = time.monotonic() + 90
    while time.monotonic() < end:
        answer = browser.get(f"{path}?wait")
        if answer.status_code == 200:
            return answer
        assert answer.status_code == 202
        time.sleep(0.05)
    raise AssertionError("not made")


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_long_table_is_made_beside_the_page(desk, many, kind):
    browser, path = desk.browser("林处"), address(many, "summary", kind)
    first = browser.get(path)
    assert first.status_code == 202
    assert "正在生成" in first.content.decode()
    made = until_made(browser, path)
    assert "已生成" in made.content.decode()
    assert f'href="{path}"' in made.content.decode()
    content = browser.get(path)
    assert content["Content-Disposition"].startswith("attachment")
    if kind == "docx":
        assert len(table_of(content.content)) == page.MANY + 100
    else:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content.content)).get_sheet_by_index(0)
        assert [row[1] for row in sheet.to_python()].count(f"5.{page.MANY + 100}") == 1


def test_another_comment_makes_another_table(desk, many):
    browser, path = desk.browser("林处"), address(many, "summary", "xlsx")
    browser.get(path)
    until_made(browser, path)
    desk.told.act(
        many.stage_since, "公众", "提意见", {"类型": "修改", "理由": "又一条。", "姓名": "某"}
    )
    assert browser.get(path).status_code == 202
    until_made(browser, path)


def test_work_is_done_once_and_told(var_of_making):
    path, turns, told = var_of_making
    inside = []

    def render(given, tell):
        tell(1000, 2000)
        inside.append(making.progress(given, "docx"))
        inside.append(making.work(path, given, render))  # somebody else comes while it is made
        turns.append(1)
        return b"made"

    assert making.work(path, told, render)
    assert inside == [(1000, 2000), False]
    assert not making.work(path, told, render)
    assert turns == [1]
    assert making.made(told, "docx", render) == b"made"
    assert making.progress(told, "docx") == (0, 0)


def test_what_fell_is_made_by_the_next(var_of_making):
    path, _turns, given = var_of_making

    def falls(given, tell):
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        making.work(path, given, falls)
    assert making.work(path, given, lambda given, tell: b"whole")
    assert path.read_bytes() == b"whole"


def test_what_nobody_asks_for_goes(var_of_making, monkeypatch):
    path, _turns, given = var_of_making
    making.work(path, given, lambda given, tell: b"whole")
    monkeypatch.setattr(making, "KEPT", -10)
    making.tidy()
    assert list(making.folder().iterdir()) == []


@pytest.fixture
def var_of_making():
    given = ("rows",)
    return making.place(given, "docx"), [], given
