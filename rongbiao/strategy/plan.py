"""Plans (规划代次): one policy document and what was read out of it."""

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rongbiao.archive.models import File
from rongbiao.parties.models import Post


class Reading(models.Model):
    """A policy paper that was uploaded and read, before it becomes a plan (政策解读稿).

    ``outcome`` is what the reader found, ``confirmed`` what a person made of each doubt:
    a list of ``{"doubt": index, "words": text, "by": post, "on": day}``.
    """

    file = models.ForeignKey(File, models.PROTECT, related_name="readings")
    text = models.TextField(_("原文"))
    outcome = models.JSONField(_("解读结果"))
    confirmed = models.JSONField(_("确认记录"), default=list)
    read_on = models.DateField(_("解读日期"))
    read_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="readings")
    version = models.PositiveIntegerField(default=0)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("政策解读稿")
        ordering = ["-id"]

    def __str__(self):
        return self.outcome.get("title") or self.file.name


class PlanQuerySet(models.QuerySet):
    """Generations of plans."""

    def open_on(self, day: date):
        """Return the plans whose period includes a day."""
        return self.filter(since__lte=day, until__gte=day)

    def newest(self):
        """Return the plan that pages show unless asked otherwise, or None."""
        return self.order_by("-since", "-id").first()


class Plan(models.Model):
    """One generation: policy → targets → tasks, for a period."""

    key = models.SlugField(_("代号"), max_length=40, unique=True)
    title = models.CharField(_("文件名称"), max_length=200)
    title_en = models.CharField(_("英文名称"), max_length=300, blank=True)
    number = models.CharField(_("文号"), max_length=60, unique=True)
    issuer = models.CharField(_("发文机关"), max_length=120)
    signed_on = models.DateField(_("成文日期"))
    published_on = models.DateField(_("发布日期"), null=True, blank=True)
    repeals = models.JSONField(_("同时废止"), default=list)
    effective = models.CharField(_("施行"), max_length=200, blank=True)
    interpreted_by = models.CharField(_("解释机关"), max_length=120, blank=True)
    addressees = models.JSONField(_("主送机关"), default=list)
    since = models.DateField(_("起"))
    until = models.DateField(_("止"))
    horizon = models.PositiveSmallIntegerField(_("远景年份"), null=True, blank=True)
    reading = models.OneToOneField(Reading, models.PROTECT, related_name="plan")
    demonstration = models.BooleanField(_("演示数据"), default=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("规划代次")
        ordering = ["-since", "-id"]

    def __str__(self):
        return f"{self.title}（{self.number}）"

    def get_absolute_url(self):
        return reverse("opinion", args=[self.key])

    def settled_on(self, day: date) -> bool:
        """Tell whether the period is over (收官)."""
        return day > self.until


class Clause(models.Model):
    """One clause of the policy with its place in the text as received."""

    class Kind(models.TextChoices):
        GOAL = "goal", _("目标")
        TASK = "task", _("任务")
        SAFEGUARD = "safeguard", _("保障措施")
        SECTION = "section", _("章节")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="clauses")
    place = models.PositiveIntegerField(_("顺序"))
    path = models.JSONField(_("层次"))
    number = models.CharField(_("序号"), max_length=20, blank=True)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    title = models.CharField(_("标题"), max_length=300, blank=True)
    text = models.TextField(_("正文"), blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("条款")
        ordering = ["plan", "place"]

    def __str__(self):
        return f"{self.number} {self.title}".strip()
