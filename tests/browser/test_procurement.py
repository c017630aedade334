"""A purchaser hands in a tender, changes a group and takes the checklist home; then looks at a map."""

import pytest
from playwright.sync_api import expect

from rongbiao.texts.documents import read_document

pytestmark = pytest.mark.browser
TENDER = """\
服务内容应符合DB3501/T 9155-2025的要求，验收时逐项核对。
灯具安全应符合GB 7000.1-2015。产品应当符合国家标准。
投标人获得福州市政府质量奖的，得3分。
灯具应为飞利浦品牌。
"""


@pytest.fixture(params=[1440, 390])
def page(browser, request):
    context = browser.new_context(
        viewport={"width": request.param, "height": 900}, locale="zh-CN", accept_downloads=True
    )
    yield context.new_page()
    context.close()


def sound(page, axe) -> list[str]:
    found = page.evaluate(f"{axe}; axe.run(document, {{resultTypes: ['violations']}})")
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    faults = [f"{rule['id']} {rule['nodes'][0]['html'][:120]}" for rule in found["violations"]]
    return [*faults, *([f"overflow {wide}"] if wide > 0 else [])]


def test_from_a_tender_to_a_checklist(site, page, axe, tmp_path):
    page.goto(f"{site.address}/procurement/")
    page.locator("#id_file").set_input_files(
        {"name": "招标文件.txt", "mimeType": "text/plain", "buffer": TENDER.encode()}
    )
    page.get_by_role("button", name="读取并列出").click()
    expect(page.get_by_role("heading", name="招标文件.txt")).to_be_visible()
    expect(page.locator(".proc-doubts mark")).to_have_count(2)
    assert sound(page, axe) == []
    page.get_by_label("DB3501/T 9155-2025 的归类").select_option("safety")
    with page.expect_download() as coming:
        page.get_by_role("button", name="下载 Word 验收清单").click()
    path = tmp_path / "list.docx"
    coming.value.save_as(path)
    said = read_document(path).text
    assert said.index("\n安全标准\n") < said.index("DB3501/T 9155-2025")


def test_a_map_leads_from_box_to_box_by_keyboard(site, page, axe):
    page.goto(f"{site.address}/standards/DB3501~T9155-2025/map/")
    assert sound(page, axe) == []
    if page.viewport_size["width"] > 900 and page.locator("svg.network a").count():
        first = page.locator("svg.network a").first
        first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1, name="引用图")).to_be_visible()
