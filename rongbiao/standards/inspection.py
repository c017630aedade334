"""Inspections (抽查结果): what became of each declared item that was inspected; one line each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered

from .campaign import Campaign
from .declaration import Declaration
from .statement import Statement


class InspectionQuerySet(models.QuerySet):
    """Results of inspections."""

    def public(self):
        """Return the results that are published."""
        return self.exclude(published_on=None)


class Inspection(Entered):
    """One declared item inspected in one case, whose number is the basis."""

    class Result(models.TextChoices):
        PENDING = "", _("检查中")
        PASSED = "passed", _("未发现问题")
        CORRECTED = "corrected", _("限期内改正")
        LATE = "late", _("逾期后改正")
        UNCORRECTED = "uncorrected", _("逾期未改正")
        TRANSFERRED = "transferred", _("移送省级部门")

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="inspections"
    )
    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="inspections")
    # The version that was looked at first; an item that came in by a batch has none.
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.PositiveSmallIntegerField(_("抽取次序"), null=True, blank=True)
    area = models.CharField(_("区划"), max_length=60, blank=True)
    field = models.CharField(_("领域"), max_length=20, blank=True)  # a class of CCS or ICS
    found = models.JSONField(_("发现问题的项目"), default=list)  # keys of ``supervising.sheet``
    inspected_on = models.DateField(_("检查日期"), null=True, blank=True)
    ordered_on = models.DateField(_("责令改正日期"), null=True, blank=True)
    due_on = models.DateField(_("改正期限"), null=True, blank=True)
    corrected_on = models.DateField(_("改正日期"), null=True, blank=True)
    result = models.CharField(_("抽查结果"), max_length=12, choices=Result, blank=True)
    published_on = models.DateField(_("公示日期"), null=True, blank=True)
    where = models.CharField(_("公示平台"), max_length=100, blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("抽查结果")
        ordering = ["campaign", "place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["basis"], name="standards_inspection_case_once"),
            models.UniqueConstraint(
                fields=["campaign", "declaration"],
                condition=Q(campaign__isnull=False),
                name="standards_inspection_once",
            ),
        ]

    def __str__(self):
        return f"{self.basis} {self.declaration}"
