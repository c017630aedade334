"""The addresses of an installation that uses the city's directory."""

from django.urls import include, path

from rongbiao.web import accounts

urlpatterns = [
    path("api/", include("rongbiao.web.api")),
    path("accounts/", include(accounts.routes(by_directory=True))),
    path("", include("rongbiao.web.urls")),
]
