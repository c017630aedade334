"""How a browser sends a form of the sign-in: it waits for the answer, however long that takes."""

from collections.abc import Callable

CODE = "input[name=code]"


def send(page) -> None:
    """Press the page's button and wait until the answer stands there.

    A click alone returns before a slow server has answered, and what is read then is the old page.
    """
    with page.expect_navigation():
        page.locator("main form button").first.click()


def sign_in(page, name: str, password: str, code: Callable[[], str]) -> None:
    """Sign in with name and password, and with a code where the role needs one.

    ``code`` is asked again if it is refused: the half minute may end while it is typed.
    """
    page.goto("/accounts/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", password)
    send(page)
    for _again in range(2):
        if page.locator(CODE).count():
            page.fill(CODE, code())
            send(page)
    assert "/accounts/" not in page.url, page.inner_text("main")
