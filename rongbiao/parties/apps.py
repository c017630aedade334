"""The parties floor as a Django app."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "rongbiao.parties"
    label = "parties"
    verbose_name = "主体"
