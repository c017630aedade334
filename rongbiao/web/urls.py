"""The addresses of the web floor, one line per page."""

from django.urls import path

from rongbiao.web import (
    acting,
    conference,
    decisions,
    display,
    inbox,
    periods,
    policies,
    reporting,
    review,
)

urlpatterns = [
    path("acting/", acting.act_in, name="acting"),
    path("language/", display.language, name="language"),
    path("display/", display.display, name="display"),
    path("inbox/", inbox.page, name="inbox"),
    path("reports/", reporting.list_page, name="reports"),
    path("reports/<int:pk>/", reporting.form_page, name="report"),
    path("reports/<int:pk>/check/", reporting.check_page, name="report_check"),
    path(
        "reports/<int:pk>/evidence/<int:evidence>/withdraw/",
        reporting.withdraw,
        name="report_withdraw",
    ),
    path(
        "reports/start/<int:assignment>/<int:quarter>/", reporting.start, name="report_start"
    ),
    path("review/", review.list_page, name="review"),
    path("review/all/", review.all_page, name="review_all"),
    path("review/<int:pk>/", review.one_page, name="review_one"),
    path("policies/", policies.list_page, name="policies"),
    path("policies/<int:pk>/", policies.one_page, name="policy"),
    path("decisions/", decisions.list_page, name="decisions"),
    path("decisions/new/", decisions.new_page, name="decision_new"),
    path("steps/<int:pk>/finish/", decisions.finish, name="step_finish"),
    path("conference/", conference.page, name="conference"),
    path("conference/<int:pk>/admit/", conference.admit, name="conference_admit"),
    path("conference/<int:pk>/dismiss/", conference.dismiss, name="conference_dismiss"),
    path("periods/", periods.list_page, name="periods"),
    path("periods/<int:pk>/", periods.one_page, name="period"),
]
