"""Charges and assignments (责任单位与责任项): who answers for which task."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.models import Group, Organization
from rongbiao.parties.period import Period

from .decision import Decision
from .task import Task


class Charge(Period):
    """One name in a list of responsible units: a unit, or a collective name.

    With ``decision`` empty it is the policy's own word; otherwise that
    decision's. ``part`` stays empty where the paper does not say who leads.
    """

    class Part(models.TextChoices):
        UNSAID = "", _("责任单位")
        LEAD = "lead", _("牵头单位")
        SUPPORT = "support", _("配合单位")

    task = models.ForeignKey(Task, models.CASCADE, related_name="charges")
    name = models.CharField(_("文件中的名称"), max_length=120)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True)
    part = models.CharField(_("职责"), max_length=10, choices=Part, blank=True)
    place = models.PositiveSmallIntegerField(_("排序"))
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="charges"
    )
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("责任单位")
        ordering = ["task", "place"]

    def __str__(self):
        return f"{self.name}：{self.task}"


class Assignment(Period):
    """责任项 = task × unit: the thing that is reported, checked, lit and supervised.

    Derived from charges and memberships by ``assignments.settle``; never entered by hand.
    Of the same task and unit there is one for each unbroken time; on a day there is one.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="assignments")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True)  # named through it
    part = models.CharField(_("职责"), max_length=10, choices=Charge.Part, blank=True)
    first = models.BooleanField(_("列首位"), default=False)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("责任项")
        ordering = ["task__place", "organization__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "organization", "since"], name="strategy_assignment_once"
            )
        ]

    def __str__(self):
        return f"{self.task} × {self.organization}"
