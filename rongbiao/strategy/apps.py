"""The strategy floor as a Django app."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "rongbiao.strategy"
    label = "strategy"
    verbose_name = "战略"
