"""Lists of leaders (领跑者名单), each with the ranking from which it came."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered

from .leader_plan import LeaderPlan


class LeaderListQuerySet(models.QuerySet):
    """Lists."""

    def holding(self, day: date):
        """Return the lists that hold on a day: begun, not over, not replaced by another."""
        held = self.filter(since__lte=day, until__gte=day)
        return held.filter(Q(replaced_on=None) | Q(replaced_on__gt=day))


class LeaderList(Entered):
    """One list as it was announced; ``until`` is its last day."""

    plan = models.ForeignKey(LeaderPlan, models.PROTECT, related_name="lists")
    number = models.CharField(_("办件号"), max_length=40, unique=True)
    paper = models.CharField(_("公告文号"), max_length=60)
    record = models.JSONField(_("排名表"))
    left_out = models.JSONField(_("未提交承诺的入围企业"), default=list)
    since = models.DateField(_("公布日期"), db_index=True)
    until = models.DateField(_("有效期至"), db_index=True)
    replaced_on = models.DateField(_("被新名单代替的日期"), null=True, blank=True)

    objects = LeaderListQuerySet.as_manager()

    class Meta:
        verbose_name = _("领跑者名单")
        ordering = ["-since", "-id"]

    def __str__(self) -> str:
        return f"{self.plan.title}（{self.paper}）"
