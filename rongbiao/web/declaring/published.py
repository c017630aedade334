"""What everybody reads (公开页): the list of declared standards, each with its history and QR code."""

import io
from datetime import date
from typing import Any

import segno
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rongbiao.awards.models import Leader
from rongbiao.standards.declaration import State
from rongbiao.standards.models import Declaration
from rongbiao.web.doors import published

PAGE = 30
KINDS = ("own", "other", "group")


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """Show the declared standards, those in force today unless others are asked for."""
    asked = {
        name: request.GET.get(name, "").replace("\0", "").strip()[:60]
        for name in ("q", "kind", "all")
    }
    day = timezone.localdate()
    page = Paginator(matching(asked, day), PAGE).get_page(request.GET.get("page"))
    now = Declaration.objects.in_force(day).filter(disclosure=None)  # as the target counts
    context = {
        "page": page,
        "rows": [(row, row.state_on(day)) for row in page],
        "asked": asked,
        "day": day,
        "items": now.count(),
        "own": now.filter(own=True).count(),
    }
    return render(request, "declaring/list.html", context)


def matching(asked: dict[str, str], day: date) -> QuerySet[Declaration]:
    """Return the items that the words and the kind of an address leave."""
    rows = Declaration.objects.select_related("organization", "disclosure")
    if not asked["all"]:
        rows = rows.in_force(day)
    if words := asked["q"]:
        rows = rows.filter(
            Q(number__icontains=words)
            | Q(title__icontains=words)
            | Q(organization__name__icontains=words)
        )
    if asked["kind"] not in KINDS:
        return rows
    if asked["kind"] == "group":
        return rows.exclude(disclosure=None)
    return rows.filter(own=asked["kind"] == "own", disclosure=None)


def item(pk: int) -> Declaration:
    """Return a declared item, or 404."""
    rows = Declaration.objects.select_related("organization", "replaced_by", "disclosure__standard")
    return get_object_or_404(rows, pk=pk)


@published
def one_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is declared of one standard today, and every version before."""
    row, day = item(pk), timezone.localdate()
    versions = list(
        row.statements.exclude(since=None)
        .defer("words", "findings")
        .select_related("text", "organization")
        .prefetch_related("indicators")
        .order_by("-ordinal")
    )
    now = next((one for one in versions if holds(one, day)), versions[0] if versions else None)
    state = row.state_on(day)
    context: dict[str, Any] = {
        "row": row,
        "day": day,
        "state": state,
        "over": state in {State.WITHDRAWN, State.REPLACED},
        "now": now,
        "digest": now.digest() if now else "",
        "versions": versions,
        "leading": Leader.objects.in_force(day)
        .filter(declaration=row)
        .select_related("list__plan"),
        "inspections": row.inspections.public()
        .select_related("campaign")
        .order_by("-published_on"),
        "address": request.build_absolute_uri(row.get_absolute_url()),
    }
    return render(request, "declaring/one.html", context)


def holds(one: Any, day: date) -> bool:
    """Tell whether a version holds on a day."""
    return one.since <= day and (one.until is None or one.until > day)


@published
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the QR code of an item's page as SVG: it shows what is in force whenever it is read."""
    address = request.build_absolute_uri(item(pk).get_absolute_url())
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        buffer, kind="svg", scale=4, border=4, xmldecl=True, svgclass=None, lineclass=None,
        title=_("扫码查看声明"), light="#fff",
    )  # fmt: skip
    return HttpResponse(buffer.getvalue(), content_type="image/svg+xml")


@published
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the text that holds today to save, where the enterprise made it public."""
    rows = item(pk).statements.on(timezone.localdate()).filter(text_public=True)
    now = rows.select_related("text").first()
    if now is None or now.text is None:
        raise Http404(_("这一标准没有公开文本。"))
    answer = HttpResponse(now.text.read(), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, now.text.name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
