"""The web floor as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "rongbiao.web"
    label = "web"
    verbose_name = "网页"
