"""All addresses: sign-in from allauth, everything else from the web floor."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("rongbiao.web.accounts")),
    path("", include("rongbiao.web.urls")),
]
