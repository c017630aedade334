"""Changes of working days (工作日调整): the days of a notice that an officer entered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .entered import Entered


class DayChange(Entered):
    """One day that a notice takes off or gives to work; ``basis`` is the notice's number.

    ``whole`` tells that the notice arranges its year from end to end.
    """

    year = models.PositiveSmallIntegerField(_("年份"))
    day = models.DateField(_("日期"))
    working = models.BooleanField(_("上班"))
    whole = models.BooleanField(_("全年安排"), default=True)
    at = models.DateTimeField(_("记录时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("工作日调整")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["basis", "day"], name="parties_daychange_once")
        ]

    def __str__(self):
        return f"{self.day} {_('上班') if self.working else _('放假')}"
