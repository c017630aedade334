"""The standards floor as a Django app."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "rongbiao.standards"
    label = "standards"
    verbose_name = "标准"
