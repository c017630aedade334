"""The description of the API (接口说明): as OpenAPI for programs, as a page for people."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from . import told
from .operations import HABITS, INTRODUCTION, VERSION, description
from .problems import CODES, problem


def openapi(request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI description."""
    text = json.dumps(description(), ensure_ascii=False)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def docs(request: HttpRequest) -> HttpResponse:
    """Show the description."""
    context = {
        "introduction": told.said(INTRODUCTION),
        "habits": [(told.said(name), told.said(words)) for name, words in HABITS],
        "groups": told.operations(),
        "shapes": told.shapes(),
        "codes": CODES,
        "version": VERSION,
    }
    return render(request, "api/docs.html", context)


def front(request: HttpRequest) -> HttpResponse:
    """Lead to the description."""
    return redirect("api:docs")


def missing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer an address that the API does not have."""
    return problem("not-found", _("接口没有这一地址，请对照 /api/docs。"))
