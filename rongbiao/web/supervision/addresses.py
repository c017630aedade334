"""The addresses of supervision, one line per page."""

from django.urls import path

from rongbiao.web.supervision import acts, bulletins, campaigns, planning, reports

urlpatterns = [
    path("supervision/", campaigns.list_page, name="campaigns"),
    path("supervision/new/", planning.new_page, name="campaign_new"),
    path("supervision/<slug:number>/", campaigns.one_page, name="campaign"),
    path(
        "supervision/<slug:number>/population.csv", campaigns.population_file,
        name="campaign_population",
    ),
    path("supervision/<slug:number>/objects/", campaigns.objects_page, name="campaign_objects"),
    path("supervision/<slug:number>/bulletin.<slug:kind>", bulletins.file, name="campaign_bulletin"),
    path("supervision/<slug:number>/<slug:what>/", acts.page, name="campaign_act"),
    path("named-reports/new/", reports.new_page, name="named_report"),
]  # fmt: skip
