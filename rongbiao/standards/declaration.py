"""Declarations (自我声明公开): the standards an enterprise declares that it executes.

A row is one declared item and stands for good; what it says, version by version, stands in
its statements. An item that came in by a batch has none.
"""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.entered import Entered
from rongbiao.parties.models import Organization


class State(models.TextChoices):
    """What a declared item is on a day."""

    UNDECLARED = "undeclared", _("未公开")
    PUBLIC = "public", _("公开（现行有效）")
    CHANGED = "changed", _("公开（已变更）")
    WITHDRAWN = "withdrawn", _("已废止")
    REPLACED = "replaced", _("已代替")


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
    changed_on = models.DateField(_("变更日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("废止日期"), null=True, blank=True)
    reason = models.CharField(_("废止理由"), max_length=300, blank=True)
    # A report about it was found to be worth following; never shown, only counted as a risk.
    reported_on = models.DateField(_("举报线索日期"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )

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

    def get_absolute_url(self) -> str:
        return reverse("declaration", args=[self.pk])

    def state_on(self, day: date) -> State:
        """Return what the item is on a day."""
        if day < self.declared_on:
            return State.UNDECLARED
        if self.withdrawn_on and self.withdrawn_on <= day:
            return State.REPLACED if self.replaced_by_id else State.WITHDRAWN
        return State.CHANGED if self.changed_on and self.changed_on <= day else State.PUBLIC
