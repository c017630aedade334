"""An enterprise's whole way in a real browser: account, 200 products, findings, declared, QR page.

It has no JavaScript: every step is a page and a form.
"""

import pytest
from playwright.sync_api import expect

from rongbiao.parties.models import Organization, Person, Post
from rongbiao.standards.models import Declaration
from rongbiao.texts.credit_codes import check_character
from tests.declared import require
from tests.exchange.test_declaring_excel import line, table
from tests.story_desk import made

from .hands import People
from .signing import sign_in

pytestmark = pytest.mark.browser
FIRST = "91350100MA0000000"
PASSWORD = "荔枝-2026-红了"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def people(browser, live_server, city):
    """The officer and the public, each at a browser."""
    person = Person.objects.create(username="林处", name="林处")
    unit = Organization.objects.get(name="市市场监管局")
    Post.objects.create(person=person, organization=unit, role="officer", basis="试验")
    limits = [("铅迁移量", "≤0.05", "mg/kg", "4.3")]
    require("GB 4806.9-2023", "食品接触用金属材料及制品", limits, nature="mandatory")
    there = People(browser, live_server.url, {"林处": ("市市场监管局", "经办人")})
    yield there
    there.leave()


def products() -> bytes:
    """Return 200 products, one of them below the mandatory standard, one without its method."""
    rows = [line(f"Q/RCSB {n:03}—2026", method="附录A") for n in range(200)]
    rows[7] = line("Q/RCSB 007—2026", "铅迁移量", "≤0.1", method="附录B")
    rows[7][4], rows[7][9] = "GB 4806.9—2023", "mg/kg"
    rows[9][10] = ""
    rows.append(line("Q/RCSB 900—2026", limit="9～5"))
    return table(*rows)


def register(page, officer) -> None:
    """Ask for an account, let the officer confirm it, set its password, sign in."""
    page.goto("/accounts/login/")
    page.get_by_role("link", name="申请企业账号").click()
    for label, words in {
        "单位名称": "榕城水杯有限公司", "统一社会信用代码": FIRST + check_character(FIRST),
        "姓名": "陈杯", "登录账号": "chenbei", "联系电话": "0591-00000000",
        "登录密码": PASSWORD, "再输一次密码": PASSWORD,
    }.items():  # fmt: skip
        page.get_by_label(label).fill(words)
    page.get_by_label("营业执照").set_input_files(
        {"name": "执照.pdf", "mimeType": "application/pdf", "buffer": made("pdf")}
    )
    page.get_by_role("button", name="提交").click()
    assert "number=" in page.url

    officer.page.goto("/cases/")
    officer.page.get_by_role("link", name="榕城水杯有限公司").first.click()
    officer.button("核实开通").click()
    officer.page.get_by_role("button", name="核实开通").click()
    assert Organization.objects.get(name="榕城水杯有限公司").credit_code

    sign_in(page, "chenbei", PASSWORD, str)


def test_an_enterprise_registers_imports_mends_declares_and_is_read(people):
    page, officer = people["公众"].page, people["林处"]
    register(page, officer)

    page.goto("/declaring/import/")
    page.get_by_label("文件").set_input_files(
        {"name": "产品.xlsx", "mimeType": XLSX, "buffer": products()}
    )
    page.get_by_role("button", name="导入", exact=True).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("“9～5”不能识别")
    page.get_by_role("link", name="看预检结果").click()
    expect(main).to_contain_text("不能声明 1")
    page.get_by_label("本企业对声明内容的真实性负责").check()
    page.get_by_role("button", name="全部声明公开（200 项）").click()
    expect(main).to_contain_text("有 1 处低于强制性标准，不能声明")
    assert not Declaration.objects.exists()

    page.get_by_role("link", name="Q/RCSB 007—2026").click()
    expect(main).to_contain_text("GB 4806.9-2023 4.3 要求“≤0.05mg/kg”：要求更宽")
    page.get_by_label("指标值 1").fill("≤0.03")
    page.get_by_role("button", name="保存并预检").click()
    expect(main).not_to_contain_text("要求更宽")
    page.get_by_role("link", name="本企业标准").last.click()
    page.get_by_label("本企业对声明内容的真实性负责").check()
    page.get_by_role("button", name="全部声明公开（200 项）").click()
    expect(main).to_contain_text("已办理，办件号")
    assert Declaration.objects.count() == 200

    item = Declaration.objects.get(number="Q/RCSB 007—2026")
    page.context.clear_cookies()
    page.goto(item.get_absolute_url())
    expect(main).to_contain_text("公开（现行有效）")
    expect(main).to_contain_text("≤0.03")
    code = page.get_by_role("img", name="本页的二维码")
    assert code.evaluate("picture => picture.complete && picture.naturalWidth > 100")
    assert people["公众"].broken == officer.broken == []
