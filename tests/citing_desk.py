"""Registered documents for tests: handed in and confirmed by the acts that people use."""

from datetime import date

from rongbiao.standards import events
from rongbiao.standards.citing import registering
from rongbiao.standards.citing.registering import Paper
from tests.standards_desk import enter

DAY = date(2026, 3, 2)
TEXT = "本项目应符合GB/T 19001—2016第8.4条和GB 3100的规定，并符合强制性国家标准。"


def paper(
    text: str = TEXT, *, kind="normative", title="某项管理办法", public=None, **more
) -> Paper:
    said = {"number": "榕试〔2026〕1号", "dated_on": DAY, "name": "办法.txt"} | more
    return Paper(kind=kind, title=title, content=text.encode(), public=public, **said)


def registered(actor, text: str = TEXT, *, day=DAY, reject=(), **more):
    """Return a document, confirmed as found; words that cite in general are rejected."""
    row = registering.register(paper(text, **more), actor=actor, day=day)
    said = {one.place: "" if one.place in reject else one.number for one in row.citations.all()}
    return registering.confirm(row, said, actor=actor, day=day)


def new_edition(number: str, day: date, **said):
    """Enter an edition and tell the news of it, as the doors of the register do."""
    row = enter(number, **({"issued_on": day} | said))
    events.note(row, None, day=day)
    return row


def change(row, day: date, **said):
    """Change an edition and tell the news of it, as the doors of the register do."""
    before = events.columns_of(row)
    for name, value in said.items():
        setattr(row, name, value)
    row.save()
    events.note(row, before, day=day)
    return row
