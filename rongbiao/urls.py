"""All addresses: sign-in from allauth, the API, everything else from the web floor."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("rongbiao.web.accounts")),
    path("api/", include("rongbiao.web.api")),
    path("", include("rongbiao.web.urls")),
]

handler500 = "rongbiao.web.unavailable.failed"
