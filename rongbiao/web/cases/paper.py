"""One paper of a case (文书) as a file to save.

The parties have those of the whole dossier, the public those that are public. A table of
very many comments is made beside the page, which tells how far it is.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.cases.models import Case
from rongbiao.exchange.case_papers import making
from rongbiao.exchange.case_papers.offering import MEDIA, WORDS, CasePaper, offered
from rongbiao.exchange.papers.comments import Summary
from rongbiao.parties.allowance import spend
from rongbiao.web.cases.one import reader_of, seen
from rongbiao.web.cases.papers import dossier_of
from rongbiao.web.doors import public
from rongbiao.web.exports import too_often
from rongbiao.web.limits import address_of

MANY = 500  # rows of a table; one with more is made beside the page
LIMIT, SECONDS = 60, 600  # papers for one address of the public, as other files
ASKING = 600  # how often an address may ask how far one is


@public
def file(request: HttpRequest, number: str, key: str, kind: str) -> HttpResponse:
    """Give a paper of a case to save, or the page that tells how far it is."""
    dossier = dossier_of(reader_of(request, seen(request, number)))
    paper = offered(dossier, key, kind)
    if paper is None:
        raise Http404(_("没有这份文书，或者现在还不能生成。"))
    if not dossier.inner and not allowed(request):
        return too_often(request)
    given = paper.filled(dossier)
    if not isinstance(given, Summary) or len(given.rows) < MANY:
        return saved(paper.files[kind](given), paper.called(dossier, kind), kind)
    content = making.made(given, kind, paper.files[kind])
    if content is None or "wait" in request.GET:
        return waiting(request, dossier.case, paper, kind, (content, *making.progress(given, kind)))
    return saved(content, paper.called(dossier, kind), kind)


def allowed(request: HttpRequest) -> bool:
    """Use one of the papers that an address may have, or one of its questions how far one is."""
    asks, address = "wait" in request.GET, address_of(request)
    key, limit = (f"paper-wait:{address}", ASKING) if asks else (f"paper:{address}", LIMIT)
    return spend(key, limit=limit, seconds=SECONDS)


def saved(content: bytes, name: str, kind: str) -> HttpResponse:
    """Answer with a file that is saved and never shown as a page."""
    answer = HttpResponse(content, content_type=MEDIA[kind])
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def waiting(
    request: HttpRequest, case: Case, paper: CasePaper, kind: str, state: tuple[Any, int, int]
) -> HttpResponse:
    """Tell how far a paper is; when it is made, lead to it."""
    content, done, total = state
    context = {"case": case, "paper": paper, "kind": kind, "word": WORDS[kind], "made": content is not None,
               "done": done, "total": total, "under_way": content is None}  # fmt: skip
    template = "cases/_paper_state.html" if request.htmx else "cases/paper.html"
    return render(request, template, context, status=200 if content else 202)
