"""Checkpoints (检查点): where the journal of cases stood on a day, for everybody to keep elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from rongbiao.cases.models import Checkpoint
from rongbiao.parties.demonstration import present
from rongbiao.web.doors import public

SHOWN = 100


def rows(request: HttpRequest) -> tuple[bool, Any]:
    """Return which world is asked for, and its checkpoints, newest first."""
    demonstration = "demo" in request.GET or ("city" not in request.GET and present())
    kept = Checkpoint.objects.filter(demonstration=demonstration).order_by("-seq")
    return demonstration, kept


@public
def page(request: HttpRequest) -> HttpResponse:
    """Show the newest checkpoints, and how to verify with them."""
    demonstration, kept = rows(request)
    context = {"demonstration": demonstration, "kept": kept[:SHOWN], "total": kept.count()}
    return render(request, "checkpoints/page.html", context)


@public
def as_json(request: HttpRequest) -> JsonResponse:
    """Give them all, as ``rongbiao verify --against`` reads them."""
    _world, kept = rows(request)
    said = [{"seq": row.seq, "digest": row.digest, "day": str(row.day)} for row in kept]
    return JsonResponse(said, safe=False, json_dumps_params={"indent": 1})
