"""Leaders (领跑者): who stands on a list with which declaration, since when and until when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered
from rongbiao.parties.models import Organization
from rongbiao.standards.models import Declaration, Statement

from .leader_list import LeaderList


class LeaderQuerySet(models.QuerySet):
    """Leaders."""

    def in_force(self, day: date):
        """Return who is a leader on a day."""
        held = self.filter(list__since__lte=day, list__until__gte=day)
        held = held.filter(Q(list__replaced_on=None) | Q(list__replaced_on__gt=day))
        return held.filter(Q(removed_on=None) | Q(removed_on__gt=day))


class Leader(Entered):
    """One declaration on one list; the statement is the version that was ranked."""

    list = models.ForeignKey(LeaderList, models.PROTECT, related_name="leaders")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="leaderships")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(_("名次"))
    total = models.DecimalField(_("总分"), max_digits=5, decimal_places=2)
    removed_on = models.DateField(_("移出日期"), null=True, blank=True)
    reason = models.CharField(_("移出理由"), max_length=300, blank=True)
    removal = models.CharField(_("移出办件号"), max_length=40, blank=True)

    objects = LeaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("领跑者")
        ordering = ["rank", F("total").desc(), "id"]
        constraints = [
            models.UniqueConstraint(fields=["list", "declaration"], name="awards_leader_once")
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.declaration}"


class StandingLoss(Entered):
    """Why a declaration may no longer be a leader's: withdrawn, replaced, changed, failed.

    While it is open the declaration is not accepted for a plan; whoever is on a list with it
    stays there until an officer has decided.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="standing_losses")
    why = models.CharField(_("事由"), max_length=300)
    day = models.DateField(_("发生日期"))
    settled_on = models.DateField(_("了结日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("领跑者资格存疑")
        ordering = ["-day", "-id"]

    def __str__(self) -> str:
        return self.why


class NationalLeader(Entered):
    """A leader of a national list, recorded with the list, its year and where it was read."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="national_leaderships", verbose_name=_("企业")
    )
    title = models.CharField(_("名单名称"), max_length=200)
    year = models.PositiveSmallIntegerField(_("年度"))
    product = models.CharField(_("产品或者服务"), max_length=200)
    number = models.CharField(_("标准编号"), max_length=80, blank=True)
    source = models.CharField(_("来源"), max_length=300)

    class Meta:
        verbose_name = _("国家级领跑者")
        ordering = ["-year", "title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "year", "product", "organization"],
                name="awards_national_leader_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.product} {self.organization}"
