"""Refusals (不予办理): a refusal that no page has caught is shown as its own page, status 409."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from rongbiao.parties.refused import Refused


class RefusalMiddleware:
    """Answer a refusal with its sentence and a way back, never with an error of the platform."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        came = request.headers.get("Referer", "")
        back = came if url_has_allowed_host_and_scheme(came, {request.get_host()}) else ""
        return render(request, "409.html", {"sentence": exception, "back": back}, status=409)
