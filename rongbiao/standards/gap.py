"""Gaps (空号说明): why nobody holds some serials of the city's local standards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered


class Gap(Entered):
    """One explanation of a run of serials. It is never changed: a later one takes its place."""

    class Reason(models.TextChoices):
        UNLOADED = "unloaded", _("历史标准未入库")
        UNKEPT = "unkept", _("标准已废止且未保留记录")
        VOID = "void", _("编号作废")
        RESERVED = "reserved", _("预留未用")
        OTHER = "other", _("其他")

    code = models.CharField(_("标准代号"), max_length=20)  # “DB3501/T”: one row of serials
    first = models.PositiveIntegerField(_("起号"))
    last = models.PositiveIntegerField(_("止号"))
    reason = models.CharField(_("原因"), max_length=12, choices=Reason)
    words = models.TextField(_("说明"), max_length=500, blank=True)
    day = models.DateField(_("说明日期"))

    class Meta:
        verbose_name = _("空号说明")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.code} {self.first}—{self.last} {self.get_reason_display()}"
