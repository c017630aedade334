"""Applications (领跑者申请) that were accepted: which declaration of whom is ranked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered
from rongbiao.parties.models import Organization
from rongbiao.standards.models import Declaration

from .leader_plan import LeaderPlan


class LeaderApplication(Entered):
    """One declaration entered for one plan; ranked as it is declared on the day of ranking."""

    plan = models.ForeignKey(LeaderPlan, models.PROTECT, related_name="applications")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="+")
    accepted_on = models.DateField(_("受理日期"))

    class Meta:
        verbose_name = _("领跑者申请")
        ordering = ["accepted_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "declaration"], name="awards_leader_application_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.declaration}"
