"""The addresses of the procurement helper, one line per page."""

from django.urls import path

from rongbiao.web.procurement import asking, giving

urlpatterns = [
    path("procurement/", asking.page, name="procurement"),
    path("procurement/file/", giving.file, name="procurement_file"),
]
