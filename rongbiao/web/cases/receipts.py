"""Receipts (受理号查询): what became of a proposal or an opinion, for whoever holds its number.

Nothing about persons is told, and how often one address may ask is bounded: a number is
the only key to what it opens.
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rongbiao.cases.models import Case, Entry
from rongbiao.parties.allowance import spend
from rongbiao.parties.journal import Act
from rongbiao.stages import erasure
from rongbiao.web.cases.words import Reader
from rongbiao.web.doors import public
from rongbiao.web.limits import address_of

LIMIT, SECONDS = 60, 600  # questions of one address
LONGEST = 40


@dataclass(frozen=True)
class Told:
    """What is told about one receipt."""

    number: str
    kind: str
    day: date
    title: str
    stage: str
    closed_on: date | None
    address: str  # of the case, where the public may read it
    answers: list[tuple[date, str, list[tuple[str, str]]]]
    onward: list[Case]  # what it led to, where the public may read it
    erased: Act | None  # what it said of a person is gone
    erase: str  # where an officer erases it; "" where there is nothing


@public
def page(request: HttpRequest) -> HttpResponse:
    """Tell what became of what was filed under a number."""
    words = request.GET.get("number", "").replace("\x00", "").strip().upper()[:LONGEST]
    if words and not spend(f"receipt:{address_of(request)}", limit=LIMIT, seconds=SECONDS):
        said = _("该网络地址十分钟内已查询 {n} 次，请稍后再试。").format(n=LIMIT)
        answer = render(request, "429.html", {"words": said}, status=429)
        answer["Retry-After"] = str(SECONDS)
        return answer
    told = told_of(words) if words else None
    status = 404 if words and told is None else 200
    return render(request, "cases/receipts.html", {"number": words, "told": told}, status=status)


def told_of(number: str) -> Told | None:
    """Return what may be told about a number, or None where there is no such number."""
    rows = Entry.objects.filter(receipt=number).select_related("case", "personal")
    entry = rows.first()
    if entry is None:
        return None
    case = entry.case
    action = case.procedure.stage(entry.stage_key).action(entry.action_key)
    own = not case.entries.filter(seq__lt=entry.seq).exists()  # the case was opened by it
    kind = case.procedure.name if own else action.name if action else entry.action_key
    return Told(
        number=number,
        kind=str(kind),
        day=entry.day,
        title=case.title if own or case.public_since else "",
        stage=_("已办结") if case.closed_on else str(case.stage.name),
        closed_on=case.closed_on,
        address=case.get_absolute_url() if case.public_since else "",
        answers=replies(case, entry, own=own),
        onward=list(case.offspring.exclude(public_since=None)) if own else [],
        erased=erasure.erased(case).get(entry.seq),
        erase=reverse("case_erase", args=[case.number, entry.seq])
        if hasattr(entry, "personal")
        else "",
    )


def replies(
    case: Case, entry: Entry, *, own: bool
) -> list[tuple[date, str, list[tuple[str, str]]]]:
    """Return what was answered: in public to an opinion, or by closing the case that it opened.

    An officer's reason for hiding an opinion is told to its holder too.
    """
    rows = case.entries.filter(about=entry).select_related("actor", "about").order_by("seq")
    found = [one for one in rows if one.action_key == "hide" or case.public_since]
    if own and case.closed_on:
        found += case.entries.exclude(pk=entry.pk).order_by("-seq")[:1]
    reader = Reader(case, None, inner=True)  # the words themselves; names of persons are not told
    return [
        (one.day, line.name, [pair for pair in line.said if pair[1]])
        for one in found
        for line in [reader.line(one)]
    ]
