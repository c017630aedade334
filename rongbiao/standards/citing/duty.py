"""Duties (引用处置任务): one document is to be looked at because of one change."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.models import Organization

from .alert import Alert
from .document import CitingDocument


class Duty(models.Model):
    """What the body of a document owes an answer to: 改, 留 or 废, and why.

    Open until ``closed_on``; what is to be revised stays open until it was. ``basis`` is the
    number of the case in which the body answered last.
    """

    class Answer(models.TextChoices):
        REVISE = "revise", _("改")
        KEEP = "keep", _("留")
        REPEAL = "repeal", _("废")

    document = models.ForeignKey(
        CitingDocument, models.CASCADE, related_name="duties", db_index=False
    )
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="duties")
    organization = models.ForeignKey(  # the document's, so that a tray asks one table
        Organization, models.PROTECT, related_name="+", db_index=False
    )
    opened_on = models.DateField(_("告警日期"))
    due_on = models.DateField(_("期限"))
    answer = models.CharField(_("处置"), max_length=10, choices=Answer, blank=True)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    edition = models.CharField(_("改引的版本"), max_length=200, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    chased = models.PositiveSmallIntegerField(_("催办次数"), default=0)
    chased_on = models.DateField(_("最近催办"), null=True, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("引用处置任务")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "alert"], name="standards_duty_once")
        ]
        indexes = [
            models.Index(fields=["organization", "closed_on"], name="standards_duty_unit"),
            models.Index(
                fields=["due_on"], name="standards_duty_open", condition=Q(closed_on__isnull=True)
            ),
        ]

    def __str__(self):
        return f"{self.document}：{self.alert}"

    def late_on(self, day: date) -> bool:
        """Tell whether an answer, or the revision that was promised, is overdue on a day."""
        return self.closed_on is None and self.due_on < day
