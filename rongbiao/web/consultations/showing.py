"""One consultation (征求意见页): the draft clause by clause, what was said on it, and the form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.cases.models import Case
from rongbiao.cases.procedure import Answers
from rongbiao.stages import reading
from rongbiao.stages.answers import Comment
from rongbiao.texts.documents import Unreadable
from rongbiao.web.cases import apart
from rongbiao.web.cases.filling import new_token
from rongbiao.web.cases.one import content
from rongbiao.web.consultations import basket, drafts, rounds
from rongbiao.web.consultations.agreed import agreed
from rongbiao.web.consultations.remarks import Light, counted, lights, remarks, summed
from rongbiao.web.doors import public

A_PAGE = 8


def found(request: HttpRequest, number: str) -> Case:
    """Return a case that asks or asked the public, else 404 as if it were not there."""
    case = rounds.consulted(request.actor).filter(number=number).first()
    if case is None:
        raise Http404(_("没有这个征求意见项目。"))
    return case


def is_open(case: Case, day: date) -> bool:
    """Tell whether anybody may speak on a case: to 24:00 of its last day, by the server's clock."""
    here = case.stage_key == rounds.asked_in()[case.procedure_key].key and not case.closed_on
    return here and (case.due_on is None or day <= case.due_on)


@dataclass(frozen=True)
class Line:
    """One clause on the page, with its opinions."""

    part: drafts.Part
    n: int
    whole: int  # those on the clauses beneath it too
    chosen: bool
    here: bool  # on this page of a long draft


def lines_of(draft: drafts.Draft, counts: Counter[str], name: str) -> list[Line]:
    """Return the clauses of a draft; of a long one only a chapter is on the page."""
    chapters = draft.chapters()
    wanted = next((one for one in chapters if any(part.name == name for part in one)), None)
    shown = (wanted or chapters[0]) if draft.long and chapters else draft.parts
    places = {part.place for part in shown}
    whole: Counter[int] = Counter()
    for part in reversed(draft.parts):
        whole[part.place] += counts[part.name]
        if part.parent is not None:
            whole[part.parent] += whole[part.place]
    first = draft.named(name)
    return [
        Line(part, counts[part.name], whole[part.place], part is first, part.place in places)
        for part in draft.parts
    ]


def round_of(request: HttpRequest, sittings: list[rounds.Round]) -> rounds.Round:
    """Return the round that the address asks for, else the last one."""
    asked = request.GET.get("round", "")
    return next((one for one in sittings if str(one.number) == asked), sittings[-1])


def opinions_asked(request: HttpRequest, rows: list[Light], clause: str) -> list[Light]:
    """Return the opinions that the address asks for: on a clause, with an outcome; newest first."""
    taken = request.GET.get("taken")
    kept = [one for one in rows if not clause or one.clause == clause]
    return [one for one in kept if taken is None or one.taken == taken][::-1]


@public
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a consultation."""
    return shown(request, found(request, number))


def shown(request: HttpRequest, case: Case, form: Answers | None = None) -> HttpResponse:
    """Show a consultation, with a form that was refused where there is one."""
    context = around(request, case, form)
    status = 409 if form is not None and form.errors else 200
    return render(request, "consultations/one.html", context, status=status)


def around(request: HttpRequest, case: Case, form: Answers | None) -> dict[str, Any]:
    """Return everything that the page of a consultation shows."""
    day, stage = timezone.localdate(), rounds.asked_in()[case.procedure_key]
    sittings = rounds.with_papers(rounds.sittings(case, stage.key))
    here = round_of(request, sittings)
    paper = here.papers.get("draft")
    draft = drafts.read(paper.file if paper else None)
    rows = lights(case, here)
    clause = (request.POST.get("clause") or request.GET.get("clause", ""))[: drafts.LONGEST]
    asked = Paginator(opinions_asked(request, rows, clause), A_PAGE)
    listed = asked.get_page(request.GET.get("page"))
    shared = agreed(request, [light.pk for light in listed.object_list])
    until = here.until(case, stage)
    open_now = is_open(case, day) and here is sittings[-1]
    return {
        "case": case, "day": day, "rounds": sittings, "round": here, "open": open_now,
        "draft": draft, "lines": lines_of(draft, counted(rows), clause), "clause": clause,
        "part": draft.named(clause), "general": counted(rows)[""],
        "sum": summed(rows), "until": until,
        "left": (until - day).days if until and open_now else None,
        "share": gone(here.since, until, day),
        "page": listed, "remarks": remarks(case, list(listed.object_list), draft, shared),
        "law": case.procedure.law_words(stage.rule, case.opened_on) if stage.rule else "",
        "form": form or fresh(request, case, clause),
        "basket": basket.items(request, case), "token": request.POST.get("token") or new_token(),
        "seen": case.entered.seq if case.entered else 0, "filter": request.GET.get("taken"),
        "previous": previous(sittings, here),
        "inner": request.actor is not None and reading.inside(case, request.actor),
    }  # fmt: skip


def gone(since: date, until: date | None, day: date) -> int:
    """Return how much of a period has gone, in percent."""
    whole = (until - since).days if until else 0
    return max(0, min(100, (day - since).days * 100 // whole)) if whole > 0 else 100


def fresh(request: HttpRequest, case: Case, clause: str) -> Answers:
    """Return an empty form; who is signed in need not say who they are."""
    initial: dict[str, Any] = {"clause": clause}
    if request.actor:
        initial |= {"unit": str(request.actor.organization), "person": str(request.actor.person)}
    return Comment(case=case, initial=initial)


def previous(sittings: list[rounds.Round], here: rounds.Round) -> rounds.Round | None:
    """Return the round before one, where both have a draft to compare."""
    before = next((one for one in sittings if one.number == here.number - 1), None)
    return before if before and "draft" in before.papers and "draft" in here.papers else None


@public
def file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Give the draft or the notes of a round to save; nothing else of the dossier."""
    case = found(request, number)
    sittings = rounds.with_papers(rounds.sittings(case, rounds.asked_in()[case.procedure_key].key))
    papers = {paper.pk: paper for one in sittings for paper in one.papers.values()}
    if pk not in papers:
        raise Http404(_("没有这个文件。"))
    kept = papers[pk].file
    answer = HttpResponse(content(kept), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, kept.name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@public
def changes(request: HttpRequest, number: str, round_number: int) -> HttpResponse:
    """Show what the draft of a round says otherwise than the one before it."""
    case = found(request, number)
    sittings = rounds.with_papers(rounds.sittings(case, rounds.asked_in()[case.procedure_key].key))
    here = next((one for one in sittings if one.number == round_number), None)
    before = previous(sittings, here) if here else None
    if here is None or before is None:
        raise Http404(_("这一轮没有更早的征求意见稿。"))
    context = {"case": case, "round": here, "previous": before, "why": "", "rows": []}
    context |= compared(before, here)
    return render(request, "consultations/changes.html", context)


def compared(before: rounds.Round, here: rounds.Round) -> dict[str, Any]:
    """Return the differences of two drafts by the clauses that are kept, or why there are none."""
    drafted = [drafts.read(one.papers["draft"].file) for one in (before, here)]
    if why := next((one.why for one in drafted if one.why), ""):
        return {"why": why}
    try:
        found = apart.differences(*(_paragraphs(one) for one in drafted))
    except Unreadable as unreadable:
        return {"why": str(unreadable)}
    return {"found": found}


def _paragraphs(draft: drafts.Draft) -> list[str]:
    """Return the clauses of a draft as paragraphs: each with its number."""
    found = []
    for part in draft.parts:
        if part.title or not part.lines:
            found.append(part.head)
            found += part.lines
        else:
            found += [f"{part.number} {part.lines[0]}", *part.lines[1:]]
    return found
