"""How a browser sends a form of the sign-in: it waits for the answer, however long that takes."""

import sys
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

    Twice more if it is refused, and what was answered is shown: the half minute of a code may
    end while it is typed, and the first seconds of a server may find the database taken.
    """
    for _again in range(3):
        page.context.clear_cookies()  # a sign-in that waits for its code would go on there
        page.goto("/accounts/login/")
        page.fill("input[name=login]", name)
        page.fill("input[name=password]", password)
        send(page)
        if page.locator(CODE).count():
            page.fill(CODE, code())
            send(page)
        if "/accounts/" not in page.url:
            return
        sys.stderr.write(f"{name} 未能登录：{page.inner_text('body')}\n")
        page.wait_for_timeout(2000)
    raise AssertionError(page.inner_text("body"))
