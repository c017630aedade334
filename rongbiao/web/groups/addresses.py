"""The addresses of associations, the fostering plan and the shares."""

from django.urls import path

from rongbiao.web.groups import associations, fostering, shares

urlpatterns = [
    path("associations/", associations.list_page, name="associations"),
    path("associations/<str:code>/", associations.one_page, name="association"),
    path("fostering/", fostering.page, name="fostering"),
    path("shares/", shares.page, name="shares"),
    path("shares.csv", shares.rows_csv, name="shares_csv"),
]
