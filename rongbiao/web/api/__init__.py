"""The API (数据接口): standards for programs, under ``/api/``, described by OpenAPI 3.1.

Reading is open as the public pages are; writing takes a token. Every address has its door
(``gate``), every error is a problem with a code and a full sentence (``problems``).
"""

from django.urls import URLPattern, path

from rongbiao.web.doors import published

from . import dumps, page
from .gate import by_token, data
from .operations import api


def routes() -> list[URLPattern]:
    """Return the addresses, each behind its door."""
    said = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    doors = {"enter_batch": by_token}
    return [
        *(
            path(str(one.pattern), doors.get(one.name or "", data)(one.callback), name=one.name)
            for one in said
        ),
        path("openapi.json", data(page.openapi), name="openapi"),
        path("docs", published(page.docs), name="docs"),
        path("docs/", published(page.front), name="docs_closed"),
        path("dumps/<str:name>", data(dumps.one), name="dump"),
        path("", published(page.front), name="front"),
        path("<path:rest>", data(page.missing), name="missing"),
    ]


urlpatterns = routes()
app_name = "api"
