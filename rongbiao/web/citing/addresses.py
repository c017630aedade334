"""The addresses of citation checks, one line per page."""

from django.urls import path

from rongbiao.web.citing import asking, giving, showing

urlpatterns = [
    path("check/", asking.page, name="citing"),
    path("check/<slug:token>/", showing.page, name="citing_check"),
    path("check/<slug:token>/forget/", asking.forget, name="citing_forget"),
    path("check/<slug:token>/rows.xlsx", giving.all_rows, name="citing_rows"),
    path("check/<slug:token>/references.txt", giving.all_references, name="citing_references"),
    path("check/<slug:token>/<int:place>/", showing.file_page, name="citing_file"),
    path("check/<slug:token>/<int:place>/rows.xlsx", giving.rows, name="citing_file_rows"),
    path("check/<slug:token>/<int:place>/comments.docx", giving.comments, name="citing_comments"),
    path(
        "check/<slug:token>/<int:place>/references.txt",
        giving.references,
        name="citing_file_references",
    ),
]
