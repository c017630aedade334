"""The addresses of leaders."""

from django.urls import path

from rongbiao.web.leading import acting, files, shown

urlpatterns = [
    path("leaders/", shown.list_page, name="leaders"),
    path("leaders/apply/", acting.apply_page, name="leader_apply"),
    path("leaders/national/", acting.national_page, name="national_leaders"),
    path("leaders/<int:pk>/remove/", acting.remove_page, name="leader_remove"),
    path("leaders/<str:number>/", shown.plan_page, name="leader_plan"),
    path("leaders/<str:number>/plan.json", files.plan_file, name="leader_plan_file"),
    path("leaders/<str:number>/ranking.json", files.ranking_json, name="leader_ranking_json"),
    path("leaders/<str:number>/ranking.csv", files.ranking_csv, name="leader_ranking_csv"),
]
