"""The addresses of signing in: only those of allauth's that this house uses."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
