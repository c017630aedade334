"""The desk of dispositions (意见处理台): the table at the left, one opinion with its clause at the right.

Who reads the dossier as one of its parties reads it here; who may settle opinions settles
them one by one, or those that say the same at once: each gets its own entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rongbiao.cases import desk
from rongbiao.cases.models import Attachment, Case
from rongbiao.exchange.case_papers.offering import offers
from rongbiao.parties.refused import Refused
from rongbiao.stages import reach, reading
from rongbiao.stages.answers import Disposition
from rongbiao.web.cases.filling import new_token, number
from rongbiao.web.cases.one import reader_of, seen
from rongbiao.web.cases.papers import dossier_of
from rongbiao.web.consultations import drafts, invited, rounds, sent_back, tabling
from rongbiao.web.consultations.tabling import Row
from rongbiao.web.doors import public

A_PAGE = 50
PAPERS = ("summary", "comment_form")
FILTERS = ("state", "clause", "q", "round", "page")


@dataclass
class Table:
    """What the desk works on: a round of a case, its draft, its opinions as they were asked for."""

    case: Case
    stage: str
    sittings: list[rounds.Round]
    here: rounds.Round
    draft: drafts.Draft
    rows: list[Row]
    asked: list[Row]

    def row(self, seq: int | None) -> Row | None:
        return next((row for row in self.rows if row.seq == seq), None)

    def after(self, one: Row | None) -> Row | None:
        """Return the next opinion that is not settled, after one and then from the beginning."""
        at = self.asked.index(one) + 1 if one in self.asked else 0
        around = [*self.asked[at:], *self.asked[:at]]
        return next((row for row in around if row.state == tabling.TODO and row != one), None)


def table_of(request: HttpRequest, number: str) -> Table:
    """Return the table of a case whose dossier this actor reads as a party, else 404."""
    case = seen(request, number)
    stage = rounds.stage_of(case.procedure)
    if stage is None or not reading.inside(case, request.actor):
        raise Http404(_("没有这个办件。"))
    sittings = rounds.with_papers(rounds.sittings(case, stage.key))
    asked = request.GET.get("round", "")
    here = next((one for one in sittings if str(one.number) == asked), sittings[-1])
    paper = here.papers.get("draft")
    draft = drafts.read(paper.file if paper else None)
    rows = tabling.rows_of(case, here, draft)
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    state, clause = request.GET.get("state", ""), request.GET.get("clause", "")[: drafts.LONGEST]
    kept = tabling.wanted(case, rows, state, clause, words)
    return Table(case, stage.key, sittings, here, draft, rows, kept)


@public
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Show the desk, or do what one of its forms asks."""
    table = table_of(request, number)
    if request.method != "POST":
        return render(request, "consultations/desk.html", around(request, table))
    try:
        return done(request, table)
    except Refused as refused:
        context = around(request, table_of(request, table.case.number), str(refused))
        return render(request, "consultations/desk.html", context, status=409)


def done(request: HttpRequest, table: Table) -> HttpResponse:
    """Do what a form of the desk asks, and go on where there is something to do."""
    deed = next((deed for key, deed in DEEDS.items() if key in request.POST), settled)
    return redirect(address(request, table, deed(request, table)))


def reminded(request: HttpRequest, table: Table) -> Row | None:
    """Remind the bodies that have not answered."""
    if request.actor is None or not may_remind(request, table):
        raise Refused(_("催办由联席会议办公室经办人、提出单位和起草单位办理。"))
    day = timezone.localdate()
    n = invited.remind(table.case, table.here, table.stage, actor=request.actor, day=day)
    messages.success(request, _("已催办 {n} 个单位。").format(n=n))
    return None


def taken_back(request: HttpRequest, table: Table) -> Row | None:
    """Register a form that a body sent back, and tell what of it was doubtful."""
    if request.actor is None or not may_remind(request, table):
        raise Refused(_("意见表由联席会议办公室经办人、提出单位和起草单位登记。"))
    filled = sent_back.read(request)
    who, rest = request.POST.get("unit", "").strip()[:120], "rest" in request.POST
    made, doubts = sent_back.register(
        table.case, filled, actor=request.actor, day=timezone.localdate(), unit=who, rest=rest
    )
    messages.success(request, _("已登记 {n} 条意见。").format(n=len(made)))
    for words in doubts:
        messages.warning(request, words)
    return None


def named(request: HttpRequest, table: Table) -> Row:
    """Return the opinion that a form is about."""
    one = table.row(number(request.POST.get("about", "")))
    if one is None:
        raise Refused(_("没有这条意见，请刷新页面后再办。"))
    return one


def shown_or_not(request: HttpRequest, table: Table) -> Row | None:
    """Let an opinion out, or keep it from the public."""
    one, post = named(request, table), request.POST
    desk.act(
        table.case, "release" if "release" in post else "hide", actor=request.actor,
        day=timezone.localdate(), about=one.seq, answers={"words": post.get("words", "")},
        token=post.get("token", "")[:40],
    )  # fmt: skip
    messages.success(request, _("已办理第 {n} 号意见。").format(n=one.number))
    return one


def settled(request: HttpRequest, table: Table) -> Row | None:
    """Settle an opinion with those that say the same; return the next one."""
    one = named(request, table)
    rows = [one, *same_chosen(request, table, one)]
    settle(request, table.case, rows)
    messages.success(request, _("已处理 {n} 条意见。").format(n=len(rows)))
    return following(table, rows)


DEEDS = {
    "remind": reminded,
    "import": taken_back,
    "release": shown_or_not,
    "hide": shown_or_not,
}


def same_chosen(request: HttpRequest, table: Table, one: Row) -> list[Row]:
    """Return the opinions that were ticked as saying the same; of this clause only."""
    places = {number(words) for words in request.POST.getlist("also")}
    return [
        row
        for row in table.rows
        if row.seq in places and row.clause == one.clause and row.seq != one.seq
    ]


def settle(request: HttpRequest, case: Case, rows: Sequence[Row]) -> None:
    """Settle some opinions alike, in one transaction: the first, and those that say the same."""
    answers: dict[str, str] = {n: request.POST.get(n, "") for n in ("taken", "reason")}
    token, first = request.POST.get("token", "")[:40], rows[0]
    with transaction.atomic():
        for row in rows:
            same: dict[str, str] = {"same_as": str(first.number)} if row != first else {}
            desk.act(
                case, "dispose", actor=request.actor, day=timezone.localdate(), about=row.seq,
                answers=answers | same, token=token and f"{token}-{row.seq}",
            )  # fmt: skip


def following(table: Table, settled: Sequence[Row]) -> Row | None:
    """Return the opinion to be settled after some."""
    left = [row for row in table.asked if row not in settled[1:]]
    table.asked = left
    return table.after(settled[0]) or settled[0]


def address(request: HttpRequest, table: Table, one: Row | None) -> str:
    """Return the desk's address with the filters as they stand, at one opinion."""
    kept = {name: request.GET[name] for name in FILTERS if name in request.GET}
    at = {"entry": str(one.seq)} if one else {}
    place = "#one" if one else ""
    return f"{reverse('case_comments', args=[table.case.number])}?{urlencode(kept | at)}{place}"


def may_remind(request: HttpRequest, table: Table) -> bool:
    """Tell whether an actor may remind invited bodies: who may end the consultation may."""
    action = table.case.stage.action("close") if not table.case.closed_on else None
    running = table.case.stage_key == table.stage
    return bool(running and action and action.by(request.actor, table.case))


def around(request: HttpRequest, table: Table, why: str = "") -> dict[str, Any]:
    """Return everything that the desk shows; the queries do not grow with the opinions."""
    case, reader = table.case, reader_of(request, table.case)
    office = reader.office
    page = Paginator(table.asked, A_PAGE).get_page(request.GET.get("page"))
    one = table.row(number(request.GET.get("entry", ""))) or next(
        (row for row in table.asked if row.state == tabling.TODO), next(iter(table.asked), None)
    )
    counts = Counter(row.state for row in table.rows)
    counts[tabling.HELD] = sum(row.held for row in table.rows)
    offered = {action.key for action in reach.offered(case, request.actor)}
    settled = len(table.rows) - counts[tabling.TODO]
    return {
        "table": table, "case": case, "page": page, "rows": tabling.shown(case, list(page.object_list), office=office),
        "states": [(key, words, counts[key]) for key, words in tabling.states().items()],
        "settled": settled, "percent": settled * 100 // len(table.rows) if table.rows else 100,
        "one": tabling.shown(case, [one], office=office)[0] if one else None,
        "part": table.draft.named(one.clause) if one else None,
        "same": tabling.same(case, table.rows, one, office=office) if one and "dispose" in offered else [],
        "beside": [row for row in table.rows if one and row.clause == one.clause][:A_PAGE],
        "answers": answers(case, one), "files": files(case, one), "offered": offered, "choices": Disposition.TAKEN,
        "may_release": "release" in offered and one is not None and (one.held or one.hidden),
        "why": why, "token": request.POST.get("token") or new_token(),
        "bodies": invited.bodies(case, table.here, table.stage), "remind": may_remind(request, table),
        "papers": [one for one in offers(dossier_of(reader)) if one.key in PAPERS],
        "asked": {name: request.GET.get(name, "") for name in FILTERS},
    }  # fmt: skip


def answers(case: Case, one: Row | None) -> list[Any]:
    """Return what was answered to an opinion, in order."""
    if one is None:
        return []
    rows = case.entries.filter(about=one.pk, action_key="dispose").order_by("seq")
    taken = {key: str(words) for key, words in Disposition.TAKEN}
    return [
        {"entry": row, "taken": taken.get(row.answers["taken"], ""), "said": row.answers}
        for row in rows.select_related("actor__person", "actor__organization")
    ]


def files(case: Case, one: Row | None) -> list[Attachment]:
    """Return the files that came with an opinion."""
    rows = Attachment.objects.filter(entry__case=case, entry=one.pk if one else None)
    return list(rows.select_related("file"))
