"""Ties (利害关系): what an expert declared, because of which they stand aside."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .organization import Organization
from .period import Period
from .person import Person
from .post import Post


class Tie(Period):
    """What binds an expert to a unit or a person for a time."""

    class Kind(models.TextChoices):
        EMPLOYER = "employer", _("任职关系")
        ADVISER = "adviser", _("受聘顾问")
        OWNER = "owner", _("持有股份")
        KIN = "kin", _("亲属关系")
        MONEY = "money", _("经济往来")
        DRAFTING = "drafting", _("共同起草")
        PROJECT = "project", _("共同参与项目")
        OTHER = "other", _("其他关系")

    post = models.ForeignKey(Post, models.CASCADE, related_name="ties")
    kind = models.CharField(_("关系"), max_length=10, choices=Kind)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("单位"),
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("人员")
    )
    note = models.CharField(_("说明"), max_length=300, blank=True)
    basis = models.CharField(_("依据"), max_length=200)
    declared_on = models.DateField(_("申报日期"))
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    withdrawn_why = models.CharField(_("撤回理由"), max_length=300, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("利害关系")
        ordering = ["post", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(organization=None, person=None), name="parties_tie_to_somebody"
            )
        ]

    def __str__(self):
        return f"{self.post}：{self.get_kind_display()}（{self.other}）"

    @property
    def other(self) -> Organization | Person | None:
        """The unit or the person at the other end."""
        return self.organization or self.person
