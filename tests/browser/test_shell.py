"""The shell in a real browser: paper, menu, arrow keys, and all of it without JavaScript."""

import pypdfium2
import pytest

pytestmark = pytest.mark.browser


def sheets(page) -> list[tuple[int, int]]:
    """Print a page; return the size of each sheet in millimeters."""
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    return [tuple(round(points / 72 * 25.4) for points in sheet.get_size()) for sheet in paper]


@pytest.mark.parametrize("script", [True, False])
def test_the_matrix_prints_on_one_sheet_of_a3(site, browser, script):
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{site.address}/matrix/")
    assert sheets(page) == [(420, 297)]
    context.close()


def test_other_pages_print_on_a4_in_light_colors(site, browser):
    context = browser.new_context()
    context.add_cookies([{"name": "theme", "value": "dark", "url": site.address}])
    page = context.new_page()
    page.goto(f"{site.address}/board/")
    assert set(sheets(page)) == {(210, 297)}
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_the_menu_of_the_bench_opens_on_a_phone(site, browser, signed_in, script):
    context = browser.new_context(
        viewport={"width": 390, "height": 800},
        java_script_enabled=script,
        storage_state=signed_in("ocean"),
    )
    page = context.new_page()
    page.goto(f"{site.address}/board/")
    assert page.is_hidden("#side")
    page.click("[data-menu]")
    assert page.is_visible("#side a[href='/targets/']")
    context.close()


def test_the_portal_shows_a_phone_where_it_is(site, browser):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site.address}/conference/")
    edges = page.evaluate(
        "(box => [box.left, box.right])"
        "(document.querySelector('.site-sub [aria-current]').getBoundingClientRect())"
    )
    assert 0 <= edges[0] < edges[1] <= 390
    context.close()


def test_arrow_keys_move_through_the_matrix(site, browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{site.address}/matrix/")
    assert page.locator(".mx .cell[tabindex='0']").count() == 1
    page.focus(".mx .cell[tabindex='0']")
    places = [page.evaluate(PLACE)]
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        places.append(page.evaluate(PLACE))
    assert places[0] == places[-1]
    assert len({tuple(place) for place in places}) == 4
    context.close()


PLACE = """[document.activeElement.closest('tr').rowIndex,
            document.activeElement.closest('td').cellIndex]"""


def test_charts_are_drawn_without_breaking_the_policy(site, browser):
    context = browser.new_context()
    page = context.new_page()
    said = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )
    page.goto(f"{site.address}/board/")
    page.wait_for_selector(".chart-live svg")
    assert page.get_attribute(".chart-live", "aria-label")
    assert said == []
    context.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_large_print_stays_within_a_phone(site, browser, language):
    """Neither the row of tools, a long number nor a table of relations makes a page wider."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    look = {"size": "large", "django_language": language}
    context.add_cookies([{"name": k, "value": v, "url": site.address} for k, v in look.items()])
    page = context.new_page()
    number = "ISO/IEC/IEEE60601-1-2:2014/Amd1:2020/DAmd2:2026SER"
    for address in ("/", "/standards/?q=%E8%A7%84%E8%8C%83", "/standards/DB3501~T9018-2023/"):
        page.goto(site.address + address)
        page.evaluate(
            "number => document.querySelectorAll('.hit-no, .tie .no')"
            ".forEach(one => { one.textContent = number; })", number,
        )  # fmt: skip
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over <= 0, address
    context.close()
