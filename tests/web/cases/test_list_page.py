"""The list of cases and the services: only what may be read, with counts, filters and Excel."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from rongbiao.cases.models import Case
from tests.web.cases.test_case_page import words


def copy(case: Case, number: int) -> None:
    """Enter a case like another one."""
    Case.objects.create(
        number=f"DB-2024-8{number:03}", procedure_key=case.procedure_key, stage_key=case.stage_key,
        title=f"第{number}号规范", opened_on=case.opened_on, stage_since=case.stage_since,
        applicant=case.applicant, public_since=case.public_since,
    )  # fmt: skip


def test_the_list_holds_only_what_its_reader_may_read(desk):
    case = desk.until("appraisal")
    assert case.title in words(desk.browser("林处").get("/cases/"))
    assert case.title in words(desk.browser("黄海").get("/cases/"))
    assert case.title not in words(desk.browser().get("/cases/"))
    assert case.title not in words(desk.browser("郑工").get("/cases/"))


def test_tabs_count_and_filters_narrow(desk):
    case = desk.until("consultation")
    copy(case, 1)
    browser = desk.browser("林处")
    said = words(browser.get("/cases/?procedure=local_standard"))
    assert "征求意见 2" in said
    assert "立项申请 0" in said
    found = words(browser.get("/cases/?procedure=local_standard&stage=consultation&q=海带"))
    assert "海带育苗技术规程" in found
    assert "第1号规范" not in found
    assert "市海洋与渔业局" in found
    assert browser.get("/cases/?procedure=nothing").status_code == 404
    assert browser.get("/cases/?procedure=proposal&stage=plan").status_code == 404
    assert "第1号规范" not in words(browser.get("/cases/?late=1"))
    assert "海带育苗技术规程" in words(browser.get("/cases/?late=1"))


def test_the_sheet_holds_what_is_filtered(desk):
    case = desk.until("consultation")
    copy(case, 1)
    answer = desk.browser("林处").get("/cases.xlsx?procedure=local_standard&q=海带")
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    )
    assert rows[2][:3] == ["项目号", "名称", "提出单位"]
    assert [row[1] for row in rows[3:]] == ["海带育苗技术规程"]
    assert rows[3][3:6] == ["市海洋与渔业局", "连江海产研究所、市海洋与渔业局", "征求意见"]


@pytest.mark.parametrize("address", ["/cases/", "/cases/?procedure=local_standard"])
def test_more_cases_ask_no_more_questions(desk, address):
    case = desk.until("consultation")
    browser = desk.browser("林处")

    def asked() -> int:
        browser.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(address).status_code == 200
        return len(caught)

    before = asked()
    copy(case, 1)
    copy(case, 2)
    assert asked() == before


def test_every_service_shows_its_path(desk):
    browser = desk.browser()
    said = words(browser.get("/matters/"))
    for name in ("市级地方标准制修订", "地方标准立项建议", "地方标准复审"):
        assert name in said
    page = browser.get("/matters/local_standard/")
    assert "由主管部门、县（市）区提出" in words(page)
    assert "《地方标准管理办法》" in words(page)
    assert '<svg class="pathway"' in page.content.decode()
    assert browser.get("/matters/nothing/").status_code == 404


def test_an_owner_whose_name_is_a_figure_stands_as_written(desk):
    desk.until("plan")
    day, who, name, said = desk.lines.pop(0)
    desk.told.one(day, who, name, said | {"归口单位": "007"}, "")
    answer = desk.browser("林处").get("/cases.xlsx?procedure=local_standard")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.get_sheet_by_index(0).to_python()[3][3] == "007"
    assert "007" in words(desk.browser("林处").get("/cases/?procedure=local_standard"))
