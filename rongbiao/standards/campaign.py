"""Campaigns (抽查计划): whom a year's inspection may meet, frozen; objects and inspectors, drawn."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rongbiao.archive.models import File
from rongbiao.parties.models import Draw, Post


class Campaign(models.Model):
    """One campaign of inspection. What is frozen and drawn never changes afterwards."""

    class Step(models.TextChoices):
        PLANNED = "planned", _("已计划")
        FROZEN = "frozen", _("总体已冻结")
        DRAWN = "drawn", _("对象已抽取")
        STAFFED = "staffed", _("人员已抽取")
        OPENED = "opened", _("检查中")
        REPORTED = "reported", _("已通报")

    class Order(models.TextChoices):
        OPEN = "open", _("立案")
        PUBLISH = "publish", _("公示")

    number = models.CharField(_("计划编号"), max_length=30, unique=True)
    title = models.CharField(_("抽查计划名称"), max_length=100)
    year = models.PositiveSmallIntegerField(_("年度"))
    basis = models.CharField(_("依据"), max_length=200)
    asked = models.JSONField(_("抽查范围"), default=dict)  # as ``population.Wanted`` says it
    count = models.PositiveSmallIntegerField(_("抽取对象数"))
    per_unit = models.PositiveSmallIntegerField(_("同一企业最多"), default=0)  # 0: no limit
    people = models.PositiveSmallIntegerField(_("抽取检查人员数"))
    planned_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    planned_on = models.DateField(_("计划日期"))
    # The population as one table, kept under its SHA-256.
    population = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    size = models.PositiveIntegerField(_("总体项数"), default=0)
    objects_draw = models.OneToOneField(
        Draw, models.PROTECT, null=True, blank=True, related_name="+"
    )
    people_draw = models.OneToOneField(
        Draw, models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_on = models.DateField(_("立案日期"), null=True, blank=True)
    # What is worked off beside the pages, and how far it is.
    order = models.CharField(_("后台办理"), max_length=10, choices=Order, blank=True)
    ordered_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    ordered_on = models.DateField(_("后台办理日期"), null=True, blank=True)
    where = models.CharField(_("公示平台"), max_length=100, blank=True)
    trouble = models.CharField(_("后台办理停下的原因"), max_length=300, blank=True)
    total = models.PositiveIntegerField(_("应办件数"), default=0)
    progress = models.PositiveIntegerField(_("已办件数"), default=0)
    reported_on = models.DateField(_("通报日期"), null=True, blank=True)
    report_number = models.CharField(_("通报文号"), max_length=60, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("抽查计划")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("campaign", args=[self.number])

    @property
    def step(self) -> Step:
        """How far the campaign has come."""
        if self.reported_on:
            return self.Step.REPORTED
        if self.opened_on:
            return self.Step.OPENED
        if self.people_draw and self.people_draw.seed:
            return self.Step.STAFFED
        if self.objects_draw and self.objects_draw.seed:
            return self.Step.DRAWN
        return self.Step.FROZEN if self.objects_draw else self.Step.PLANNED

    @property
    def percent(self) -> int:
        """How far what is worked off has come, in hundredths."""
        return self.progress * 100 // (self.total or 1)
