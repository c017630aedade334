"""Evaluation plans (领跑者评估方案) that were frozen: their text never changes again."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.parties.entered import Entered
from rongbiao.parties.refused import Refused
from rongbiao.texts.ranking import Plan, read_plan

FROZEN = ("number", "content", "sha256", "frozen_on")


class LeaderPlan(Entered):
    """One plan as it was frozen, under the number of its case."""

    number = models.CharField(gettext_lazy("办件号"), max_length=40, unique=True)
    title = models.CharField(gettext_lazy("名称"), max_length=150)
    field = models.CharField(gettext_lazy("产品或者服务"), max_length=300)
    content = models.JSONField(gettext_lazy("方案内容"))
    sha256 = models.CharField(gettext_lazy("方案摘要"), max_length=64)
    frozen_on = models.DateField(gettext_lazy("冻结日期"))
    opens_on = models.DateField(gettext_lazy("申请开始日期"))
    closes_on = models.DateField(gettext_lazy("申请截止日期"))
    ended_on = models.DateField(gettext_lazy("终止日期"), null=True, blank=True)
    reason = models.CharField(gettext_lazy("终止理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = gettext_lazy("领跑者评估方案")
        ordering = ["-frozen_on", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("leader_plan", args=[self.number])

    @cached_property
    def plan(self) -> Plan:
        """The plan, read from its content."""
        return read_plan(self.content)

    def unchanged(self) -> str:
        """Return the sentence that refuses a change."""
        return _(
            "评估方案“{plan}”已于{day}冻结（SHA-256 {digest}…），冻结后不能变更；"
            "确需变更的，请终止本次评估，另立方案重新公示。"
        ).format(plan=self.title, day=self.frozen_on, digest=self.sha256[:16])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse what would change a frozen plan; ending it is another matter."""
        kept = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if kept and any(getattr(kept, name) != getattr(self, name) for name in FROZEN):
            raise Refused(kept.unchanged())
        super().save(*args, **kwargs)

    def takes(self, day: date) -> bool:
        """Tell whether applications are taken on a day: in the period, or while a list holds."""
        if self.ended_on and self.ended_on <= day:
            return False
        if self.opens_on <= day <= self.closes_on:
            return True
        return self.plan.later and self.lists.holding(day).exists()
