"""The cases floor as a Django app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "rongbiao.cases"
    label = "cases"
    verbose_name = "办件"
