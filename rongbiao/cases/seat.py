"""Seats (席位): who is asked into a stage: experts, drafting units, signing units, invited bodies."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.models import Organization, Post

from .case import Case


class Seat(models.Model):
    """A person or a unit in one capacity in one stage of a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="seats")
    stage = models.SlugField(_("环节"), max_length=40)
    capacity = models.SlugField(_("身份"), max_length=20)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="seats")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True)
    place = models.PositiveSmallIntegerField(_("顺序"), default=0)
    invited_on = models.DateField(_("邀请日期"))
    recused_on = models.DateField(_("回避日期"), null=True, blank=True)
    reason = models.CharField(_("回避理由"), max_length=300, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("席位")
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(post=None, organization=None), name="cases_seat_of_somebody"
            ),
            models.UniqueConstraint(
                fields=["case", "stage", "capacity", "post"], name="cases_seat_once"
            ),
            models.UniqueConstraint(
                fields=["case", "stage", "capacity", "organization"],
                condition=Q(post=None),
                name="cases_seat_of_unit_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post or self.organization}（{self.capacity}）"
