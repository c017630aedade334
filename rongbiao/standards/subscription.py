"""Subscriptions (订阅): who wants to hear of a standard, a question or a class.

An address is never public and stands in no journal. Nothing is sent to one that its
owner has not confirmed, and ending a subscription deletes the row.
"""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.models import Person


def new_token() -> str:
    """Return what the links of a letter carry: nobody can guess it."""
    return secrets.token_urlsafe(24)


class Subscription(models.Model):
    """One address that wants news of one thing."""

    class Kind(models.TextChoices):
        STANDARD = "standard", _("一项标准")
        QUERY = "query", _("一个检索条件")
        CLASS = "class", _("一个分类")

    address = models.EmailField(_("电子邮箱"), max_length=254)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )
    kind = models.CharField(_("订阅内容"), max_length=10, choices=Kind)
    # A bare key (all editions), a query string in one order, or scheme:code.
    target = models.CharField(max_length=600)
    language = models.CharField(_("语种"), max_length=10)
    since = models.DateField(_("提出日期"))
    confirmed_on = models.DateField(_("确认日期"), null=True, blank=True)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    told = models.BigIntegerField(default=0)  # the last event that this reader was told of
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("订阅")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "kind", "target"], name="standards_subscription_once"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}：{self.target}"
