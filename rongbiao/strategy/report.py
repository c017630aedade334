"""Reports (季度填报): what a unit says of one assignment for one quarter."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rongbiao.archive.models import File
from rongbiao.parties.models import Post

from .assignment import Assignment
from .plan import Plan


class Quarter(models.Model):
    """One reporting period of a plan (填报期)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="quarters")
    year = models.PositiveSmallIntegerField(_("年"))
    number = models.PositiveSmallIntegerField(_("季度"))
    starts_on = models.DateField(_("季度首日"))
    ends_on = models.DateField(_("季度末日"))
    opens_on = models.DateField(_("开放填报"))
    due_on = models.DateField(_("填报截止"))
    basis = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = _("填报期")
        ordering = ["plan", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "number"], name="strategy_quarter_once")
        ]

    def __str__(self):
        if get_language() == "en":
            return f"Q{self.number} {self.year}"
        return f"{self.year}年{'一二三四'[self.number - 1]}季度"

    @property
    def key(self) -> str:
        """How addresses name it: 2025Q3."""
        return f"{self.year}Q{self.number}"


class Report(models.Model):
    """One report of one assignment for one quarter."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        FILED = "filed", _("待审核")
        RETURNED = "returned", _("已退回")
        ACCEPTED = "accepted", _("已通过")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reports")
    quarter = models.ForeignKey(Quarter, models.PROTECT, related_name="reports")
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    text = models.TextField(_("本期进展"), max_length=2000, blank=True)
    share = models.PositiveSmallIntegerField(_("完成比例（%）"), default=0)
    difficulties = models.TextField(_("困难和问题"), max_length=2000, blank=True)
    next_steps = models.TextField(_("下期计划"), max_length=2000, blank=True)
    same_reason = models.CharField(_("与上期相同的原因"), max_length=300, blank=True)
    fall_reason = models.CharField(_("比例下降的原因"), max_length=300, blank=True)
    first_filed_on = models.DateField(_("首次报送日期"), null=True, blank=True)
    filed_on = models.DateField(_("报送日期"), null=True, blank=True)
    filed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_on = models.DateField(_("审核日期"), null=True, blank=True)
    reviewed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("退回理由"), max_length=500, blank=True)
    returned_on = models.DateField(_("末次退回日期"), null=True, blank=True)
    # The first day a correction came after its last day; never cleared, so no lamp is reset.
    overran_on = models.DateField(_("补正逾期日期"), null=True, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=0)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("季度填报")
        ordering = ["quarter", "assignment"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "quarter"], name="strategy_report_once"),
            models.CheckConstraint(condition=models.Q(share__lte=100), name="strategy_share_100"),
        ]
        indexes = [models.Index(fields=["quarter", "state"])]

    def __str__(self):
        return f"{self.assignment} {self.quarter}"

    def get_absolute_url(self):
        return reverse("report", args=[self.pk])


class Evidence(models.Model):
    """A file that a report rests on (佐证附件)."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(File, models.PROTECT)
    added_on = models.DateField(_("上传日期"))
    removed_on = models.DateField(_("撤下日期"), null=True, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("佐证附件")
        ordering = ["id"]

    def __str__(self):
        return self.file.name
