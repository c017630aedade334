"""Decisions of the joint conference (联席会议决定): what they add to the policy, as their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.archive.models import File
from rongbiao.parties.models import Organization

from .plan import Plan
from .task import Task


class Decision(models.Model):
    """One dated decision with its number and file."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="decisions")
    number = models.CharField(_("文号"), max_length=60, unique=True)
    title = models.CharField(_("名称"), max_length=200)
    decided_on = models.DateField(_("日期"))
    file = models.ForeignKey(File, models.PROTECT, null=True, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("联席会议决定")
        ordering = ["-decided_on", "-id"]

    def __str__(self):
        return f"{self.title}（{self.number}）"


class Step(models.Model):
    """A sub-task or a date that a decision adds to a task (举措)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="steps")
    task = models.ForeignKey(Task, models.PROTECT, related_name="steps")
    title = models.CharField(_("举措"), max_length=300)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True)
    due_on = models.DateField(_("完成时限"), null=True, blank=True)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("举措")
        ordering = ["due_on", "id"]

    def __str__(self):
        return self.title
