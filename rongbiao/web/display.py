"""Language, size and theme (语言和显示): kept in cookies, switched without JavaScript."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from rongbiao.web.doors import public

YEAR = 365 * 24 * 3600  # seconds
LOOKS = {"size": {"", "large"}, "theme": {"", "dark"}}


def back(request: HttpRequest) -> HttpResponse:
    """Return to the page that the switch stood on."""
    to = request.POST.get("next", "")
    return redirect(to if url_has_allowed_host_and_scheme(to, {request.get_host()}) else "home")


def keep(answer: HttpResponse, name: str, value: str) -> None:
    """Keep a choice for a year, for this site only."""
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language of all pages."""
    answer = back(request)
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        keep(answer, settings.LANGUAGE_COOKIE_NAME, wanted)
    return answer


@public
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Switch size or theme of all pages."""
    answer = back(request)
    for name, known in LOOKS.items():
        wanted = request.POST.get(name)
        if wanted in known:
            keep(answer, name, wanted)
    return answer
