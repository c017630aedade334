"""Drafts: what is written on the desk is kept in the browser until the platform took it."""

import pytest

pytestmark = pytest.mark.browser
FORM = "/experts/new/"
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('rb-draft-'))"


def test_what_was_written_is_kept_until_it_is_taken(site, browser, signed_in):
    context = browser.new_context(storage_state=signed_in("office"))
    page = context.new_page()
    page.goto(site.address + FORM)
    send = page.locator("main form[method=post]:has(textarea) button").last
    page.fill("[name=name]", "陈小满")
    page.fill("[name=ics]", "67.140.10")
    page.reload()
    assert page.input_value("[name=ics]") == "67.140.10"
    assert page.input_value("[name=name]") == "陈小满"

    # Refused: nothing was taken, and the words are still there when the page is opened again.
    page.evaluate("document.querySelector('main form:has(textarea)').noValidate = true")
    send.click()
    assert page.locator(".errors").count() == 1
    page.goto(site.address + FORM)
    assert page.input_value("[name=ics]") == "67.140.10"

    # The session has ended: what was sent is led to signing in, and nothing is lost.
    cookies = context.cookies()
    context.clear_cookies(name="session")
    page.evaluate("document.querySelector('main form:has(textarea)').noValidate = true")
    send.click()
    assert "/accounts/" in page.url
    page.goto(site.address + "/")
    context.add_cookies(cookies)
    page.goto(site.address + FORM)
    assert page.input_value("[name=ics]") == "67.140.10"

    # Taken: the draft is gone.
    said = {
        "account": "chenxiaoman", "unit": "市科技局", "title": "高级工程师", "basis": "榕标〔2026〕9号",
        "since": "2026-01-01", "until": "2030-12-31",
    }  # fmt: skip
    for name, value in said.items():
        page.fill(f"[name={name}]", value)
    kept = page.evaluate(f"{KEPT}.map(key => localStorage.getItem(key)).join()")
    token = page.input_value("main form:has(textarea) [name=csrfmiddlewaretoken]")
    assert "chenxiaoman" in kept
    assert token not in kept
    send.click()
    page.wait_for_url(lambda address: address.rstrip("/").rpartition("/")[2].isdecimal())
    assert page.evaluate(KEPT) == []
    context.close()
