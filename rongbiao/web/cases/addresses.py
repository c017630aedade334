"""The addresses of the desk's pages, one line per page."""

from django.urls import path

from rongbiao.web.cases import deadlines, doing, erasing, listing, matters, one, paper, receipts

urlpatterns = [
    path("cases/", listing.page, name="cases"),
    path("cases.xlsx", listing.sheet, name="cases_excel"),
    path("cases/<str:number>/", one.page, name="case"),
    path("cases/<str:number>/files/<int:pk>/", one.file, name="case_file"),
    path("cases/<str:number>/files/<int:pk>/compare/", one.compare, name="case_compare"),
    path("cases/<str:number>/entries/<int:seq>/erase/", erasing.page, name="case_erase"),
    path("cases/<str:number>/papers/<slug:key>.<slug:kind>", paper.file, name="case_paper"),
    path("cases/<str:number>/<slug:key>/", doing.page, name="case_act"),
    path("matters/", matters.list_page, name="matters"),
    path("matters/<slug:key>/", matters.one_page, name="matter"),
    path("matters/<slug:key>.bpmn", matters.bpmn_file, name="matter_bpmn"),
    path("matters/<slug:key>/new/", matters.new_page, name="matter_new"),
    path("calendar/<str:words>.ics", deadlines.page, name="calendar"),
    path("receipts/", receipts.page, name="receipts"),
]
