"""Type-ahead in a real browser: a combobox by keyboard and by mouse, and the search without it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ["/", "/standards/", "/board/"])
def test_offers_come_while_typing_and_lead_to_a_page(site, page, address):
    page.goto(site.address + address)
    field = page.locator("input[role=combobox]")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("db3501/t 9", delay=20)
    options = page.locator("[role=listbox] [role=option]")
    expect(options.last).to_contain_text("“db3501/t 9”")  # the offers for all that was typed
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    first = options.first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")  # round to the last line: the search itself
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(re.compile(r"/standards/DB3501~T9\d+-\d{4}/$"))


def test_escape_closes_the_list_and_keeps_the_words(site, page):
    page.goto(f"{site.address}/standards/")
    field = page.locator("input[role=combobox]")
    field.press_sequentially("db3501", delay=20)
    options = page.locator("[role=option]")
    expect(options.first).to_be_visible()
    field.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("db3501")
    expect(field).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("key", ["ArrowDown", "Escape"])
def test_a_late_answer_does_not_move_the_list_under_the_hand(site, page, key):
    late = []

    def hold(route):
        late.append(route)

    page.route("**/suggest/?q=db3501%2Ft*", hold)
    page.goto(f"{site.address}/standards/")
    field, options = page.locator("input[role=combobox]"), page.locator("[role=option]")
    field.press_sequentially("db3501", delay=20)
    expect(options.last).to_contain_text("“db3501”")
    with page.expect_request("**/suggest/?q=db3501%2Ft%209"):
        field.press_sequentially("/t 9", delay=5)
    field.press(key)
    for route in late:
        with page.expect_response(route.request.url):
            route.continue_()
    page.wait_for_timeout(200)
    if key == "Escape":
        expect(options.first).to_be_hidden()
        field.press("ArrowDown")  # asked again, the newest offers come
        expect(options.last).to_contain_text("“db3501/t 9”")
        return
    expect(options.last).to_contain_text("“db3501”")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")  # nothing is chosen any more: the newest offers come
    expect(options.last).to_contain_text("“db3501/t 9”")


def test_a_click_chooses_and_a_slash_leads_to_the_field(site, page):
    page.goto(f"{site.address}/board/")
    page.keyboard.press("/")
    expect(page.locator("input[role=combobox]")).to_be_focused()
    page.keyboard.type("t/fzys", delay=20)
    page.locator("[role=option]").first.click()
    page.wait_for_url(re.compile(r"/standards/T~FZYS\d+-\d{4}/$"))


@pytest.mark.parametrize("script", [True, False])
def test_enter_searches_with_and_without_a_script(site, browser, script):
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{site.address}/")
    page.fill("#q", "规程")
    page.press("#q", "Enter")
    page.wait_for_url("**/standards/?q=*")
    assert page.locator(".hit mark").first.inner_text() == "规程"
    page.locator(".facet a").first.click(timeout=5000)
    page.wait_for_url("**/standards/?q=*&*=*")
    context.close()


def test_facets_fold_on_a_phone_and_stand_open_on_a_desk(site, browser):
    for width, shown in ((1440, True), (390, False)):
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto(f"{site.address}/standards/")
        assert page.locator(".facet a").first.is_visible() is shown
        if not shown:
            page.click(".facets-in > summary")
            assert page.locator(".facet a").first.is_visible()
        context.close()


def test_the_citation_is_copied(site, browser):
    allowed = ["clipboard-read", "clipboard-write"]
    context = browser.new_context(permissions=allowed, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site.address}/standards/DB3501~T9155-2025/")
    page.click("[data-copy]")
    expect(page.locator("[data-copy]")).to_have_text("已复制")
    assert "DB3501/T 9155—2025[S]" in page.evaluate("navigator.clipboard.readText()")
    context.close()
