"""Hands of the people of a story: they sign in, find what to press, fill in by label, and read.

Each person has a browser context of their own. Nothing is posted that a page did not offer,
and no act is done but through a page; the day is what the story says.
"""

import io
import re
import time

import docx
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from rongbiao.parties.models import Person
from tests.browser.signing import sign_in
from tests.conftest import give_second_factor
from tests.story_desk import made

WORD = "榕树下的一杯茉莉花茶"
GUARDED = {"经办人", "审计员", "管理员"}
PROCEDURE = "/matters/local_standard/"
MOST_TABS = 150
DRAFT = (
    "1 范围", "本文件规定了海带育苗的采苗、育苗和出库。", "2 规范性引用文件",
    "本文件没有规范性引用文件。", "3 术语和定义", "本文件没有需要界定的术语和定义。", "4 采苗",
    "种海带应健壮。", "5 育苗", "5.1 水温", "育苗水温应为8℃～15℃。", "6 出库", "出库前应逐帘检查。",
)  # fmt: skip


def content(name: str) -> bytes:
    """Return what a file holds: of a docx its name and the clauses of the draft."""
    if not name.endswith(".docx"):
        return made(name.rsplit(".", 1)[-1])
    paper, buffer = docx.Document(), io.BytesIO()
    for line in (name.removesuffix(".docx"), *DRAFT):
        paper.add_paragraph(line)
    paper.save(buffer)
    return buffer.getvalue()


def starts(words: str) -> re.Pattern[str]:
    """Return what a label must match that begins with some words."""
    return re.compile(rf"^\s*{re.escape(words)}")


class Hands:
    """One person at one browser."""

    def __init__(self, browser, address: str, name: str, secret: str | None, **context) -> None:
        self.address, self.name = address, name
        self.context = browser.new_context(locale="zh-CN", base_url=address, **context)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.broken: list[str] = []
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))
        self.page.on(
            "response",
            lambda got: self.broken.append(f"{got.status} {got.url}") if got.status > 499 else None,
        )
        if secret is not None:
            self.sign_in(secret)

    def sign_in(self, secret: str) -> None:
        """Sign in with name and password, and with a code where the role needs one."""

        def code() -> str:
            return format_hotp_value(hotp_value(secret, int(time.time()) // 30))

        sign_in(self.page, self.name, WORD, code)

    def begin(self, said: dict) -> None:
        """Open a case from the page of its matter."""
        self.page.goto(PROCEDURE)
        self.page.locator(f"main a[href='{PROCEDURE}new/']").first.click()
        self.fill(said)
        self.press("提交")

    def open(self, case: str) -> None:
        """Go to the page of a case."""
        self.page.goto(f"/cases/{case}/")

    def button(self, name: str):
        """Return what leads to an action, at the foot of the case's page."""
        return self.page.get_by_label("可以办理").get_by_role("link", name=name, exact=True)

    def form(self):
        """Return the form of this page that is filled in."""
        return self.page.locator("main form[method=post]").filter(has=self.page.locator(".fields"))

    def fill(self, said: dict) -> None:
        """Fill in the form of this page, each field by its label."""
        form = self.form()
        form.first.wait_for()  # to count what stands in it is not to wait for it
        for label, value in said.items():
            group = form.get_by_role("group", name=starts(label))
            if group.count():
                for one in value if isinstance(value, list) else [value]:
                    exact = not isinstance(value, list)
                    group.get_by_label(one, exact=exact).check()
                continue
            self.put(form.get_by_label(starts(label)).first, value)

    def put(self, field, value) -> None:
        """Put a value into a field as its kind wants it."""
        kind = field.evaluate("field => field.type")
        if kind == "file":
            kept = {"name": value, "mimeType": "", "buffer": content(value)}
            field.set_input_files(kept)
        elif kind.startswith("select"):
            field.select_option(label=str(value))
        else:
            field.fill(str(value))

    def press(self, name: str) -> None:
        """Press the button of this page's form."""
        self.form().get_by_role("button", name=name, exact=True).click()

    def told(self, words: str) -> None:
        """Read on the page that it was done."""
        expect(self.page.get_by_role("status").filter(has_text=words).first).to_be_visible()

    def refused(self, words: str) -> None:
        """Read on the page why it was not done."""
        expect(self.page.get_by_role("alert").filter(has_text=words)).to_be_visible()

    def tab_to(self, target) -> None:
        """Press Tab until the focus stands on something, and see that it is shown there."""
        for _each in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if target.evaluate("it => it === document.activeElement"):
                assert target.evaluate("it => it.matches(':focus-visible')")
                return
        raise AssertionError(f"按 {MOST_TABS} 次 Tab 到不了：{target}")

    def by_keyboard(self, name: str, said: dict) -> None:
        """Do an action of the case's page with nothing but the keyboard."""
        keys = self.page.keyboard
        self.tab_to(self.button(name))
        keys.press("Enter")
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()
        for label, value in said.items():
            group = self.form().get_by_role("group", name=starts(label))
            if group.count():
                self.tab_to(group.get_by_label(value, exact=True))
                keys.press("Space")
                continue
            self.tab_to(self.form().get_by_label(starts(label)).first)
            keys.insert_text(value)
        self.tab_to(self.form().get_by_role("button", name=name, exact=True))
        keys.press("Enter")


class People:
    """Everybody of a story, each at a browser once they have something to do."""

    def __init__(self, browser, address: str, cast: dict) -> None:
        self.browser, self.address, self.cast = browser, address, cast
        self.secrets = {"公众": None}
        for name, (_unit, role) in cast.items():
            person = Person.objects.get(username=name)
            person.set_password(WORD)
            person.save()
            self.secrets[name] = give_second_factor(person) if role in GUARDED else ""
        self.there: dict[str, Hands] = {}

    def __getitem__(self, name: str) -> Hands:
        """Return somebody at their browser; the public's has no JavaScript."""
        if name not in self.there:
            script = name != "公众"
            self.there[name] = Hands(
                self.browser, self.address, name, self.secrets[name], java_script_enabled=script
            )
        return self.there[name]

    def leave(self) -> None:
        for one in self.there.values():
            one.context.close()
