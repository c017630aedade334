"""The citation check in a real browser: a file is given, its findings are walked through and taken along."""

import io

import docx
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NAME = "茶叶采购需求.docx"
LINES = (
    "一、产品应当符合GB/T 99999—2099的要求。",
    *(f"第{n}条 投标人应当按期供货，并且接受查验。" + "货物完好，" * 20 for n in range(30)),
    "二、加工按DB3501/T 9155-2025执行，验收按GB/T 88888-2098执行。",
)


def paper() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in LINES:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request, browser, site):
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", base_url=site.address,
        java_script_enabled=request.param,
    )  # fmt: skip
    here = context.new_page()
    here.with_script = request.param
    here.broken = []
    here.on("pageerror", lambda error: here.broken.append(str(error)))
    here.on(
        "console",
        lambda said: (
            said.type == "error" and "404" not in said.text and here.broken.append(said.text)
        ),
    )
    yield here
    context.close()
    assert here.broken == []


def give(page, *files) -> None:
    page.goto("/")
    page.locator("main a.cx-tool").click()
    page.set_input_files("#id_file", [{"name": n, "mimeType": "", "buffer": b} for n, b in files])
    page.get_by_role("button", name="开始核查").click()


def test_a_file_is_dropped_read_and_taken_along(page, axe):
    give(page, (NAME, paper()))
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(page.locator(".cx-m")).to_have_count(3)
    if page.with_script:
        found = page.evaluate(f"{axe}; axe.run(document, {{resultTypes: ['violations']}})")
        assert [rule["id"] for rule in found["violations"]] == []
        page.keyboard.press("n")
        expect(page.locator("#m1")).to_be_focused()
        expect(page.locator("#f1")).to_have_class("cx-card warn on")
        page.keyboard.press("j")
        expect(page.locator("#m2")).to_be_focused()
        page.keyboard.press("k")
        page.get_by_role("button", name="下一处需处理").click()
        expect(page.locator("#m3")).to_be_focused()
        expect(page.locator("#m3")).to_be_in_viewport()
    else:
        page.locator("#m3").click()
        expect(page.locator("#f3")).to_be_in_viewport()
        page.locator("#f3 a[href='#m3']").click()
        expect(page.locator("#m3")).to_be_in_viewport()
    page.get_by_role("link", name="只看需要处理的").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    page.locator("tbody tr").last.locator("td a[href$='#m3']").click()
    expect(page.locator("#m3")).to_be_in_viewport()
    with page.expect_download() as taken:
        page.get_by_role("link", name="原文加批注").click()
    said = docx.Document(taken.value.path()).comments
    assert [one.text.split("：")[0] for one in said] == [
        "查无此号",
        "现行有效",
        "查无此号",
        "引用核查",
    ]
    page.get_by_role("button", name="立即清除").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("引用核查")
    page.go_back()
    page.reload()
    expect(page.locator("main")).to_contain_text("核查结果已经清除")


def test_a_large_order_shows_its_progress_and_ends_by_itself(page, axe):
    large = ("按GB/T 99999—2099执行。\n" + "货物完好。" * 200_000).encode()
    give(page, ("一.txt", large), ("二.txt", large), ("三.pdf", b"%PDF-1.4 nothing"))
    if not page.with_script:  # whoever has no script presses it
        expect(page.locator("main")).to_contain_text("个文件")
        for _each in range(40):
            if page.get_by_role("heading", name="3 个文件的核查结果").count():
                break
            page.wait_for_timeout(500)
            page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 个文件的核查结果", timeout=30_000)
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody tr").last).to_contain_text("结构不完整")
    if page.with_script:
        found = page.evaluate(f"{axe}; axe.run(document, {{resultTypes: ['violations']}})")
        assert [rule["id"] for rule in found["violations"]] == []
