"""Groups (成员名单): “各成员单位” and the units it means on a day."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from .organization import Organization
from .period import Period


class Group(models.Model):
    """A collective name in official papers, with a dated list of members.

    While no member is listed, ``placeholder`` stands for them: the collective
    itself is answerable, and pages say that the list is still to be settled.
    """

    key = models.SlugField(_("代号"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    aliases = models.JSONField(_("文件中的叫法"), default=list)
    placeholder = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("成员名单")

    def __str__(self):
        return self.name

    def members_on(self, day: date) -> list[Organization]:
        """Return the units that the name means on a day."""
        rows = Membership.objects.on(day).filter(group=self).select_related("organization")
        found = sorted((row.organization for row in rows), key=lambda unit: (unit.order, unit.pk))
        return found or ([self.placeholder] if self.placeholder else [])


class Membership(Period):
    """One unit's time in a group, with the document it rests on."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    basis = models.CharField(_("依据"), max_length=200)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("成员")
        ordering = ["organization__order", "since"]

    def __str__(self):
        return f"{self.organization}（{self.group}）"
