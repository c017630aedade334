"""Prechecks (预检) of many statements at once, worked off beside the pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.models import Organization, Post


class Precheck(models.Model):
    """One order to look through statements: those of one enterprise, or all that are public."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待")
        RUNNING = "running", _("进行中")
        DONE = "done", _("完成")

    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor = models.ForeignKey(Post, models.PROTECT, related_name="+")
    day = models.DateField(_("预检日期"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(_("项数"), default=0)
    progress = models.PositiveIntegerField(_("已检"), default=0)
    last = models.PositiveBigIntegerField(default=0)  # the last statement done: one killed goes on
    counts = models.JSONField(_("发现"), default=dict)
    ordered_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    ended_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("预检")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.day} {self.state} {self.progress}/{self.total}"

    @property
    def percent(self) -> int:
        """How far it is, in hundredths."""
        return 100 if self.state == self.State.DONE else self.progress * 100 // (self.total or 1)
