"""The dossier (办件). It never changes except through ``desk``."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rongbiao.law import InForce, periods
from rongbiao.parties import days, rules
from rongbiao.parties.models import Organization
from rongbiao.standards.models import Standard

from .procedure import Procedure, Stage, procedures


class Case(models.Model):
    """One matter, from its opening to its close."""

    number = models.CharField(_("办件号"), max_length=40, unique=True)
    procedure_key = models.SlugField(_("事项"), max_length=40)
    stage_key = models.SlugField(_("环节"), max_length=40)
    title = models.CharField(_("名称"), max_length=200)
    applicant = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, verbose_name=_("申请单位")
    )
    standard = models.ForeignKey(
        Standard, models.PROTECT, null=True, blank=True, verbose_name=_("所涉标准")
    )
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="offspring"
    )
    opened_on = models.DateField(_("收件日期"))
    stage_since = models.DateField(_("环节起始"))
    due_on = models.DateField(_("环节期限"), null=True, blank=True)
    entered = models.ForeignKey("Entry", models.PROTECT, null=True, related_name="+")
    public_since = models.DateField(_("公开日期"), null=True, blank=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    outcome = models.SlugField(_("结果"), max_length=40, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("办件")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["closed_on", "procedure_key", "stage_key", "due_on"]),
            models.Index(fields=["closed_on", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("case", args=[self.number])

    @property
    def procedure(self) -> type[Procedure]:
        return procedures[self.procedure_key]

    @property
    def stage(self) -> Stage:
        return self.procedure.stage(self.stage_key)

    @cached_property
    def law(self) -> InForce:
        """The rules in force on the day the case was opened."""
        return rules.table(self.procedure.law).at(self.opened_on)

    def said(self, *actions: str) -> dict[str, Any]:
        """Return the latest answers given in some actions, or nothing."""
        entry = self.entries.filter(action_key__in=actions).order_by("-seq").first()
        return entry.answers if entry else {}

    def this_round(self, *actions: str) -> models.QuerySet[Any]:
        """Return the entries of some actions since the stage was last entered."""
        since = self.entered.seq if self.entered else 0
        return self.entries.filter(action_key__in=actions, seq__gt=since)

    def end_of(self, rule: str, start: date | None = None) -> periods.End:
        """Return the last day of a period of this stage, or of one that began on a day."""
        start = start or self.stage.begins(self)
        return periods.ends(start, self.law.rule(rule), days.calendar())
