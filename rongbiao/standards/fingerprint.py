"""Fingerprints (文本指纹) of texts of local standards, by which a copy is found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .standard import Standard


class Fingerprint(models.Model):
    """One sampled hash of a passage of a standard's text."""

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="fingerprints")
    value = models.BigIntegerField(db_index=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("文本指纹")

    def __str__(self):
        return f"{self.standard_id} {self.value}"
