"""The addresses of consultations and panels, one line per page; they stand before the desk's."""

from django.urls import path

from rongbiao.web.consultations import (
    agreeing,
    disposing,
    listing,
    panel,
    seating,
    showing,
    speaking,
)

urlpatterns = [
    path("cases/<str:number>/comments/", disposing.page, name="case_comments"),
    path("cases/<str:number>/panel/", panel.page, name="case_panel"),
    path("cases/<str:number>/panel/draw/", seating.page, name="case_panel_draw"),
    path("consultations/", listing.page, name="consultations"),
    path("consultations/<str:number>/", speaking.page, name="consultation"),
    path("consultations/<str:number>/basket/", speaking.basket_page, name="consultation_basket"),
    path("consultations/<str:number>/agree/", agreeing.page, name="consultation_agree"),
    path("consultations/<str:number>/sent/", speaking.sent_page, name="consultation_sent"),
    path("consultations/<str:number>/files/<int:pk>/", showing.file, name="consultation_file"),
    path(
        "consultations/<str:number>/rounds/<int:round_number>/",
        showing.changes,
        name="consultation_changes",
    ),
]
