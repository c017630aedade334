"""The addresses of registered citations."""

from django.urls import path

from rongbiao.web.registered import confirming, documents, duties, late

urlpatterns = [
    path("citing/documents/", documents.list_page, name="citing_documents"),
    path("citing/documents/new/", documents.new_page, name="citing-register"),
    path("citing/documents/<int:pk>/", documents.one_page, name="citing_document"),
    path("citing/documents/<int:pk>/confirm/", confirming.page, name="citing_confirm"),
    path("citing/documents/<int:pk>/withdraw/", confirming.withdraw, name="citing_withdraw"),
    path("citing/duties/", duties.page, name="citing_duties"),
    path("citing/late/", late.page, name="citing_late"),
]
