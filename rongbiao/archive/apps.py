"""The archive as a Django app."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "rongbiao.archive"
    label = "archive"
    verbose_name = "档案室"
