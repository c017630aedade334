"""The basket (意见篮): opinions put aside in the session until they are all sent at once.

It holds words only: files are chosen when it is sent, so that nothing of a stranger's is
kept before. Each opinion has its token from the beginning, so that sending twice sends once.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rongbiao.cases.models import Case
from rongbiao.parties.refused import Refused
from rongbiao.stages.answers import Comment

KEY, SENT = "basket", "receipts"
MOST = 20  # opinions
MOST_LETTERS = 40_000  # of all together
CASES = 3  # baskets, and lists of receipts, of one session
FIELDS = ("clause", "kind", "proposed", "reason", "patent_words")


@dataclass(frozen=True)
class Item:
    """One opinion put aside."""

    token: str
    clause: str
    kind: str
    proposed: str
    reason: str
    seen: int  # the place of the entry that had opened the round whose draft was read
    patent_words: str = ""

    @property
    def answers(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in FIELDS}


def items(request: HttpRequest, case: Case) -> list[Item]:
    """Return what lies in the basket of a case."""
    return [Item(**one) for one in request.session.get(KEY, {}).get(case.number, [])]


def add(request: HttpRequest, case: Case, said: dict[str, str]) -> None:
    """Put an opinion aside; refuse what does not fit the form, or too many."""
    form = Comment(said, case=case)
    wrong = [
        f"{form.fields[name].label}：{error}"
        for name in FIELDS
        for error in form.errors.get(name, [])
    ]
    if wrong:
        raise Refused("；".join(wrong))
    led = case.entered.seq if case.entered else 0
    said_so = {name: str(form.cleaned_data[name]) for name in FIELDS}
    item = Item(token=uuid4().hex, seen=led, **said_so)
    held = [*items(request, case), item]
    letters = sum(len(one.proposed + one.reason + one.patent_words) for one in held)
    if len(held) > MOST or letters > MOST_LETTERS:
        raise Refused(
            _("意见篮一次最多放 {n} 条、共 {letters} 字，请先提交篮中的意见。").format(
                n=MOST, letters=MOST_LETTERS
            )
        )
    _keep(request, KEY, case, [asdict(one) for one in held])


def drop(request: HttpRequest, case: Case, token: str) -> None:
    """Take one opinion out of the basket."""
    left = [asdict(one) for one in items(request, case) if one.token != token]
    _keep(request, KEY, case, left)


def empty(request: HttpRequest, case: Case) -> None:
    """Empty the basket of a case."""
    _keep(request, KEY, case, [])


def note(request: HttpRequest, case: Case, receipts: list[str]) -> None:
    """Remember the receipts of what was just sent, for the page that tells them."""
    _keep(request, SENT, case, receipts)


def noted(request: HttpRequest, case: Case) -> list[str]:
    """Return the receipts of what this session sent last."""
    return list(request.session.get(SENT, {}).get(case.number, []))


def _keep(request: HttpRequest, key: str, case: Case, held: list[Any]) -> None:
    """Keep something of a case in the session; of too many cases the oldest goes."""
    kept = dict(request.session.get(key, {}))
    kept.pop(case.number, None)
    if held:
        kept[case.number] = held
    request.session[key] = dict(list(kept.items())[-CASES:])
