"""One standard (标准详情): its page, its relations, its text, and where an inexact number leads."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.cases.models import Case
from rongbiao.exchange.export import KINDS
from rongbiao.procedures.in_use import FEEDBACK, IMPLEMENTATION
from rongbiao.stages import reach
from rongbiao.standards import search
from rongbiao.standards.currency import standings
from rongbiao.standards.kin import family, incoming, kin, plain, present_of, ties_in
from rongbiao.standards.models import Participation, Standard
from rongbiao.standards.numbering import sorting
from rongbiao.standards.search import Query
from rongbiao.texts.numbers import NotANumber, StandardNumber, read_number
from rongbiao.web import in_use
from rongbiao.web.consultations.rounds import consulted
from rongbiao.web.doors import published
from rongbiao.web.portrait import Portrait
from rongbiao.web.registered.shown import citers
from rongbiao.web.states import state_on

NEAR = 8  # candidates that a page of an unknown number offers
PAGE = 50
MATTERS = 10  # dossiers that a page names
CITED = ("bib", "ris")  # the forms in which one standard is taken along
ABROAD = {Standard.Level.INTERNATIONAL, Standard.Level.FOREIGN}


def key_of(slug: str) -> str:
    """Return the key that an address names."""
    return slug.replace("\x00", "").replace("~", "/")[:200]


def standards() -> QuerySet[Standard]:
    """Return the editions with all that their page shows."""
    parts = Participation.objects.select_related("organization").order_by("place")
    rows = Standard.objects.select_related("text")
    return rows.prefetch_related(Prefetch("participations", parts), "claims")


@published
def one_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one edition whole; an inexact number leads to the edition that it means."""
    standard = standards().filter(key=key_of(slug)).first()
    if standard is None:
        return elsewhere(request, key_of(slug))
    if present := leading_on(request, standard):
        return redirect(present)
    parts = list(standard.participations.all())
    day = timezone.localdate()
    seen = Portrait(standard, kin(standard), day, parts)
    cases = dossiers(request, standard)
    context = {
        "seen": seen,
        "standard": standard,
        "kinds": [KINDS[kind] for kind in CITED],
        "readable": may_read(request, standard),
        "citers": citers(standard, request.actor),
        "cases": [case for case in cases if case.procedure_key != IMPLEMENTATION],
        "used": in_use.shown(standard, cases, day),
        "asked": consulted(request.actor).filter(standard=standard).order_by("pk")[:MATTERS],
    }
    return render(request, "standards/one.html", context)


def dossiers(request: HttpRequest, standard: Standard) -> list[Case]:
    """Return the dossiers about an edition that may be read; feedback has a place of its own."""
    rows = reach.readable(request.actor).filter(standard=standard)
    carried = ExpressionWrapper(Q(procedure_key=IMPLEMENTATION), BooleanField())
    return list(rows.exclude(procedure_key=FEEDBACK).order_by(carried.desc(), "pk")[:MATTERS])


def leading_on(request: HttpRequest, standard: Standard) -> Standard | None:
    """Return the edition in force where the address named a project by its number alone."""
    if standard.year is not None or "project" in request.GET:
        return None
    present = _present(standard.bare_key)
    return present if present and present.pk != standard.pk else None


@published
def short(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from the short address to the page."""
    return redirect("standard", slug)


@published
def relations_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every relation of one edition, page by page."""
    standard = get_object_or_404(Standard, key=key_of(slug))
    around, day = kin(standard, size=1), timezone.localdate()
    present = standard.pk == present_of(around.editions).pk
    page = Paginator(incoming(standard, present=present), PAGE).get_page(request.GET.get("page"))
    sides = [(tie, _state(tie, day)) for tie in ties_in(page.object_list)]
    own = [(tie, _state(tie, day)) for tie in (*around.replaces, *around.outgoing)]
    context = {"standard": standard, "own": own, "others": sides, "page": page, "day": day}
    return render(request, "standards/relations.html", context)


def _state(tie, day):
    return state_on(tie.other, day) if tie.other else None


@published
def text_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the kept text of an edition to save; texts from abroad go to officers only."""
    standard = get_object_or_404(Standard.objects.select_related("text"), key=key_of(slug))
    text = standard.text
    if text is None or not may_read(request, standard):
        raise Http404(_("没有这个文件。"))
    answer = HttpResponse(text.read(), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, text.name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def may_read(request: HttpRequest, standard: Standard) -> bool:
    """Tell whether the text may be given: what ISO, IEC and others sell is kept for the office."""
    officer = bool(request.actor and request.actor.is_officer)
    return standard.text is not None and (officer or standard.level not in ABROAD)


def elsewhere(request: HttpRequest, text: str) -> HttpResponse:
    """Lead to the edition that an inexact number means, or answer 404 with the nearest ones."""
    try:
        number = read_number(text)
    except NotANumber:
        number = None
    if number and (row := meant(number)):
        return redirect(row)
    day = timezone.localdate()
    near = [(row, state_on(row, day)) for row in nearest(number, text)]
    return render(request, "standards/missing.html", {"text": text, "near": near}, status=404)


def meant(number: StandardNumber) -> Standard | None:
    """Return the one edition that a number means: written otherwise, or without its year."""
    same = Standard.objects.filter(key=number.key).first()
    if same or number.key != number.undated.key:
        folded = Standard.objects.filter(resolver_key=number.resolver_key)[:2]
        return same or (folded[0] if len(folded) == 1 else None)
    return _present(number.key)


def _present(bare_key: str) -> Standard | None:
    """Return the edition that a number without its year means on this day."""
    rows = [row for row in Standard.objects.filter(bare_key=bare_key) if plain(row)]
    known = standings([row.number for row in rows], timezone.localdate()) if rows else []
    current = [row for row, one in zip(rows, known, strict=True) if one.state == "current"]
    return present_of(current or rows) if rows else None


def nearest(number: StandardNumber | None, text: str) -> Sequence[Standard]:
    """Return the editions nearest to an unknown number: same number, other year; then neighbors."""
    if number is None:
        hits = search.engine().search(Query(words=text, size=NEAR)).hits
        found = Standard.objects.in_bulk([hit.pk for hit in hits])
        return [found[hit.pk] for hit in hits if hit.pk in found]
    same = list(Standard.objects.filter(bare_key=number.undated.key)[:NEAR])
    if same:
        return family(same[0])[:NEAR]
    place = sorting(number.key)
    head = place[: next((n for n, letter in enumerate(place) if letter.isdigit()), 0)]
    # Neighbors stand side by side: whether they have the head is asked of these few alone.
    after = Standard.objects.filter(sorting__gte=place).order_by("sorting")[: NEAR // 2]
    before = Standard.objects.filter(sorting__lt=place).order_by("-sorting")[: NEAR // 2]
    return [one for one in (*reversed(list(before)), *after) if one.sorting.startswith(head)]
