"""Declarations (自我声明公开): the standards an enterprise declares that it executes."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered
from rongbiao.parties.models import Organization


class DeclarationQuerySet(models.QuerySet):
    """Declared items."""

    def in_force(self, day: date):
        """Return the items declared on or before a day and not withdrawn by then."""
        return self.filter(declared_on__lte=day).filter(
            Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)
        )


class Declaration(Entered):
    """One declared standard of one enterprise."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="declarations")
    number = models.CharField(_("标准编号"), max_length=80)
    title = models.CharField(_("标准名称"), max_length=300)
    own = models.BooleanField(_("企业标准"), default=True)
    declared_on = models.DateField(_("公开日期"), db_index=True)
    withdrawn_on = models.DateField(_("废止日期"), null=True, blank=True)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = _("自我声明公开")
        ordering = ["-declared_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "number"], name="standards_declaration_once"
            )
        ]

    def __str__(self):
        return f"{self.number} {self.title}"
