"""Indicators (指标) that an enterprise declares."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .statement import Statement


class Indicator(models.Model):
    """One function or performance indicator of one version, as it was declared."""

    class Kind(models.TextChoices):
        PERFORMANCE = "performance", _("性能指标")
        FUNCTION = "function", _("功能指标")

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="indicators")
    place = models.PositiveSmallIntegerField(_("顺序"))
    kind = models.CharField(_("指标类别"), max_length=20, choices=Kind, default=Kind.PERFORMANCE)
    name = models.CharField(_("指标名称"), max_length=100)
    limit = models.CharField(_("指标值"), max_length=300)
    unit = models.CharField(_("单位"), max_length=40, blank=True)
    method = models.CharField(_("试验方法"), max_length=300, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("指标")
        ordering = ["place"]

    def __str__(self):
        return f"{self.name} {self.limit}{self.unit}"

    def content(self) -> dict[str, Any]:
        """Return what is declared, in plain values."""
        return {
            "kind": self.kind,
            "name": self.name,
            "limit": self.limit,
            "unit": self.unit,
            "method": self.method,
        }
