"""The description of the API (接口说明): as OpenAPI for programs, as a page for people."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from rongbiao.web.headers import with_charts


def openapi(request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI description."""
    from rongbiao.web import api

    with translation.override("zh-hans"):
        text = json.dumps(api.description(), ensure_ascii=False)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@with_charts
def docs(request: HttpRequest) -> HttpResponse:
    """Show the description; its scripts and styles are our own files, asked of no other host."""
    return render(request, "api/docs.html")


def front(request: HttpRequest) -> HttpResponse:
    """Lead to the description."""
    return redirect("api:docs")
