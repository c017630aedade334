"""Regions (行政区划), by the codes of GB/T 2260."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """An administrative region with its six-digit code."""

    code = models.CharField(_("区划代码"), max_length=6, primary_key=True)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("上级")
    )

    class Meta:
        verbose_name = _("行政区划")
        ordering = ["code"]

    def __str__(self):
        return self.name
