"""Showing (核查结果): how far a check is, what each file came to, the text and the table."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rongbiao.exchange.citing.checks import Check, Item
from rongbiao.exchange.citing.findings import ACT, GROUPS, Finding, Group
from rongbiao.texts.numbers import NotANumber, read_number
from rongbiao.web.citing.asking import of_visitor
from rongbiao.web.citing.giving import asked, of_file, readable
from rongbiao.web.citing.reading import stretches

A_PAGE = 100  # findings in the table
LONG = 3_000  # characters from which lines without findings are folded away


@dataclass(frozen=True)
class Told:
    """A finding as a page shows it: with the addresses of what it names."""

    finding: Finding
    href: str  # of the row on which the verdict rests
    sheet: int = 1

    @property
    def n(self) -> int:
        """Its number, counted from 1."""
        return self.finding.place + 1

    @property
    def groups(self) -> list[Group]:
        """Its groups, the most pressing first."""
        return [GROUPS[key] for key in self.finding.groups]

    @property
    def advice(self) -> list[tuple[str, str]]:
        """What to do, in pieces: words, and the address of each number among them."""
        one = self.finding
        numbers = sorted({one.present, *one.candidates} - {""}, key=len, reverse=True)
        if not numbers:
            return [(one.advice, "")]
        parts = re.split(f"({'|'.join(map(re.escape, numbers))})", one.advice)
        return [(part, address_of(part) if at % 2 else "") for at, part in enumerate(parts)]


def address_of(number: str) -> str:
    """Return where a number's page is; empty for a range, which has none."""
    try:
        return reverse("standard", args=[read_number(number).key.replace("/", "~")])
    except (NotANumber, NoReverseMatch):
        return ""


def told(found: Iterable[Finding], item: Item) -> list[Told]:
    """Return findings as a page shows them."""
    held = [(sheet["first"], n) for n, sheet in enumerate(item.sheets, start=1) if sheet["n"]]
    firsts = [first for first, _n in held]
    out = []
    for one in found:
        sheet = held[bisect_right(firsts, one.place) - 1][1]
        href = reverse("standard", args=[one.key.replace("/", "~")]) if one.key else ""
        out.append(Told(one, href, sheet))
    return out


@of_visitor
def page(request: HttpRequest, check: Check) -> HttpResponse:
    """Show how far a check is, or lead to its only file, or list its files."""
    if not check.ended:
        return under_way(request, check)
    if request.htmx:
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"  # the whole page: now there is something to read
        return answer
    if len(check.items) == 1 and readable(check):
        return redirect("citing_file", check.token, 0)
    return render(request, "citing/files.html", overall(check))


def under_way(request: HttpRequest, check: Check) -> HttpResponse:
    """Show how far a check is, with what is done already."""
    left = check.seconds_left
    context = overall(check) | {
        "minutes": None if left is None else max(1, -(-left // 60)),
        "left": left,
    }
    template = "citing/_state.html" if request.htmx else "citing/progress.html"
    return render(request, template, context)


def overall(check: Check) -> dict[str, Any]:
    """Return what the files of a check came to, together and each."""
    files = [(place, one) for place, one in enumerate(check.items) if one.kind != "zip"]
    sums = {key: sum(one.counts.get(key, 0) for _place, one in files) for key in GROUPS}
    return {
        "check": check,
        "files": files,
        "groups": [(GROUPS[key], n) for key, n in sums.items() if n],
        "total": sum(one.total for _place, one in files),
        "act": sum(one.act for _place, one in files),
        "notes": [note for one in check.items if one.kind == "zip" for note in one.notes],
        "refused": sum(1 for _place, one in files if one.why),
        "held": held_for(check),
    }


def held_for(check: Check) -> str:
    """Return until when a check is held, by the clock of the city."""
    moment = timezone.localtime(datetime.fromtimestamp(check.until, tz=UTC))
    return f"{moment:%H:%M}"


@of_visitor
def file_page(request: HttpRequest, check: Check, place: int) -> HttpResponse:
    """Show the result of one file: its text with every finding in place, or the table."""
    item, view = of_file(check, place).items[place], request.GET.get("view")
    context = {
        "check": check,
        "item": item,
        "place": place,
        "held": held_for(check),
        "several": len(check.items) > 1,
        "chosen": asked(request),
        "word": word_of(asked(request)),
        "register": to_register(request),
        "view": "table" if view == "table" else "text",
    }
    context |= (in_table if view == "table" else in_text)(request, check, place)
    return render(request, "citing/one.html", context)


def word_of(only: str) -> Any:
    """Return what the findings of a choice are called."""
    return _("需要处理") if only == ACT else GROUPS[only].word if only else ""


def to_register(request: HttpRequest) -> str:
    """Return where somebody who acts for a unit registers a file as one that cites; or nothing."""
    try:
        return reverse("citing-register") if request.actor else ""
    except NoReverseMatch:
        return ""


def number_of(request: HttpRequest, name: str, most: int) -> int:
    """Return a page's number from the address, held between the first and the last."""
    said = request.GET.get(name, "")
    return min(max(int(said), 1), most) if said.isdecimal() and len(said) < 9 else 1


def in_text(request: HttpRequest, check: Check, place: int) -> dict[str, Any]:
    """Return one sheet of the text, its findings, and where the next ones are."""
    item = check.items[place]
    pages = len(item.sheets)
    number = number_of(request, "sheet", max(pages, 1))
    long, whole = item.letters >= LONG, "whole" in request.GET
    lines, found = check.sheet(place, number)
    held = [n for n, sheet in enumerate(item.sheets, start=1) if sheet["n"]]
    return {
        "stretches": stretches(lines, found, fold=long and not whole),
        "found": told(found, item),
        "sheet": number,
        "parts": range(pages),
        "before": next((n for n in reversed(held) if n < number), None),
        "after": next((n for n in held if n > number), None),
        "whole": whole,
        "long": long,
    }


def in_table(request: HttpRequest, check: Check, place: int) -> dict[str, Any]:
    """Return one page of the table: all findings, or those of one group."""
    item, only = check.items[place], asked(request)
    total = (item.counts | {ACT: item.act}).get(only, 0) if only else item.total
    pages = max(-(-total // A_PAGE), 1)
    number = number_of(request, "page", pages)
    rows = islice(check.findings(place, only, (number - 1) * A_PAGE), A_PAGE)
    return {"found": told(rows, item), "shown": total, "page": number, "pages": pages}
