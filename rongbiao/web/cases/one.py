"""One case (办件页): its steps, clocks, what is to be done, papers, opinions and journal.

Who may not read a dossier gets the same answer as for one that is not there.
"""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import select_template
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.archive.models import File
from rongbiao.cases.models import Attachment, Case
from rongbiao.stages import reach, reading
from rongbiao.stages.panel import Panel
from rongbiao.stages.stays import stays_of
from rongbiao.texts.documents import Unreadable
from rongbiao.web.cases import apart, dossier, papers, pathways
from rongbiao.web.cases.steps import cycle, deadline, steps
from rongbiao.web.cases.words import Reader
from rongbiao.web.doors import public

A_PAGE = 20  # entries
FOLLOWED = 5  # cases that arose from this one


def seen(request: HttpRequest, number: str) -> Case:
    """Return a case that this actor may read, else 404 as if it were not there."""
    rows = reach.readable(request.actor).select_related(
        "applicant", "standard", "origin", "entered"
    )
    case = rows.filter(number=number).first()
    if case is None:
        raise Http404(_("没有这个办件。"))
    return case


def reader_of(request: HttpRequest, case: Case) -> Reader:
    """Return who reads a case, and how far."""
    return Reader(case, request.actor, reading.inside(case, request.actor))


def names(case: Case) -> list[str]:
    """Return the templates of a case's page, the most particular first."""
    of = f"cases/{case.procedure_key}"
    return [f"{of}/{case.stage_key}.html", f"{of}/case.html", "cases/case.html"]


@public
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a case to whoever may read it."""
    case = seen(request, number)
    context = around(request, case)
    return HttpResponse(select_template(names(case)).render(context, request))


def around(request: HttpRequest, case: Case) -> dict[str, Any]:
    """Return everything that the page of a case shows."""
    day, reader = timezone.localdate(), reader_of(request, case)
    stays = stays_of(case)
    course = case.procedure.course(case, stays, day)
    path = steps(case, stays, day)
    offered = dossier.buttons(case, request.actor, day)
    must = dossier.musts(case, dossier.onward(case), day) if reader.inner else []
    seats = dossier.seats(case) if reader.inner else []
    return {
        "case": case,
        "day": day,
        "reader": reader,
        "steps": path,
        "place": next((step.place for step in path if step.state in {"now", "stopped"}), len(path)),
        "deadline": deadline(case, day),
        "cycle": cycle(case, course, day) if course else None,
        "holders": dossier.holders(case),
        "musts": must,
        "done": sum(not one.why for one in must),
        "buttons": offered,
        "opinions": dossier.opinions(reader),
        "versions": dossier.versions(reader),
        "seats": seats,
        "panel": any(one.capacity == "expert" for _s, _c, sitting in seats for one in sitting)
        or (reader.office and isinstance(case.stage, Panel)),
        "journal": journal(request, reader),
        "drawing": pathways.drawing(case.procedure, "" if case.closed_on else case.stage_key),
        "outcome": outcome(case),
        "followed": reach.readable(request.actor).filter(origin=case).order_by("pk")[:FOLLOWED],
        **papers.block(reader),
    }


def journal(request: HttpRequest, reader: Reader) -> Page[Any]:
    """Return a page of the journal, newest first, each entry as its reader may see it."""
    rows = reading.entries(reader.case, inner=reader.inner).order_by("-seq")
    shown: Page[Any] = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    shown.object_list = reader.lines(shown.object_list)
    return shown


def outcome(case: Case) -> str:
    """Return the name of the action that closed a case."""
    if not case.closed_on:
        return ""
    action = case.stage.action(case.outcome)
    return str(action.name) if action else case.outcome


def had(request: HttpRequest, number: str, pk: int) -> tuple[Reader, Attachment]:
    """Return a file of a case that this actor may have, else 404."""
    reader = reader_of(request, seen(request, number))
    rows = reading.attachments(reader.case, inner=reader.inner, actor=reader.actor)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("没有这个文件。"))
    return reader, found


@public
def file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Give a file of a case to save; it is never shown as a page."""
    kept = had(request, number, pk)[1].file
    answer = HttpResponse(content(kept), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, kept.name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def content(kept: File) -> bytes:
    """Return what a file holds: at most 20 MB, as uploads are."""
    return kept.read()


@public
def compare(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Show what a version of a paper says otherwise than the one before it."""
    reader, _one = had(request, number, pk)
    version = next(one for one in dossier.versions(reader) if one.attachment.pk == pk)
    if version.before is None:
        raise Http404(_("这份材料没有更早的版本。"))
    old, new = version.before.file, version.attachment.file
    try:
        found, why = apart.compare(content(old), old.name, content(new), new.name), ""
    except Unreadable as unreadable:
        found, why = None, str(unreadable)
    context = {"case": reader.case, "version": version, "found": found, "why": why}
    return render(request, "cases/compare.html", context)
