"""The addresses of units, subscriptions, feeds and officers' edits.

They stand before those of the standards: ``new`` and ``feed.atom`` are no numbers.
"""

from django.urls import path

from rongbiao.web import editing, feeds, organizations, subscribing

urlpatterns = [
    path("organizations/", organizations.list_page, name="organizations"),
    path("organizations/named/", organizations.named_page, name="organization_named"),
    path("organizations/named/rows.csv", organizations.named_csv, name="organization_named_rows"),
    path("organizations/<int:pk>/", organizations.one_page, name="organization"),
    path("organizations/<int:pk>/rows.csv", organizations.one_csv, name="organization_rows"),
    path("subscriptions/", subscribing.mine_page, name="subscriptions"),
    path("subscriptions/new/", subscribing.new_page, name="subscription_new"),
    path("subscriptions/asked/", subscribing.asked_page, name="subscription_asked"),
    path("subscriptions/<str:token>/", subscribing.one_page, name="subscription"),
    path("subscriptions/<str:token>/end/", subscribing.end_page, name="subscription_end"),
    path("standards/new/", editing.new_page, name="standard_new"),
    path("standards/feed.atom", feeds.query, name="query_feed"),
    path("standards/<str:slug>/feed.atom", feeds.standard, name="standard_feed"),
    path("standards/<str:slug>/subscribe/", subscribing.to_standard, name="subscribe"),
    path("standards/<str:slug>/edit/", editing.edit_page, name="standard_edit"),
    path("classes/<slug:scheme>/<str:code>/feed.atom", feeds.in_class, name="class_feed"),
]
