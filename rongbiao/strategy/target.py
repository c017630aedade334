"""Targets (目标指标): what number is to be reached by when, and how it is counted."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from .decision import Decision
from .plan import Clause, Plan


class Target(models.Model):
    """One numeric target of a plan."""

    class Direction(models.TextChoices):
        AT_LEAST = "at_least", _("不低于")
        AT_MOST = "at_most", _("不高于")

    class Basis(models.TextChoices):
        INCREMENT = "increment", _("期内新增")
        TOTAL = "total", _("累计总量")
        LEVEL = "level", _("期末水平")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="targets")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="targets")
    key = models.SlugField(_("代号"), max_length=40)
    name = models.CharField(_("指标"), max_length=200)
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    short_name = models.CharField(_("简称"), max_length=60, blank=True)
    section = models.CharField(_("分组"), max_length=60, blank=True)
    value = models.DecimalField(_("目标值"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("单位"), max_length=20)
    direction = models.CharField(_("方向"), max_length=10, choices=Direction)
    basis = models.CharField(_("计算基础"), max_length=10, choices=Basis)
    by = models.PositiveSmallIntegerField(_("完成年份"))
    measure = models.SlugField(_("口径代号"), max_length=40, blank=True)
    baseline = models.DecimalField(
        _("基数"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    baseline_on = models.DateField(_("基数日期"), null=True, blank=True)
    baseline_source = models.CharField(_("基数来源"), max_length=200, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField(_("顺序"))

    class Meta:
        verbose_name = _("目标指标")
        ordering = ["plan", "place"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="strategy_target_key")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("target", args=[self.plan.key, self.key])

    @property
    def label(self) -> str:
        """The name for narrow places, in the language of the page."""
        return (get_language() == "en" and self.name_en) or self.short_name or self.name

    @property
    def unit_label(self) -> str:
        """The unit in the language of the page; one without English stays Chinese."""
        return gettext(self.unit) if self.unit else ""


class CoursePoint(models.Model):
    """One point of the planned course (计划进度) that a decision set for a target."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="course")
    on = models.DateField(_("日期"))
    value = models.DecimalField(_("计划值"), max_digits=14, decimal_places=2)
    decision = models.ForeignKey(Decision, models.PROTECT)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("计划进度")
        ordering = ["target", "on"]
        constraints = [models.UniqueConstraint(fields=["target", "on"], name="strategy_course_day")]

    def __str__(self):
        return f"{self.target} {self.on}"
