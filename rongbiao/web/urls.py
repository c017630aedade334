"""The addresses of the web floor, one line per room."""

from django.urls import path

from rongbiao.web import acting

urlpatterns = [
    path("acting/", acting.act_in, name="acting"),
]
