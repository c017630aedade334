"""The description of the API (接口说明): as OpenAPI for programs, as a page for people."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from .operations import description
from .problems import problem


def openapi(request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI description."""
    with translation.override("zh-hans"):
        text = json.dumps(description(), ensure_ascii=False)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def docs(request: HttpRequest) -> HttpResponse:
    """Show the description; its scripts and styles are our own files, asked of no other host."""
    return render(request, "api/docs.html")


def front(request: HttpRequest) -> HttpResponse:
    """Lead to the description."""
    return redirect("api:docs")


def missing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer an address that the API does not have."""
    return problem("not-found", _("接口没有这一地址，请对照 /api/docs。"))
