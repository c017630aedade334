"""Every page, as each role sees it: sound for axe, no overflow, nothing leaves the machine."""

import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

with (Path(__file__).parent / "pages.toml").open("rb") as file:
    PAGES = [
        (role, address) for role, addresses in tomllib.load(file).items() for address in addresses
    ]
LOOKS = [
    (1440, {}),
    (390, {}),
    (1440, {"theme": "dark"}),
    (390, {"theme": "dark"}),
    (1440, {"size": "large"}),
    (390, {"size": "large"}),
]


def cookies(site, look):
    return [{"name": name, "value": value, "url": site.address} for name, value in look.items()]


def follow(page, site, words):
    """Open an address, and from there the first link that begins with, or ends on, each next one."""
    address, *parts = words.split(" > ")
    answer = page.goto(site.address + address)
    for part in parts:
        link = f"main a[href^='{part}']" if part.startswith("/") else f"main a[href$='{part}']"
        first = page.locator(f"{link}:not([href='{part}'])").first
        assert first.count(), f"{words}：没有 {link}\n{page.inner_text('body')}"
        answer = page.goto(site.address + first.get_attribute("href"))
    return answer


@pytest.mark.parametrize(("width", "look"), LOOKS, ids=str)
@pytest.mark.parametrize("role", sorted({role for role, _address in PAGES}))
def test_pages_are_sound(site, browser, signed_in, axe, role, width, look):
    state = signed_in(None if role == "visitor" else role)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, storage_state=state, locale="zh-CN"
    )
    context.add_cookies(cookies(site, look))
    page = context.new_page()
    faults, outside, errors = [], [], []
    page.on("request", lambda r: r.url.startswith((site.address, "data:")) or outside.append(r.url))
    page.on("console", lambda m: m.type == "error" and errors.append(f"{page.url} {m.text}"))
    page.on("pageerror", lambda e: errors.append(f"{page.url} {e}"))
    for address in (address for who, address in PAGES if who == role):
        answer = follow(page, site, address)
        if answer.status != 200:
            faults.append(f"{address} 状态 {answer.status}")
            continue
        theme = page.evaluate("document.documentElement.dataset.theme || ''")
        if look.get("theme", "") not in theme:
            faults.append(f"{address} 没有换成 {look}")
        found = page.evaluate(f"{axe}; axe.run(document, {{resultTypes: ['violations']}})")
        faults += [
            f"{address} {rule['id']}: {rule['nodes'][0]['html'][:160]}"
            for rule in found["violations"]
        ]
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if over > 0:
            faults.append(f"{address} 横向超出 {over} px")
    context.close()
    assert faults == []
    assert outside == []
    assert errors == []
