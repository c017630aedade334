"""The awards floor as a Django app."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "rongbiao.awards"
    label = "awards"
    verbose_name = "认定与奖补"
